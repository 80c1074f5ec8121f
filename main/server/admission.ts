/** Who may open a connection at all: answered in HTTP, before there is a WebSocket. */
import type { IncomingMessage } from 'node:http';
import { SUBPROTOCOL } from '../protocol/limits.ts';
import type { ServerLimits } from './limits.ts';

/** An HTTP answer instead of a connection (F2). */
export interface HttpRefusal {
  readonly status: 400 | 403 | 429 | 503;
  readonly code:
    | 'not-a-websocket'
    | 'wrong-subprotocol'
    | 'cross-site'
    | 'no-certificate'
    | 'certificate-unusable'
    | 'too-many-connections';
  readonly sentence: string;
}

/** The answer to a plain HTTP request (O1). */
export const NOT_A_WEBSOCKET: HttpRefusal = {
  status: 400,
  code: 'not-a-websocket',
  sentence: 'This is a Lanyard chat room, not a web page. Open it with the Lanyard app.',
};

/** A member is known by its key, so there must be one (I2). */
const CERTIFICATE_REFUSALS = {
  missing: {
    status: 403,
    code: 'no-certificate',
    sentence: 'This room knows its members by their keys. Open it with the Lanyard app.',
  },
  unusable: {
    status: 403,
    code: 'certificate-unusable',
    sentence: 'This room cannot use that certificate. Update Lanyard on both sides.',
  },
} as const satisfies Record<string, HttpRefusal>;

/** What the certificate of a connection says. */
export type CertificateCheck = 'fine' | 'missing' | 'unusable';

/** Counts open connections, in all and by address. */
export class Admission {
  readonly #limits: ServerLimits;
  readonly #byAddress = new Map<string, number>();
  #open = 0;

  constructor(limits: ServerLimits) {
    this.#limits = limits;
  }

  /** Why this request may not become a connection, or null; counts it in when it may. */
  refuse(
    request: IncomingMessage,
    address: string,
    certificate: CertificateCheck,
  ): HttpRefusal | null {
    if (request.headers.origin !== undefined) {
      return {
        status: 403,
        code: 'cross-site',
        sentence: 'Web pages may not talk to a Lanyard room. Open it with the Lanyard app.',
      };
    }
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',');
    if (!offered.some((name) => name.trim() === SUBPROTOCOL)) {
      return {
        status: 400,
        code: 'wrong-subprotocol',
        sentence: `This room speaks ${SUBPROTOCOL}. Update Lanyard on both sides.`,
      };
    }
    if (certificate !== 'fine') return CERTIFICATE_REFUSALS[certificate];
    const here = this.#byAddress.get(address) ?? 0;
    if (this.#open >= this.#limits.connections || here >= this.#limits.connectionsPerAddress) {
      return {
        status: this.#open >= this.#limits.connections ? 503 : 429,
        code: 'too-many-connections',
        sentence: 'This room takes no more connections from here. Try again in a while.',
      };
    }
    this.#open += 1;
    this.#byAddress.set(address, here + 1);
    return null;
  }

  /** A connection that was counted in has ended. */
  release(address: string): void {
    this.#open -= 1;
    const here = (this.#byAddress.get(address) ?? 1) - 1;
    if (here === 0) this.#byAddress.delete(address);
    else this.#byAddress.set(address, here);
  }
}

/** The refusal as bytes, for a socket that was about to be upgraded. */
export function refusalResponse({ status, code, sentence }: HttpRefusal): string {
  const body = `${sentence}\n`;
  const reason = {
    400: 'Bad Request',
    403: 'Forbidden',
    429: 'Too Many Requests',
    503: 'Service Unavailable',
  };
  return [
    `HTTP/1.1 ${status} ${reason[status]}`,
    'Connection: close',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `Lanyard-Refusal: ${code}`,
    '',
    body,
  ].join('\r\n');
}
