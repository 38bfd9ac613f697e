'use strict';
/** BrowserWindow: one Chromium window each, with the options that are known to be safe and no others. */
const { checkOptions, events, preventable, strict } = require('./not-implemented.cjs');
const { makeWebContents } = require('./web-contents.cjs');

/** `only`: any other value is refused, above all those that would weaken the page's isolation. */
const WEB_PREFERENCES = {
  preload: {},
  contextIsolation: { only: true },
  sandbox: { only: true },
  nodeIntegration: { only: false },
  nodeIntegrationInSubFrames: { only: false },
  nodeIntegrationInWorker: { only: false },
  webSecurity: { only: true },
  webviewTag: { only: false },
  navigateOnDragDrop: { only: false },
  spellcheck: { only: false },
};
const OPTIONS = {
  x: {},
  y: {},
  width: {},
  height: {},
  minWidth: {},
  minHeight: {},
  show: {},
  title: {},
  // Does nothing: Chromium draws its own background until the page draws.
  backgroundColor: {},
  webPreferences: {},
};
const EVENTS = ['close', 'closed', 'focus', 'hide', 'maximize', 'minimize', 'ready-to-show', 'restore', 'show', 'unmaximize'];

/** `browser`: { connection, processInfo, takeFirstPage() }; `onAllClosed` is called when the last window is gone. */
function makeWindows({ browser, onCreated, onAllClosed }) {
  const windows = new Map();
  let lastId = 0;
  let focused = null;

  async function createTarget({ width, height }) {
    const first = await browser().takeFirstPage();
    if (first) return first;
    const { targetId } = await browser().connection.browser.send('Target.createTarget', { url: 'about:blank', newWindow: true, width, height });
    return targetId;
  }

  class BrowserWindow {
    constructor(options = {}) {
      const { webPreferences = {}, show = true, minWidth = 0, minHeight = 0 } = options;
      checkOptions('BrowserWindow', options, OPTIONS);
      checkOptions('webPreferences', webPreferences, WEB_PREFERENCES);
      const { connection, processInfo } = browser();
      const id = ++lastId;
      const emitter = events('BrowserWindow', EVENTS);
      let bounds = { x: options.x ?? 0, y: options.y ?? 0, width: options.width ?? 800, height: options.height ?? 600 };
      let windowState = 'normal';
      let visible = show;
      let closeRefused = () => undefined;
      const target = createTarget(bounds);
      const web = makeWebContents({ id, connection, target, preload: webPreferences.preload, processInfo, onClose: () => void close() });

      const place = async (change) => {
        await web.ready;
        const { windowId } = await connection.browser.send('Browser.getWindowForTarget', { targetId: await target });
        await connection.browser.send('Browser.setWindowBounds', { windowId, bounds: change });
      };
      const placeOrGone = (change) => void place(change).catch((thrown) => web.contents.isDestroyed() || console.error('electron stand-in:', thrown.message));
      function setState(state, event) {
        if (state === windowState) return;
        windowState = state;
        placeOrGone({ windowState: state });
        emitter.emit(event);
      }
      function focus() {
        focused = self;
        void web.ready.then(() => web.page.session.send('Page.bringToFront')).catch(() => undefined);
        emitter.emit('focus');
      }

      /** Asks main, then the page. Resolves with whether the window is gone. */
      async function close() {
        if (web.contents.isDestroyed()) return true;
        const event = preventable();
        emitter.emit('close', event);
        if (event.defaultPrevented) return false;
        await web.ready;
        const gone = new Promise((resolve) => {
          emitter.once('closed', () => resolve(true));
          closeRefused = () => resolve(false);
        });
        await web.page.session.send('Page.close').catch(() => undefined);
        return gone;
      }

      const facade = strict('BrowserWindow', {
        ...emitter,
        id,
        webContents: web.contents,
        loadURL: (url) => web.load(url),
        close: () => void close(),
        isDestroyed: () => web.contents.isDestroyed(),
        show() {
          visible = true;
          emitter.emit('show');
          focus();
        },
        isVisible: () => visible,
        focus,
        isFocused: () => focused === self,
        minimize: () => setState('minimized', 'minimize'),
        isMinimized: () => windowState === 'minimized',
        restore: () => setState('normal', 'restore'),
        maximize: () => setState('maximized', 'maximize'),
        unmaximize: () => setState('normal', 'unmaximize'),
        isMaximized: () => windowState === 'maximized',
        getBounds: () => ({ ...bounds }),
        getNormalBounds: () => ({ ...bounds }),
        setBounds(change) {
          const next = { ...bounds, ...change };
          bounds = { ...next, width: Math.max(next.width, minWidth), height: Math.max(next.height, minHeight) };
          placeOrGone({ left: bounds.x, top: bounds.y, width: bounds.width, height: bounds.height });
        },
      });
      const self = {
        facade,
        web,
        close,
        target,
        gone(byAdmin) {
          if (web.contents.isDestroyed()) return;
          if (byAdmin) emitter.emit('close', preventable());
          windows.delete(id);
          if (focused === self) focused = null;
          web.gone();
          emitter.emit('closed');
          if (windows.size === 0) onAllClosed();
        },
      };
      windows.set(id, self);
      watchPage(self, { onBeforeUnload: () => closeRefused(), onPainted: () => emitter.emit('ready-to-show') });
      onCreated(facade, web.contents);
      // biome-ignore lint/correctness/noConstructorReturn: what the app gets is the guarded window.
      return facade;
    }

    static getAllWindows() {
      return [...windows.values()].map(({ facade }) => facade);
    }
    static getFocusedWindow() {
      return focused?.facade ?? null;
    }
    static fromWebContents(contents) {
      return windows.get(contents.id)?.facade ?? null;
    }
  }

  function watchPage(window, { onBeforeUnload, onPainted }) {
    const { web } = window;
    web.contents.once('dom-ready', () => setImmediate(onPainted));
    web.ready.then(
      () => {
        const { session } = web.page;
        session.on('Page.javascriptDialogOpening', ({ type }) => {
          if (type !== 'beforeunload') return;
          // Electron asks nobody: a page that objects is not closed.
          void session.send('Page.handleJavaScriptDialog', { accept: false });
          onBeforeUnload();
        });
      },
      (thrown) => console.error('electron stand-in: the window could not be made:', thrown),
    );
  }

  async function byTarget(targetId) {
    for (const window of windows.values()) if ((await window.target) === targetId) return window;
    return null;
  }

  return {
    BrowserWindow: strict('BrowserWindow class', BrowserWindow),
    byTarget,
    all: () => [...windows.values()],
    /** webContents of the page with this id, for Playwright, which asks synchronously. */
    contentsOf: (targetId) => [...windows.values()].find(({ web }) => web.page?.targetId === targetId)?.web.contents,
  };
}

module.exports = { makeWindows };
