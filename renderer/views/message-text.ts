import { h } from '../dom.ts';
import { linkPieces } from '../links.ts';

/** A message's text with its web links clickable; everything else stays the text it is (O20). */
export function messageText(text: string): HTMLElement {
  const pieces = linkPieces(text).map((piece) =>
    piece.kind === 'text'
      ? piece.text
      : h(
          'a',
          { href: piece.href, target: '_blank', rel: 'noopener noreferrer', title: piece.href },
          piece.text,
        ),
  );
  return h('p', { class: 'text', dir: 'auto' }, ...pieces);
}
