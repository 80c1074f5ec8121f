/** What somebody wrote, as an element: everything but web links stays the text it is (O20). */
import type { Piece } from '../links.ts';
import { h } from '../dom.ts';
import { linkPieces } from '../links.ts';
import { beginning } from '../long-message.ts';

/** A message's text with its web links clickable. */
export function messageText(text: string): HTMLElement {
  return h('p', { class: 'text', dir: 'auto' }, ...linkPieces(text).map(pieceNode));
}

/** The beginning of a very long message; null for one that is shown whole. */
export function messageBeginning(text: string): HTMLElement | null {
  const pieces = linkPieces(text);
  const shown = beginning(pieces);
  if (shown === pieces) return null;
  return h('p', { class: 'text', dir: 'auto' }, ...shown.map(pieceNode), '…');
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
