import type { BrowserWindow } from 'electron';
import { beforeEach, expect, it, vi } from 'vitest';

const quit = vi.hoisted(() => vi.fn());
vi.mock('electron', () => ({ app: { quit } }));
const { CLOSE_ANYWAY, makeClosing } = await import('./closing.ts');

const question = { message: 'Step 7 is running.', detail: '' };
const close = vi.fn();
const window = { close } as unknown as BrowserWindow;
const closing = (answer: number, asked: object | null = question) => {
  const ask = vi.fn(async () => ({ response: answer }));
  return { ask, ...makeClosing({ watch: { closingQuestion: () => asked as typeof question | null }, window: () => window, ask }) };
};
beforeEach(() => {
  close.mockReset();
  quit.mockReset();
});

it('lets the window close where nothing runs', () => {
  const { ask, mayClose } = closing(0, null);
  expect(mayClose()).toBe(true);
  expect(ask).not.toHaveBeenCalled();
});

it('keeps it open where somebody says so', async () => {
  const { ask, mayClose } = closing(0);
  expect([mayClose(), mayClose()]).toEqual([false, false]);
  await vi.waitFor(() => expect(ask).toHaveBeenCalledTimes(1));
  expect(close).not.toHaveBeenCalled();
});

it('closes it once somebody agreed, and does not ask twice', async () => {
  const { ask, mayClose } = closing(CLOSE_ANYWAY);
  expect(mayClose()).toBe(false);
  await vi.waitFor(() => expect(close).toHaveBeenCalledTimes(1));
  expect(mayClose()).toBe(true);
  expect(ask).toHaveBeenCalledTimes(1);
});

it('goes on quitting where that was wished', async () => {
  const { mayClose, quitBegins } = closing(CLOSE_ANYWAY);
  quitBegins();
  expect(mayClose()).toBe(false);
  await vi.waitFor(() => expect(quit).toHaveBeenCalledTimes(1));
  expect(close).not.toHaveBeenCalled();
});
