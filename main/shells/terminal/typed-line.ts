/** The line that is being typed at a terminal, drawn where the screen ends. */
import { clearScreenDown, createInterface, cursorTo, moveCursor } from 'node:readline';
import type { Interface } from 'node:readline';
import { PassThrough, Writable } from 'node:stream';

const PROMPT = '> ';

/** Takes what readline draws: it loses count of the rows of a line that is pasted. */
class Nowhere extends Writable {
  get columns(): number {
    return process.stdout.columns;
  }

  override _write(_chunk: Buffer, _encoding: string, done: () => void): void {
    done();
  }
}

/**
 * Readline edits the line; this draws it, in as many rows as it takes. Between two drawings the
 * cursor is where it is typed, and nothing is printed but by `print`.
 */
export class TypedLine {
  readonly reader: Interface;
  readonly #ruler: Interface;
  readonly #screen = process.stdout;
  /** What is asked instead of showing what is typed, as long as that is a secret. */
  #question: string | null = null;
  #drawn = '';
  /** In how many rows above the cursor it shows. */
  #rowsAbove = 0;
  /** Whether that is where it ends. */
  #isAtEnd = true;
  #isDue = false;
  #isClosed = false;

  constructor() {
    const output = new Nowhere();
    const { stdin } = process;
    this.reader = createInterface({ input: stdin, output, terminal: true, prompt: PROMPT });
    this.#ruler = createInterface({ input: new PassThrough(), output, terminal: false });
    // Once for all keys that come together, as they do when one pastes.
    stdin.on('keypress', (_text, { ctrl, name }) => {
      if (ctrl === true && name === 'l') this.#clearScreen();
      this.#drawSoon();
    });
    for (const [source, event] of [
      [this.#screen, 'resize'],
      [this.reader, 'SIGCONT'],
    ] as const) {
      source.on(event, () => this.#drawAnew());
    }
    this.reader.once('close', () => {
      this.reveal();
      this.#erase();
      this.#isClosed = true;
    });
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Shows a question, and nothing of what is typed, until `reveal`. */
  ask(question: string): void {
    this.#question = question;
    this.draw();
  }

  /** What was asked stays on the screen; from now on what is typed shows. */
  reveal(): void {
    if (this.#question === null) return;
    this.#question = null;
    this.#screen.write('\n');
    this.#drawn = '';
    this.#rowsAbove = 0;
  }

  /** Prints a line that stays; after the end just that. */
  print(line: string): void {
    this.#screen.cork();
    if (!this.#isClosed) this.#erase();
    this.#screen.write(`${line}\n`);
    this.draw();
    this.#screen.uncork();
  }

  draw(): void {
    if (this.#isClosed) return;
    const { line, cursor } = this.reader;
    const text = this.#question ?? PROMPT + line;
    const isAtEnd = this.#question !== null || cursor === line.length;
    this.#screen.cork();
    // A line that is longer than the screen cannot be taken back, but it can go on.
    const goesOn = isAtEnd && this.#isAtEnd && text.startsWith(this.#drawn);
    if (!goesOn) this.#erase();
    this.#screen.write(text.slice(this.#drawn.length));
    const end = this.#measure(text);
    // A terminal begins another row only for another character.
    if (end.cols === 0) this.#screen.write(' \r');
    const at = isAtEnd ? end : this.reader.getCursorPos();
    if (!isAtEnd) {
      cursorTo(this.#screen, at.cols);
      moveCursor(this.#screen, 0, at.rows - end.rows);
    }
    this.#screen.uncork();
    this.#drawn = text;
    this.#rowsAbove = at.rows;
    this.#isAtEnd = isAtEnd;
  }

  #clearScreen(): void {
    cursorTo(this.#screen, 0, 0);
    this.#rowsAbove = 0;
    this.#erase();
  }

  #erase(): void {
    moveCursor(this.#screen, 0, -this.#rowsAbove);
    cursorTo(this.#screen, 0);
    clearScreenDown(this.#screen);
    this.#drawn = '';
    this.#rowsAbove = 0;
  }

  #drawAnew(): void {
    this.#erase();
    this.draw();
  }

  #drawSoon(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    queueMicrotask(() => {
      this.#isDue = false;
      this.draw();
    });
  }

  /** Where a text ends that begins at the left edge. */
  #measure(text: string): ReturnType<Interface['getCursorPos']> {
    this.#ruler.setPrompt(text);
    return this.#ruler.getCursorPos();
  }
}
