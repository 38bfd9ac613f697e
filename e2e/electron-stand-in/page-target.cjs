'use strict';
/** One page of Chromium: its CDP session, its isolated world with the preload, and the messages into and out of it. */
const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { contextBridgeEnd } = require('./page-scripts/context-bridge.cjs');
const { preloadWorld } = require('./page-scripts/preload-world.cjs');
const { wireValueCodec } = require('./page-scripts/wire-value.cjs');

const WORLD = 'Electron Isolated Context';
const BINDING = '__electronStandInSend';
const DELIVER = '__electronStandInDeliver';
/** Electron runs the preload in the page itself, not in its frames, and not in the empty page a window begins with. */
const IN_A_LOADED_PAGE = "window === window.top && location.protocol !== 'about:' && location.protocol !== 'data:'";

/** Scripts for both worlds. The event names they share are made anew for each window and never reach the page's own scripts. */
function worldScripts({ preload, processInfo }) {
  const secret = crypto.randomBytes(16).toString('hex');
  const [toPage, toPreload] = [JSON.stringify(`${secret}-page`), JSON.stringify(`${secret}-preload`)];
  const page = `if (${IN_A_LOADED_PAGE}) {
    const end = (${contextBridgeEnd})(${toPage}, ${toPreload});
    window.open = { open(url = 'about:blank') { end.open(new URL(url, location.href).href); return null; } }.open;
  }`;
  if (!preload) return { page, isolated: null };
  const isolated = `if (${IN_A_LOADED_PAGE}) {
    const send = globalThis.${BINDING};
    delete globalThis.${BINDING};
    const world = (${preloadWorld})({
      bridge: (${contextBridgeEnd})(${toPreload}, ${toPage}),
      codec: (${wireValueCodec})(),
      send,
      processInfo: ${JSON.stringify(processInfo)},
    });
    globalThis.${DELIVER} = world.deliver;
    (function (require, process, module, exports) {${fs.readFileSync(preload, 'utf8')}
    }).call(undefined, world.require, world.process, { exports: {} }, {});
  }
  //# sourceURL=${path.resolve(preload)}`;
  return { page, isolated };
}

/**
 * `onMessage(message)` gets what the preload sends; `onWorldGone()` is called when the document that held the preload
 * goes, by navigation or reload.
 */
async function openPageTarget({ connection, targetId, preload, processInfo, onMessage, onWorldGone }) {
  const session = await connection.attach(targetId);
  const { frameTree } = await session.send('Page.getFrameTree');
  const mainFrameId = frameTree.frame.id;
  let world = null;
  let waiting = [];
  let delivering = false;

  session.on('Runtime.executionContextCreated', ({ context }) => {
    if (context.name === WORLD && context.auxData?.frameId === mainFrameId) world = context.id;
  });
  session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
    if (executionContextId !== world) return;
    world = null;
    waiting = [];
    onWorldGone();
  });
  session.on('Runtime.bindingCalled', ({ name, executionContextId, payload }) => {
    if (name === BINDING && executionContextId === world) onMessage(JSON.parse(payload));
  });

  const { page, isolated } = worldScripts({ preload, processInfo });
  await Promise.all([
    session.send('Page.enable'),
    session.send('Runtime.enable'),
    session.send('Inspector.enable'),
    session.send('Runtime.addBinding', { name: BINDING, executionContextName: WORLD }),
  ]);
  await session.send('Page.addScriptToEvaluateOnNewDocument', { source: page });
  if (isolated) await session.send('Page.addScriptToEvaluateOnNewDocument', { source: isolated, worldName: WORLD });

  /** One call into the page at a time, with all that has gathered meanwhile: a flood costs few round trips. */
  async function deliver() {
    if (delivering) return;
    delivering = true;
    while (waiting.length > 0 && world !== null) {
      const batch = JSON.stringify(waiting);
      waiting = [];
      const call = { functionDeclaration: `(batch) => ${DELIVER}(batch)`, executionContextId: world, arguments: [{ value: batch }] };
      const answer = await session.send('Runtime.callFunctionOn', call).catch(() => ({}));
      if (answer.exceptionDetails) console.error('electron stand-in: a message into the page failed:', answer.exceptionDetails.exception?.description);
    }
    delivering = false;
  }

  return {
    session,
    mainFrameId,
    targetId,
    /** Whether it could be sent: without a document there is nobody to send to. */
    send(message) {
      if (world === null) return false;
      waiting.push(message);
      void deliver();
      return true;
    },
  };
}

module.exports = { openPageTarget };
