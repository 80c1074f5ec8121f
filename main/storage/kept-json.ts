/** What this Lanyard keeps as JSON besides records of rooms. What is none of it throws Damaged. */
import * as v from 'valibot';
import type { SignedEvent } from '../events/event.ts';
import type { EpochRecord } from '../wire/messages.ts';
import { Damaged } from './damaged.ts';

const epoch = v.object({
  room: v.string(),
  number: v.number(),
  writer: v.string(),
  parent: v.string(),
  places: v.array(v.object({ conversation: v.string(), seq: v.number(), link: v.string() })),
  signature: v.string(),
});

const references = v.array(v.object({ as: v.string(), id: v.string() }));

const event = v.object({
  room: v.string(),
  conversation: v.string(),
  kind: v.string(),
  person: v.string(),
  device: v.string(),
  written: v.number(),
  references,
  body: v.variant('state', [
    v.object({ state: v.literal('whole'), salt: v.string(), text: v.string() }),
    v.object({ state: v.picklist(['redacted', 'withheld']), digest: v.string() }),
  ]),
  signature: v.string(),
});

export function parseEpoch(text: string): EpochRecord {
  return parseKept(epoch, text);
}

export function parseEvent(text: string): SignedEvent {
  return parseKept(event, text);
}

export function parseReferences(text: string): SignedEvent['references'] {
  return parseKept(references, text);
}

/** Reads back what was kept. Throws Damaged when it is not what it should be. */
export function parseKept<Content>(
  schema: v.GenericSchema<unknown, Content>,
  text: string,
): Content {
  try {
    return v.parse(schema, JSON.parse(text));
  } catch {
    throw new Damaged();
  }
}
