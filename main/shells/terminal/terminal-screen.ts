import { on } from 'node:events';
import type { Screen } from './screen.ts';
import { TypedLine } from './typed-line.ts';

/** The terminal the program was started in. */
export function openTerminal(): Screen {
  const typing = new TypedLine();
  const { reader } = typing;
  // What was typed disappears with the next drawing: the hub sends it back to its author too.
  reader.on('line', () => typing.reveal());
  reader.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  // The terminal is gone, and says so again when it is closed.
  reader.once('error', () => {
    reader.on('error', () => undefined);
    reader.close();
  });
  // Buffered from now on: lines may be typed before anybody asks.
  const lines = on(reader, 'line', { close: ['close'] });
  const nextTyped = async () => {
    const { value, done } = await lines.next();
    return done === true ? null : String(value[0]);
  };
  const print = (line: string) => typing.print(line);

  return {
    interactive: true,
    typed: true,
    print,
    warn: print,
    nextLine() {
      typing.draw();
      return nextTyped();
    },
    async nextSecret(question) {
      if (typing.isClosed) return null;
      typing.ask(question);
      reader.on('history', forgetLast);
      const typed = await nextTyped();
      reader.off('history', forgetLast);
      typing.reveal();
      return typed;
    },
    leaveRest: () => 0,
    close: () => reader.close(),
  };
}

function forgetLast(history: string[]): void {
  history.shift();
}
