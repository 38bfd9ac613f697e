'use strict';
/** Puts the parts together into what require('electron') gives the main process, and starts Chromium below them. */
const { makeApp } = require('./app.cjs');
const { makeWindows } = require('./browser-window.cjs');
const { startChromium } = require('./chromium.cjs');
const { makeDialogs } = require('./dialog.cjs');
const { ipcMain } = require('./ipc-main.cjs');
const { makeMenus } = require('./menu.cjs');
const { MessageChannelMain } = require('./message-ports.cjs');
const { nativeTheme } = require('./native-theme.cjs');
const { strict } = require('./not-implemented.cjs');
const { Notification, notifications } = require('./notification.cjs');
const { protocol, setProtocolReady } = require('./protocol.cjs');
const { recorded } = require('./recorded.cjs');
const { session } = require('./session.cjs');
const { killUtilityProcesses, utilityProcess } = require('./utility-process.cjs');

const DISPLAY = { id: 1, scaleFactor: 1, bounds: { x: 0, y: 0, width: 1920, height: 1080 }, workArea: { x: 0, y: 0, width: 1920, height: 1080 } };

/** `start()` is called when the app's main script has run; it resolves when the app was told that it is ready. */
function makeElectron({ manifest, appPath, versions, preview, debuggingPort, userDataArgument }) {
  let chromium = null;
  let firstPage = null;

  const state = makeApp({ manifest, appPath, userDataArgument, closeWindows, onExit });
  const { app } = state;
  const windows = makeWindows({
    browser() {
      if (!chromium) throw new Error('Cannot create BrowserWindow before app is ready');
      return { connection: chromium.connection, processInfo: { platform: process.platform, arch: process.arch, versions }, takeFirstPage };
    },
    onCreated(window, contents) {
      app.emit('web-contents-created', {}, contents);
      app.emit('browser-window-created', {}, window);
    },
    onAllClosed: state.allWindowsClosed,
  });

  async function closeWindows() {
    for (const window of windows.all()) if (!(await window.close())) return false;
    return true;
  }

  async function onExit(code) {
    killUtilityProcesses();
    await chromium?.close();
    process.exit(code === 0 ? (process.exitCode ?? 0) : code);
  }

  /** The preview's window opens with Chromium, so that it has no address bar: the first BrowserWindow moves in there. */
  async function takeFirstPage() {
    const page = firstPage;
    firstPage = null;
    return page;
  }

  const currentWindow = () => windows.all()[0];
  const { dialog, shell } = makeDialogs({
    preview,
    folders: { home: app.getPath('home'), downloads: app.getPath('downloads') },
    ask: (question, suggestion) => currentWindow().web.evaluate(`prompt(${JSON.stringify(question)}, ${JSON.stringify(suggestion)})`),
  });
  const actions = {
    quit: () => app.quit(),
    close: () => currentWindow()?.facade.close(),
    reload: () => currentWindow()?.web.contents.reload(),
  };
  const Menu = makeMenus({ actions, focusedWindow: () => windows.BrowserWindow.getFocusedWindow() });

  function watchTargets({ connection }) {
    connection.browser.on('Target.targetDestroyed', async ({ targetId }) => (await windows.byTarget(targetId))?.gone(!state.isEnding()));
    connection.browser.on('Target.targetCreated', async ({ targetInfo }) => {
      if (targetInfo.type !== 'page' || !targetInfo.openerId) return;
      // A link with a target of its own: Chromium has opened it before anyone could be asked, so it is closed again.
      const opener = await windows.byTarget(targetInfo.openerId);
      await connection.browser.send('Target.closeTarget', { targetId: targetInfo.targetId }).catch(() => undefined);
      opener?.web.openWindowByLink();
    });
  }

  const electron = strict('electron', {
    app,
    BrowserWindow: windows.BrowserWindow,
    dialog,
    ipcMain,
    Menu,
    MessageChannelMain,
    nativeTheme,
    Notification,
    protocol,
    // As on a system without a key store; encrypting then throws in Electron too.
    safeStorage: strict('safeStorage', { isEncryptionAvailable: () => false }),
    screen: strict('screen', { getAllDisplays: () => [DISPLAY], getPrimaryDisplay: () => DISPLAY }),
    session,
    shell,
    /** Not Electron's: what pages wished for, and what the system was asked to show. */
    standIn: { notifications, recorded },
    utilityProcess,
    webContents: strict('webContents module', {
      fromDevToolsTargetId: windows.contentsOf,
      getAllWebContents: () => windows.all().map(({ web }) => web.contents),
    }),
  });

  async function start() {
    // A second instance has called quit by now.
    if (state.isEnding()) return;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => app.quit());
    chromium = await startChromium({
      folder: app.getPath('userData'),
      preview,
      debuggingPort,
      onExit(problem) {
        if (problem) console.error('electron stand-in: Chromium could not be started:', problem.message);
        if (!chromium || state.isEnding()) return;
        // In Electron they are one process: without its browser the app ends, in order where it still can.
        chromium = null;
        for (const window of windows.all()) window.gone(true);
        process.exitCode = preview ? 0 : 1;
        app.quit();
      },
    });
    versions.chrome = chromium.version;
    watchTargets(chromium);
    if (preview) {
      const { targetInfos } = await chromium.connection.browser.send('Target.getTargets');
      firstPage = targetInfos.find(({ type }) => type === 'page')?.targetId ?? null;
    }
    setProtocolReady();
    state.becomeReady();
  }

  return { electron, start };
}

module.exports = { makeElectron };
