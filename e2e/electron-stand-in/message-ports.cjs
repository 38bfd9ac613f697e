'use strict';
/** MessageChannelMain in process, and ports that stand for an end which lives elsewhere (a page, a utility process). */
const { NotImplemented, events, strict } = require('./not-implemented.cjs');

const internals = new WeakMap();

/** One end. Messages wait until it is started, or until it is moved elsewhere. */
function makePort() {
  const emitter = events('MessagePortMain', ['message', 'close']);
  let queue = [];
  let started = false;
  let elsewhere = null;
  let open = true;
  // What was sent before the other side closed still arrives; after closing here, nothing does.
  let deaf = false;
  const port = {
    ...emitter,
    postMessage(message, transfer = []) {
      if (transfer.length > 0) throw new NotImplemented('sending a port over a port');
      if (elsewhere) throw new Error('electron stand-in: this port was handed over and can no longer be used here.');
      if (open) peer().receive(structuredClone(message));
    },
    start() {
      const closedMeanwhile = !open && queue.length > 0;
      started = true;
      for (const message of queue) deliver(message);
      queue = [];
      if (closedMeanwhile) setImmediate(() => emitter.emit('close'));
    },
    close() {
      deaf = true;
      self.closeBoth();
    },
  };
  const self = {
    peer: null,
    receive(message) {
      if (!open) return;
      if (elsewhere) elsewhere.send(message);
      else if (started) deliver(message);
      else queue.push(message);
    },
    moveTo(place) {
      if (elsewhere) throw new Error('electron stand-in: a port can be handed over only once.');
      elsewhere = place;
      for (const message of queue) place.send(message);
      queue = [];
      if (!open) place.close();
    },
    closeBoth() {
      self.closed();
      peer().closed();
    },
    closed() {
      if (!open) return;
      open = false;
      if (elsewhere) elsewhere.close();
      else if (queue.length === 0) setImmediate(() => emitter.emit('close'));
    },
  };
  const deliver = (message) => setImmediate(() => !deaf && emitter.emit('message', { data: message, ports: [] }));
  const peer = () => internals.get(self.peer);
  const facade = strict('MessagePortMain', port);
  internals.set(facade, self);
  return facade;
}

class MessageChannelMain {
  constructor() {
    this.port1 = makePort();
    this.port2 = makePort();
    internals.get(this.port1).peer = this.port2;
    internals.get(this.port2).peer = this.port1;
  }
}

/**
 * Moves a port to another process or page. `place.send` and `place.close` carry what arrives for it there; the returned
 * object takes what is sent from there.
 */
function handOver(port, place) {
  const self = internals.get(port);
  if (!self) throw new TypeError('Invalid value for transfer');
  self.moveTo(place);
  return { receive: (message) => internals.get(self.peer).receive(message), close: () => self.closeBoth() };
}

module.exports = { MessageChannelMain, handOver };
