import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCommand } from '../../../main/shells/terminal/command-line.ts';
import { defaultDataDir } from '../../../main/storage/data-dir.ts';

const dataDir = defaultDataDir();
const open = { command: 'open', shell: null, dataDir, port: null, open: true };
const host = {
  command: 'host',
  room: 'Lab 3',
  port: null,
  name: null,
  dataDir,
  json: false,
  access: null,
  passphraseFile: null,
  invite: false,
  transport: 'tls',
  listenAt: null,
  trustedProxies: [],
};
const chat = {
  command: 'chat',
  address: null,
  name: null,
  passphraseFile: null,
  dataDir,
};

/** A key as Lanyard prints it. */

test.for([
  [[], open],
  [['open'], open],
  [
    ['--shell=browser', '--no-open', '--port', '8000', '--data-dir', 'd'],
    { ...open, shell: 'browser', open: false, port: 8000, dataDir: 'd' },
  ],
  [['host', '--room', 'Lab 3'], host],
  [
    [
      'host',
      '--room=Lab 3',
      '--json',
      '--name',
      'Ann',
      '--port=1',
      '--trust-proxy',
      '::1',
      '--trust-proxy=127.0.0.1',
    ],
    { ...host, json: true, name: 'Ann', port: 1, trustedProxies: ['::1', '127.0.0.1'] },
  ],
  [
    ['host', '--room=Lab 3', '--access=passphrase', '--passphrase-file', '-'],
    { ...host, access: 'passphrase', passphraseFile: '-' },
  ],
  [
    ['host', '--room=Lab 3', '--access=invite', '--invite', '--listen=::1'],
    { ...host, access: 'invite', invite: true, listenAt: '::1' },
  ],
  [['host', '--room=Lab 3', '--listen=localhost'], { ...host, listenAt: 'localhost' }],
  [['host', '--room=Lab 3', '--access', 'open'], { ...host, access: 'open' }],
  [['host', '--room=Lab 3', '--transport=plain'], { ...host, transport: 'plain' }],
  [['chat'], chat],
  [['chat', 'lab:1', '--name=Bo'], { ...chat, address: 'lab:1', name: 'Bo' }],
  [['chat', 'lab:1', '--passphrase-file=f'], { ...chat, address: 'lab:1', passphraseFile: 'f' }],
  [['--help'], { command: 'help' }],
  [['host', '-h'], { command: 'help' }],
  [['chat', '--help', 'lab'], { command: 'help' }],
  [['--version'], { command: 'version' }],
] as const)('%j', ([args, command]) => {
  expect(parseCommand(args)).toEqual({ ok: true, command });
});

describe('what was mistyped is told of', () => {
  test.for([
    [['dance'], 'dance'],
    [['--colour'], '--colour'],
    [['host'], '--room'],
    [['host', '--room'], '--room'],
    [['host', '--room', 'Lab', '--port', '0'], '0'],
    [['host', '--room', 'Lab', '--port', '70000'], '70000'],
    [['host', '--room', 'Lab', '--port', '80a'], '80a'],
    [['host', '--room', 'Lab', 'extra'], 'extra'],
    [['--shell=emacs'], 'emacs'],
    [['chat', 'one', 'two'], 'one address'],
    [['chat', '--data-dir', ''], '--data-dir'],
    [['host', '--room', 'Lab', '--access', 'friends'], 'friends'],
    [['host', '--room', 'Lab', '--access', 'passphrase'], '--passphrase-file'],
    [['host', '--room', 'Lab', '--access=passphrase', '--passphrase-file='], '--passphrase-file'],
    [['host', '--room', 'Lab', '--passphrase-file', 'f'], '--access=passphrase'],
    [['host', '--room', 'Lab', '--access=open', '--passphrase-file', 'f'], '--access=passphrase'],
    [['host', '--room', 'Lab', '--passphrase', 'open sesame'], '--passphrase'],
    [['host', '--room', 'Lab', '--transport', 'udp'], 'udp'],
    [['host', '--room', 'Lab', '--transport=plain', '--invite'], 'TLS'],
    [['host', '--room', 'Lab', '--listen='], '--listen'],
    [['host', '--room', 'Lab', '--listen', '10.0.0.010'], '10.0.0.010'],
    [['host', '--room', 'Lab', '--listen', '0x7f.1'], '0x7f.1'],
    [['host', '--room', 'Lab', '--listen', '127.0.0.1:80'], '127.0.0.1:80'],
    [['host', '--room', 'Lab', '--trust-proxy', '127.0.0.01'], '127.0.0.01'],
    [['host', '--room', 'Lab', '--trust-proxy', 'proxy'], 'proxy'],
  ] as const)('%j', ([args, part]) => {
    const parsed = parseCommand(args);
    expect(parsed).toMatchObject({ ok: false, problem: expect.stringContaining(part) });
  });
});

test('whatever is typed, it is a command or a sentence about it', () => {
  const word = fc.oneof(
    fc.constantFrom(
      'open',
      'host',
      'chat',
      '--room',
      '--port',
      '--json',
      '--no-open',
      '--access',
      '--',
      '-',
    ),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(word), (args) => {
      const parsed = parseCommand(args);
      if (!parsed.ok) expect(parsed.problem).not.toBe('');
    }),
    { numRuns: 1000 },
  );
});
