/** What somebody wrote, as an element: everything but web links stays the text it is (O20). */
import { canBeSeen } from '../../main/protocol/visible.ts';
import type { Piece } from '../links.ts';
import type { Strings } from '../strings/en.ts';
import { h } from '../dom.ts';
import { linkPieces } from '../links.ts';
import { beginning } from '../long-message.ts';

/**
 * A message's text with its web links clickable; of a very long one its beginning and a way to the
 * rest; of one that would show as nothing, that it is so.
 */
export function messageText({ log }: Strings, text: string): readonly HTMLElement[] {
  if (!canBeSeen(text)) return [h('p', { class: 'text blank' }, log.blank)];
  const pieces = linkPieces(text);
  const first = beginning(pieces);
  if (first === pieces) return [paragraph(pieces)];
  const shown = paragraph([...first, { kind: 'text', text: '…' }]);
  const more = h(
    'button',
    { type: 'button', class: 'text-button show-all', on: { click: showAll } },
    log.showAll,
  );
  function showAll(): void {
    const whole = paragraph(pieces);
    // The focus must not fall into nothing when the button goes.
    whole.tabIndex = -1;
    shown.replaceWith(whole);
    more.remove();
    whole.focus({ preventScroll: true });
  }
  return [shown, more];
}

function paragraph(pieces: readonly Piece[]): HTMLElement {
  return h('p', { class: 'text', dir: 'auto' }, ...pieces.map(pieceNode));
}

function pieceNode(piece: Piece): HTMLElement | string {
  if (piece.kind === 'text') return piece.text;
  const { href, text } = piece;
  const { host } = new URL(href);
  return h(
    'a',
    {
      href,
      target: '_blank',
      rel: 'noopener noreferrer',
      title: href,
      // A name of other letters may look like one that people know: its true one stands beside it.
      'data-host': /^[\x21-\x7e]*$/.test(text) ? null : host,
    },
    text,
  );
}
