'use strict';
/** webContents: what main sees of a page, its main frame, its messages and ports, and its wishes to go elsewhere. */
const { fromPage, originOf, toPage } = require('./addresses.cjs');
const { answerInvoke } = require('./ipc-main.cjs');
const { handOver } = require('./message-ports.cjs');
const { NotImplemented, events, preventable, strict } = require('./not-implemented.cjs');
const { followTheme } = require('./native-theme.cjs');
const { interceptRequests } = require('./page-requests.cjs');
const { wireValueCodec } = require('./page-scripts/wire-value.cjs');
const { openPageTarget } = require('./page-target.cjs');
const { handlerOf, isScheme } = require('./protocol.cjs');
const { recorded } = require('./recorded.cjs');
const { applyPermissions, defaultSession } = require('./session.cjs');

const EVENTS = [
  'dom-ready',
  'did-finish-load',
  'did-fail-load',
  'destroyed',
  'render-process-gone',
  'will-frame-navigate',
  'will-navigate',
  'will-redirect',
  // Never emitted: windows with webviewTag are refused.
  'will-attach-webview',
];
const { decode, encode } = wireValueCodec();
let lastPortId = 0;

/** Makes the contents of a window on a page whose id `target` promises. `ready` resolves when it can load something. */
function makeWebContents({ id, connection, target, preload, processInfo, onClose }) {
  const emitter = events('webContents', EVENTS);
  const ports = new Map();
  let page = null;
  let url = '';
  let destroyed = false;
  let stopFollowing = () => undefined;
  let onWindowOpen = null;
  let wantedByLink = '';

  const mainFrame = strict('webFrameMain', {
    parent: null,
    get url() {
      return url;
    },
    get origin() {
      return originOf(url);
    },
  });

  const contents = strict('webContents', {
    ...emitter,
    id,
    mainFrame,
    session: defaultSession,
    getURL: () => url,
    isDestroyed: () => destroyed,
    setWindowOpenHandler(handler) {
      onWindowOpen = handler;
    },
    postMessage(channel, message, transfer = []) {
      const moved = transfer.map((port) => ({ portId: ++lastPortId, port }));
      const sent = page?.send({ kind: 'message', channel, value: encode(message), ports: moved.map(({ portId }) => portId) });
      // After the message that names them: what has gathered in a port goes out as soon as it is handed over.
      for (const { portId, port } of moved) sent ? bindPort(portId, port) : port.close();
    },
    setZoomFactor: (factor) => void recorded.zooms.push(factor),
    reload: () => void page?.session.send('Page.reload').catch(() => undefined),
    close: ({ waitForBeforeUnload = false } = {}) => onClose(waitForBeforeUnload),
    executeJavaScript: evaluate,
  });

  async function evaluate(expression) {
    await ready;
    const answer = await page.session.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true, userGesture: true });
    if (answer.exceptionDetails) throw new Error(answer.exceptionDetails.exception?.description ?? answer.exceptionDetails.text);
    return answer.result.value;
  }

  function bindPort(portId, port) {
    const place = {
      send: (message) => page.send({ kind: 'port', id: portId, value: encode(message) }),
      close() {
        page.send({ kind: 'port-closed', id: portId });
        ports.delete(portId);
      },
    };
    ports.set(portId, handOver(port, place));
  }
  const closePort = (portId) => ports.get(portId)?.close();

  const fromPreload = {
    port: ({ id: portId, value }) => ports.get(portId)?.receive(decode(value)),
    'port-closed': ({ id: portId }) => closePort(portId),
    open: ({ url: wanted }) => openWindow(wanted),
    async invoke({ id: callId, channel, values }) {
      const event = strict('ipcMain event', { sender: contents, senderFrame: mainFrame });
      let answer;
      try {
        answer = { ok: true, value: encode(await answerInvoke(channel, event, values.map(decode))) };
      } catch (thrown) {
        answer = { ok: false, message: thrown.message };
      }
      page.send({ kind: 'answer', id: callId, ...answer });
    },
  };

  function openWindow(wanted) {
    const answer = onWindowOpen?.({ url: fromPage(wanted), frameName: '', features: '', disposition: 'new-window', referrer: { url, policy: 'no-referrer' } });
    if (answer?.action !== 'deny') throw new NotImplemented('a second window, which this page was allowed to open (set a window open handler that denies)');
  }

  function mayGoOn(names, event) {
    for (const name of names) emitter.emit(name, event, event.url);
    recorded.journeys.push({ event: names[0], url: event.url, isMainFrame: event.isMainFrame, allowed: !event.defaultPrevented });
    return !event.defaultPrevented;
  }

  async function open() {
    page = await openPageTarget({
      connection,
      targetId: await target,
      preload,
      processInfo,
      onMessage: (message) => fromPreload[message.kind](message),
      onWorldGone() {
        for (const portId of [...ports.keys()]) closePort(portId);
      },
    });
    const { session } = page;
    session.on('Page.frameNavigated', ({ frame }) => {
      if (!frame.parentId) url = fromPage(frame.url);
    });
    session.on('Page.domContentEventFired', () => emitter.emit('dom-ready', {}));
    session.on('Page.loadEventFired', () => emitter.emit('did-finish-load', {}));
    session.on('Page.windowOpen', ({ url: wanted }) => {
      wantedByLink = wanted;
    });
    session.on('Inspector.targetCrashed', () => emitter.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 }));
    await interceptRequests({ session, mainFrameId: page.mainFrameId, handlerOf, emit: mayGoOn });
    stopFollowing = await followTheme(session);
  }
  const ready = open();

  return {
    contents,
    ready,
    evaluate,
    openWindowByLink: () => openWindow(wantedByLink),
    get page() {
      return page;
    },
    async load(address) {
      await ready;
      const pageUrl = toPage(address, isScheme);
      await applyPermissions({ browser: connection.browser, contents, pageUrl });
      const loaded = new Promise((resolve) => emitter.once('did-finish-load', resolve));
      const { errorText } = await page.session.send('Page.navigate', { url: pageUrl });
      if (!errorText) return loaded;
      emitter.emit('did-fail-load', preventable(), -2, errorText, address, true);
      throw new Error(`${errorText} (-2) loading '${address}'`);
    },
    gone() {
      destroyed = true;
      stopFollowing();
      for (const portId of [...ports.keys()]) closePort(portId);
      emitter.emit('destroyed');
    },
  };
}

module.exports = { makeWebContents };
