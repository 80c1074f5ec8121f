/** `lanyard chat`: a room in the terminal, for people and for scripts (O5). */
import { startApp } from '../../app.ts';
import type { CrashWatch } from '../../crashes.ts';
import { nameFor } from '../../own-name.ts';
import { call } from './call.ts';
import { comeIn } from './come-in.ts';
import type { ChatCommand } from './commands.ts';
import { Conversation } from './conversation.ts';
import { INTERRUPTED, untilInterrupted } from './interrupt.ts';
import { openScreen } from './screen.ts';
import { warnOfProblems } from './warn-of-problems.ts';

/** Resolves to the exit code. Rejects with what kept it from joining. */
export async function chat(command: ChatCommand, crashes: CrashWatch): Promise<number> {
  const { name, dataDir } = command;
  const interrupted = untilInterrupted().then(() => INTERRUPTED);
  const person = { locale: 'en', name: nameFor(name) };
  const app = await startApp({ ...person, dataDir, sharing: true, shell: 'chat' });
  crashes.survive(app);
  const screen = openScreen();
  warnOfProblems(app.bridge, (line) => screen.warn(line));
  try {
    const key = await Promise.race([comeIn(app.bridge, screen, command), interrupted]);
    if (typeof key === 'number') return key;
    const exitCode = await new Conversation(app.bridge, key, screen).run(interrupted);
    // Who is interrupted goes with the app.
    if (exitCode !== INTERRUPTED) await call(app.bridge, 'leave', { key });
    return exitCode;
  } finally {
    screen.close();
    await app.stop();
  }
}
