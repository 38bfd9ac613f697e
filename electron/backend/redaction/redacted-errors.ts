/** What a handler throws, with the secrets masked in its words: errors are shown, copied and put into logs. */
import { toWireError, WrenchbookError } from '../../../shared/api/error.ts';
import type { Caller } from '../../../shared/wire/dispatcher.ts';

type Handler = (input: never, caller: Caller) => unknown;

export function withRedactedErrors<H extends Readonly<Record<string, Handler>>>(handlers: H, redact: (text: string) => string): H {
  const wrapped = Object.entries(handlers).map(([name, handler]) => [
    name,
    async (input: never, caller: Caller) => {
      try {
        return await handler(input, caller);
      } catch (thrown) {
        const { code, message, next } = toWireError(thrown);
        if (redact(message) === message && redact(next) === next) throw thrown;
        throw new WrenchbookError(code, redact(message), redact(next));
      }
    },
  ]);
  return Object.fromEntries(wrapped) as H;
}
