/** Times one pour in any page with an xterm.js terminal: from the press of Enter to the last line being parsed. */
import type { Terminal } from '@xterm/xterm';
import type { Page } from './browser.ts';
import { endText, readyText } from './pour-script.ts';

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
  benchReady?: () => boolean;
  benchPoured?: Promise<Poured>;
}

export async function timePour(page: Page): Promise<Poured> {
  await page.waitUntil(() => {
    const { benchTerminal, term, wetty_term } = window as unknown as TerminalWindow;
    return Boolean((benchTerminal ?? term ?? wetty_term)?.textarea);
  }, null);
  await page.evaluate(watchTerminal, { readyText, endText });
  await page.waitUntil(() => (window as unknown as TerminalWindow).benchReady?.() === true, null);
  await page.press('Enter');
  return page.evaluate(() => (window as unknown as TerminalWindow).benchPoured as Promise<Poured>, null);
}

/** Runs in the page, so it may name nothing from outside. */
function watchTerminal(texts: { readyText: string; endText: string }): void {
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
  here.benchReady = () => shows(texts.readyText);
  here.benchPoured = new Promise((resolve) => {
    terminal.onWriteParsed(() => {
      if (startedAt > 0 && shows(texts.endText)) resolve({ ms: performance.now() - startedAt, cols: terminal.cols, rows: terminal.rows });
    });
  });
}
