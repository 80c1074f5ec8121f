/** The Electron entry: composes the app and its window. */
import { join } from 'node:path';
import { startApp } from './app.ts';
import { findKeyStore } from './shells/electron/key-wrap.ts';
import { runElectronShell } from './shells/electron/shell.ts';

runElectronShell({ dist: join(import.meta.dirname, '..'), startApp, findKeyStore });
