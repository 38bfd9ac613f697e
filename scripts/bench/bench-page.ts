/** The benchmark's own page, from outside: see page/page.ts. */
import type { Page } from './browser.ts';
import type { BenchPage } from './page/bench-page-api.ts';

type BenchWindow = { bench?: BenchPage };

export async function showRun(page: Page, port: number, runId: string): Promise<void> {
  await loaded(page);
  await page.evaluate((run) => (window as BenchWindow).bench?.showRun(run.port, run.runId), { port, runId });
}
export async function showFromMemory(page: Page, url: string): Promise<void> {
  await loaded(page);
  await page.evaluate((load) => (window as BenchWindow).bench?.showFromMemory(load), url);
}
/** Resolves when the page waits for the key: one that comes before would never be told. */
export const awaitEcho = (page: Page) => page.evaluate(() => (window as BenchWindow).bench?.awaitEcho(), null);
export const echo = (page: Page) => page.evaluate(() => (window as BenchWindow).bench?.echo() ?? Promise.reject(new Error('no terminal')), null);

const loaded = (page: Page) => page.waitUntil(() => Boolean((window as BenchWindow).bench), null);
