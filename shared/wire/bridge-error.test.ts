import { describe, expect, it } from 'vitest';
import { errorCode, WrenchbookError } from '../api/error.ts';
import { encodeBridgeError, readError } from './bridge-error.ts';

/** What contextBridge does to an Error on the way to the page. */
const acrossTheBridge = (error: Error) => new Error(error.message);

describe('bridge errors', () => {
  it.each(errorCode.options)('keeps code, message and next step of %s', (code) => {
    const error = { code, message: 'The run is open elsewhere: line 1\nline 2', next: 'Close it there.' };
    expect(readError(acrossTheBridge(encodeBridgeError(error)))).toEqual(error);
  });

  it('cannot be confused by a separator inside the text', () => {
    const read = readError(encodeBridgeError({ code: 'session', message: 'a\u001fb', next: 'c\u001fd' }));
    expect(read).toEqual({ code: 'session', message: 'a b', next: 'c d' });
  });

  it('keeps a WrenchbookError that never crossed', () => {
    expect(readError(new WrenchbookError('not-found', 'No such run.', 'Open the list.'))).toEqual({
      code: 'not-found',
      message: 'No such run.',
      next: 'Open the list.',
    });
  });

  it.each([[new Error('boom')], ['boom'], [undefined], [new Error('nonsense\u001fa\u001fb')]])('names %s as a defect', (thrown) => {
    expect(readError(thrown).code).toBe('internal');
  });
});
