import { hash } from 'node:crypto';
import type { Hash } from '../events/event.ts';

/** SHA-256 of a text's UTF-8, in base64url. */
export const sha256: Hash = (text) => hash('sha256', text, 'base64url');
