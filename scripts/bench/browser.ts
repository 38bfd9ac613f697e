/**
 * Chromium as the stand-in for Electron starts it, driven over its pipe. Not Playwright: that listens to the network of
 * its pages, so that every frame of a WebSocket is copied to it as text, which halved what any terminal reached.
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import { folder, root } from './workspace.ts';

interface Protocol {
  send(method: string, params?: object): Promise<Record<string, unknown>>;
}
interface StandInChromium {
  connection: { browser: Protocol; attach(targetId: string): Promise<Protocol> };
  version: string;
  close(): Promise<void>;
}
interface StandIn {
  startChromium(options: { folder: string; preview: boolean; onExit(problem: Error | null): void }): Promise<StandInChromium>;
}

export interface Browser {
  version: string;
  /** Opens a page of its own and closes it when `use` is through. */
  withPage<T>(url: string, use: (page: Page) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export async function openBrowser(): Promise<Browser> {
  const { startChromium } = createRequire(import.meta.url)(path.join(root, 'e2e', 'electron-stand-in', 'chromium.cjs')) as StandIn;
  const chromium = await startChromium({ folder: folder('profiles'), preview: false, onExit: () => undefined });
  const { browser } = chromium.connection;
  return {
    version: chromium.version,
    async withPage(url, use) {
      const { targetId } = await browser.send('Target.createTarget', { url, newWindow: true, width: 1000, height: 640 });
      try {
        return await use(new Page(await chromium.connection.attach(String(targetId))));
      } finally {
        await browser.send('Target.closeTarget', { targetId });
      }
    },
    close: () => chromium.close(),
  };
}

const keys = {
  Enter: { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' },
  'Ctrl-C': { key: 'c', code: 'KeyC', windowsVirtualKeyCode: 67, modifiers: 2 },
  '~': { key: '~', code: 'Backquote', windowsVirtualKeyCode: 192, text: '~' },
};

export class Page {
  private readonly protocol: Protocol;

  constructor(protocol: Protocol) {
    this.protocol = protocol;
  }

  /** Runs a function in the page, which may name nothing from outside, and resolves with what its promise does. */
  async evaluate<A, R>(run: (argument: A) => R, argument: A): Promise<Awaited<R>> {
    const expression = `(${run})(${JSON.stringify(argument)})`;
    const { result, exceptionDetails } = await this.protocol.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(`The page failed: ${JSON.stringify(exceptionDetails)}`);
    return (result as { value: Awaited<R> }).value;
  }

  /** Resolves when the function returns true; asks twenty times a second. Rejects after 20 s. */
  async waitUntil<A>(condition: (argument: A) => boolean, argument: A): Promise<void> {
    let last: unknown = false;
    for (let attempt = 0; attempt < 400; attempt++) {
      // While a page is loading there is nothing yet, or nothing any more, to run it in.
      last = await this.evaluate(condition, argument).catch((thrown: Error) => thrown.message);
      if (last === true) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`The page never became ready (${last}): ${condition}`);
  }

  async press(name: keyof typeof keys): Promise<void> {
    await this.protocol.send('Input.dispatchKeyEvent', { type: 'keyDown', ...keys[name] });
    await this.protocol.send('Input.dispatchKeyEvent', { type: 'keyUp', ...keys[name] });
  }
}
