'use strict';
/**
 * Chromium has no schemes of the app's own. The page lives at https://<host>.<scheme>.electron.invalid instead (an
 * origin with the same rights as a standard, secure scheme) and everything on this side sees <scheme>://<host>.
 */
const SUFFIX = '.electron.invalid';
const PAGE_PATTERN = `https://*${SUFFIX}/*`;

function toPage(url, isScheme) {
  const parts = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]+)(.*)$/is.exec(url);
  return parts && isScheme(parts[1]) ? `https://${parts[2]}.${parts[1]}${SUFFIX}${parts[3]}` : url;
}

function fromPage(url) {
  const parts = /^https:\/\/([^/?#]+)\.([^./?#]+)\.electron\.invalid(.*)$/s.exec(url);
  return parts ? `${parts[2]}://${parts[1]}${parts[3] || '/'}` : url;
}

/** Origin as Electron tells it; '' before anything was loaded. */
function originOf(url) {
  if (url === '') return '';
  const parts = /^([a-z][a-z0-9+.-]*:\/\/[^/?#]*)/i.exec(url);
  return parts ? parts[1] : 'null';
}

module.exports = { PAGE_PATTERN, fromPage, originOf, toPage };
