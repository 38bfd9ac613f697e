/** Times one pour in any page with an xterm.js terminal: from the second press of Enter to the last line being parsed. */
import type { Terminal } from '@xterm/xterm';
import type { Page } from './browser.ts';
import { endText, readyText, warmText } from './pour-script.ts';

interface Poured {
  ms: number;
  cols: number;
  rows: number;
}
/** Where the product's page, ttyd's and wetty's keep their terminal. */
interface TerminalWindow {
  benchTerminal?: Terminal;
  term?: Terminal;
  wetty_term?: Terminal;
  benchShows?: (text: string) => boolean;
  benchPoured?: Promise<Poured>;
}

/** A new window's own work, its frame and tab strip, takes half a second of a core: it is not to lie in anybody's measurement. */
const settleMs = 1000;

export async function timePour(page: Page): Promise<Poured> {
  await page.waitUntil(() => {
    const { benchTerminal, term, wetty_term } = window as unknown as TerminalWindow;
    return Boolean((benchTerminal ?? term ?? wetty_term)?.textarea);
  }, null);
  await page.evaluate(watchTerminal, endText);
  for (const text of [readyText, warmText]) {
    await page.waitUntil((wanted) => (window as unknown as TerminalWindow).benchShows?.(wanted) === true, text);
    await new Promise((resolve) => setTimeout(resolve, settleMs));
    await page.press('Enter');
  }
  return page.evaluate(() => (window as unknown as TerminalWindow).benchPoured as Promise<Poured>, null);
}

/** Runs in the page, so it may name nothing from outside. */
function watchTerminal(endText: string): void {
  const here = window as unknown as TerminalWindow;
  const terminal = here.benchTerminal ?? here.term ?? here.wetty_term;
  if (!terminal) throw new Error('The page has no terminal.');
  const shows = (text: string) => {
    const buffer = terminal.buffer.active;
    for (let y = 0; y < terminal.rows; y++) {
      if (
        buffer
          .getLine(buffer.baseY + y)
          ?.translateToString(true)
          .startsWith(text)
      )
        return true;
    }
    return false;
  };
  let startedAt = 0;
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.key === 'Enter') startedAt = event.timeStamp;
    },
    true,
  );
  terminal.focus();
  here.benchShows = shows;
  here.benchPoured = new Promise((resolve) => {
    terminal.onWriteParsed(() => {
      if (startedAt > 0 && shows(endText)) resolve({ ms: performance.now() - startedAt, cols: terminal.cols, rows: terminal.rows });
    });
  });
}
