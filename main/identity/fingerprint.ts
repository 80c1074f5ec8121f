/** What people compare to know that a device is the one they think: words instead of a key. */
import { createHash } from 'node:crypto';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import type { MemberId } from '../model/member.ts';

const WORDS = 6;
/** 2,048 words. */
const BITS_A_WORD = 11;

/**
 * Six English words that stand for an id, always the same: the first 66 bits of the SHA-256 of
 * "lanyard fingerprint 1", a line feed and the id. Finding a key with the words of another one
 * takes about 2^66 tries.
 */
export function fingerprintWords(id: MemberId): readonly string[] {
  const hash = createHash('sha256').update(`lanyard fingerprint 1\n${id}`).digest('hex');
  const bits = BigInt(`0x${hash}`);
  return Array.from({ length: WORDS }, (_, index) => {
    const behind = BigInt(256 - BITS_A_WORD * (index + 1));
    return Number(BigInt.asUintN(BITS_A_WORD, bits >> behind));
  }).flatMap((number) => wordlist.slice(number, number + 1));
}
