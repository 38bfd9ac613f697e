/** The Fleets page: hosts are chosen, playbook and changes are shown first, then the matrix fills beside Ansible's terminal (simulated here). */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page, TestInfo } from '@playwright/test';
import type { FleetFindings } from '../../shared/api/fleet-doctor.ts';
import { expect, test } from '../app-fixture.ts';
import { axeFindings } from '../axe-findings.ts';
import { CataloguePage } from '../pages/catalogue-page.ts';
import { FleetsPage, NewFleetPage } from '../pages/fleets-page.ts';
import { RunsPage } from '../pages/runs-page.ts';

const simulated = path.resolve(import.meta.dirname, '../simulated-ansible');
const environment = { WRENCHBOOK_LAB_SPEED: '0', PATH: `${simulated}:${process.env.PATH}`, SIMULATED_PACE: '40' };
test.use({ environment });

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

const looks = (window: Page, info: TestInfo) => ({
  accessible: async () => expect(await axeFindings(window)).toEqual([]),
  pictures: async (name: string) => {
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
  },
});

test('a fleet is chosen, checked, run, read cell by cell, and undone where it was changed', async ({ app }, info) => {
  const { window, electron } = app;
  const { accessible, pictures } = looks(window, info);
  const fleets = await new FleetsPage(window).open();
  const form = await fleets.startNew();
  await form.chooseFolder(electron, writePlaybook(path.join(app.folder, 'playbook')));
  await form.hosts().fill('web[01:21]\nbig22 big23 down24 odd25 web[9:\nweb01');
  await expect(form.found()).toContainText('25 hosts');
  await expect(form.leftOut).toContainText('web[9: is left out');
  await expect(window.getByText('Named twice, taken once: web01.')).toBeVisible();
  await pictures('form');
  await accessible();
  const run = await form.showPlaybook();
  await expect(window.getByRole('region', { name: 'site.yml' })).toContainText('hosts: all');

  // Without its secret nothing starts.
  await run.action('Run on 25 hosts').click();
  await expect(window.getByText('These secret values are needed: db_password.').first()).toBeVisible();
  await window.getByRole('textbox', { name: 'db_password' }).fill('quokka-flight-9');
  await run.action('Check what would change').click();
  await expect(run.changes.getByText('22 hosts: size = 22')).toBeVisible();
  await expect(run.changes.getByText('2 hosts: size = 23')).toBeVisible();
  await expect(run.changes.getByRole('list', { name: 'Could not be checked' })).toContainText('down24: Failed to connect');
  await pictures('checked');
  await accessible();
  // Agreed to is what has been in view: the button leads there first, page by page, and starts nothing.
  await expect(run.action('Run on 25 hosts')).toHaveCount(0);
  await run.seeAll('See all 2 changes', 'Run on 25 hosts');
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

  // For others to check; who chooses it for importing is told what it is.
  const bundle = path.join(app.folder, 'fleet.wbrun');
  await electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] });
  }, bundle);
  await run.action('Export …').click();
  await window.getByRole('menuitem', { name: 'Signed bundle (.wbrun), for others to check' }).click();
  await expect.poll(() => existsSync(bundle)).toBe(true);
  await window.getByRole('link', { name: 'Runs', exact: true }).click();
  await window.getByRole('button', { name: 'Import a run …' }).click();
  const dialog = window.getByRole('dialog', { name: 'Import a run' });
  await expect(dialog).toContainText('Fleet run ');
  await expect(dialog).toContainText('The bundle is unchanged since it was signed, with a trusted key.');
  await expect(dialog).toContainText('Fleet runs are not imported');
  await expect(dialog.getByRole('button', { name: 'Import it' })).toHaveCount(0);
});

