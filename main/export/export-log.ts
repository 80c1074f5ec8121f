import type { CheckedEntry } from '../model/entry.ts';
import type { ExportedLog, ExportFormat } from '../model/exported-log.ts';
import { entryLine } from './entry-line.ts';
import { htmlPage } from './html-page.ts';
import { jsonLine } from './json-line.ts';
import type { Line } from './line.ts';
import { localTime } from './local-time.ts';

/** A room's logs as a file of the given format: what a person sees, or every item of them. */
export function exportLog(
  room: { readonly id: string; readonly name: string },
  lines: readonly Line[],
  format: ExportFormat,
): ExportedLog {
  const name = fileNameOf(room.name);
  const rows = lines.flatMap(({ row }) => row ?? []);
  switch (format) {
    case 'text':
      return {
        fileName: `${name}.txt`,
        mediaType: 'text/plain;charset=utf-8',
        content: rows.map(textLine).join(''),
      };
    case 'jsonl':
      return {
        fileName: `${name}.jsonl`,
        mediaType: 'application/jsonl;charset=utf-8',
        content: lines.map((line) => jsonLine(room.id, line)).join(''),
      };
    case 'html':
      return {
        fileName: `${name}.html`,
        mediaType: 'text/html;charset=utf-8',
        content: htmlPage(room.name, rows),
      };
  }
}

/** `2026-11-21 09:30 Ann: Hello`; further lines are indented. */
function textLine(entry: CheckedEntry): string {
  return `${localTime(entry.at)} ${entryLine(entry, '    ')}\n`;
}

/** Names that are devices on Windows, whatever follows the dot. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/** A room's name without what file systems do not take, and what shows a name as another. */
function fileNameOf(room: string): string {
  const safe = room
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}<>:"/\\|?*]/gu, '_')
    .replace(/^[. ]+|[. ]+$/g, '')
    .replace(DEVICE, '_$1');
  return [...safe].slice(0, 60).join('') || 'room';
}
