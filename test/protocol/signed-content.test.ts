import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ACT_NAMES } from '../../main/model/act-names.ts';
import { signedContent } from '../../main/protocol/signed-content.ts';

/** Few characters, so that what is put together differently often looks the same. */
const tight = fc.string({ unit: fc.constantFrom('1', '2', 'a'), minLength: 1, maxLength: 3 });
const text = fc.string({ unit: fc.constantFrom('1', '2', 'a', '\n'), maxLength: 6 });
const written = fc.integer({ min: 0, max: 30 });

const signed = fc.tuple(
  tight,
  fc.oneof(
    fc.record({ kind: fc.constant('said' as const), id: tight, written, text }),
    fc.record({
      kind: fc.constant('act' as const),
      id: tight,
      written,
      act: fc.constantFrom(...ACT_NAMES),
      on: fc.oneof(tight, fc.constant('')),
    }),
  ),
);

test('E1: no two different things have the same content', () => {
  fc.assert(
    fc.property(signed, signed, ([room, entry], [otherRoom, other]) => {
      const isSame = JSON.stringify([room, entry]) === JSON.stringify([otherRoom, other]);
      const isAlike = signedContent(room, entry) === signedContent(otherRoom, other);
      expect(isAlike).toBe(isSame);
    }),
    { numRuns: 5_000 },
  );
});

test('E1: what is said can be read back from it, line breaks and all', () => {
  fc.assert(
    fc.property(signed, ([room, entry]) => {
      const [head, inRoom, id, at, ...rest] = signedContent(room, entry).split('\n');
      expect([head, inRoom, id, Number(at)]).toEqual([
        `lanyard ${entry.kind} 1`,
        room,
        entry.id,
        entry.written,
      ]);
      const said = entry.kind === 'said' ? entry.text : `${entry.act}\n${entry.on}`;
      expect(rest.join('\n')).toBe(said);
    }),
  );
});
