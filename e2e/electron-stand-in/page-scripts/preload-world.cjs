'use strict';
/**
 * What a sandboxed preload finds: require('electron') with contextBridge and ipcRenderer, and process. Runs in the
 * isolated world, from its source; `send` is a binding that exists in that world only.
 */
function preloadWorld({ bridge, codec, send, processInfo }) {
  const { encode, decode } = codec;
  const listeners = new Map();
  const invocations = new Map();
  const ports = new Map();
  let lastId = 0;

  const tell = (message) => send(JSON.stringify(message));
  const strict = (name, members) =>
    new Proxy(members, {
      get(target, key) {
        if (typeof key === 'symbol' || key in target || key === 'then' || key === 'toJSON') return target[key];
        throw new Error(`electron stand-in: ${name}.${key} is not implemented in the preload.`);
      },
    });

  const ipcRenderer = strict('ipcRenderer', {
    invoke(channel, ...values) {
      const id = ++lastId;
      tell({ kind: 'invoke', id, channel, values: values.map(encode) });
      return new Promise((resolve, reject) => invocations.set(id, { resolve, reject }));
    },
    on(channel, listener) {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      return ipcRenderer;
    },
    off(channel, listener) {
      listeners.set(
        channel,
        (listeners.get(channel) ?? []).filter((known) => known !== listener),
      );
      return ipcRenderer;
    },
  });

  /** A real MessagePort of this world; its other end is tied to the port in main. */
  function openPort(id) {
    const { port1: mine, port2: theirs } = new MessageChannel();
    ports.set(id, mine);
    mine.onmessage = ({ data }) => tell({ kind: 'port', id, value: encode(data) });
    mine.onclose = () => {
      ports.delete(id);
      tell({ kind: 'port-closed', id });
    };
    return theirs;
  }

  const receive = {
    message({ channel, value, ports: ids }) {
      const event = { sender: ipcRenderer, ports: ids.map(openPort) };
      for (const listener of listeners.get(channel) ?? []) listener(event, decode(value));
    },
    answer({ id, ok, value, message }) {
      const invocation = invocations.get(id);
      invocations.delete(id);
      if (ok) invocation.resolve(decode(value));
      else invocation.reject(new Error(message));
    },
    port: ({ id, value }) => ports.get(id)?.postMessage(decode(value)),
    'port-closed'({ id }) {
      ports.get(id)?.close();
      ports.delete(id);
    },
  };
  bridge.onOpen = (url) => tell({ kind: 'open', url });

  const contextBridge = strict('contextBridge', { exposeInMainWorld: (key, value) => bridge.expose(key, value) });
  const electron = strict('electron', { contextBridge, ipcRenderer });
  return {
    /** Takes a batch of messages, as JSON. */
    deliver(batch) {
      for (const message of JSON.parse(batch)) receive[message.kind](message);
    },
    require(name) {
      if (name === 'electron' || name === 'electron/renderer') return electron;
      throw new Error(`electron stand-in: module not found: ${name}. A sandboxed preload can require electron only; bundle the rest.`);
    },
    process: strict('process', Object.freeze({ ...processInfo, type: 'renderer', sandboxed: true, contextIsolated: true })),
  };
}

module.exports = { preloadWorld };
