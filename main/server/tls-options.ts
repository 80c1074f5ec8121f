import { constants } from 'node:crypto';
import type { DeviceIdentity } from '../identity/device-identity.ts';
import { ALPN } from '../protocol/limits.ts';

/**
 * Members show a certificate of their own making: its key is what counts (I1, I2). Others are not asked for
 * one, for a browser would ask its person which.
 */
export function tlsOptions({ certificate, privateKey }: DeviceIdentity, to: 'members' | 'others') {
  return {
    cert: certificate,
    key: privateKey,
    minVersion: 'TLSv1.3',
    ALPNProtocols: [to === 'members' ? ALPN : 'http/1.1'],
    requestCert: to === 'members',
    rejectUnauthorized: false,
    // Every connection proves its key anew.
    secureOptions: constants.SSL_OP_NO_TICKET,
  } as const;
}
