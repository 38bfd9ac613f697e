/** What `npm start` does, in order: dependencies, build, Electron or the preview; or the terminal command. */
import path from 'node:path';
import { buildApp } from './built-app.mjs';
import { installDependencies } from './dependencies.mjs';
import { fetchElectron, findElectron } from './electron-binary.mjs';
import { ensureChromium } from './preview-browser.mjs';
import { runApp } from './process.mjs';

const root = path.resolve(import.meta.dirname, '../..');

const NO_DISPLAY = [
  'There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can be opened.',
  'Wrenchbook works in the terminal too:',
  '  npm start -- cli --help',
  '  npm start -- cli topics',
].join('\n');

function prepare() {
  installDependencies(root);
  buildApp(root);
}

async function openWindow() {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) throw new Error(NO_DISPLAY);
  prepare();
  const electron = findElectron(root) ?? fetchElectron(root);
  if (electron) {
    // Chromium's sandbox refuses to run for root; without this the window would not open at all.
    const asRoot = process.platform === 'linux' && process.getuid() === 0;
    return runApp(electron, [...(asRoot ? ['--no-sandbox'] : []), root], process.env);
  }
  console.error('Electron could not be downloaded, so a preview of Wrenchbook opens in Chromium instead.');
  ensureChromium(root);
  const standIn = path.join(root, 'e2e/electron-stand-in/run.cjs');
  return runApp(process.execPath, [standIn, root], { ...process.env, WRENCHBOOK_PREVIEW: '1' });
}

/** `values`: the arguments after `npm start --`. */
export async function launch(values) {
  const [first, ...rest] = values;
  if (first === 'cli') {
    prepare();
    const { runCommand } = await import('./terminal-command.mjs');
    runCommand(root, rest);
  } else if (first === undefined) {
    process.exitCode = await openWindow();
  } else {
    throw new Error(`npm start does not know "${first}". Without arguments it opens the window; "npm start -- cli …" is the terminal command.`);
  }
}
