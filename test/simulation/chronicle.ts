/** Everything that was ever safe on the host's disk, whatever has been forgotten since. */
import assert from 'node:assert/strict';
import { edit } from '../../main/events/edit.ts';
import { idOf, redacted, referred, signedContent } from '../../main/events/event.ts';
import type { HubChanges } from '../../main/hub/engine/changes.ts';
import { BEGINNING, linkAfter } from '../../main/timeline/chain.ts';
import type { ChainEnd } from '../../main/timeline/chain.ts';
import type { Entry } from '../../main/timeline/entry.ts';
import { Conduct } from './conduct.ts';
import { hash, verify } from './crypto.ts';
import { HOST_KEY, ROOM } from './names.ts';

export class Chronicle {
  readonly conduct = new Conduct(HOST_KEY);
  /** By conversation, then by number. */
  readonly #logs = new Map<string, Map<number, Entry>>();
  readonly #ends = new Map<string, ChainEnd>();
  readonly #redacted = new Set<string>();
  readonly #seqs = new Map<string, number>();
  readonly #twice = new Set<string>();
  /** Whose each event is. */
  readonly #authors = new Map<string, string>();
  /** When each event was first entered, counted over all conversations. */
  readonly #turns = new Map<string, number>();

  /** This is about to be written. */
  add({ entries, redacted: gone }: HubChanges, floorOf: (conversation: string) => number): void {
    for (const entry of entries) {
      const { conversation, id, seq } = entry;
      const end = this.#ends.get(conversation) ?? BEGINNING;
      assert(seq > end.seq, `${id} does not follow the log`);
      // One that was forgotten before its author heard of it is entered again.
      const before = this.#seqs.get(id) ?? 0;
      assert(before <= floorOf(conversation), `${id} is entered twice`);
      if (before > 0) this.#twice.add(id);
      this.#seqs.set(id, seq);
      this.#authors.set(id, entry.person);
      if (entry.kind === edit.name) {
        const author = this.#authors.get(referred(entry, 'to') ?? '');
        assert.equal(author, entry.person, `${id} edits what another person said`);
      }
      const event = { ...entry, room: ROOM.id };
      assert.equal(id, idOf(event, hash), `${id} is not its content’s`);
      const content = signedContent(event, hash);
      assert(verify(entry.device, content, entry.signature), `${id} is not its author’s`);
      assert.equal(entry.link, linkAfter(end, conversation, entry, hash), `${id} is not chained`);
      if (conversation === ROOM.id) this.conduct.follow(entry);
      this.#logOf(conversation).set(seq, entry);
      this.#ends.set(conversation, { epoch: entry.epoch, seq, link: entry.link });
      if (!this.#turns.has(id)) this.#turns.set(id, this.#turns.size);
    }
    for (const id of gone) this.#redacted.add(id);
  }

  /** Fails unless these are entries of the log, as it was written or as it was redacted. */
  check(conversation: string, entries: readonly Entry[], whose: string): void {
    const log = this.#logOf(conversation);
    for (const entry of entries) {
      const original = log.get(entry.seq);
      if (original === entry || isSame(original, entry)) continue;
      const isGone = entry.body.state === 'redacted' && this.#redacted.has(entry.id);
      const expected =
        isGone && original ? { ...original, body: redacted(original.body, hash) } : original;
      assert.deepEqual(entry, expected, `${whose} has something else than the log at ${entry.seq}`);
    }
  }

  /** Fails when something that was redacted can still be read among these entries (M4). */
  checkRedacted(entries: readonly Entry[], whose: string): void {
    for (const { id, body, seq } of entries) {
      if (!this.#redacted.has(id)) continue;
      assert.equal(body.state, 'redacted', `${whose} has what was redacted at ${seq}`);
    }
  }

  isRedacted(id: string): boolean {
    return this.#redacted.has(id);
  }

  /** True when it was forgotten before its author heard that it was in, and entered again. */
  isTwice(id: string): boolean {
    return this.#twice.has(id);
  }

  /** The place of an event among all that were ever entered; undefined when it never was. */
  turnOf(id: string): number | undefined {
    return this.#turns.get(id);
  }

  /** Every event that was ever entered, in order. */
  ids(): readonly string[] {
    return [...this.#turns.keys()];
  }

  #logOf(conversation: string): Map<number, Entry> {
    const log = this.#logs.get(conversation) ?? new Map<number, Entry>();
    this.#logs.set(conversation, log);
    return log;
  }
}

/** The link holds an item’s id and place; what it says is beside that. */
function isSame(original: Entry | undefined, entry: Entry): boolean {
  if (original?.link !== entry.link || original.signature !== entry.signature) return false;
  const [a, b] = [original.body, entry.body];
  return a.state === 'whole' && b.state === 'whole' && a.text === b.text && a.salt === b.salt;
}