test('300 hosts stay usable while their cells fill', async ({ app }) => {
  const { window, electron } = app;
  const fleets = await new FleetsPage(window).open();
  const form = await fleets.startNew();
  await form.chooseFolder(electron, writePlaybook(path.join(app.folder, 'playbook')));
  await form.hosts().fill('n[001:300]');
  await expect(form.found()).toContainText('300 hosts');
  const run = await form.showPlaybook();
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

test('from a procedure’s page to its playbook on many hosts, which is saved in a folder, run, and found among all runs', async ({ app }, info) => {
  const { window, electron } = app;
  const { accessible, pictures } = looks(window, info);
  await new CataloguePage(window).openTopic('DHCP server down after boot');
  await window.getByRole('link', { name: 'Run on many hosts' }).click();
  const form = new NewFleetPage(window);
  await expect(form.form).toBeVisible();
  await pictures('procedure-begun');
  // What is missing has the keyboard.
  await form.goOn.click();
  await expect(form.hosts()).toBeFocused();
  await window.getByRole('textbox', { name: 'Seconds between two starts' }).fill('2');
  await form.hosts().fill('dhcp[1:3]');
  await expect(form.found()).toContainText('3 hosts dhcp1, dhcp2, dhcp3');
  // What was typed survives a reload.
  await window.reload();
  await expect(form.hosts()).toHaveValue('dhcp[1:3]');
  await expect(form.found()).toContainText('3 hosts dhcp1, dhcp2, dhcp3');
  await form.goOn.click();
  await expect(window.getByRole('textbox', { name: 'Seconds between two starts' })).toBeFocused();
  await expect(form.form).toContainText('At least 5');
  await pictures('procedure-wrong');
  await window.getByRole('textbox', { name: 'Seconds between two starts' }).fill('33');
  await window.getByRole('textbox', { name: 'Hosts at a time, batch by batch' }).fill('1, 50%');
  const stopAt = window.getByRole('textbox', { name: 'Stop at so many failed hosts' });
  await stopAt.fill('none');
  await form.goOn.click();
  await expect(stopAt).toBeFocused();
  await stopAt.fill('2');
  await expect(window.getByRole('textbox', { name: 'Percent of a batch that may fail' })).toBeDisabled();
  await expect(window.getByRole('region', { name: 'The plan' })).toContainText('waits 33 seconds');
  await pictures('procedure-filled');
  await accessible();
  const run = await form.showPlaybook();
  await expect(window.getByRole('region', { name: 'site.yml' })).toContainText('50%');
  await expect(window.getByRole('region', { name: 'site.yml' })).toContainText('isc_dhcp_boot_retry_stop_at: 2');
  await pictures('procedure-playbook');
  const saved = path.join(app.folder, 'kept', 'dhcp');
  await electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, saved);
  await run.action('Save the playbook …').click();
  await expect.poll(() => existsSync(path.join(saved, 'roles', 'isc_dhcp_boot_retry', 'files', 'rules.mjs'))).toBe(true);
  expect(readFileSync(path.join(saved, 'inventory.yml'), 'utf8')).toContain('dhcp3');
  await run.action('Run on 3 hosts').click();
  await expect(window.getByText('done: Hosts: 3 done.')).toBeVisible();

  // Among all runs, found by the name of a host.
  await window.getByRole('link', { name: /^Runs/ }).click();
  const runs = new RunsPage(window);
  await runs.search('dhcp3');
  const row = runs.table.getByRole('row').filter({ hasText: 'DHCP server down after boot' });
  await expect(row).toContainText(/Fleet.*3 hosts/);
  await expect(row).toContainText('Hosts: 3 done.');
  await pictures('runs');
  await accessible();
  await row.getByRole('button', { name: /^Storage of DHCP server down after boot/ }).click();
  await window.getByRole('menuitem', { name: 'Delete …' }).click();
  const dialog = window.getByRole('dialog');
  await expect(dialog).toContainText('3 hosts');
  await pictures('delete');
  await dialog.getByRole('textbox').fill('delete 1 run');
  await dialog.getByRole('button', { name: /^Delete/ }).click();
  await expect(row).toHaveCount(0);
});

test('a check-up of many hosts shows who is alike: what applies with its reasons and its procedure, and of whom nothing is known', async ({ app }, info) => {
  const { window } = app;
  const { accessible, pictures } = looks(window, info);
  // It is begun in a terminal.
  const words = ['fleet', 'doctor', '--hosts', 'web[1:2] mac3 down4', '--category', 'Virtualisation & clones', '--json'];
  const said = spawnSync(process.execPath, [path.resolve(import.meta.dirname, '../../out/main/cli.cjs'), ...words], {
    env: { ...process.env, ...environment, WRENCHBOOK_DATA: path.join(app.folder, 'data') },
    encoding: 'utf8',
  });
  const { groups, hosts, topics } = JSON.parse(said.stdout) as FleetFindings;
  await new FleetsPage(window).open();
  await window.getByRole('link', { name: 'Check-up of many hosts' }).click();
  const findings = window.getByRole('region', { name: 'Findings' });
  await expect(findings.getByRole('status')).toContainText('1 host could not be looked at.');
  await expect(findings.getByRole('group')).toHaveCount(groups.length);
  for (const [at, group] of groups.entries()) await expect(findings.getByRole('group').nth(at)).toContainText(group.hosts.join(', '));
  const away = findings.getByRole('group').filter({ hasText: 'down4' });
  await expect(away).toContainText('not looked at, so nothing is known of it');
  await expect(away).toContainText('The host was not looked at. Failed to connect');
  // Word for word what the terminal says of them.
  const alike = findings.getByRole('group').filter({ hasText: 'web1, web2' });
  const told = hosts.find(({ name }) => name === 'web1')?.findings.filter(({ verdict }) => verdict !== 'elsewhere' && verdict !== 'not-affected') ?? [];
  expect(told.length).toBeGreaterThan(0);
  for (const { topicId, because } of told) {
    const procedure = topics.find(({ id }) => id === topicId)?.title ?? '';
    await expect(alike.getByRole('listitem').filter({ hasText: procedure })).toContainText(because);
  }
  await pictures('check-up');
  await accessible();
  const [first] = topics.filter(({ id }) => told.some(({ topicId }) => topicId === id));
  await alike.getByRole('link', { name: first?.title ?? '' }).click();
  await expect(window.getByRole('heading', { level: 1, name: first?.title ?? '' })).toBeVisible();
});

test('a procedure with two machines has hosts for each; what a run would ask is answered once; the others say why they can’t', async ({ app }, info) => {
  const { window } = app;
  const { accessible, pictures } = looks(window, info);
  await new FleetsPage(window).open();
  const form = await new FleetsPage(window).startNew();
  await window.getByText(/procedures can’t run on many hosts: why/).click();
  await expect(window.getByText('It only calculates.').first()).toBeVisible();
  await pictures('which-procedures');
  await accessible();
  await window.getByText(/procedures can’t run on many hosts: why/).click();
  await form.chooseProcedure('CUPS to CUPS with server-side processing');
  await window.getByRole('textbox', { name: 'Queue on the client' }).fill('office');
  await form.hosts('Print client').fill('desk[1:2]');
  await form.goOn.click();
  await expect(form.hosts('Print server')).toBeFocused();
  await expect(form.hosts('Print server')).toHaveAccessibleDescription(/Choose at least one host\./);
  await form.hosts('Print server').fill('print1 desk2');
  await expect(form.found('Print server')).toContainText('1 host print1');
  await expect(window.getByText('Named twice, taken once: desk2.')).toBeVisible();
  await pictures('two-machines');
  await accessible();

  // What a run would ask on the way.
  await form.chooseProcedure('Apple classes in an Active Directory schema');
  await window.getByRole('textbox', { name: 'Root of the forest' }).fill('DC=example,DC=com');
  await form.hosts().fill('dc1');
  const question = window.getByRole('region', { name: 'For all hosts, before it starts' }).getByRole('textbox');
  await expect(question).toHaveAccessibleName(/Type the root of the forest/);
  await form.goOn.click();
  await expect(question).toBeFocused();
  await expect(question).toHaveAccessibleDescription(/It has to be typed/);
  await pictures('question');
  await question.fill('DC=example,DC=com');
  const run = await form.showPlaybook();
  await expect(run.action('Run on 1 host')).toBeVisible();
});

test.describe('without Node.js', () => {
  test.use({ environment: { ...environment, WRENCHBOOK_NODE: '/nowhere/node' } });

  test('the pages say that Node.js is missing beside ansible-core, and how it is installed', async ({ app }, info) => {
    const { window } = app;
    const { accessible, pictures } = looks(window, info);
    const fleets = await new FleetsPage(window).open();
    const missing = window.getByRole('region', { name: 'Node.js is missing' });
    await expect(missing).toContainText('/nowhere/node could not be started');
    await expect(missing).toContainText('ansible-core 2.14.18 is on this computer.');
    await pictures('no-node');
    await accessible();
    await fleets.startNew();
    await expect(missing).toBeVisible();
  });
});
