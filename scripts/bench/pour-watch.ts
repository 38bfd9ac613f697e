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
  const before = await cpu();
  const pp = (page as any).protocol; if (process.env.PROFILE) { await pp.send('Profiler.enable'); await pp.send('Profiler.start'); }
  const br = (globalThis as any).__browser; const events: any[] = [];
  if (process.env.TRACE) { br.on('Tracing.dataCollected', (p: any) => events.push(...p.value)); await br.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: ['devtools.timeline', 'toplevel', 'disabled-by-default-devtools.timeline'] } }); }
  await page.press('Enter');
  const r = await page.evaluate(() => (window as unknown as TerminalWindow).benchPoured as Promise<Poured>, null);
  if (process.env.PROFILE) { const { profile } = await pp.send('Profiler.stop'); (await import('node:fs')).writeFileSync(process.env.PROFILE + '-' + Date.now() + '.cpuprofile', JSON.stringify(profile)); }
  if (process.env.TRACE) { const done = new Promise((res) => br.once('Tracing.tracingComplete', res)); await br.send('Tracing.end'); await done; (await import('node:fs')).writeFileSync(process.env.TRACE + '-' + Date.now() + '.trace', JSON.stringify(events)); }
  const after = await cpu(); console.log(Object.entries(after).map(([k, v]) => `${k}=${((v - (before[k] ?? 0)) / 100).toFixed(2)}s`).filter((x) => !x.endsWith('=0.00s')).join(' '));
  console.log(JSON.stringify(await page.evaluate(() => (window as any).__st, null)));
  return r;
}

/** Runs in the page, so it may name nothing from outside. */
function watchTerminal(texts: { readyText: string; endText: string }): void {
  const here = window as unknown as TerminalWindow;
  const terminal = here.benchTerminal ?? here.term ?? here.wetty_term;
  if (!terminal) throw new Error('The page has no terminal.');
  const shows = (text: string) => {
    const buffer = terminal.buffer.active;
    for (let y = 0; y < terminal.rows; y++) {
      if (buffer.getLine(buffer.baseY + y)?.translateToString(true).startsWith(text)) return true;
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

async function cpu() {
  const fs = await import('node:fs');
  const out: Record<string, number> = {};
  for (const pid of fs.readdirSync('/proc').filter((n) => /^[0-9]+$/.test(n))) {
    try {
      const cmd = fs.readFileSync(`/proc/${pid}/cmdline`, 'latin1');
      const type = /--type=([a-z-]+)/.exec(cmd)?.[1] ?? (cmd.split('\0')[0] ?? '').split('/').at(-1) + (cmd.includes('bench') ? ':bench' : cmd.includes('product-host') ? ':host' : '');
      const sub = /--utility-sub-type=([a-zA-Z._]+)/.exec(cmd)?.[1] ?? '';
      const comm = fs.readFileSync(`/proc/${pid}/stat`, 'latin1');
      const f = comm.slice(comm.lastIndexOf(')') + 2).split(' ');
      const key = comm.includes('(kworker') ? 'kworkers' : comm.includes('(kdamond') ? 'kdamond' : `${type}${sub}`;
      out[key] = (out[key] ?? 0) + Number(f[11]) + Number(f[12]);
      if (type === 'renderer') for (const tid of fs.readdirSync(`/proc/${pid}/task`)) {
        const st = fs.readFileSync(`/proc/${pid}/task/${tid}/stat`, 'latin1');
        const g = st.slice(st.lastIndexOf(')') + 2).split(' ');
        const k2 = '  r:' + st.slice(st.indexOf('('), st.lastIndexOf(')') + 1);
        out[k2] = (out[k2] ?? 0) + Number(g[11]) + Number(g[12]);
      }
    } catch {}
  }
  return out;
}
