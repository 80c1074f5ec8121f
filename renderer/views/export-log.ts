/** Saves what this device has of a room as a file. */
import type { ExportFormat } from '../../main/model/exported-log.ts';
import type { RoomKey } from '../../main/model/room.ts';
import type { Context } from './context.ts';
import { h } from '../dom.ts';
import { saveFile } from '../save-file.ts';
import { button } from './buttons.ts';

const FORMATS: readonly ExportFormat[] = ['text', 'html', 'jsonl'];

/** One button for each kind of file. */
export function exportLog({ words, ask }: Context, key: RoomKey): HTMLElement {
  async function save(format: ExportFormat): Promise<void> {
    const file = await ask('exportLog', { key, format });
    if (file !== null) saveFile(file);
  }
  return h(
    'section',
    { class: 'export' },
    h('h3', {}, words.room.exportTitle),
    h('p', {}, words.room.exportText),
    h(
      'div',
      { class: 'export-formats' },
      ...FORMATS.map((format) =>
        button(words.room.exportFormats[format], 'plain', () => void save(format)),
      ),
    ),
  );
}
