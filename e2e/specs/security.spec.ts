import type { ElectronApplication } from '@playwright/test';
import { expect, test } from '../app-fixture.ts';

test('the page has no Node, one API object, and can’t leave its address', async ({ app }) => {
  const { window: page } = app;
  expect(await page.evaluate(() => [typeof (globalThis as { require?: unknown }).require, typeof (globalThis as { process?: unknown }).process])).toEqual([
    'undefined',
    'undefined',
  ]);
  expect(await page.evaluate(() => Object.isFrozen(window.wrenchbook.runs) && !Object.getOwnPropertyDescriptor(window, 'wrenchbook')?.writable)).toBe(true);
  const before = page.url();
  expect(await page.evaluate(() => window.open('https://example.com'))).toBeNull();
  await page.evaluate(() => {
    location.href = 'https://example.com/';
  });
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(page.url()).toBe(before);
});

test('inline and evaluated script does not run', async ({ app }) => {
  const { window: page } = app;
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.injected = true';
    document.body.append(script);
    return 'injected' in window;
  });
  expect(ran).toBe(false);
  // A timer's text is evaluated by the page itself, after the test's own call has ended.
  await page.evaluate(() => {
    setTimeout('window.evaluated = true', 0);
  });
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
  expect(await page.evaluate(() => 'evaluated' in window)).toBe(false);
});

/** What pages wished for; the stand-in keeps it, real Electron has no such list. */
interface Recorded {
  opened: string[];
  permissions: { asked: string; permission: string; allowed: boolean }[];
  journeys: { event: string; url: string; allowed: boolean }[];
}
const recordedBy = ({ electron }: { electron: ElectronApplication }): Promise<Recorded> =>
  electron.evaluate((module) => (module as unknown as { standIn: { recorded: Recorded } }).standIn.recorded);

test('only listed web pages open outside', async ({ app, runtime }) => {
  const opened = (url: string) => app.window.evaluate((to) => window.wrenchbook.window.openExternal({ url: to }).then((answer) => answer.opened), url);
  for (const url of ['http://github.com/x', 'https://github.com.evil.example/', 'file:///etc/passwd', 'javascript:alert(1)']) {
    expect(await opened(url)).toBe(false);
  }
  if (runtime === 'stand-in') {
    expect(await opened('https://github.com/wrenchbook')).toBe(true);
    expect((await recordedBy(app)).opened).toEqual(['https://github.com/wrenchbook']);
  }
});

test('one permission is granted, and no page leads elsewhere', async ({ app, runtime }) => {
  test.skip(runtime !== 'stand-in', 'real Electron keeps no list of what pages wished for');
  const { permissions } = await recordedBy(app);
  expect(permissions.length).toBeGreaterThan(5);
  expect([...new Set(permissions.filter(({ allowed }) => allowed).map(({ permission }) => permission))]).toEqual(['clipboard-sanitized-write']);
  await app.window.evaluate(() => {
    location.href = 'https://example.org/';
  });
  await expect
    .poll(async () => (await recordedBy(app)).journeys, { timeout: 20_000 })
    .toContainEqual({ event: 'will-frame-navigate', url: 'https://example.org/', isMainFrame: true, allowed: false });
});

test('files outside the page’s folder are not served', async ({ app }) => {
  const statusOf = (path: string) =>
    app.window.evaluate(
      (to) =>
        fetch(to).then(
          (answer) => answer.status,
          () => 'refused',
        ),
      path,
    );
  for (const path of ['/../main/main.cjs', '/..%2f..%2fpackage.json', '/%2e%2e/%2e%2e/package.json', '/nothing-here.js']) {
    expect(await statusOf(path)).not.toBe(200);
  }
});
