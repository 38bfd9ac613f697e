'use strict';
/**
 * Both ends of contextBridge. The same source runs in the page's world and in the preload's isolated world with
 * mirrored event names; the worlds share the DOM only, so values cross as details of events, which Chromium clones.
 * Dispatching is synchronous, so functions can be called across. Names are random and known to neither the page nor
 * the preload; what the page may have redefined is captured before any script of the page runs.
 */
function contextBridgeEnd(incoming, outgoing) {
  const { apply, getOwnPropertyDescriptor } = Reflect;
  const { defineProperty, freeze, keys } = Object;
  const toTag = Object.prototype.toString;
  const { isArray } = Array;
  const NativePromise = Promise;
  const NativeError = Error;
  const Detail = CustomEvent;
  const then = Promise.prototype.then;
  const dispatch = EventTarget.prototype.dispatchEvent;
  const { get: mapGet, set: mapSet, delete: mapDelete } = Map.prototype;
  const target = window;

  const functions = new Map();
  const promises = new Map();
  let lastId = 0;
  let returned = null;

  const post = (detail) => apply(dispatch, target, [new Detail(outgoing, { detail })]);
  // Electron keeps nothing of an Error but its message.
  const messageOf = (thrown) => (thrown instanceof NativeError ? { error: `${thrown.message}` } : { value: wrap(thrown) });
  const thrownFrom = (failure) => ('error' in failure ? new NativeError(failure.error) : unwrap(failure.value));

  function wrap(value, depth = 0) {
    if (depth > 1000) throw new TypeError('Electron contextBridge recursion depth exceeded.  Nested objects deeper than 1000 are not supported.');
    if (typeof value === 'symbol') throw new NativeError('electron stand-in: symbols do not cross the contextBridge.');
    if (typeof value === 'function') {
      apply(mapSet, functions, [++lastId, value]);
      return { kind: 'function', id: lastId };
    }
    if (value === null || typeof value !== 'object') return { kind: 'clone', value };
    if (value instanceof NativePromise) {
      const id = ++lastId;
      apply(then, value, [
        (result) => post({ operation: 'settle', id, ok: true, value: wrap(result) }),
        (thrown) => post({ operation: 'settle', id, ok: false, failure: messageOf(thrown) }),
      ]);
      return { kind: 'promise', id };
    }
    if (value instanceof NativeError) return { kind: 'error', value: `${value.message}` };
    if (isArray(value)) return { kind: 'array', value: value.map((item) => wrap(item, depth + 1)) };
    if (apply(toTag, value, []) !== '[object Object]') return { kind: 'clone', value };
    // Own enumerable members only: prototypes are dropped, as Electron does.
    const members = {};
    for (const key of keys(value)) members[key] = wrap(value[key], depth + 1);
    return { kind: 'object', value: members };
  }

  function unwrap(wrapped) {
    switch (wrapped.kind) {
      case 'function':
        return callable(wrapped.id);
      case 'promise':
        return new NativePromise((resolve, reject) => apply(mapSet, promises, [wrapped.id, { resolve, reject }]));
      case 'error':
        return new NativeError(wrapped.value);
      case 'array':
        return freeze(wrapped.value.map(unwrap));
      case 'object': {
        const members = {};
        for (const key of keys(wrapped.value)) members[key] = unwrap(wrapped.value[key]);
        return freeze(members);
      }
      default:
        return wrapped.value;
    }
  }

  function callable(id) {
    return (...values) => {
      returned = null;
      post({ operation: 'call', id, values: values.map((value) => wrap(value)) });
      const answer = returned;
      returned = null;
      if (!answer) throw new NativeError('An object could not be cloned.');
      if (!answer.ok) throw thrownFrom(answer.failure);
      return unwrap(answer.value);
    };
  }

  const operations = {
    call({ id, values }) {
      let answer;
      try {
        const called = apply(mapGet, functions, [id]);
        answer = { operation: 'return', ok: true, value: wrap(called(...values.map(unwrap))) };
      } catch (thrown) {
        answer = { operation: 'return', ok: false, failure: messageOf(thrown) };
      }
      post(answer);
    },
    return(answer) {
      returned = answer;
    },
    settle({ id, ok, value, failure }) {
      const promise = apply(mapGet, promises, [id]);
      apply(mapDelete, promises, [id]);
      if (ok) promise.resolve(unwrap(value));
      else promise.reject(thrownFrom(failure));
    },
    expose({ key, value }) {
      const taken = getOwnPropertyDescriptor(target, key) !== undefined;
      if (!taken) defineProperty(target, key, { value: unwrap(value), enumerable: true, writable: false, configurable: false });
      post({ operation: 'return', ok: !taken });
    },
    open({ url }) {
      end.onOpen(url);
    },
  };
  target.addEventListener(incoming, (event) => {
    const { detail } = event;
    if (detail) operations[detail.operation](detail);
  });

  const end = {
    onOpen: () => undefined,
    /** For the preload's end: puts `value` into the page. */
    expose(key, value) {
      returned = null;
      post({ operation: 'expose', key, value: wrap(value) });
      if (!returned?.ok) throw new NativeError('Cannot bind an API on top of an existing property on the window object');
    },
    /** For the page's end: asks for a new window, which window.open never gets to make itself. */
    open: (url) => post({ operation: 'open', url }),
  };
  return end;
}

module.exports = { contextBridgeEnd };
