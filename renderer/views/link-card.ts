import type { Context } from './context.ts';
import { h } from '../dom.ts';
import { copyRow } from './copy-row.ts';
import { qrPicture } from './qr-picture.ts';

/** A link to pass on: to copy, and as a QR code to hold a phone's camera at. */
export function linkCard({ ask, words }: Context, link: string, label: string): HTMLElement {
  const code = h('div', { class: 'qr' });
  void draw();

  async function draw(): Promise<void> {
    const drawn = await ask('qrCode', { text: link });
    if (drawn !== null) code.append(qrPicture(drawn.rows, words.invite.code));
  }

  return h(
    'div',
    { class: 'link-card' },
    code,
    h('ul', { class: 'copy-list' }, copyRow(words, label, link)),
  );
}
