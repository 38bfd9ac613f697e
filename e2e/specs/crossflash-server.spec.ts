/** The crossflash in the app on a (virtual) server: OVMF in QEMU with a simulated card, over its console and by startup.nsh. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { mediaTools, whyNoMediaTools } from '../../electron/backend/media/media-tools.test-kit.ts';
import { AdminAtScreen, CrossflashServer } from '../../electron/backend/real/crossflash-server.test-kit.ts';
import { buildFlashers, whyNoStick, whyNoUefiServer } from '../../electron/backend/real/uefi-server.test-kit.ts';
import { test as appTest, expect } from '../app-fixture.ts';
import { CataloguePage } from '../pages/catalogue-page.ts';
import type { RunPage } from '../pages/run-page.ts';
import { StartPage } from '../pages/start-page.ts';
import { TargetsPage } from '../pages/targets-page.ts';

const why = whyNoUefiServer ?? whyNoStick ?? whyNoMediaTools;
if (why) console.log(`The crossflash is not tried on a virtual server in the app: ${why}.`);

const test = appTest.extend<{ there: CrossflashServer }, { flashers: string }>({
  flashers: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
    async ({}, use) => {
      const folder = mkdtempSync(path.join(tmpdir(), 'wb-flashers-'));
      buildFlashers(folder);
      await use(folder);
      rmSync(folder, { recursive: true });
    },
    { scope: 'worker' },
  ],
  there: async ({ flashers }, use) => {
    const there = new CrossflashServer(flashers);
    await use(there);
    await there.remove();
  },
});
test.skip(why !== null, `there is no virtual server: ${why}`);
// A server that starts twice and is emulated; each step is awaited by what it shows.
test.describe.configure({ timeout: 600_000 });
test.use({ environment: { WRENCHBOOK_LAB_SPEED: '0', ...(whyNoMediaTools ? {} : { PATH: mediaTools().PATH ?? '' }) } });

const topic = 'Crossflash a Dell PERC H200';
const fields: Readonly<Record<string, string>> = {
  stickFolder: 'Stick',
  uefiShell: 'UEFI shell',
  p07Flasher: 'P05 flasher (sas2flash.efi)',
  dellImage: 'Dell image (6GBPSAS.FW)',
  p07Image: 'LSI P07 image (2118it.bin)',
  finalFlasher: 'Flasher for the final phase (sas2flash.efi)',
  finalImage: 'Final image (2118it.bin)',
};

/** The form filled in for the server, and the run begun. `place`: as the list of targets names it. */
async function begin(window: Page, there: CrossflashServer, place: string, way?: string): Promise<RunPage> {
  await window.getByRole('link', { name: 'Catalogue' }).click();
  await new CataloguePage(window).openTopic(topic);
  await window.getByRole('button', { name: 'Choose where it runs' }).click();
  const start = new StartPage(window);
  await start.where.click();
  await window.getByRole('option', { name: new RegExp(`^${place}`) }).click();
  for (const [name, label] of Object.entries(fields)) await window.getByRole('textbox', { name: label, exact: true }).fill(String(there.parameters[name]));
  if (way) await window.getByRole('radio', { name: way, exact: true }).check();
  return start.startOn(place);
}
async function addConsole(window: Page, there: CrossflashServer): Promise<void> {
  const targets = await new TargetsPage(window).open();
  await targets.startAdding();
  await targets.choose('Where it is', 'a console, for machines without ssh');
  await targets.choose('The console is reached by', 'a pair of FIFOs: QEMU');
  await targets.fill({ Path: there.server.place, Name: 'Server 7' });
  await targets.save('Add');
}
/** What the first run has laid out becomes an image, by the other procedure. */
async function buildStick(window: Page, there: CrossflashServer): Promise<void> {
  there.putCard(there.mounted);
  await window.getByRole('link', { name: 'Catalogue' }).click();
  await new CataloguePage(window).openTopic('Build a bootable USB stick');
  await window.getByRole('button', { name: 'Choose where it runs' }).click();
  const start = new StartPage(window);
  await start.where.click();
  await window.getByRole('option', { name: /^This machine/ }).click();
  await window.getByRole('radio', { name: 'An image file', exact: true }).check();
  const typed = { Folder: there.mounted, 'Image file': there.image, 'Size of the image file': '64' };
  for (const [label, value] of Object.entries(typed)) await window.getByRole('textbox', { name: label, exact: true }).fill(value);
  const build = await start.startOn('This machine');
  await build.runStep(1);
  await build.runStep(2, /done/i);
  await expect(window.getByText('Done and verified.').first()).toBeVisible();
}
/** An emulated server takes its time to start. */
const patient = { timeout: 240_000 };

