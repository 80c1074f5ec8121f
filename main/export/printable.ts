/** What others wrote, as it may be shown where characters can do things: terminals, text files. */

/** Takes out whatever could steer the terminal: escape sequences, other controls, bidi overrides. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, (control) =>
    control === '\n' || control === '\t' ? control : '\u{fffd}',
  );
}

/** A name or a room's name, which never has more than one line. */
export function oneLine(text: string): string {
  return printable(text).replace(/\s+/g, ' ');
}
