'use strict';
/** What a page wished for and what main said, for tests: `electronApp.evaluate(({ standIn }) => standIn.recorded)`. */
const recorded = {
  /** Addresses given to shell.openExternal. */
  opened: [],
  /** { asked: 'request' | 'check', permission, origin, allowed } */
  permissions: [],
  /** { event: 'will-frame-navigate' | 'will-redirect', url, isMainFrame, allowed } */
  journeys: [],
};

module.exports = { recorded };
