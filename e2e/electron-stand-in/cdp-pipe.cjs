'use strict';
/** The Chrome DevTools Protocol over --remote-debugging-pipe: JSON messages that end with a NUL byte, on descriptors 3 and 4. */
const { EventEmitter } = require('node:events');

/** Emits the events of one target by their protocol names. */
class CdpSession extends EventEmitter {
  constructor(connection, id) {
    super();
    this.setMaxListeners(0);
    this.connection = connection;
    this.id = id;
  }

  send(method, params = {}) {
    return this.connection.send(method, params, this.id);
  }
}

class CdpConnection {
  #lastId = 0;
  #pending = new Map();
  #sessions = new Map();
  #toBrowser;

  constructor(toBrowser, fromBrowser) {
    this.#toBrowser = toBrowser;
    this.browser = new CdpSession(this, undefined);
    let parts = [];
    fromBrowser.on('data', (chunk) => {
      let from = 0;
      for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, from)) {
        parts.push(chunk.subarray(from, end));
        this.#receive(JSON.parse(Buffer.concat(parts).toString()));
        parts = [];
        from = end + 1;
      }
      if (from < chunk.length) parts.push(chunk.subarray(from));
    });
    // Chromium going away is noticed by its exit, not by these.
    for (const stream of [toBrowser, fromBrowser]) stream.on('error', () => undefined);
  }

  send(method, params, sessionId) {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject, method });
      this.#toBrowser.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  async attach(targetId) {
    const { sessionId } = await this.browser.send('Target.attachToTarget', { targetId, flatten: true });
    const session = new CdpSession(this, sessionId);
    this.#sessions.set(sessionId, session);
    return session;
  }

  #receive(message) {
    if (message.id === undefined) {
      const session = message.sessionId ? this.#sessions.get(message.sessionId) : this.browser;
      session?.emit(message.method, message.params);
      return;
    }
    const { resolve, reject, method } = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if (message.error) reject(new Error(`${method}: ${message.error.message}`));
    else resolve(message.result);
  }
}

module.exports = { CdpConnection };
