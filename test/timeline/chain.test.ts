import { expect, test } from 'vitest';
import { epochContent, epochLink, headContent, nextLink } from '../../main/timeline/chain.ts';
import type { EpochContent } from '../../main/timeline/chain.ts';
import { hash } from './entries.ts';

const item = { seq: 5, id: 'id', at: 7, origin: null, policy: 'p' };
const place = { seq: 4, link: 'link' };

test('L5: a link changes with each thing it holds', () => {
  const links = [
    nextLink('before', item, hash),
    nextLink('other', item, hash),
    nextLink('before', { ...item, seq: 6 }, hash),
    nextLink('before', { ...item, id: 'other' }, hash),
    nextLink('before', { ...item, at: 8 }, hash),
    nextLink('before', { ...item, origin: { epoch: 'e', seq: 5 } }, hash),
    nextLink('before', { ...item, origin: { epoch: 'e', seq: 6 } }, hash),
    nextLink('before', { ...item, origin: { epoch: 'f', seq: 5 } }, hash),
    nextLink('before', { ...item, policy: '' }, hash),
    epochLink('before', '5', place, hash),
  ];
  expect(new Set(links).size).toBe(links.length);
  expect(nextLink('before', item, hash)).toBe(links[0]);
});

test('L6: where a conversation continues is in its first link of an epoch', () => {
  const links = [
    epochLink('e', 'c', place, hash),
    epochLink('f', 'c', place, hash),
    epochLink('e', 'd', place, hash),
    epochLink('e', 'c', { ...place, seq: 3 }, hash),
    epochLink('e', 'c', { ...place, link: 'other' }, hash),
  ];
  expect(new Set(links).size).toBe(links.length);
});

test('L2: an epoch is what its record says, in whatever order its conversations are told', () => {
  const places = [
    { conversation: 'a', seq: 1, link: 'x' },
    { conversation: 'b', seq: 2, link: 'y' },
  ];
  const record: EpochContent = { room: 'r', number: 2, writer: 'w', parent: 'p', places };
  const content = epochContent(record, hash);
  expect(epochContent({ ...record, places: places.toReversed() }, hash)).toBe(content);
  const others: readonly EpochContent[] = [
    { ...record, room: 'other' },
    { ...record, number: 3 },
    { ...record, writer: 'other' },
    { ...record, parent: '' },
    { ...record, places: places.slice(1) },
    { ...record, places: places.map((each) => ({ ...each, link: 'other' })) },
  ];
  for (const other of others) expect(epochContent(other, hash)).not.toBe(content);
});

test('L8: a head names conversation, epoch, number and link', () => {
  expect(headContent('c', 'e', place)).toBe('lanyard head 2\nc\ne\n4\nlink');
});
