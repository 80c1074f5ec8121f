/**
 * The desktop app as a person starts it. Playwright's own way of starting Electron switches the
 * system's key store off and keeps a debugger attached; this one lets go of it when asked.
 */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { chromium } from '@playwright/test';
import type { Page } from '@playwright/test';
import { Program } from '../e2e/program.ts';

export interface DesktopApp {
  readonly pid: number;
  /** Its first window's page. */
  readonly page: Page;
  /** Leaves the page alone: no debugger is attached any more. */
  release(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts Electron with these arguments, and waits for its window. `env` comes on top. */
export async function startDesktopApp(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<DesktopApp> {
  // Only now: without its runtime the package would fetch it.
  const executable: unknown = createRequire(import.meta.url)('electron');
  const program = new Program(
    spawn(String(executable), ['--remote-debugging-port=0', ...args], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
  const stop = () => program.stop().then(() => undefined);
  try {
    const [, address = ''] = await program.line(/^DevTools listening on (ws:\S+)$/);
    const browser = await chromium.connectOverCDP(address);
    const [context] = browser.contexts();
    const page = context?.pages()[0] ?? (await context?.waitForEvent('page'));
    if (page === undefined) throw new Error(`It has no window:\n${program.output}`);
    return { pid: program.pid, page, release: () => browser.close(), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
