import { constants } from 'node:crypto';
import type { DeviceIdentity } from '../identity/device-identity.ts';

/** Whoever connects shows a certificate of its own making: its key is what counts (I1, I2). */
export function tlsOptions({ certificate, privateKey }: DeviceIdentity) {
  return {
    cert: certificate,
    key: privateKey,
    minVersion: 'TLSv1.3',
    requestCert: true,
    rejectUnauthorized: false,
    // Every connection proves its key anew.
    secureOptions: constants.SSL_OP_NO_TICKET,
  } as const;
}
