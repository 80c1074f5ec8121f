#!/usr/bin/env node
/** The command line: `lanyard [open]`, `lanyard host`, `lanyard chat`. */
import { parseCommand } from './shells/terminal/command-line.ts';
import type { Command } from './shells/terminal/commands.ts';
import { USAGE } from './shells/terminal/usage.ts';
import { LanyardError } from './errors.ts';
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
      return openApp(command);
    }
    case 'host': {
      const { hostRoom } = await import('./shells/terminal/host.ts');
      return hostRoom(command);
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
      return chat(command);
    }
  }
}

// Whoever read what is printed has seen enough, as `head` has: that is a request to end.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.kill(process.pid, 'SIGTERM');
});

const parsed = parseCommand(process.argv.slice(2));
if (!parsed.ok) {
  process.stderr.write(`lanyard: ${parsed.problem}\nTry 'lanyard --help'.\n`);
  process.exitCode = 2;
} else {
  try {
    process.exitCode = await run(parsed.command);
  } catch (error) {
    if (!(error instanceof LanyardError)) throw error;
    process.stderr.write(`lanyard: ${error.message} (${error.code})\n`);
    process.exitCode = 1;
  }
}
