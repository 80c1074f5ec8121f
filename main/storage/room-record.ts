/** What this device remembers about a room besides its log. */
import * as v from 'valibot';
import type { RoomInfo } from '../model/room.ts';

const port = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535));

const schema = v.object({
  /** The hash of the two that follow (X1). */
  id: v.string(),
  founder: v.string(),
  nonce: v.string(),
  /** What it was called last. */
  name: v.string(),
  /** True when this device hosts it. */
  hosted: v.boolean(),
  /** Whether to open or join it when the app starts. */
  active: v.boolean(),
  /** The port it last listened on; null for a room of somebody else. One that there is not is none. */
  port: v.fallback(v.nullable(port), null),
  /** Where it was reached: `host:port`, URLs and links, the likeliest first. */
  addresses: v.array(v.string()),
  /** Who one was in the last welcome. */
  you: v.nullable(v.string()),
  /** The key of the device that runs it; null until it was first met. */
  hostKey: v.optional(v.nullable(v.string()), null),
  /** What this person is called there. */
  ownName: v.string(),
  /** The id of the newest item that was seen; empty for none. */
  read: v.string(),
});

export type RoomRecord = Readonly<v.InferOutput<typeof schema>>;

/** A room of another person that was joined just now. */
export function joinedRecord(
  room: Pick<RoomInfo, 'id' | 'founder' | 'nonce' | 'name'>,
): RoomRecord {
  const nowhere = { port: null, you: null, hostKey: null, read: '' };
  return {
    ...identityOf(room),
    hosted: false,
    active: true,
    addresses: [],
    ownName: '',
    ...nowhere,
  };
}

/** A room that is hosted here from now on. */
export function hostedRecord(
  room: Pick<RoomInfo, 'id' | 'founder' | 'nonce' | 'name'>,
  ownName: string,
): RoomRecord {
  const nobody = { you: null, hostKey: null, read: '' };
  return {
    ...identityOf(room),
    hosted: true,
    active: true,
    port: null,
    addresses: [],
    ownName,
    ...nobody,
  };
}

function identityOf({
  id,
  founder,
  nonce,
  name,
}: Pick<RoomInfo, 'id' | 'founder' | 'nonce' | 'name'>) {
  return { id, founder, nonce, name };
}

/** Reads a record back; null when it is none. */
export function parseRecord(text: string): RoomRecord | null {
  try {
    const parsed = v.safeParse(schema, JSON.parse(text));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}
