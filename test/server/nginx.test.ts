/** O8: the reverse proxy of main/server/nginx-example.conf, with a real nginx. */
import { execFile, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { promisify } from 'node:util';
import { WebSocket } from 'ws';
import { expect, onTestFinished, test } from 'vitest';
import { SUBPROTOCOL } from '../../main/protocol/limits.ts';
import { freePort } from '../support/foreign-port.ts';
import { chat, hostRoom, Lanyard, temporaryFolder } from '../support/lanyard.ts';
import { identityOf } from '../support/identities.ts';
import { openRoom } from '../support/open-room.ts';
import { joinPlain, ProtocolMember } from '../support/protocol-member.ts';
import { rawConnect } from '../support/raw-client.ts';

const run = promisify(execFile);
const EXAMPLE = new URL('../../main/server/nginx-example.conf', import.meta.url);

/** nginx speaks TLS, the room does not (I5). */
const PLAIN = { transport: 'plain' } as const;
const PROXY = { trustedProxies: ['127.0.0.1'] };

/** Why the proxy cannot be tried here, or null when it can. */
function whyNoProxy(): string | null {
  if (spawnSync('nginx', ['-v']).status !== 0) return 'nginx is not installed';
  if (spawnSync('openssl', ['version']).status !== 0) return 'openssl is not installed';
  if (spawnSync('curl', ['--version']).status !== 0) return 'curl is not installed';
  // One machine has several addresses of its own only there.
  return process.platform === 'linux' ? null : '127.0.0.2 is an address on Linux only';
}

const missing = whyNoProxy();
const testWithProxy = test.skipIf(missing !== null);
const because = missing === null ? '' : ` (skipped: ${missing})`;

/** Runs nginx with the example, on free ports and with a certificate of its own. */
async function startProxy(roomPort: number) {
  const folder = temporaryFolder();
  const certificate = joinPath(folder, 'certificate.pem');
  const key = joinPath(folder, 'key.pem');
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const files = ['-keyout', key, '-out', certificate];
  const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
  execFileSync('openssl', [...request, '-nodes', '-days', '2', ...subject, ...files], {
    stdio: 'ignore',
  });
  const port = await freePort();
  const server = readFileSync(EXAMPLE, 'utf8')
    .replace(/listen 443 ssl;\s+listen \[::\]:443 ssl;/, `listen 127.0.0.1:${port} ssl;`)
    .replace('/etc/ssl/certs/chat.example.org.pem', certificate)
    .replace('/etc/ssl/private/chat.example.org.key', key)
    .replace('127.0.0.1:47100', `127.0.0.1:${roomPort}`);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `${kind}_temp_path ${folder}/${kind};`)
    .join('\n');
  const config = joinPath(folder, 'nginx.conf');
  writeFileSync(
    config,
    `pid ${folder}/nginx.pid; events {}\nhttp { access_log off; ${temporary}\n${server} }\n`,
  );
  const options = ['-p', folder, '-c', config, '-e', 'stderr', '-g', 'daemon off;'];
  const nginx = spawn('nginx', options, { stdio: ['ignore', 'ignore', 'inherit'] });
  onTestFinished(async () => {
    nginx.kill('SIGTERM');
    await once(nginx, 'close');
  });
  await untilListening(port);
  return { url: `wss://localhost:${port}`, certificate };
}

async function untilListening(port: number): Promise<void> {
  for (;;) {
    const up = await rawConnect(port).then(
      (socket) => socket.destroy(),
      () => null,
    );
    if (up) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Joins through the proxy from one of the machine's own addresses. */
async function joinThrough(
  { url, certificate }: { readonly url: string; readonly certificate: string },
  name: string,
  localAddress: string,
): Promise<ProtocolMember> {
  const ca = readFileSync(certificate);
  // Somebody who says to be somebody else: nginx puts the real address behind it.
  const headers = { 'X-Forwarded-For': '203.0.113.77' };
  const member = new ProtocolMember(
    new WebSocket(url, SUBPROTOCOL, { ca, localAddress, headers, family: 4 }),
    identityOf(name),
  );
  await once(member.socket, 'open');
  await member.proveHello(name);
  await member.welcome();
  return member;
}

testWithProxy(`I4, I5, O8: people chat through nginx, known by their keys${because}`, async () => {
  const { port, program } = await hostRoom('--transport=plain', '--trust-proxy=127.0.0.1');
  expect(program.stderr).toMatch(/^! Nothing in this room is encrypted.+\(transport-plain\)$/m);
  const proxy = await startProxy(port);
  const witness = await joinPlain(port, 'Witness');
  const folders = { Ann: temporaryFolder(), Bo: temporaryFolder() };
  const say = async (name: keyof typeof folders, text: string) => {
    const person = ['--name', name, '--data-dir', folders[name]];
    const env = { NODE_EXTRA_CA_CERTS: proxy.certificate };
    const talk = new Lanyard(['chat', proxy.url, ...person], env);
    talk.type(text);
    talk.endInput();
    expect(await talk.ended).toBe(0);
    expect(talk.stdout).toContain(` ${name}: ${text}`);
    return witness.entry(text);
  };
  const ann = await say('Ann', 'through the proxy');
  const bo = await say('Bo', 'me too');
  expect(await say('Ann', 'me again')).toMatchObject({ person: ann.person, name: 'Ann' });
  expect(bo.person).not.toBe(ann.person);
  witness.crash();
});

testWithProxy(`O8: a certificate nobody vouches for is not accepted${because}`, async () => {
  const { port } = await openRoom({}, PLAIN);
  const proxy = await startProxy(port);
  const { code, stderr } = await chat([proxy.url, '--name', 'Ann'], ['hi']);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^lanyard: .+\./);
});

testWithProxy(`O8: behind nginx the cap counts people’s own addresses${because}`, async () => {
  const { port } = await openRoom({ connectionsPerAddress: 1 }, { ...PLAIN, ...PROXY });
  const proxy = await startProxy(port);
  const ann = await joinThrough(proxy, 'Ann', '127.0.0.2');
  const bo = await joinThrough(proxy, 'Bo', '127.0.0.3');
  await expect(joinThrough(proxy, 'Cem', '127.0.0.2')).rejects.toThrow('429');
  ann.say('two of us');
  await bo.entry('two of us');
  for (const member of [ann, bo]) member.crash();
});

testWithProxy(`O8: a proxy that nobody named as trusted is one address${because}`, async () => {
  const { port } = await openRoom({ connectionsPerAddress: 1 }, PLAIN);
  const proxy = await startProxy(port);
  const ann = await joinThrough(proxy, 'Ann', '127.0.0.2');
  await expect(joinThrough(proxy, 'Bo', '127.0.0.3')).rejects.toThrow('429');
  ann.crash();
});

testWithProxy(`O1: a browser that comes through nginx is told what this is${because}`, async () => {
  const { port } = await openRoom({}, PLAIN);
  const { url, certificate } = await startProxy(port);
  const page = await run('curl', ['-si', '--cacert', certificate, url.replace('wss', 'https')]);
  expect(page.stdout).toMatch(/^HTTP\/1\.1 400 [^]*Open it with the Lanyard app/);
});
