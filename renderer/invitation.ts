/** True for a link that lets its bearer in, not merely one that leads to a room. */
export function isInvitation(link: string): boolean {
  return /^lanyard:\/\/.*[?#&]invite=/i.test(link.trim());
}

/** The `host:port` a link leads to, as far as one can see. */
export function placeOf(link: string): string {
  return /^\w+:\/\/(?<place>[^/?#]*)/.exec(link.trim())?.groups?.['place'] ?? link;
}
