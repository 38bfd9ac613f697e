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

  /** A port whose other end is in main. Not Chromium's own MessagePort: that one does not tell when the other end closes. */
  function openPort(id) {
    const events = new EventTarget();
    let queue = [];
    let open = true;
    const dispatch = (data) => events.dispatchEvent(new MessageEvent('message', { data }));
    ports.set(id, {
      receive(data) {
        if (queue) queue.push(data);
        else dispatch(data);
      },
      closed() {
        if (!open) return;
        open = false;
        events.dispatchEvent(new Event('close'));
      },
    });
    return strict('MessagePort', {
      addEventListener: (type, listener) => events.addEventListener(type, listener),
      start() {
        for (const data of queue ?? []) dispatch(data);
        queue = null;
      },
      postMessage(value) {
        if (open) tell({ kind: 'port', id, value: encode(value) });
      },
      close() {
        if (!open) return;
        open = false;
        ports.delete(id);
        tell({ kind: 'port-closed', id });
      },
    });
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
    port: ({ id, value }) => ports.get(id)?.receive(decode(value)),
    'port-closed'({ id }) {
      ports.get(id)?.closed();
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
