/**
 * Finds Electron's executable, fetching it where it is missing. `require('electron')` is never used for that: in plain
 * Node it starts the download by itself, without an end.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const EXECUTABLE = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };
/** About 110 MB have to come through in this time. */
const FETCH_WITHIN_MS = 5 * 60_000;

/** Absolute path of the executable, or null. `ELECTRON_OVERRIDE_DIST_PATH` names another unpacked Electron. */
export function findElectron(root, env = process.env) {
  const name = EXECUTABLE[process.platform] ?? 'electron';
  if (env.ELECTRON_OVERRIDE_DIST_PATH) {
    const file = path.join(env.ELECTRON_OVERRIDE_DIST_PATH, name);
    return existsSync(file) ? file : null;
  }
  const home = path.join(root, 'node_modules/electron');
  const file = path.join(home, 'dist', name);
  // path.txt is written last: without it an unpacking was broken off.
  return existsSync(path.join(home, 'path.txt')) && existsSync(file) ? file : null;
}

/** Runs the electron package's own download; quiet, and bounded in time. Returns the executable or null. */
export function fetchElectron(root) {
  const home = path.join(root, 'node_modules/electron');
  const { version } = JSON.parse(readFileSync(path.join(home, 'package.json'), 'utf8'));
  console.error(`Fetching Electron ${version} (about 110 MB, once) …`);
  spawnSync(process.execPath, [path.join(home, 'install.js')], { stdio: 'ignore', timeout: FETCH_WITHIN_MS, killSignal: 'SIGKILL' });
  return findElectron(root);
}
