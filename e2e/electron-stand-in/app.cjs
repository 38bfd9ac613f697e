'use strict';
/** app: paths, readiness, quitting. */
const os = require('node:os');
const path = require('node:path');
const { events, preventable, strict } = require('./not-implemented.cjs');
const { takeLock } = require('./single-instance.cjs');

const EVENTS = [
  'ready',
  'before-quit',
  'will-quit',
  'quit',
  'window-all-closed',
  'second-instance',
  'browser-window-created',
  'web-contents-created',
  // Never emitted: macOS's dock.
  'activate',
];

/** `closeWindows()` resolves with whether all windows are gone; `onExit(code)` ends everything. */
function makeApp({ manifest, appPath, userDataArgument, closeWindows, onExit }) {
  const emitter = events('app', EVENTS);
  let name = manifest.productName ?? manifest.name;
  let quitting = false;
  let exiting = false;
  let ready = false;
  let announceReady;
  const whenReady = new Promise((resolve) => {
    announceReady = resolve;
  });
  const home = os.homedir();
  const paths = {
    home,
    appData: process.env.XDG_CONFIG_HOME ?? path.join(home, '.config'),
    documents: path.join(home, 'Documents'),
    downloads: path.join(home, 'Downloads'),
    temp: os.tmpdir(),
    ...(userDataArgument ? { userData: path.resolve(userDataArgument) } : {}),
  };

  async function quit() {
    if (quitting || exiting) return;
    const before = preventable();
    emitter.emit('before-quit', before);
    if (before.defaultPrevented) return;
    quitting = true;
    if (!(await closeWindows())) {
      quitting = false;
      return;
    }
    const last = preventable();
    emitter.emit('will-quit', last);
    if (last.defaultPrevented) quitting = false;
    else exit(0);
  }
  function exit(code = 0) {
    if (exiting) return;
    exiting = true;
    emitter.emit('quit', {}, code);
    onExit(code);
  }

  const app = strict('app', {
    ...emitter,
    isPackaged: false,
    whenReady: () => whenReady,
    isReady: () => ready,
    getName: () => name,
    setName(value) {
      name = value;
    },
    getVersion: () => manifest.version,
    getAppPath: () => appPath,
    getPath(which) {
      if (which === 'userData') return paths.userData ?? path.join(paths.appData, name);
      if (!(which in paths)) throw new Error(`Failed to get '${which}' path (electron stand-in: add it in app.cjs)`);
      return paths[which];
    },
    setPath(which, value) {
      if (which !== 'userData') throw new Error(`Failed to set '${which}' path (electron stand-in: add it in app.cjs)`);
      paths.userData = value;
    },
    requestSingleInstanceLock: () =>
      takeLock(app.getPath('userData'), (argv, workingDirectory) => emitter.emit('second-instance', {}, argv, workingDirectory, null)),
    quit: () => void quit(),
    exit,
  });
  return {
    app,
    becomeReady() {
      ready = true;
      emitter.emit('ready', {}, {});
      announceReady();
    },
    isEnding: () => quitting || exiting,
    allWindowsClosed() {
      if (quitting || exiting) return;
      if (emitter.listenerCount('window-all-closed') > 0) emitter.emit('window-all-closed');
      else void quit();
    },
  };
}

module.exports = { makeApp };
