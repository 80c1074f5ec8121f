/** Without what looks alike in some faces: i l o, 0 1. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUPS = 4;
const GROUP = 4;

/** A passphrase nobody guesses, to read out: four groups of four, some 79 bits. */
export function suggestPassphrase(): string {
  // 32 bits for each letter: what the remainder favours is one in a hundred million.
  const random = crypto.getRandomValues(new Uint32Array(GROUPS * GROUP));
  const letters = Array.from(random, (number) => LETTERS.charAt(number % LETTERS.length));
  return Array.from({ length: GROUPS }, (_, group) =>
    letters.slice(group * GROUP, (group + 1) * GROUP).join(''),
  ).join('-');
}
