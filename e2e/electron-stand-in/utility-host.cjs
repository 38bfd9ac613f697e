'use strict';
/** Inside a utility process: process.parentPort and the ports that come over it, then the app's own module. */
const path = require('node:path');
const { NotImplemented, events, strict } = require('./not-implemented.cjs');

const ports = new Map();

function openPort(id) {
  const emitter = events('MessagePortMain', ['message', 'close']);
  let queue = [];
  let started = false;
  let open = true;
  const closed = () => {
    if (!open) return;
    open = false;
    ports.delete(id);
    emitter.emit('close');
  };
  ports.set(id, {
    closed,
    receive(value) {
      if (started) emitter.emit('message', { data: value, ports: [] });
      else queue.push(value);
    },
  });
  return strict('MessagePortMain', {
    ...emitter,
    postMessage(value, transfer = []) {
      if (transfer.length > 0) throw new NotImplemented('sending a port over a port');
      if (open) process.send({ kind: 'port', id, value });
    },
    start() {
      started = true;
      for (const value of queue) emitter.emit('message', { data: value, ports: [] });
      queue = [];
    },
    close() {
      if (!open) return;
      process.send({ kind: 'port-closed', id });
      closed();
    },
  });
}

const emitter = events('process.parentPort', ['message']);
let early = [];
const deliver = ({ value, ports: ids }) => emitter.emit('message', { data: value, ports: ids.map(openPort) });
process.on('message', (message) => {
  if (message.kind === 'port') ports.get(message.id)?.receive(message.value);
  else if (message.kind === 'port-closed') ports.get(message.id)?.closed();
  else if (early) early.push(message);
  else deliver(message);
});
// Main is gone: so is everything it started.
process.on('disconnect', () => process.exit(0));

process.parentPort = strict('process.parentPort', {
  ...emitter,
  /** Messages wait for the first listener. */
  on(event, listener) {
    emitter.on(event, listener);
    const waiting = early ?? [];
    early = null;
    for (const message of waiting) setImmediate(deliver, message);
    return process.parentPort;
  },
  postMessage: (value) => process.send({ kind: 'message', value }),
});
Object.defineProperty(process, 'type', { value: 'utility' });
process.argv.splice(1, 1);
require(path.resolve(process.argv[1]));
