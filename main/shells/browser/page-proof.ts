/**
 * How a page proves that it is the one an address is of, before that address is opened: it knows
 * the token, which is not sent to it.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { httpRequest } from '../../node-http.ts';

/** The header with what is to be proven over, and the one with the proof. */
export const CHALLENGE_HEADER = 'lanyard-challenge';
export const PROOF_HEADER = 'lanyard-proof';

/** How long a page on this device may take to answer, in ms. */
const ANSWER_MS = 2_000;

export function proofOf(token: string, challenge: string): string {
  return createHmac('sha256', token).update(challenge).digest('base64url');
}

/** Whether the page at this address, `http://127.0.0.1:PORT/TOKEN/`, is there. Never rejects. */
export async function isServed(page: string): Promise<boolean> {
  const { origin, pathname } = new URL(page);
  const challenge = randomBytes(24).toString('base64url');
  const request = httpRequest(`${origin}/`, {
    agent: false,
    headers: { [CHALLENGE_HEADER]: challenge },
    signal: AbortSignal.timeout(ANSWER_MS),
  });
  try {
    request.end();
    const [response] = await once(request, 'response');
    return response.headers[PROOF_HEADER] === proofOf(pathname.slice(1, -1), challenge);
  } catch {
    return false;
  } finally {
    request.on('error', () => undefined).destroy();
  }
}
