/** What a line typed into the composer asks for. */
export type Command =
  | { readonly kind: 'say'; readonly text: string }
  /** O13: `/rename NAME`; without a name it asks for one. */
  | { readonly kind: 'rename'; readonly name: string }
  /** O12: `/who` */
  | { readonly kind: 'who' };

/** Reads a line; what is no command is said as it is. */
export function parseCommand(text: string): Command {
  const line = text.trim();
  if (line === '/who') return { kind: 'who' };
  const rename = /^\/rename(?:[ \t]+(?<name>.*))?$/u.exec(line);
  if (rename !== null) return { kind: 'rename', name: rename.groups?.['name']?.trim() ?? '' };
  return { kind: 'say', text };
}
