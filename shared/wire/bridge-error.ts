/**
 * Errors on their way from the preload to the page. Electron's contextBridge copies an Error's message and drops every
 * property of it, so code and next step travel inside the message.
 */
import { errorCode, toWireError, type WireError } from '../api/error.ts';

/** ASCII "unit separator": not in any text meant to be read. */
const SEPARATOR = '\u001f';

/** The error the preload rejects with. */
export function encodeBridgeError(error: WireError): Error {
  const clean = (text: string) => text.replaceAll(SEPARATOR, ' ');
  return new Error([error.code, clean(error.message), clean(error.next)].join(SEPARATOR));
}

/** What the page shows for anything a call of `window.wrenchbook` was rejected with. Never throws. */
export function readError(thrown: unknown): WireError {
  if (thrown instanceof Error || (typeof thrown === 'object' && thrown !== null && 'message' in thrown)) {
    const [code, message, next, ...rest] = String(thrown.message).split(SEPARATOR);
    const known = errorCode.safeParse(code);
    if (known.success && message !== undefined && next !== undefined && rest.length === 0) return { code: known.data, message, next };
  }
  return toWireError(thrown);
}
