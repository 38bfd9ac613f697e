'use strict';
/** What a page wished for and what main said, for tests: `electronApp.evaluate(({ standIn }) => standIn.recorded)`. */
const recorded = {
  /** Addresses given to shell.openExternal. */
  opened: [],
  /** { asked: 'request' | 'check', permission, origin, allowed } */
  permissions: [],
  /** { event: 'will-frame-navigate' | 'will-redirect', url, isMainFrame, allowed } */
  journeys: [],
  /** Folders given to shell.openPath. */
  shown: [],
  /** Factors given to webContents.setZoomFactor; nothing is drawn larger. */
  zooms: [],
};

module.exports = { recorded };
