/** What the tests of the window do again and again. */
import type { Page } from '@playwright/test';
import { expect } from './harness.ts';

/** Joins a room by its address and waits until one is here. */
export async function joinRoom(page: Page, room: string, address: string): Promise<void> {
  await page.getByRole('button', { name: 'Join by address' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Address or link').fill(address);
  await dialog.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(page.getByRole('heading', { name: room, level: 1 })).toBeVisible();
  await expect(page.locator('.room-header .status')).toHaveText(/people|person/);
}

/** Hosts a room from the window. */
export async function hostRoom(page: Page, room: string): Promise<void> {
  await page.getByRole('button', { name: 'Host a room' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name of the room').fill(room);
  await dialog.getByRole('button', { name: 'Host', exact: true }).click();
  await expect(page.getByRole('heading', { name: room, level: 1 })).toBeVisible();
}

/** Shows a room that the app opens again as it starts, which stands among yours from the first. */
export async function showReopened(page: Page, room: string): Promise<void> {
  const yours = page.getByRole('heading', { name: 'Your rooms' });
  await page.locator('section', { has: yours }).getByRole('button', { name: room }).click();
}

/** The address of the room that this window hosts and shows, for others in the test. */
export async function hostedAddress(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Room details and sharing' }).click();
  const address = await page.getByRole('dialog').getByRole('code').nth(1).innerText();
  await page.keyboard.press('Escape');
  return address;
}

export const composer = (page: Page) => page.getByRole('textbox', { name: /^Message to/ });
export const log = (page: Page) => page.getByRole('log');
export const people = (page: Page) => page.getByRole('complementary', { name: /^People/ });
export const messages = (page: Page) => log(page).locator('.said .text');

/**
 * Goes up from wherever one is, first by key, then by pulling the scroll bar, until the log begins.
 * Resolves to the most rows that were in the page on the way.
 */
export async function scrollToBeginning(page: Page): Promise<number> {
  await log(page).focus();
  await page.keyboard.press('Home');
  return log(page).evaluate(async (scroller) => {
    const rows = () => scroller.querySelectorAll('li').length;
    let most = rows();
    while (!scroller.textContent.includes('This is where the conversation begins.')) {
      scroller.scrollTop = 0;
      // The browser itself tells it only with the next frame: a thousand of them would be a minute.
      scroller.dispatchEvent(new Event('scroll'));
      await new Promise((resolve) => setTimeout(resolve));
      most = Math.max(most, rows());
    }
    scroller.scrollTop = 0;
    return most;
  });
}

/** The person turns to another window, or comes back: browsers under test are always in front. */
export async function setSeen(page: Page, seen: boolean): Promise<void> {
  await page.evaluate((visible) => {
    const visibilityState = visible ? 'visible' : 'hidden';
    Object.defineProperty(document, 'visibilityState', {
      value: visibilityState,
      configurable: true,
    });
    document.dispatchEvent(new Event('visibilitychange'));
  }, seen);
}
