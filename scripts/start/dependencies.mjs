/** Whether node_modules holds what package-lock.json says, and making it so. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { npm } from './process.mjs';

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/**
 * Compares the lock file with the one npm leaves in node_modules. Packages for other platforms are marked optional and
 * are rightly not there.
 */
export function areInstalled(root) {
  const installedLock = path.join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installedLock)) return false;
  const wanted = readJson(path.join(root, 'package-lock.json')).packages;
  const installed = readJson(installedLock).packages;
  return Object.entries(wanted).every(([place, { version, optional, devOptional }]) => {
    if (place === '') return true;
    const found = installed[place];
    return found ? found.version === version : Boolean(optional || devOptional);
  });
}

export function installDependencies(root) {
  if (areInstalled(root)) return;
  console.error('Installing what Wrenchbook needs (npm install, about a minute) …');
  // Not `npm ci`, which throws everything away that is there. --no-save keeps to the lock file and leaves it as it is.
  npm(['install', '--no-save', '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd: root,
    failure: 'npm install did not succeed; its messages are above. Check the connection to the npm registry and start again.',
  });
}
