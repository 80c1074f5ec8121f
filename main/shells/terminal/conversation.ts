/** Being in a room from a terminal: lines in, lines out. */
import type { Bridge, BridgeEvent } from '../../../preload/contract.ts';
import type { Pending } from '../../model/pending.ts';
import type { RoomStatus } from '../../model/room-status.ts';
import type { RoomKey } from '../../model/room.ts';
import { LanyardError } from '../../errors.ts';
import type { ErrorCode } from '../../model/error-codes.ts';
import { EN_SENTENCES } from '../../model/sentences-en.ts';
import { sentenceOf } from '../../model/sentence.ts';
import { oneLine } from '../../export/printable.ts';
import { call } from './call.ts';
import { chatCommandIn, isGoodbye, rosterLine } from './chat-commands.ts';
import { entryLine, noticeLine } from './plain-text.ts';
import type { Screen } from './screen.ts';

/** How much of what was said before is printed on coming in. */
const BACKLOG_LINES = 20;

/** How many lines of a script wait to be accepted at most; then it is read no further. */
const WAITING_MAX = 100;

/** Warnings after which what is typed lasts no longer than this program. */
const NOT_KEPT: ReadonlySet<ErrorCode> = new Set(['data-dir-unwritable', 'data-dir-in-use']);

export class Conversation {
  readonly #bridge: Bridge;
  readonly #key: RoomKey;
  readonly #screen: Screen;
  /** Resolves with the last status once the room has ended for good. */
  readonly #ended = Promise.withResolvers<void>();
  /** What was said and is not accepted yet. */
  readonly #waiting = new Set<string>();
  #onAccepted: (() => void) | null = null;
  /** Whether what is waiting outlives the program. */
  #isKept = true;
  #failed = false;

  constructor(bridge: Bridge, key: RoomKey, screen: Screen) {
    this.#bridge = bridge;
    this.#key = key;
    this.#screen = screen;
  }

  /**
   * Talks until a goodbye, the end of the input, the end of the room or `interrupted`, which
   * resolves to the exit code then. A script's lines have all been accepted by the end, or it is
   * told how many were not. Resolves to the exit code: 1 when something was not accepted.
   */
  async run(interrupted: Promise<number>): Promise<number> {
    const unsubscribe = this.#bridge.subscribe((event) => this.#onEvent(event));
    const interruption = await Promise.race([this.#ended.promise, this.#readLines(), interrupted]);
    unsubscribe();
    const left = this.#waiting.size + this.#screen.leaveRest();
    if (left > 0 && !this.#screen.typed) this.#tellLeft(left);
    return interruption ?? (this.#failed || left > 0 ? 1 : 0);
  }

  async #readLines(): Promise<undefined> {
    for (;;) {
      try {
        const line = await this.#screen.nextLine();
        if (line === null) break;
        if (isGoodbye(line, this.#screen.typed)) {
          if (this.#screen.typed) return;
          break;
        }
        await this.#obey(line);
      } catch (error) {
        if (!(error instanceof LanyardError)) throw error;
        this.#complain(error.message);
      }
      if (!this.#screen.typed) await this.#untilWaiting(WAITING_MAX - 1);
    }
    await this.#untilWaiting(0);
  }

  /** Resolves once at most so many are waiting. */
  #untilWaiting(atMost: number): Promise<void> {
    if (this.#waiting.size <= atMost) return Promise.resolve();
    return new Promise((resolve) => {
      this.#onAccepted = () => {
        if (this.#waiting.size <= atMost) resolve();
      };
    });
  }

  async #obey(line: string): Promise<void> {
    if (line.trim() === '') return;
    const command = chatCommandIn(line);
    if (command) {
      const print = (text: string) => this.#screen.print(text);
      await command({ bridge: this.#bridge, key: this.#key, print });
    } else {
      const { id } = await call(this.#bridge, 'say', { key: this.#key, text: line });
      this.#waiting.add(id);
    }
  }

  #onEvent(event: BridgeEvent): void {
    if (event.type === 'snapshot') {
      const room = event.snapshot.rooms.find(({ key }) => key === this.#key);
      if (!room) return;
      this.#isKept = !event.snapshot.app.warnings.some(({ code }) => NOT_KEPT.has(code));
      // Typed before this start and not confirmed yet: what was piped then is waited for now.
      for (const { id, refused } of room.pending) if (!refused) this.#waiting.add(id);
      this.#screen.print(`* You are in “${oneLine(room.info.name)}”.`);
      this.#screen.print(rosterLine(room.roster));
      for (const entry of room.entries.slice(-BACKLOG_LINES)) this.#screen.print(entryLine(entry));
      return;
    }
    if (!('key' in event) || event.key !== this.#key) return;
    switch (event.type) {
      case 'room-entries':
      case 'room-log-reset':
        for (const entry of event.entries) {
          this.#screen.print(entryLine(entry));
        }
        break;
      case 'room-notice':
        this.#screen.print(noticeLine(event.notice.what));
        break;
      case 'room-pending':
        this.#onPending(event.pending);
        break;
      case 'room-status':
        this.#onStatus(event.status);
        break;
      default:
        break;
    }
  }

  /** What is no longer pending was accepted, also when its entry had been here before. */
  #onPending(pending: readonly Pending[]): void {
    const stillPending = new Set(pending.map(({ id }) => id));
    for (const id of this.#waiting) if (!stillPending.has(id)) this.#waiting.delete(id);
    for (const { id, refused } of pending) {
      if (refused && this.#waiting.delete(id)) this.#complain(sentenceOf(EN_SENTENCES, refused));
    }
    this.#onAccepted?.();
  }

  #onStatus(status: RoomStatus): void {
    if (status.state === 'waiting') {
      const seconds = Math.ceil((status.until - Date.now()) / 1000);
      this.#screen.warn(`* Trying again in ${seconds} s (${status.reason}).`);
    } else if (status.state === 'ended') {
      this.#screen.warn(`* ${sentenceOf(EN_SENTENCES, { code: status.reason })}`);
      this.#ended.resolve();
    }
  }

  #complain(sentence: string): void {
    if (!this.#screen.typed) this.#failed = true;
    this.#screen.warn(`! ${sentence}`);
  }

  /** What was refused has been told line by line. */
  #tellLeft(left: number): void {
    const waiting = this.#isKept ? this.#waiting.size : 0;
    const all = left === 1 ? 'It' : 'They';
    const those = waiting === left ? all : `${waiting} of them`;
    const go = waiting === 1 ? 'goes' : 'go';
    this.#screen.warn(
      [
        left === 1 ? '! 1 line was not accepted.' : `! ${left} lines were not accepted.`,
        ...(waiting === 0 ? [] : [`${those} ${go} out when you are in this room again.`]),
        '(lines-not-accepted)',
      ].join(' '),
    );
  }
}
