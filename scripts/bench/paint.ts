/**
 * Part 5: how soon the window shows something and can be used, in the stand-in for Electron: its own start is not Electron's. Beside it
 * an empty page of the same libraries, opened by the same app in the same run: what is above it is Wrenchbook's own.
 */
import { cpSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { _electron } from '@playwright/test';
import { buildApp } from '../start/built-app.mjs';
import { against, median, table } from './table.ts';
import type { Surroundings } from './throughput.ts';
import { builtEmptyPage, folder, root } from './workspace.ts';

const targetMs = 1500;
const targetRatio = 1.3;
interface Paint {
  first: number;
  largest: number;
  usable: number;
  fromStart: number;
}

export async function paint({ quick, say }: Surroundings): Promise<string> {
  buildApp(root);
  const empty = appWithEmptyPage();
  const paints: { window: Paint; empty: Paint }[] = [];
  // The first start reads everything from the disk, and counts for neither.
  await startOnce(root, path.join(folder('window'), 'warm'));
  for (let start = 0; start < (quick ? 3 : 15); start++) {
    const data = path.join(folder('window'), String(start));
    // Each is first as often as the other.
    const early = start % 2 === 0 ? null : await startOnce(empty, data);
    const measured = { window: await startOnce(root, data), empty: early ?? (await startOnce(empty, data)) };
    for (const [name, { first, usable }] of Object.entries(measured)) say(`${name}: first paint ${first.toFixed(0)} ms, usable ${usable.toFixed(0)} ms`);
    paints.push(measured);
  }
  const row = (what: string, of: keyof Paint, withTarget: boolean) => {
    const [own, other] = [median(paints.map(({ window }) => window[of])), median(paints.map(({ empty: page }) => page[of]))];
    return [what, withTarget ? against(own, '<', targetMs, 0) : own.toFixed(0), other.toFixed(0), against(own / other, '≤', targetRatio, 2)];
  };
  return table(
    ['Window in the stand-in', 'median, ms', 'empty page, ms', 'ratio'],
    [
      row('navigation to first contentful paint', 'first', true),
      row('navigation to interactive (last long task over)', 'usable', true),
      [...row('navigation to the catalogue (largest contentful paint)', 'largest', true).slice(0, 3), '–'],
      [...row('start of the process to the catalogue', 'fromStart', false).slice(0, 3), '–'],
    ],
  );
}

/** The built app with the empty page for a window; everything else is the same. */
function appWithEmptyPage(): string {
  const app = folder('empty-app');
  rmSync(app, { recursive: true, force: true });
  cpSync(path.join(root, 'out'), path.join(app, 'out'), { recursive: true });
  rmSync(path.join(app, 'out', 'renderer'), { recursive: true });
  cpSync(builtEmptyPage, path.join(app, 'out', 'renderer'), { recursive: true });
  cpSync(path.join(root, 'package.json'), path.join(app, 'package.json'));
  for (const name of ['node_modules', 'assets']) symlinkSync(path.join(root, name), path.join(app, name));
  return app;
}

/** Starts an app on an empty data folder, as after installing it. */
async function startOnce(appFolder: string, data: string): Promise<Paint> {
  const startedAt = Date.now();
  const app = await _electron.launch({
    executablePath: path.join(root, 'e2e', 'electron-stand-in', 'electron'),
    args: [appFolder, `--user-data-dir=${path.join(data, 'user-data')}`],
    env: { ...(process.env as Record<string, string>), WRENCHBOOK_DATA: path.join(data, 'data') },
  });
  try {
    const window = await app.firstWindow();
    await window.getByRole('heading', { level: 1 }).waitFor();
    const { origin, first, largest, usable } = await window.evaluate(async () => {
      const paintOf = (type: string) =>
        new Promise<number>((resolve) => {
          new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? Number.NaN)).observe({ type, buffered: true });
        });
      const tasks: { startTime: number; duration: number }[] = [];
      new PerformanceObserver((list) => tasks.push(...list.getEntries())).observe({ type: 'longtask', buffered: true });
      // Those that were running are told of when they end.
      await new Promise((resolve) => setTimeout(resolve, 800));
      const [first, largest] = [await paintOf('paint'), await paintOf('largest-contentful-paint')];
      // As "time to interactive" is counted: the end of the last long task (50 ms) before half a second without one.
      let usable = first;
      for (const { startTime, duration } of tasks) if (startTime < usable + 500) usable = Math.max(usable, startTime + duration);
      return { origin: performance.timeOrigin, first, largest, usable };
    });
    return { first, largest, usable, fromStart: origin + largest - startedAt };
  } finally {
    await app.close();
    rmSync(data, { recursive: true, force: true, maxRetries: 10 });
  }
}
