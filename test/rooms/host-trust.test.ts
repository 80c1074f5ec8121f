/** Whose key a room's host has (I3). */
import { expect, test } from 'vitest';
import { HostTrust } from '../../main/rooms/host-trust.ts';

test('I3: the first key that is welcomed is remembered, and another one stops', () => {
  const trust = new HostTrust(null);
  expect(trust.judge('one', null)).toBeNull();
  expect(trust.known).toBeNull();
  trust.remember();
  expect(trust.known).toBe('one');
  expect(trust.judge('one', null)).toBeNull();
  expect(trust.judge('two', null)).toBe('host-key-changed');
  expect(trust).toMatchObject({ known: 'one', other: 'two' });
});

test('I3: what answers without TLS is another host', () => {
  expect(new HostTrust('one').judge(null, null)).toBe('host-key-changed');
  expect(new HostTrust(null).judge(null, 'one')).toBe('wrong-host');
});

test('I3: the key of a link is good for no other, not even at first', () => {
  const trust = new HostTrust(null);
  expect(trust.judge('two', 'one')).toBe('wrong-host');
  expect(trust.judge('one', 'one')).toBeNull();
  // Nor does it make up for one that was remembered.
  expect(new HostTrust('two').judge('one', 'one')).toBe('host-key-changed');
});

test('I3: a room that turns out to be known has the host it had', () => {
  const trust = new HostTrust(null);
  trust.judge('two', null);
  expect(trust.recall('one')).toBe('host-key-changed');
  expect(trust).toMatchObject({ known: 'one', other: 'two' });
  const same = new HostTrust(null);
  same.judge('one', null);
  expect(same.recall('one')).toBeNull();
  expect(same.recall(null)).toBeNull();
});

test('I3: a key that was turned away is never remembered by what comes after', () => {
  const trust = new HostTrust('one');
  trust.judge('one', null);
  trust.judge('two', null);
  trust.remember();
  expect(trust.known).toBe('one');
});
