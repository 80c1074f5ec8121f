/** The menu at the pointer: what can be done with the text or the link that is there. */
import { clipboard, Menu } from 'electron';
import type { ContextMenuParams, MenuItemConstructorOptions, WebContents } from 'electron';
import type { MenuStrings } from './menu-strings.ts';

/** Gives the page of `contents` its context menu, in the words of the moment. */
export function addContextMenu(contents: WebContents, words: () => MenuStrings): void {
  contents.on('context-menu', (_, target) => {
    const items = contextMenuTemplate(words(), target);
    if (items.length > 0) Menu.buildFromTemplate(items).popup();
  });
}

function contextMenuTemplate(
  words: MenuStrings,
  { isEditable, editFlags, linkURL, selectionText }: ContextMenuParams,
): MenuItemConstructorOptions[] {
  const items: MenuItemConstructorOptions[] = [];
  if (linkURL !== '') {
    items.push({ label: words.copyLink, click: () => void clipboard.writeText(linkURL) });
  }
  if (isEditable) items.push({ role: 'cut', label: words.cut, enabled: editFlags.canCut });
  if (isEditable || selectionText !== '') {
    items.push({ role: 'copy', label: words.copy, enabled: editFlags.canCopy });
  }
  if (isEditable) items.push({ role: 'paste', label: words.paste, enabled: editFlags.canPaste });
  return items;
}
