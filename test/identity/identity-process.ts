/**
 * A process that opens the identity in a folder once it reads a line, and tells as one line of JSON
 * whose it is and what problems there were. With a user id it does so as that user.
 */
import { once } from 'node:events';
import { openIdentity } from '../../main/identity/identity-file.ts';

export interface IdentityReport {
  readonly id: string;
  readonly problems: readonly string[];
}

const [, , folder = '', user] = process.argv;
if (user !== undefined) process.seteuid?.(Number(user));
process.stdout.write('ready\n');
await once(process.stdin, 'data');
const { identity, problems } = await openIdentity(folder, null);
const report: IdentityReport = { id: identity.id, problems: problems.map(({ code }) => code) };
process.stdout.write(`${JSON.stringify(report)}\n`);
process.stdin.destroy();
