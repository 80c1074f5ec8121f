/** The main job, from one end to the other. */
import type { Page } from '@playwright/test';
import { whyNoLan } from '../support/network-namespaces.ts';
import { expect, test } from './harness.ts';
import { composer, hostedAddress, hostRoom, joinRoom, log, people } from './window.ts';

const noLan = whyNoLan();
const where =
  noLan === null
    ? 'on three computers that find each other by mDNS'
    : `on one computer, joining by address (${noLan})`;

/** The host's clock can be made to jump: nobody waits five minutes for a test. */
const FAST_CLOCK = new URL('fast-clock.ts', import.meta.url).href;

test(`O2, O3, O5, O9, O11, O12, O13, O14: three people ${where}`, async ({
  openApp,
  lanyard,
  computers,
  makeFolder,
}) => {
  test.info().annotations.push({ type: 'note', description: `Three people ${where}.` });
  const [annsComputer, bensComputer, cleosComputer] = computers;

  const anns = await openApp({
    on: annsComputer,
    env: { NODE_OPTIONS: `--import=${FAST_CLOCK}` },
  });
  const ann = anns.page;
  const { page: ben } = await openApp({ on: bensComputer });
  let address = '';

  await test.step('Ann starts Lanyard for the first time and hosts a room', async () => {
    await introduce(ann, 'Ann');
    await hostRoom(ann, 'Lab 3');
    address = await hostedAddress(ann);
  });

  await test.step('Ben sees it appear and joins', async () => {
    await introduce(ben, 'Ben');
    if (noLan === null) await ben.getByRole('button', { name: 'Join Lab 3', exact: true }).click();
    else await joinRoom(ben, 'Lab 3', address);
    await expect(log(ann)).toContainText('Ben came in · 2 people here');
    await expect(people(ben).getByRole('listitem')).toHaveText([/Ben/, /Ann.*Host/]);
  });

  const startChat = async () => {
    const args = ['chat', '--name=Cleo', `--data-dir=${await makeFolder()}`];
    if (noLan !== null) return lanyard([...args, address], { on: cleosComputer });
    const cleo = lanyard(args, { on: cleosComputer, terminal: true });
    await cleo.line(/1 {2}Lab 3 · 2 people · 10\.77\.0\.1:/);
    await cleo.line(/Which one\?/);
    cleo.write('1');
    return cleo;
  };
  let cleo = await test.step('Cleo picks it from the list in a terminal', async () => {
    const terminal = await startChat();
    await terminal.line(/\* Here \(3\): Ann \(host\), Ben, Cleo/);
    for (const page of [ann, ben]) {
      await expect(log(page)).toContainText('Cleo came in · 3 people here');
      await expect(people(page)).toContainText('People 3');
    }
    return terminal;
  });

  await test.step('they chat, and everyone hears everyone', async () => {
    await say(ann, 'Welcome to the lab');
    await say(ben, 'Good to be here');
    await cleo.line(/Ann: Welcome to the lab/);
    await cleo.line(/Ben: Good to be here/);
    cleo.write('Greetings from a terminal');
    for (const page of [ann, ben]) {
      await expect(said(page)).toHaveText([
        /Welcome to the lab/,
        /Good to be here/,
        /Cleo.*Greetings from a terminal/,
      ]);
    }
  });

  await test.step('Ben and Cleo change their names; what they said keeps the old ones', async () => {
    await ben.getByRole('button', { name: 'Change your name' }).click();
    await ben.getByLabel('Your name in this room').fill('cleo');
    await ben.getByRole('button', { name: 'Change name', exact: true }).click();
    await expect(ben.getByRole('alert')).toContainText(
      'Somebody in the room already has that name',
    );
    await ben.getByLabel('Your name in this room').fill('Benjamin');
    await ben.getByRole('button', { name: 'Change name', exact: true }).click();
    await cleo.line(/\* Ben is now Benjamin · 3 people in the room/);
    cleo.write('/rename Cleopatra');
    for (const page of [ann, ben]) {
      await expect(log(page)).toContainText('Ben is now called Benjamin · 3 people here');
      await expect(log(page)).toContainText('Cleo is now called Cleopatra · 3 people here');
    }
    await expect(said(ann).nth(1)).toContainText('Ben');
    await expect(said(ann).nth(1)).not.toContainText('Benjamin');
    cleo.write('/who');
    await cleo.line(/\* Here \(3\): (?=.*Ann \(host\))(?=.*Benjamin)(?=.*Cleopatra)/);
  });

  await test.step('after five silent minutes they are away, until they say something', async () => {
    anns.program.write('5');
    await expect(people(ben).getByText('Away')).toHaveCount(3);
    await say(ben, 'Still here');
    await expect(people(ann).getByText('Away')).toHaveCount(2);
    await expect(member(ann, 'Benjamin')).not.toContainText('Away');
  });

  await test.step('whoever is silent for longer than the room allows is shown out', async () => {
    await ann.getByRole('button', { name: 'Room details and sharing' }).click();
    await ann.getByLabel('Remove silent people').selectOption('After 15 minutes');
    await ann.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    anns.program.write('9');
    await say(ben, 'I am not silent');
    anns.program.write('2');
    await cleo.line(/You were removed because you said nothing for a while/);
    await expect(log(ann)).toContainText(
      'Cleopatra was shown out after a long silence · 2 people here',
    );
    await expect(member(ann, 'Benjamin')).toBeVisible();
  });

  await test.step('Cleo comes back, hears what was said meanwhile, and leaves', async () => {
    cleo = await startChat();
    await cleo.line(/Benjamin: I am not silent/);
    await cleo.line(/\* You are in “Lab 3”/);
    cleo.write('/quit');
    await expect(log(ben)).toContainText('Cleo left · 2 people here');
  });

  await test.step('Ann stops the room: Ben is told at once, and it is no longer nearby', async () => {
    await ann.getByRole('button', { name: 'Stop the room' }).click();
    const dialog = ann.getByRole('dialog', { name: 'Stop Lab 3?' });
    await expect(dialog).toContainText('One other person is in it');
    await dialog.getByRole('button', { name: 'Stop the room' }).click();
    await expect(ben.getByRole('status').getByText('The host closed the room.')).toBeVisible();
    await expect(ann.getByRole('status').getByText('You closed this room.')).toBeVisible();
    await ben.getByRole('button', { name: 'Rooms nearby' }).click();
    await expect(ben.getByText('Nobody is hosting nearby yet.')).toBeVisible();
  });
});

async function introduce(page: Page, name: string): Promise<void> {
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Come in' }).click();
  await expect(page.getByRole('heading', { name: `Hello, ${name}` })).toBeVisible();
}

async function say(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press('Enter');
  await expect(said(page).filter({ hasText: text })).toBeVisible();
  await expect(log(page).locator('.pending')).toHaveCount(0);
}

const said = (page: Page) => log(page).locator('.said');
const member = (page: Page, name: string) =>
  people(page).getByRole('listitem').filter({ hasText: name });
