import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './harness.ts';

/** Axe finds nothing serious in what the page shows now. */
export async function expectAccessible(page: Page, view: string): Promise<void> {
  await expectNothingSerious(new AxeBuilder({ page }), view);
}

/** Axe finds nothing serious in it, and nothing at all is hard to read in the other theme either. */
export async function expectAccessibleInBothThemes(page: Page, view: string): Promise<void> {
  await expectAccessible(page, view);
  await page.emulateMedia({ colorScheme: 'dark' });
  const colors = new AxeBuilder({ page }).withRules(['color-contrast']);
  await expectNothingSerious(colors, `${view}, dark`);
  await page.emulateMedia({ colorScheme: 'light' });
}

async function expectNothingSerious(axe: AxeBuilder, view: string): Promise<void> {
  // It would open another page to sum up what is in several frames: here is one.
  const { violations } = await axe.setLegacyMode().analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const told = serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
  expect(told, view).toEqual([]);
}
