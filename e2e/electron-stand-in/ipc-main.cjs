'use strict';
/** ipcMain: handlers of ipcRenderer.invoke. One-way messages are not used by the app and not implemented. */
const { strict } = require('./not-implemented.cjs');

const handlers = new Map();

const ipcMain = strict('ipcMain', {
  handle(channel, listener) {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, listener);
  },
  removeHandler: (channel) => void handlers.delete(channel),
});

/** Runs the handler of an invoke; rejects with the message Electron gives the page. */
async function answerInvoke(channel, event, values) {
  const handler = handlers.get(channel);
  try {
    if (!handler) throw new Error(`No handler registered for '${channel}'`);
    return await handler(event, ...values);
  } catch (thrown) {
    throw new Error(`Error invoking remote method '${channel}': ${thrown}`);
  }
}

module.exports = { answerInvoke, ipcMain };
