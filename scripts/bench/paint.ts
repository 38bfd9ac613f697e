/** Part 5: how soon the window shows something, in the stand-in for Electron: its own start is not Electron's. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { _electron } from '@playwright/test';
import { buildApp } from '../start/built-app.mjs';
import { against, median, table } from './table.ts';
import type { Surroundings } from './throughput.ts';
import { folder, root } from './workspace.ts';

const targetMs = 1500;
interface Paint {
  first: number;
  largest: number;
  fromStart: number;
}

export async function paint({ quick, say }: Surroundings): Promise<string> {
  buildApp(root);
  const paints: Paint[] = [];
  for (let start = 0; start < (quick ? 2 : 5); start++) {
    const measured = await startOnce(path.join(folder('window'), String(start)));
    say(
      `window: first paint ${measured.first.toFixed(0)} ms, largest ${measured.largest.toFixed(0)} ms, from the start of the process ${measured.fromStart.toFixed(0)} ms`,
    );
    paints.push(measured);
  }
  const middle = (what: keyof Paint) => median(paints.map((measured) => measured[what]));
  return table(
    ['Window in the stand-in', 'median, ms'],
    [
      ['navigation to first contentful paint', against(middle('first'), '<', targetMs, 0)],
      ['navigation to the catalogue (largest contentful paint)', against(middle('largest'), '<', targetMs, 0)],
      ['start of the process to the catalogue', middle('fromStart').toFixed(0)],
    ],
  );
}

/** Starts the built app on an empty data folder, as after installing it. */
async function startOnce(data: string): Promise<Paint> {
  const startedAt = Date.now();
  const app = await _electron.launch({
    executablePath: path.join(root, 'e2e', 'electron-stand-in', 'electron'),
    args: [root, `--user-data-dir=${path.join(data, 'user-data')}`],
    env: { ...(process.env as Record<string, string>), WRENCHBOOK_DATA: path.join(data, 'data') },
  });
  try {
    const window = await app.firstWindow();
    await window.getByRole('link', { name: /./ }).last().waitFor();
    const { origin, first, largest } = await window.evaluate(async () => {
      const paintOf = (type: string) =>
        new Promise<number>((resolve) => {
          new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? Number.NaN)).observe({ type, buffered: true });
        });
      return { origin: performance.timeOrigin, first: await paintOf('paint'), largest: await paintOf('largest-contentful-paint') };
    });
    return { first, largest, fromStart: origin + largest - startedAt };
  } finally {
    await app.close();
    rmSync(data, { recursive: true, force: true, maxRetries: 10 });
  }
}
