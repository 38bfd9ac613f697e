'use strict';
/** nativeTheme: sets the pages' prefers-color-scheme. "system" leaves Chromium to the desktop's own (headless: light). */
const { events, strict } = require('./not-implemented.cjs');

const SOURCES = ['system', 'light', 'dark'];
const emitter = events('nativeTheme', ['updated']);
let source = 'system';

const nativeTheme = strict(
  'nativeTheme',
  {
    ...emitter,
    get themeSource() {
      return source;
    },
    set themeSource(value) {
      if (!SOURCES.includes(value)) throw new TypeError(`themeSource: ${value}`);
      source = value;
      emitter.emit('updated');
    },
    get shouldUseDarkColors() {
      return source === 'dark';
    },
  },
  { settable: ['themeSource'] },
);

/** Applies the theme to a page, now and whenever it changes, until the returned function is called. */
async function followTheme(session) {
  const apply = () => session.send('Emulation.setEmulatedMedia', { features: source === 'system' ? [] : [{ name: 'prefers-color-scheme', value: source }] });
  const update = () => apply().catch(() => undefined);
  emitter.on('updated', update);
  if (source !== 'system') await apply();
  return () => emitter.off('updated', update);
}

module.exports = { followTheme, nativeTheme };
