/** Starts the built app, with a data folder of its own, in Electron or on the stand-in. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron, test as base, type ElectronApplication, type Page } from '@playwright/test';
import { chromiumPath } from './chromium-path.ts';

export interface AppOptions {
  runtime: 'electron' | 'stand-in';
}
export interface App {
  electron: ElectronApplication;
  window: Page;
  /** Holds the app's data and whatever a test saves. */
  folder: string;
  /** Starts the app again on the same data; the first one must be closed. */
  restart(): Promise<void>;
  kill(): Promise<void>;
}

const root = path.resolve(import.meta.dirname, '..');
const standIn = path.join(root, 'e2e', 'electron-stand-in', 'electron');

/** The Electron binary, or why there is none. `require('electron')` would start a download. */
function electronBinary(): { path: string } | { reason: string } {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? path.join(root, 'node_modules', 'electron', 'dist');
  const name = process.platform === 'win32' ? 'electron.exe' : process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron';
  const file = path.join(folder, name);
  return existsSync(file) ? { path: file } : { reason: `the Electron binary is not installed (looked for ${file})` };
}

export const test = base.extend<{ app: App; environment: Record<string, string>; appFolder: string }, AppOptions>({
  runtime: ['stand-in', { option: true, scope: 'worker' }],
  environment: [{ WRENCHBOOK_LAB_SPEED: '0' }, { option: true }],
  /** Holds the built app. */
  appFolder: [root, { option: true }],
  app: async ({ runtime, environment, appFolder }, use, info) => {
    const binary = runtime === 'electron' ? electronBinary() : chromiumPath() ? { path: standIn } : { reason: 'Chromium is not installed' };
    if ('reason' in binary) {
      info.skip(true, binary.reason);
      return;
    }
    const folder = mkdtempSync(path.join(tmpdir(), 'wb-e2e-'));
    const start = async () => {
      const electron = await _electron.launch({
        executablePath: binary.path,
        args: [appFolder, `--user-data-dir=${path.join(folder, 'user-data')}`],
        env: { ...(process.env as Record<string, string>), WRENCHBOOK_DATA: path.join(folder, 'data'), ...environment },
      });
      const window = await electron.firstWindow();
      await window.getByRole('heading', { level: 1 }).waitFor();
      return { electron, window };
    };
    const first = await start();
    const app: App = {
      ...first,
      folder,
      async restart() {
        Object.assign(app, await start());
      },
      async kill() {
        const child = app.electron.process();
        const gone = new Promise((resolve) => child.once('exit', resolve));
        child.kill('SIGKILL');
        await gone;
      },
    };
    await use(app);
    // What a test left running asks nobody.
    await closeAnyway(app.electron).catch(() => undefined);
    await app.electron.close().catch(() => undefined);
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  },
});
/** Answers the question that comes when the app is closed while something runs. */
export const closeAnyway = (electron: ElectronApplication) =>
  electron.evaluate(({ dialog }) => {
    dialog.showMessageBox = async () => ({ response: 1, checkboxChecked: false });
  });
export { expect } from '@playwright/test';
