import type { Terminal } from '@xterm/xterm';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { paceDrawing } from './render-pacing.ts';

/** The parts of a terminal that are taken in hand. */
function fakeTerminal() {
  const draw: (() => void)[] = [];
  const called: string[] = [];
  const debouncer = { _coreBrowserService: { window: { requestAnimationFrame: () => 0, cancelAnimationFrame: () => undefined } } };
  const selection = { hasSelection: false, refresh: () => void called.push('selection') };
  const core = { _renderService: { _renderDebouncer: debouncer }, _selectionService: selection, _syncTextArea: () => void called.push('text area') };
  const terminal = { _core: core, onRender: (listener: () => void) => draw.push(listener) } as unknown as Terminal;
  return { terminal, core, selection, debouncer, called, draw: () => draw.forEach((listener) => void listener()) };
}
let interval = 0;
beforeEach(() => {
  interval = 0;
});

describe('paceDrawing', () => {
  it('says whether it holds, and leaves a terminal without the private parts alone', () => {
    expect(paceDrawing(fakeTerminal().terminal, () => 0)).toBe(true);
    expect(paceDrawing({ onRender: () => undefined } as unknown as Terminal, () => 0)).toBe(false);
  });

  it('redraws the selection where there is one, and once more when it has gone', () => {
    const { terminal, selection, called } = fakeTerminal();
    paceDrawing(terminal, () => interval);
    selection.refresh();
    expect(called).toEqual([]);
    selection.hasSelection = true;
    selection.refresh();
    selection.hasSelection = false;
    selection.refresh();
    selection.refresh();
    expect(called).toEqual(['selection', 'selection']);
  });

  it('moves the text area at once in calm, and with the next drawing in a flood', () => {
    const { terminal, core, called, draw } = fakeTerminal();
    paceDrawing(terminal, () => interval);
    core._syncTextArea();
    expect(called).toEqual(['text area']);
    interval = 100;
    core._syncTextArea();
    core._syncTextArea();
    expect(called).toHaveLength(1);
    draw();
    draw();
    expect(called).toHaveLength(2);
  });

  it('keeps drawings apart by the interval and cancels one that is waiting', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'requestAnimationFrame', 'cancelAnimationFrame'] });
    vi.stubGlobal('requestAnimationFrame', (callback: () => void) => setTimeout(callback, 16));
    vi.stubGlobal('cancelAnimationFrame', clearTimeout);
    const { terminal, debouncer } = fakeTerminal();
    paceDrawing(terminal, () => interval);
    const drawn: number[] = [];
    const ask = () => debouncer._coreBrowserService.window.requestAnimationFrame.call(null, ...([() => drawn.push(performance.now())] as unknown as []));
    vi.advanceTimersByTime(1000);
    interval = 100;
    ask();
    vi.advanceTimersByTime(16);
    expect(drawn).toHaveLength(1);
    ask();
    vi.advanceTimersByTime(90);
    expect(drawn).toHaveLength(1);
    vi.advanceTimersByTime(40);
    expect(drawn).toHaveLength(2);
    debouncer._coreBrowserService.window.cancelAnimationFrame.call(null, ...([ask()] as unknown as []));
    vi.advanceTimersByTime(500);
    expect(drawn).toHaveLength(2);
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
});
