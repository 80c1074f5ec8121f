import { expect, test } from 'vitest';
import { parseCommand } from '../../renderer/command.ts';

test.each([
  ['/who', { kind: 'who' }],
  [' /who ', { kind: 'who' }],
  ['/rename Cleo', { kind: 'rename', name: 'Cleo' }],
  ['/rename  Ann the Great ', { kind: 'rename', name: 'Ann the Great' }],
  ['/rename', { kind: 'rename', name: '' }],
] as const)('O12, O13: %j is a command', (text, command) => {
  expect(parseCommand(text)).toEqual(command);
});

test.each(['hello', '/whoever', '/renamed', '/me waves', 'say /who', '/rename\nx', '//'])(
  '%j is said as it is',
  (text) => expect(parseCommand(text)).toEqual({ kind: 'say', text }),
);
