/**
 * Holds a terminal's drawing back while it is flooded. xterm.js draws on every animation frame and has no option for it;
 * drawing less often gives the parser the time and shortens the wait for an echo (10 Hz: 57/101 ms p50/p95 instead of
 * 131/194). Three private parts of it are taken in hand, as each of them alone makes the page lay itself out and paint
 * sixty times a second. Where a later version has no such part nothing happens but drawing at full rate.
 */
import type { Terminal } from '@xterm/xterm';

interface FrameClock {
  requestAnimationFrame(callback: () => void): number;
  cancelAnimationFrame(handle: number): void;
}
interface Core {
  _renderService?: { _renderDebouncer?: { _coreBrowserService?: { window?: FrameClock } } };
  _selectionService?: { hasSelection?: boolean; refresh?(fromMouse?: boolean): void };
  _syncTextArea?(): void;
}

/** `interval` is asked before each drawing and gives the shortest time since the last one in milliseconds. True where it holds. */
export function paceDrawing(terminal: Terminal, interval: () => number): boolean {
  const core = (terminal as { _core?: Core })._core ?? {};
  skipEmptySelection(core);
  holdTextArea(terminal, core, interval);
  const debouncer = core._renderService?._renderDebouncer;
  if (typeof debouncer?._coreBrowserService?.window?.requestAnimationFrame !== 'function') return false;
  debouncer._coreBrowserService = { window: pacedClock(interval) };
  return true;
}

/** Every scroll redraws the selection, and with it all rows, in the next frame. Without a selection there is nothing to redraw. */
function skipEmptySelection(core: Core): void {
  const selection = core._selectionService;
  const refresh = selection?.refresh?.bind(selection);
  if (!selection || !refresh) return;
  let shown = false;
  selection.refresh = (fromMouse) => {
    const wanted = selection.hasSelection ?? true;
    if (!wanted && !shown) return;
    shown = wanted;
    refresh(fromMouse);
  };
}

/** The element that takes the keys follows the cursor with every write, for input methods. It may follow what is drawn. */
function holdTextArea(terminal: Terminal, core: Core, interval: () => number): void {
  const sync = core._syncTextArea?.bind(core);
  if (!sync) return;
  let due = false;
  core._syncTextArea = () => {
    due = interval() > 0;
    if (!due) sync();
  };
  terminal.onRender(() => {
    if (!due) return;
    due = false;
    sync();
  });
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
