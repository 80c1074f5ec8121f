/** Looks for secrets in bytes, in every form they are likely to have there. */

/** The secrets found, each with the form it has. */
export function findSecrets(bytes: Buffer, secrets: readonly string[]): readonly string[] {
  return secrets.flatMap((secret) =>
    formsOf(secret)
      .filter(([, form]) => bytes.includes(form))
      .map(([name]) => `${secret} (${name})`),
  );
}

/** How a text may stand in bytes; base64 at each of the three places in its groups. */
export function formsOf(text: string): readonly (readonly [name: string, form: Buffer])[] {
  const utf8 = Buffer.from(text);
  const base64 = [0, 1, 2].flatMap((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), utf8]).toString('base64url');
    const isPartial = (shift + utf8.length) % 3 !== 0;
    const inner = encoded.slice(shift === 0 ? 0 : shift + 1, isPartial ? -1 : undefined);
    return [inner, inner.replaceAll('-', '+').replaceAll('_', '/')];
  });
  return [
    ['UTF-8', utf8],
    ['JSON', Buffer.from(escaped(text))],
    ['UTF-16LE', Buffer.from(text, 'utf16le')],
    ['hex', Buffer.from(utf8.toString('hex'))],
    ...base64.map((form) => ['base64', Buffer.from(form)] as const),
  ];
}

function escaped(text: string): string {
  return text.replaceAll(
    /[^\u0020-\u007e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
