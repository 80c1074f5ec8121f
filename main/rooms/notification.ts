import type { SaidEntry } from '../model/entry.ts';

/** How much of a message a notification shows, in characters. */
const BODY_LENGTH = 200;

/** What a notification says of a message. */
export function notificationText(
  room: string,
  entry: SaidEntry,
): { readonly title: string; readonly body: string } {
  const text = [...entry.text.replace(/\s+/g, ' ')];
  const body = text.length > BODY_LENGTH ? [...text.slice(0, BODY_LENGTH), '…'] : text;
  return { title: `${entry.name} · ${room}`, body: body.join('') };
}
