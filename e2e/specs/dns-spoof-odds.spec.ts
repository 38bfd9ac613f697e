import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '../app-fixture.ts';
import { inBothSchemes } from '../both-schemes.ts';
import { CataloguePage } from '../pages/catalogue-page.ts';

const title = 'How likely is a spoofed DNS answer';
const half = 'Time to a chance of 50 %';

test('numbers and plot follow the sliders and the keys', async ({ app }, info) => {
  const { window } = app;
  const looks = inBothSchemes(window, info);
  await window.setViewportSize({ width: 1280, height: 860 });
  const catalogue = new CataloguePage(window);
  await catalogue.search('unwanted reply total reached threshold (10000) you may be under attack. defensive action: clearing the cache');
  await expect(window.getByRole('link', { name: title })).toContainText('calculates only');
  await looks.picture('found');
  const calculator = await catalogue.openCalculator(title);
  await expect(calculator.result(half)).toHaveText('1.377 s');
  await expect(calculator.picture('Chance over time')).toContainText('rises to 50 % in 1.377 s');
  await looks.picture('usual');
  await looks.accessible();

  await calculator.slider('Source ports (P)').focus();
  await window.keyboard.press('End');
  await expect(calculator.typed('Source ports (P)')).toHaveValue('65535');
  await expect(calculator.result(half)).toHaveText('25.27 h');
  await window.keyboard.press('Home');
  await window.keyboard.press('ArrowRight');
  await expect(calculator.typed('Source ports (P)')).toHaveValue('2');
  await expect(calculator.result(half)).toHaveText('2.765 s');
  await expect(calculator.slider('Source ports (P)')).toHaveAttribute('aria-valuetext', '2');
  await calculator.typed('Source ports (P)').fill('64000');
  await expect(calculator.result(half)).toHaveText('24.68 h');
  await looks.picture('ports');

  await calculator.typed('Window (W)').fill('0,03');
  await expect(window.getByText(/This is not a number/)).toBeVisible();
  await expect(window.getByText(/One value is invalid/)).toBeVisible();
  await expect(window.getByRole('button', { name: 'Save as SVG: Chance over time' })).toBeDisabled();
  await looks.picture('wrong');
  await looks.accessible();
  await window.getByRole('button', { name: 'Default values' }).click();
  await expect(calculator.result(half)).toHaveText('1.377 s');

  await calculator.paste.fill('time\n1386\nmany\n');
  await expect(window.getByRole('alert', { name: 'Lines that can’t be read' })).toContainText('Line 3: “many” is not a number of milliseconds.');
  await calculator.paste.fill(`time\n${measured().join('\n')}\n`);
  await expect(calculator.result('Measured median')).toHaveText(/^1\.\d+ s$/);
  await expect(calculator.picture('Measured times')).toBeVisible();
  await window.getByRole('heading', { level: 1 }).scrollIntoViewIfNeeded();
  await window.setViewportSize({ width: 1280, height: 2300 });
  await looks.picture('measured');
  await looks.accessible();
});

test('a file is read, and what is drawn is saved as SVG, PNG and CSV', async ({ app }) => {
  const { window, electron, folder } = app;
  const data = path.join(folder, 'speed-test-30ms');
  writeFileSync(data, '"time"\n"1" 1386\n"2" 412\n"3" 2950\n');
  await electron.evaluate(({ dialog }, file) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [file] });
  }, data);
  const calculator = await new CataloguePage(window).openCalculator(title);
  await window.getByRole('button', { name: 'Choose a file' }).click();
  await expect(calculator.result('Measured median')).toHaveText('1.386 s');
  await expect(window.getByText(`${data}: used.`)).toBeVisible();
  for (const format of ['SVG', 'PNG', 'CSV'] as const) {
    const file = path.join(folder, `odds.${format.toLowerCase()}`);
    await electron.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath });
    }, file);
    await calculator.save(format, 'Chance over time');
    await expect(window.getByText(`Saved to ${file}`, { exact: true })).toBeVisible();
  }
  expect(readFileSync(path.join(folder, 'odds.svg'), 'utf8')).toMatch(/^<svg [\s\S]*measured median[\s\S]*<\/svg>\n$/);
  expect(readFileSync(path.join(folder, 'odds.csv'), 'utf8')).toMatch(/^Curve,Time \(s\),Chance \(%\)\r\n[\s\S]*measured median,1\.386,/);
  const png = readFileSync(path.join(folder, 'odds.png'));
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  // Width and height stand in the header: twice the drawing's.
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1280, 680]);
  const colours = await window.evaluate(
    async (bytes) => {
      const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: 'image/png' }));
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d') as OffscreenCanvasRenderingContext2D;
      context.drawImage(bitmap, 0, 0);
      const { data: pixels } = context.getImageData(0, 0, bitmap.width, bitmap.height);
      return new Set(Array.from({ length: pixels.length / 4 }, (_, at) => pixels.slice(4 * at, 4 * at + 3).join())).size;
    },
    [...png],
  );
  expect(colours, 'something is drawn').toBeGreaterThan(20);
});

test('numbers follow while a slider is dragged, before it is let go', async ({ app }) => {
  const { window } = app;
  const calculator = await new CataloguePage(window).openCalculator(title);
  await expect(calculator.result(half)).toHaveText('1.377 s');
  const thumb = await calculator.slider('Window (W)').boundingBox();
  if (!thumb) throw new Error('The slider is not shown.');
  await window.mouse.move(thumb.x + thumb.width / 2, thumb.y + thumb.height / 2);
  await window.mouse.down();
  await window.mouse.move(thumb.x + 40, thumb.y + thumb.height / 2, { steps: 8 });
  await expect(calculator.result(half)).not.toHaveText('1.377 s');
  const moved = Number(await calculator.typed('Window (W)').inputValue());
  expect(moved).toBeGreaterThan(0.03);
  await window.mouse.up();
  await calculator.typed('Window (W)').fill('0.03');
  await expect(calculator.result(half)).toHaveText('1.377 s');
});

test('there is nothing to start, and its page says so', async ({ app }) => {
  await app.window.evaluate(() => {
    window.location.hash = '#/start/dns-spoof-odds';
  });
  await expect(app.window.getByRole('alert')).toContainText('only calculates: there is nothing to start');
});

test('files that are no text are refused by name', async ({ app }) => {
  const { window, electron, folder } = app;
  const data = path.join(folder, 'picture');
  writeFileSync(data, Buffer.from([0xff, 0xfe, 0x80]));
  await electron.evaluate(({ dialog }, file) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [file] });
  }, data);
  const calculator = await new CataloguePage(window).openCalculator(title);
  await window.getByRole('button', { name: 'Choose a file' }).click();
  await expect(window.getByText(/picture: it is not UTF-8 text/)).toBeVisible();
  await expect(calculator.result(half)).toHaveText('1.377 s');
});

/** Times at the model's own quantiles: their histogram lies on its curve. */
function measured(): number[] {
  return Array.from({ length: 400 }, (_, index) => Math.round(((33 * Math.log(1 - (index + 0.5) / 400)) / Math.log(1 - 1080 / 65_536)) * 100) / 100);
}
