/** The Fleets page: hosts are chosen, playbook and changes are shown first, then the matrix fills beside Ansible's terminal (simulated here). */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '../app-fixture.ts';
import { axeFindings } from '../axe-findings.ts';
import { FleetsPage } from '../pages/fleets-page.ts';

const simulated = path.resolve(import.meta.dirname, '../simulated-ansible');
test.use({ environment: { WRENCHBOOK_LAB_SPEED: '0', PATH: `${simulated}:${process.env.PATH}`, SIMULATED_PACE: '40' } });

const titles = [
  'Look at the card',
  'Set the size',
  'Read it back',
  'Stop the queue',
  'Write the limits',
  'Build the image',
  'Load the module',
  'Restart',
  'Wait',
  'Count',
  'Open the queue',
  'Verify',
];

function writePlaybook(folder: string): string {
  mkdirSync(folder);
  const steps = titles.map((title, at) => ({ id: `step-${at + 1}`, title, role: 'demo', tags: [`step-${at + 1}`] }));
  writeFileSync(
    path.join(folder, 'wrenchbook.json'),
    JSON.stringify({ topic: 'demo', title: 'Registered memory', version: 1, steps, machines: [], secrets: ['db_password'] }),
  );
  for (const name of ['site.yml', 'undo.yml']) writeFileSync(path.join(folder, name), `---\n- name: ${name}\n  hosts: all\n  serial:\n    - 1\n    - "100%"\n`);
  return folder;
}

test('a fleet is chosen, checked, run, read cell by cell, and undone where it was changed', async ({ app }, info) => {
  const { window, electron } = app;
  const accessible = async () => expect(await axeFindings(window)).toEqual([]);
  const pictures = async (name: string) => {
    // The test goes on the same without them; each takes a while.
    if (!process.env.WRENCHBOOK_SCREENSHOTS) return;
    for (const colorScheme of ['light', 'dark'] as const)
      for (const [width, height] of [
        [1024, 700],
        [1440, 900],
      ] as const) {
        await window.emulateMedia({ colorScheme });
        await window.setViewportSize({ width, height });
        await window.screenshot({ path: info.outputPath(`${name}-${colorScheme}-${width}.png`) });
      }
  };
  const fleets = await new FleetsPage(window).open();
  await fleets.startNew('web[01:21]\nbig22 big23 down24 odd25 web[9:\nweb01');
  await expect(fleets.found).toContainText('25 hosts');
  await expect(fleets.leftOut).toContainText('web[9: is left out');
  await expect(window.getByText('Named twice, taken once: web01.')).toBeVisible();
  await pictures('form');
  await accessible();
  const run = await fleets.choosePlaybook(electron, writePlaybook(path.join(app.folder, 'playbook')));
  await expect(window.getByRole('region', { name: 'site.yml' })).toContainText('hosts: all');

  // Without its secret nothing starts.
  await run.action('Run on 25 hosts').click();
  await expect(window.getByText('These secret values are needed: db_password.').first()).toBeVisible();
  await window.getByRole('textbox', { name: 'db_password' }).fill('quokka-flight-9');
  await run.action('Check what would change').click();
  await expect(run.changes).toContainText('22 hosts');
  await expect(run.changes).toContainText('2 hosts: big22, big23');
  await pictures('checked');
  await run.action('Run on 25 hosts').click();
  await expect(run.cell('web02', 'Verify')).toHaveAccessibleName(/: ok$/);
  await expect(run.action('Retry 2 hosts')).toBeVisible();
  await expect(run.cell('web01', 'Set the size')).toHaveAccessibleName(/: changed$/);
  await expect(run.cell('web01', 'Write the limits')).toHaveAccessibleName(/: changed|: not affected$/);
  await expect(run.cell('down24', 'Look at the card')).toHaveAccessibleName(/: unreachable$/);
  await expect(run.cell('odd25', 'Load the module')).toHaveAccessibleName(/: failed$/);
  await expect(run.cell('odd25', 'Restart')).toHaveAccessibleName(/: not run$/);
  await run.matrix.scrollIntoViewIfNeeded();
  await pictures('done');
  await accessible();

  // By keyboard from cell to cell, and into what ran there.
  await run.cell('web01', 'Look at the card').focus();
  await window.keyboard.press('PageDown');
  await window.keyboard.press('PageDown');
  await window.keyboard.press('End');
  for (const key of ['PageDown', 'Home', ...Array.from({ length: 6 }, () => 'ArrowRight')]) await window.keyboard.press(key);
  await expect(run.cell('odd25', 'Load the module')).toBeFocused();
  await window.keyboard.press('Enter');
  const detail = window.getByRole('region', { name: /^odd25, Load the module/ });
  await expect(detail).toContainText('/usr/sbin/step-7 --now');
  await expect(detail).toContainText('the disk is odd');
  await expect(detail).toContainText('exit status 7');
  await detail.scrollIntoViewIfNeeded();
  await pictures('cell');
  await accessible();

  await run.action('Undo on 24 hosts').click();
  await expect(run.action(/^Undo on/)).toHaveCount(0);
  await expect(window.getByText(/24 undone/).first()).toBeVisible();
});

test('300 hosts stay usable while their cells fill', async ({ app }) => {
  const { window, electron } = app;
  const fleets = await new FleetsPage(window).open();
  await fleets.startNew('n[001:300]');
  await expect(fleets.found).toContainText('300 hosts');
  const run = await fleets.choosePlaybook(electron, writePlaybook(path.join(app.folder, 'playbook')));
  await window.getByRole('textbox', { name: 'db_password' }).fill('quokka-flight-9');
  await window.evaluate(() => {
    const late = { most: 0 };
    Object.assign(globalThis, { late });
    let last = performance.now();
    const tick = () => {
      late.most = Math.max(late.most, performance.now() - last);
      last = performance.now();
      setTimeout(tick, 20);
    };
    tick();
  });
  await run.action('Run on 300 hosts').click();
  await expect(window.getByText('done: Hosts: 300 done.')).toBeVisible({ timeout: 60_000 });
  const most = await window.evaluate(() => (globalThis as unknown as { late: { most: number } }).late.most);
  console.log(`longest time without a turn while 300 hosts filled: ${Math.round(most)} ms`);
  await run.cell('n001', 'Look at the card').focus();
  await window.keyboard.press('Control+End');
  await expect(run.cell('n300', 'Verify')).toBeFocused();
  await expect(run.cell('n300', 'Verify')).toHaveAccessibleName(/: (ok|changed)$/);
  await window.keyboard.press('ArrowUp');
  await expect(run.cell('n299', 'Verify')).toBeFocused();
});
