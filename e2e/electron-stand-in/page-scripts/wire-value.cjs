'use strict';
/**
 * Structured-clone values as JSON, because the way into the page is text. Returned by one function without outer
 * references, whose source also runs in the page.
 */
function wireValueCodec() {
  const TAG = '$';
  const toBase64 = (bytes) => {
    if (bytes.toBase64) return bytes.toBase64();
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  };
  const fromBase64 = (text) => (Uint8Array.fromBase64 ? Uint8Array.fromBase64(text) : new Uint8Array(Buffer.from(text, 'base64')));
  const mapValues = (object, change) => {
    const result = {};
    for (const key of Object.keys(object)) result[key] = change(object[key]);
    return result;
  };

  function encode(value) {
    if (value === undefined) return { [TAG]: 'undefined' };
    if (typeof value === 'number' && !Number.isFinite(value)) return { [TAG]: 'number', value: String(value) };
    if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint') throw new Error('An object could not be cloned.');
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map(encode);
    if (value instanceof Uint8Array) return { [TAG]: 'bytes', value: toBase64(value) };
    if (value instanceof Error) return { [TAG]: 'error', value: value.message };
    const prototype = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null)
      throw new Error(`electron stand-in: values of ${prototype.constructor?.name ?? 'an unknown kind'} do not cross into the page yet.`);
    return TAG in value ? { [TAG]: 'object', value: mapValues(value, encode) } : mapValues(value, encode);
  }

  function decode(value) {
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map(decode);
    switch (value[TAG]) {
      case 'undefined':
        return undefined;
      case 'number':
        return Number(value.value);
      case 'bytes':
        return fromBase64(value.value);
      case 'error':
        return new Error(value.value);
      case 'object':
        return mapValues(value.value, decode);
      default:
        return mapValues(value, decode);
    }
  }

  return { encode, decode };
}

module.exports = { wireValueCodec };
