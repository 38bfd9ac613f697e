'use strict';
/** Custom schemes: protocol.registerSchemesAsPrivileged and protocol.handle. */
const { checkOptions, strict } = require('./not-implemented.cjs');

const schemes = new Map();
const handlers = new Map();
let ready = false;

const protocol = strict('protocol', {
  registerSchemesAsPrivileged(list) {
    if (ready) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    for (const { scheme, privileges } of list) {
      // The page sees an https origin, so anything less than a standard, secure scheme would be told wrongly.
      checkOptions('protocol.registerSchemesAsPrivileged', privileges, { standard: { only: true }, secure: { only: true }, supportFetchAPI: { only: true } });
      schemes.set(scheme, privileges);
    }
  },
  handle(scheme, handler) {
    if (!schemes.has(scheme))
      throw new Error(`electron stand-in: protocol.handle('${scheme}') needs registerSchemesAsPrivileged with standard and secure before.`);
    handlers.set(scheme, handler);
  },
});

module.exports = {
  protocol,
  handlerOf: (scheme) => handlers.get(scheme),
  isScheme: (scheme) => schemes.has(scheme),
  setProtocolReady() {
    ready = true;
  },
};
