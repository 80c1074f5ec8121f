import type { ExportedLog } from '../main/model/exported-log.ts';
import { h } from './dom.ts';

/** How long the browser may take to begin reading what it saves, in ms. */
const READING_MS = 60_000;

/** Hands a file over to be saved where the person's downloads go. */
export function saveFile({ fileName, mediaType, content }: ExportedLog): void {
  const href = URL.createObjectURL(new Blob([content], { type: mediaType }));
  h('a', { href, download: fileName }).click();
  setTimeout(() => URL.revokeObjectURL(href), READING_MS);
}
