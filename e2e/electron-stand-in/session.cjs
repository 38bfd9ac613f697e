'use strict';
/** session.defaultSession: permission handlers, asked when a page is loaded and applied to Chromium's own settings. */
const { fromPage } = require('./addresses.cjs');
const { strict } = require('./not-implemented.cjs');
const { recorded } = require('./recorded.cjs');

/** Electron's names of permissions and the protocol's. */
const PERMISSIONS = [
  ['clipboard-sanitized-write', { name: 'clipboard-write', allowWithoutSanitization: false }],
  ['clipboard-read', { name: 'clipboard-read' }],
  ['notifications', { name: 'notifications' }],
  ['geolocation', { name: 'geolocation' }],
  ['media', { name: 'camera' }],
  ['media', { name: 'microphone' }],
  ['midi', { name: 'midi' }],
  ['idle-detection', { name: 'idle-detection' }],
  ['window-management', { name: 'window-management' }],
];

let onRequest = null;
let onCheck = null;

const defaultSession = strict('session', {
  setPermissionRequestHandler(handler) {
    onRequest = handler;
  },
  setPermissionCheckHandler(handler) {
    onCheck = handler;
  },
  // Does nothing: Chromium without its device choosers grants no device to any page.
  setDevicePermissionHandler() {},
});

/** Without handlers Electron allows everything; so does this. */
async function isAllowed(contents, permission, url, origin) {
  const details = { requestingUrl: url, isMainFrame: true };
  const told = (asked, allowed) => {
    recorded.permissions.push({ asked, permission, origin, allowed });
    return allowed;
  };
  if (onCheck && !told('check', onCheck(contents, permission, `${origin}/`, details))) return false;
  if (!onRequest) return true;
  return told('request', await new Promise((resolve) => onRequest(contents, permission, resolve, details)));
}

async function applyPermissions({ browser, contents, pageUrl }) {
  const url = fromPage(pageUrl);
  const appOrigin = url.split('/').slice(0, 3).join('/');
  const { origin } = new URL(pageUrl);
  for (const [permission, descriptor] of PERMISSIONS) {
    const setting = (await isAllowed(contents, permission, url, appOrigin)) ? 'granted' : 'denied';
    await browser.send('Browser.setPermission', { permission: descriptor, setting, origin });
  }
}

module.exports = { applyPermissions, defaultSession, session: strict('session module', { defaultSession }) };
