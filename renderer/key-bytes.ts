/** What is random in a member's id: 32 bytes, the same for the same id. */

/** An id as it should be: a compressed point of 33 bytes, base64url. */
const MEMBER_ID = /^[\w-]{44}$/;

const LENGTH = 32;

/** The bytes of a member's key without the first, which is one of two; of any other text, a hash. */
export function keyBytes(id: string): readonly number[] {
  if (!MEMBER_ID.test(id)) return Array.from({ length: LENGTH }, (_, at) => hashed(`${at} ${id}`));
  const decoded = atob(id.replaceAll('-', '+').replaceAll('_', '/'));
  return Array.from(decoded.slice(1), (character) => character.charCodeAt(0));
}

/** A byte of FNV-1a with its high bits mixed into the low ones. */
function hashed(text: string): number {
  let hash = 0x811c9dc5;
  for (const unit of new TextEncoder().encode(text)) hash = Math.imul(hash ^ unit, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) & 0xff;
}
