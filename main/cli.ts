#!/usr/bin/env node
/** The command line: `lanyard [open]`, `lanyard host`, `lanyard chat`. */
import { parseCommand } from './shells/terminal/command-line.ts';
import type { Command } from './shells/terminal/commands.ts';
import { watchOutput } from './shells/terminal/output.ts';
import { USAGE } from './shells/terminal/usage.ts';
import { endingError, watchCrashes } from './crashes.ts';
import type { LanyardError } from './errors.ts';
import { version } from '../package.json' with { type: 'json' };

/** Runs a command; resolves to the exit code: 0 done, 1 it could not be done. */
async function run(command: Command): Promise<number> {
  switch (command.command) {
    case 'help':
      process.stdout.write(USAGE);
      return 0;
    case 'version':
      process.stdout.write(`${version}\n`);
      return 0;
    case 'open': {
      const { openApp } = await import('./shells/open.ts');
      return openApp(command, crashes);
    }
    case 'host': {
      const { hostRoom } = await import('./shells/terminal/host.ts');
      return hostRoom(command, crashes);
    }
    case 'search': {
      const { searchRooms } = await import('./shells/terminal/search.ts');
      return searchRooms(command);
    }
    case 'export': {
      const { exportRoom } = await import('./shells/terminal/export.ts');
      return exportRoom(command);
    }
    case 'chat': {
      const { chat } = await import('./shells/terminal/chat.ts');
      return chat(command, crashes);
    }
  }
}

function say({ message, code }: LanyardError): void {
  process.stderr.write(`lanyard: ${message} (${code})\n`);
}

const crashes = watchCrashes(say);
watchOutput(say);

const parsed = parseCommand(process.argv.slice(2));
if (!parsed.ok) {
  process.stderr.write(`lanyard: ${parsed.problem}\nTry 'lanyard --help'.\n`);
  process.exitCode = 2;
} else {
  try {
    const exitCode = await run(parsed.command);
    // What could not be printed stays a failure.
    process.exitCode ||= exitCode;
  } catch (error) {
    say(endingError(error));
    process.exitCode = 1;
  }
}
