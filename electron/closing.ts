/** Asks before the app is closed while a command runs or a hold stands. */
import { app, type BrowserWindow, type MessageBoxOptions } from 'electron';
import type { RunWatch } from './run-watch.ts';

interface ClosingOptions {
  watch: Pick<RunWatch, 'closingQuestion'>;
  window(): BrowserWindow | null;
  ask(parent: BrowserWindow, question: MessageBoxOptions): Promise<{ response: number }>;
}

export const CLOSE_ANYWAY = 1;

/** `mayClose` is asked by the window that is about to close; where it says no, it asks the admin, and closes again once they agree. */
export function makeClosing({ watch, window, ask }: ClosingOptions) {
  let quitting = false;
  let agreed = false;
  let asking = false;

  async function askToClose(parent: BrowserWindow, question: { message: string; detail: string }, quit: boolean): Promise<void> {
    asking = true;
    try {
      const buttons = ['Keep it open', 'Close anyway'];
      const { response } = await ask(parent, { type: 'warning', buttons, defaultId: 0, cancelId: 0, noLink: true, ...question });
      if (response !== CLOSE_ANYWAY) return;
      agreed = true;
      // Not before the close that was refused has run its course: quitting that has begun can't begin.
      setImmediate(() => (quit ? app.quit() : parent.close()));
    } catch (thrown) {
      console.error(`nobody could be asked whether to close: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
    } finally {
      asking = false;
    }
  }

  return {
    quitBegins(): void {
      quitting = true;
    },
    mayClose(): boolean {
      const parent = window();
      const quit = quitting;
      quitting = false;
      // On macOS the app goes on without its window, and with it what runs.
      const ends = quit || process.platform !== 'darwin';
      const question = ends && !agreed ? watch.closingQuestion() : null;
      if (!question || !parent) return true;
      if (!asking) void askToClose(parent, question, quit);
      return false;
    },
  };
}
