'use strict';
/** Stands between a page and what it loads: answers the app's own schemes, and asks main before the page goes elsewhere. */
const { PAGE_PATTERN, fromPage } = require('./addresses.cjs');
const { preventable } = require('./not-implemented.cjs');

const withoutFragment = (url) => url.replace(/#.*$/s, '');

/**
 * `handlerOf(scheme)` gives what protocol.handle was given. `emit(event, details)` tells main of a navigation and
 * returns whether it may go on.
 */
async function interceptRequests({ session, mainFrameId, handlerOf, emit }) {
  /** Address the page itself asked to go to; loadURL and reload from main are not asked about. */
  let askedByPage = null;
  session.on('Page.frameRequestedNavigation', ({ frameId, url }) => {
    if (frameId === mainFrameId) askedByPage = withoutFragment(url);
  });

  function mayNavigate({ request, frameId, redirectedRequestId }) {
    const isMainFrame = frameId === mainFrameId;
    const details = () => preventable({ url: fromPage(request.url), isMainFrame });
    if (redirectedRequestId !== undefined) return emit(['will-redirect'], details());
    if (!isMainFrame) return emit(['will-frame-navigate'], details());
    if (askedByPage !== withoutFragment(request.url)) return true;
    askedByPage = null;
    return emit(['will-frame-navigate', 'will-navigate'], details());
  }

  async function answer(handler, url, { method, headers, postData }) {
    const response = await handler(new Request(url, { method, headers, ...(postData === undefined ? {} : { body: postData }) }));
    const body = Buffer.from(await response.arrayBuffer());
    return {
      responseCode: response.status,
      responseHeaders: [...response.headers].map(([name, value]) => ({ name, value })),
      body: body.toString('base64'),
    };
  }

  session.on('Fetch.requestPaused', async (paused) => {
    const { requestId, request, resourceType } = paused;
    const url = fromPage(request.url);
    try {
      if (resourceType === 'Document' && !mayNavigate(paused)) return await session.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
      // Chromium looks for an icon that Electron never asks for.
      if (new URL(request.url).pathname === '/favicon.ico' && resourceType === 'Other') {
        return await session.send('Fetch.fulfillRequest', { requestId, responseCode: 204 });
      }
      const handler = handlerOf(url.slice(0, url.indexOf(':')));
      if (!handler) return await session.send('Fetch.continueRequest', { requestId });
      await session.send('Fetch.fulfillRequest', { requestId, ...(await answer(handler, url, request)) });
    } catch (thrown) {
      // A page that went away meanwhile is no failure of the handler.
      const failed = await session.send('Fetch.failRequest', { requestId, errorReason: 'Failed' }).then(
        () => true,
        () => false,
      );
      if (failed) console.error(`electron stand-in: the request for ${url} failed:`, thrown);
    }
  });
  // Only what has to be asked about or answered here: everything else goes its way undelayed.
  await session.send('Fetch.enable', { patterns: [{ urlPattern: PAGE_PATTERN }, { urlPattern: '*', resourceType: 'Document' }] });
}

module.exports = { interceptRequests };