test('live over its console: from the files to the verified list and its transcript', async ({ app, there }, info) => {
  const { window } = app;
  await window.setViewportSize({ width: 1300, height: 900 });
  await addConsole(window, there);
  const run = await begin(window, there, 'Server 7');
  await run.runSteps(1, 2);
  await buildStick(window, there);
  await (await new CataloguePage(window).openRuns()).continueFirst();
  there.server.switchOn();
  await run.runStep(3, /^Step 4: /, patient);
  await run.runSteps(4, 6);
  await run.erase();
  await run.runSteps(8, 9);
  await window.screenshot({ path: info.outputPath('before-p07.png') });
  await run.writeP07();
  await run.runStep(11, /^Step 12: /, patient);
  await run.runSteps(12, 13);
  await run.runStep(14, /done/i);
  await expect(window.getByText('Done and verified.').first()).toBeVisible();
  await window.screenshot({ path: info.outputPath('done.png') });
  const transcript = await run.openTranscript();
  await transcript.verify();
  // The console may have said more since, which is sealed when the run is left.
  await expect(window.getByText(/^Verified[:,]/)).toBeVisible();
  await transcript.tab('Record');
  await expect(window.getByText('5782bcb-0-1234-5600').first()).toBeVisible();
});

test('live over its console: power that goes in the middle of a write is told, and that there is no way back', async ({ app, there }) => {
  const { window } = app;
  await addConsole(window, there);
  const run = await begin(window, there, 'Server 7');
  await run.runSteps(1, 2);
  there.carryStick('power-cut-step-8');
  await run.runStep(3, /^Step 4: /, patient);
  await run.runSteps(4, 6);
  await run.erase();
  await run.runStep(8, /This run was interrupted/, patient);
  await expect(window.getByText(/the line was lost/).first()).toBeVisible();
  await there.server.cutPower();
  there.server.switchOn();
  await expect(window.getByRole('form', { name: /Run .* again/ })).toBeVisible();
  await run.act();
  await expect(
    run
      .verdicts(8)
      .getByText(/cannot be undone/i)
      .first(),
  ).toBeVisible(patient);
  await expect(window.getByRole('button', { name: /again/ })).toHaveCount(0);
});

test('by startup.nsh: the stick goes there and back twice, and its logs are judged', async ({ app, there }, info) => {
  const { window } = app;
  await window.setViewportSize({ width: 1300, height: 900 });
  const run = await begin(window, there, 'This machine', 'By startup.nsh on the stick');
  await run.runSteps(1, 3);
  await window.screenshot({ path: info.outputPath('boot.png') });
  await atServer(there, /nothing is changed yet\./);
  await run.runSteps(4, 6);
  await run.seeAll();
  const button = window.getByRole('button', { name: 'Allow the erase', exact: true });
  await expect(button).toBeDisabled();
  await window.getByRole('textbox', { name: /Type the SAS address/ }).fill('5782bcb-0-1234-5600');
  await button.click();
  await expect(run.stepHeading(8)).toBeVisible();
  await window.screenshot({ path: info.outputPath('go-on.png') });
  await atServer(there, /All steps are done/);
  await run.runSteps(8, 15);
  await run.runStep(16, /done/i);
  await expect(window.getByText('Done and verified.').first()).toBeVisible();
});

/** The stick is carried there, the script goes on until its screen shows this, and the stick comes back. */
async function atServer(there: CrossflashServer, until: RegExp): Promise<void> {
  there.carryStick();
  const admin = await AdminAtScreen.at(there.server);
  await admin.goOn(until);
  await admin.leave();
  await there.server.cutPower();
  there.bringStick();
}
