'use strict';
/** What makes the stand-in strict: everything it does not have throws and says so, instead of quietly doing nothing. */
const { EventEmitter } = require('node:events');

class NotImplemented extends Error {
  constructor(what) {
    super(`electron stand-in: ${what} is not implemented. Implement it in e2e/electron-stand-in, or do without it.`);
    this.name = 'NotImplemented';
  }
}

/** Asked of every object by promises, printing and module interop; absent is the right answer. */
const ASKED_BY_THE_LANGUAGE = new Set(['then', 'toJSON', '__esModule', 'default', 'nodeType', 'asymmetricMatch', '$$typeof']);

/**
 * `members` seen through a guard. Reading what is not there throws; so does setting, except of `settable` members
 * (real setters) and of `scripted` ones (functions that tests replace).
 */
function strict(name, members, { settable = [], scripted = [] } = {}) {
  const writable = new Set([...settable, ...scripted]);
  return new Proxy(members, {
    get(target, key, receiver) {
      if (typeof key === 'symbol' || key in target || ASKED_BY_THE_LANGUAGE.has(key)) return Reflect.get(target, key, receiver);
      throw new NotImplemented(`${name}.${key}`);
    },
    set(target, key, value, receiver) {
      if (writable.has(key)) return Reflect.set(target, key, value, key in target && scripted.includes(key) ? target : receiver);
      throw new NotImplemented(`setting ${name}.${String(key)}`);
    },
    defineProperty(target, key, descriptor) {
      if (writable.has(key)) return Reflect.defineProperty(target, key, descriptor);
      throw new NotImplemented(`defining ${name}.${String(key)}`);
    },
    deleteProperty(_target, key) {
      throw new NotImplemented(`deleting ${name}.${String(key)}`);
    },
  });
}

/** Event methods that know only the events in `known`; `emit` is for the stand-in's own use and for tests. */
function events(name, known) {
  const emitter = new EventEmitter();
  emitter.setMaxListeners(0);
  const check = (event) => {
    if (!known.includes(event)) throw new NotImplemented(`the event '${String(event)}' of ${name}`);
  };
  const adder = (method) =>
    function add(event, listener) {
      check(event);
      emitter[method](event, listener);
      return this;
    };
  return {
    on: adder('on'),
    once: adder('once'),
    off: adder('off'),
    removeListener: adder('removeListener'),
    emit(event, ...values) {
      check(event);
      return emitter.emit(event, ...values);
    },
    listenerCount(event) {
      check(event);
      return emitter.listenerCount(event);
    },
  };
}

/** Throws for every option that `known` does not have; `known[option]` may be the only value that is accepted. */
function checkOptions(name, options, known) {
  for (const [option, value] of Object.entries(options)) {
    if (!Object.hasOwn(known, option)) throw new NotImplemented(`the option ${option} of ${name}`);
    const { only } = known[option];
    if (only !== undefined && only !== value) throw new NotImplemented(`${option}: ${JSON.stringify(value)} in ${name}`);
  }
}

/** An event whose default action a listener can stop. */
function preventable(fields = {}) {
  return {
    ...fields,
    defaultPrevented: false,
    preventDefault() {
      this.defaultPrevented = true;
    },
  };
}

module.exports = { NotImplemented, checkOptions, events, preventable, strict };
