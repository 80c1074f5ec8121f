import type { DeviceIdentity } from '../../main/identity/device-identity.ts';
import { ALPN } from '../../main/protocol/limits.ts';

/** How a member speaks TLS: it shows its certificate, and takes the room's for what it is (I2). */
export function memberTls({
  certificate,
  privateKey,
}: Pick<DeviceIdentity, 'certificate' | 'privateKey'>) {
  return {
    cert: certificate,
    key: privateKey,
    ALPNProtocols: [ALPN],
    rejectUnauthorized: false,
  };
}
