/**
 * Holds a terminal's drawing back while it is flooded. xterm.js draws on every animation frame and has no option for it;
 * drawing less often gives the parser the time and shortens the wait for an echo (10 Hz: 57/101 ms p50/p95 instead of
 * 131/194). Its render debouncer asks `_coreBrowserService.window` for animation frames: that one private property is
 * replaced by a clock of ours. Where a later version has no such property nothing happens but drawing at full rate.
 */
import type { Terminal } from '@xterm/xterm';

interface FrameClock {
  requestAnimationFrame(callback: () => void): number;
  cancelAnimationFrame(handle: number): void;
}
interface RenderDebouncer {
  _coreBrowserService: { window: FrameClock };
}

/** `interval` is asked before each drawing and gives the shortest time since the last one in milliseconds. True where it holds. */
export function paceDrawing(terminal: Terminal, interval: () => number): boolean {
  const debouncer = renderDebouncer(terminal);
  if (!debouncer) return false;
  debouncer._coreBrowserService = { window: pacedClock(interval) };
  return true;
}

function renderDebouncer(terminal: Terminal): RenderDebouncer | null {
  const core = (terminal as { _core?: { _renderService?: { _renderDebouncer?: Partial<RenderDebouncer> } } })._core;
  const found = core?._renderService?._renderDebouncer;
  return typeof found?._coreBrowserService?.window?.requestAnimationFrame === 'function' ? (found as RenderDebouncer) : null;
}

function pacedClock(interval: () => number): FrameClock {
  const cancels = new Map<number, () => void>();
  let lastHandle = 0;
  let lastDrawing = 0;
  return {
    requestAnimationFrame(callback) {
      lastHandle += 1;
      const handle = lastHandle;
      const inFrame = () => {
        const frame = requestAnimationFrame(() => {
          cancels.delete(handle);
          lastDrawing = performance.now();
          callback();
        });
        cancels.set(handle, () => cancelAnimationFrame(frame));
      };
      const wait = lastDrawing + interval() - performance.now();
      if (wait <= 8) inFrame();
      else {
        const timer = setTimeout(inFrame, wait);
        cancels.set(handle, () => clearTimeout(timer));
      }
      return handle;
    },
    cancelAnimationFrame(handle) {
      cancels.get(handle)?.();
      cancels.delete(handle);
    },
  };
}
