/** Whether out/ is there and newer than everything it was built from, and building it. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { npm } from './process.mjs';

const SOURCES = ['electron', 'renderer', 'shared', 'electron.vite.config.ts', 'package.json', 'package-lock.json'];
/** The renderer is built last: its page is the newest file of a build that went through. */
const LAST_BUILT = 'out/renderer/index.html';
const BUILT = ['out/main/main.cjs', 'out/main/backend-host.cjs', 'out/main/cli.cjs', 'out/preload/preload.cjs', LAST_BUILT];

/** Time of the newest change in ms. Folders count too: their time tells that a file was removed. */
function newestChange(place) {
  const { mtimeMs } = statSync(place);
  if (!statSync(place).isDirectory()) return mtimeMs;
  const inside = readdirSync(place).filter((name) => !/\.test(-kit)?\.tsx?$|\.tsbuildinfo$/.test(name));
  return Math.max(mtimeMs, ...inside.map((name) => newestChange(path.join(place, name))));
}

export function isBuilt(root) {
  if (!BUILT.every((file) => existsSync(path.join(root, file)))) return false;
  const builtAt = statSync(path.join(root, LAST_BUILT)).mtimeMs;
  return SOURCES.every((source) => newestChange(path.join(root, source)) <= builtAt);
}

export function buildApp(root) {
  if (isBuilt(root)) return;
  console.error('Building Wrenchbook …');
  npm(['run', 'build', '--silent'], { cwd: root, failure: 'The build did not succeed; its messages are above.' });
}
