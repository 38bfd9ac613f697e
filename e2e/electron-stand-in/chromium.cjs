'use strict';
/** Finds and starts Chromium with a profile of its own, which goes when the stand-in goes. */
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { CdpConnection } = require('./cdp-pipe.cjs');

const PROFILE_PREFIX = 'chromium-stand-in-';

/** With windows; and without, where what draws none takes a third less of the processor. */
const WITH_WINDOWS = ['chromium', 'google-chrome', 'chromium-browser'];
const WITHOUT_WINDOWS = ['chromium-headless-shell', 'chrome-headless-shell', ...WITH_WINDOWS];

/** Absolute path of the browser; `preview` wants one that opens windows. `WRENCHBOOK_CHROMIUM` names another one. Throws where there is none. */
function findChromium({ preview, env = process.env }) {
  if (env.WRENCHBOOK_CHROMIUM) return env.WRENCHBOOK_CHROMIUM;
  const folders = ['/usr/bin', ...(env.PATH ?? '').split(path.delimiter).filter(Boolean)];
  const names = preview ? WITH_WINDOWS : WITHOUT_WINDOWS;
  const found = names.flatMap((name) => folders.map((folder) => path.join(folder, name))).find((file) => fs.existsSync(file));
  if (found) return found;
  throw new Error(`electron stand-in: there is no Chromium. Install the package ${names[0]}, or name one in WRENCHBOOK_CHROMIUM.`);
}

/** A fresh profile below `folder`; profiles of stand-ins that were killed are removed on the way. */
function makeProfile(folder) {
  fs.mkdirSync(folder, { recursive: true });
  for (const name of fs.readdirSync(folder)) {
    if (!name.startsWith(PROFILE_PREFIX)) continue;
    const owner = Number(name.slice(PROFILE_PREFIX.length).split('-')[0]);
    if (!isAlive(owner)) fs.rmSync(path.join(folder, name), { recursive: true, force: true });
  }
  return fs.mkdtempSync(path.join(folder, `${PROFILE_PREFIX}${process.pid}-`));
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** `preview`: a visible window without browser controls. `debuggingPort`: for Playwright, which wants its own connection. */
function chromiumArguments({ profile, preview, debuggingPort, isRoot = process.getuid?.() === 0 }) {
  return [
    '--remote-debugging-pipe',
    `--user-data-dir=${profile}`,
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-quic',
    '--disable-features=Translate,MediaRouter',
    '--password-store=basic',
    // Its complaints about a missing D-Bus and the like would bury what the app says.
    '--log-level=3',
    // A page that is behind another window goes on drawing, as Electron's does with one window.
    '--disable-backgrounding-occluded-windows',
    // Chromium refuses its sandbox to root.
    ...(isRoot ? ['--no-sandbox'] : []),
    ...(debuggingPort === undefined ? [] : [`--remote-debugging-port=${debuggingPort}`]),
    ...(preview ? ['--app=data:text/html,<title>Wrenchbook</title>', '--window-size=1200,800'] : ['--headless=new', '--no-startup-window']),
  ];
}

/** Starts Chromium; `onExit` is called once, when it is gone and its profile removed. */
async function startChromium({ folder, preview, debuggingPort, onExit }) {
  const profile = makeProfile(folder);
  const child = spawn(findChromium({ preview }), chromiumArguments({ profile, preview, debuggingPort }), {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    // Ctrl-C in the terminal is for the app, which then closes its windows in order. Chromium ends when its pipe does.
    detached: true,
  });
  // Playwright reads the line with Chromium's debugging address from our stderr.
  child.stderr.pipe(process.stderr);
  const gone = new Promise((resolve) => {
    const end = (problem) => {
      fs.rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
      resolve();
      onExit(problem);
    };
    child.once('exit', () => end(null));
    child.once('error', end);
  });
  const connection = new CdpConnection(child.stdio[3], child.stdio[4]);
  const { product } = await Promise.race([
    connection.browser.send('Browser.getVersion'),
    gone.then(() => {
      throw new Error('electron stand-in: Chromium ended while it was starting; its messages are above.');
    }),
  ]);
  await connection.browser.send('Target.setDiscoverTargets', { discover: true });
  return {
    connection,
    version: product.split('/')[1],
    async close() {
      connection.browser.send('Browser.close').catch(() => undefined);
      const late = setTimeout(() => child.kill('SIGKILL'), 3000);
      await gone;
      clearTimeout(late);
    },
  };
}

module.exports = { chromiumArguments, findChromium, startChromium };
