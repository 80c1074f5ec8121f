/** What goes to many as bytes for a WebSocket, made once for all of them. */
import type { Batch } from '../hub/engine/batch.ts';
import type { Shared } from '../hub/engine/shared.ts';
import type { SharedRoster } from '../hub/engine/shared-roster.ts';
import { frameOf, lastFragments } from './ws-frame.ts';

const frames = new WeakMap<Shared, Buffer>();
const batches = new WeakMap<Batch, Buffer>();
const rosters = new WeakMap<SharedRoster, Map<number, readonly Buffer[]>>();

/** All of a batch. */
export function bytesOf(batch: Batch): Buffer {
  const made = batches.get(batch);
  if (made) return made;
  const parts = batch.items.map(frame);
  const [first] = parts;
  const bytes = parts.length === 1 && first ? first : Buffer.concat(parts);
  batches.set(batch, bytes);
  return bytes;
}

/** The end of a welcome, in parts of at most so many bytes. */
export function fragmentsOf(roster: SharedRoster, bytes: number): readonly Buffer[] {
  const bySize = rosters.get(roster) ?? new Map<number, readonly Buffer[]>();
  rosters.set(roster, bySize);
  const made = bySize.get(bytes) ?? lastFragments(roster.ending, bytes);
  bySize.set(bytes, made);
  return made;
}

/** The same message may stand in several batches. */
function frame(shared: Shared): Buffer {
  const made = frames.get(shared) ?? frameOf(shared.text);
  frames.set(shared, made);
  return made;
}
