import { describe, expect, test } from 'vitest';
import type { Problem } from '../../main/model/error-codes.ts';
import { EN_SENTENCES } from '../../main/model/sentences-en.ts';
import { ZH_CN_SENTENCES } from '../../main/model/sentences-zh-cn.ts';
import { sentenceOf } from '../../main/model/sentence.ts';
import { PASSPHRASE_MAX } from '../../main/passphrase/normalize-passphrase.ts';
import {
  IDLE_MINUTES_MAX,
  IDLE_MINUTES_MIN,
  NAME_MAX,
  ROOM_NAME_MAX,
  TEXT_MAX,
} from '../../main/protocol/limits.ts';

describe.each([
  ['English', EN_SENTENCES, /^(?:[A-Z]|--data-dir).{10,}\.$/],
  ['Chinese', ZH_CN_SENTENCES, /\p{Script=Han}.*。$/u],
] as const)('%s', (_language, sentences, shape) => {
  test.each(Object.entries(sentences.plain))('%s is a whole sentence', (_code, sentence) => {
    expect(sentence).toMatch(shape);
  });

  test('the bounds of the rules are those of the sentences', () => {
    const { plain } = sentences;
    expect(plain['name-too-long']).toContain(` ${NAME_MAX} `);
    expect(plain['room-name-too-long']).toContain(` ${ROOM_NAME_MAX} `);
    expect(plain['text-too-long'].replaceAll(',', '')).toContain(` ${TEXT_MAX} `);
    expect(plain['passphrase-too-long']).toContain(` ${PASSPHRASE_MAX} `);
    expect(plain['idle-minutes-range']).toContain(`${IDLE_MINUTES_MIN} `);
    expect(plain['idle-minutes-range']).toContain(` ${IDLE_MINUTES_MAX} `);
  });

  test.each<Problem>([
    { code: 'port-in-use', details: { port: 47_100 } },
    { code: 'data-dir-unwritable', details: { place: '/home/$& ${x} {place}' } },
    { code: 'data-dir-in-use', details: { folder: '/home/ann', holder: 'browser' } },
    { code: 'data-dir-in-use', details: { folder: '/home/ann', holder: null } },
    { code: 'unknown-refusal', details: { sentence: 'Come back on Monday.' } },
    { code: 'passphrase-unreadable', details: { file: '/tmp/word', why: 'ENOENT' } },
  ])('what belongs in a sentence stands in it as it is: $code', (problem) => {
    const sentence = sentenceOf(sentences, problem);
    for (const detail of Object.values('details' in problem ? problem.details : {})) {
      if (detail !== null && detail !== 'browser') expect(sentence).toContain(String(detail));
    }
  });

  test.each(['from-the-future', 'toString', '__proto__', '', 'port-in-use'])(
    'a code from elsewhere that has no sentence, or lacks its details, gets a general one: %j',
    (code) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- What another version may send.
      const problem = { code } as Problem;
      expect(sentenceOf(sentences, problem)).toBe(sentences.plain['unexpected-error']);
    },
  );
});
