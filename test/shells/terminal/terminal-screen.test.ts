/** O5: what one sees at a terminal while lines wrap, others speak and the window is resized. */
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../support/lanyard.ts';
import { openRoom } from '../../support/open-room.ts';
import { join } from '../../support/protocol-member.ts';
import { whyNoTerminal } from './terminal.ts';
import { Typist } from './typist.ts';

const noTerminal = whyNoTerminal();
const note = noTerminal === null ? '' : ` (skipped: ${noTerminal})`;
const atTerminal = test.skipIf(noTerminal !== null);

const [HOME, END, RIGHT, UP] = ['\u001b[H', '\u001b[F', '\u001b[C', '\u001b[A'];
/** To the beginning of the line, and of the screen. */
const [KILL, CLEAR] = ['\u0015', '\f'];

const TEXTS = {
  'one row': 'short',
  'three rows': 'abcdefghij'.repeat(10),
  'exactly one row': 'x'.repeat(38),
  'exactly two rows': 'x'.repeat(78),
  'wide characters': '漢字'.repeat(30),
  'a wide one that does not fit at the end of a row': `x${'漢'.repeat(40)}`,
  'combined characters': 'e\u0301'.repeat(60),
  pictures: '🍎'.repeat(30),
};

/** Ann at a terminal 40 columns wide, and Bo. */
async function twoInARoom() {
  const { port } = await openRoom();
  const bo = await join(port, 'Bo');
  const args = ['chat', `127.0.0.1:${port}`, '--name', 'Ann', '--data-dir', temporaryFolder()];
  const ann = new Typist(args, { cols: 40, rows: 24 });
  /** Waits until all that was said is there, without its times, and this is being typed. */
  const shows = (said: readonly string[], typed: string) =>
    expect
      .poll(() => ann.screen.filter((line) => !line.startsWith('*')).map(withoutTime), {
        timeout: 20_000,
      })
      .toEqual([...said, `> ${typed}`.trimEnd()]);
  await shows([], '');
  return { ann, bo, shows };
}

function withoutTime(line: string): string {
  return line.replace(/^\d\d:\d\d /, '');
}

atTerminal(`O5: a line that wraps shows once, also while others speak${note}`, async () => {
  const { ann, bo, shows } = await twoInARoom();
  const said: string[] = [];
  for (const [what, text] of Object.entries(TEXTS)) {
    ann.press(text);
    await shows(said, text);
    for (const [keys, where] of [
      ['', 'end'],
      [HOME, 'beginning'],
      [RIGHT.repeat(3), 'begin'],
    ] as const) {
      ann.press(keys);
      bo.say(`${what}, ${where}`);
      said.push(`Bo: ${what}, ${where}`);
      await shows(said, text);
    }
    ann.press('\n');
    said.push(`Ann: ${text}`);
    await shows(said, '');
    await bo.entry(text);
  }
  ann.press('quit\n');
  expect(await ann.ended).toBe(0);
  expect(ann.screen.map(withoutTime)).toEqual(expect.arrayContaining(said));
  expect(ann.screen.filter((line) => line.startsWith('>'))).toEqual([]);
});

atTerminal(`O5: lines that are pasted show once each, in their order${note}`, async () => {
  const { ann, shows } = await twoInARoom();
  // The second fills its row to the end.
  const [one, two, three] = ['a'.repeat(100), 'b'.repeat(38), 'c'.repeat(50)];
  ann.press(`${one}\n${two}\n${three}`);
  await shows([`Ann: ${one}`, `Ann: ${two}`], three);
  ann.press(HOME);
  ann.press('d');
  await shows([`Ann: ${one}`, `Ann: ${two}`], `d${three}`);
  ann.press(`${END}${KILL}${UP}${UP}`);
  await shows([`Ann: ${one}`, `Ann: ${two}`], one);
  ann.press(CLEAR);
  await shows([], one);
});

atTerminal(
  `O5: a line that is being typed is drawn anew when the window is resized${note}`,
  async () => {
    const { ann, bo, shows } = await twoInARoom();
    const typed = 'abcdefghij'.repeat(7);
    ann.press(typed);
    await shows([], typed);
    for (const [cols, said] of [
      [30, ['Bo: narrower']],
      [60, ['Bo: narrower', 'Bo: wider']],
    ] as const) {
      await ann.resize(cols);
      await shows(said.slice(0, -1), typed);
      bo.say(said.at(-1)?.slice('Bo: '.length) ?? '');
      await shows(said, typed);
    }
    ann.press('\n');
    await shows(['Bo: narrower', 'Bo: wider', `Ann: ${typed}`], '');
  },
);

atTerminal(`who closes the window has left${note}`, async () => {
  const { ann, bo, shows } = await twoInARoom();
  ann.press('half a line');
  await shows([], 'half a line');
  expect(ann.isRunning).toBe(true);
  ann.hangUp();
  expect((await bo.change('left', 'Ann')).reason).toBe('left');
  await expect.poll(() => ann.isRunning).toBe(false);
});
