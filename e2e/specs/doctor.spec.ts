/** The check-up of a machine: what applies, what could not be looked at, what is ignored, the page of the machine, and its logs that are watched. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ScratchMachine, whyNoScratchMachine } from '../../electron/backend/real/scratch-machine.test-kit.ts';
import { test as appTest, expect } from '../app-fixture.ts';
import { axeFindings } from '../axe-findings.ts';
import { TargetsPage } from '../pages/targets-page.ts';

const test = appTest.extend<{ machine: ScratchMachine; ssh: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
  machine: async ({}, use) => {
    test.skip(whyNoScratchMachine !== null, whyNoScratchMachine ?? '');
    const machine = await ScratchMachine.start();
    machine.know();
    await use(machine);
    await machine.stop();
  },
  ssh: async ({ machine }, use) => {
    const config = path.join(machine.folder, 'config');
    writeFileSync(config, '', { flag: 'a' });
    await use(config);
  },
  environment: async ({ ssh }, use) => use({ WRENCHBOOK_LAB_SPEED: '0', WRENCHBOOK_SSH_CONFIG: ssh }),
});

test('a check-up names what applies, what could not be looked at and why, and leads to the procedures', async ({ app, machine }, info) => {
  const { window } = app;
  await window.setViewportSize({ width: 1024, height: 700 });
  const targets = await new TargetsPage(window).open();
  await targets.importHosts('machine');
  await targets.dialog.getByRole('button', { name: 'Add 1' }).click();
  await targets.card('machine').getByRole('button', { name: 'Check-up of machine' }).click();
  await expect(window.getByRole('heading', { level: 1, name: 'Check-up of machine' })).toBeFocused();
  await window.getByRole('button', { name: 'Check', exact: true }).click();
  const found = window.getByRole('region', { name: 'What was found' });
  await expect(found.getByRole('status')).toBeVisible({ timeout: 60_000 });
  const could = found.getByRole('region', { name: /^Could not look/ });
  await expect(could.getByRole('listitem').filter({ hasText: 'BIND in front of Active Directory' })).toContainText('Domain is needed');
  for (const scheme of ['light', 'dark'] as const) {
    await window.emulateMedia({ colorScheme: scheme });
    await window.screenshot({ path: info.outputPath(`check-up-${scheme}.png`) });
    expect(await axeFindings(window), scheme).toEqual([]);
  }
  await window.getByLabel('Category').selectOption('Network & VPN');
  await expect(could.getByRole('listitem').filter({ hasText: 'BIND' })).toBeVisible();
  await expect(found.getByText('Revoke nodes of Icinga 2')).toBeHidden();
  await could.getByRole('link', { name: 'BIND in front of Active Directory' }).click();
  await expect(window.getByRole('heading', { level: 1, name: 'BIND in front of Active Directory' })).toBeVisible();
  await window.goBack();
  await expect(window.getByRole('heading', { level: 1, name: 'Check-up of machine' })).toBeVisible();
  await expect(could.getByRole('listitem').filter({ hasText: 'BIND' }), 'what was found is there again').toBeVisible();

  await test.step('what is ignored is counted apart, and exported', async () => {
    const iscsi = could.getByRole('listitem').filter({ hasText: 'BIND in front of Active Directory' });
    await iscsi.getByRole('button', { name: /^Ignore/ }).click();
    await window.keyboard.press('Enter');
    await expect(iscsi.getByText('Say why, in a few words.')).toBeVisible();
    await window.keyboard.type('the domain is served elsewhere');
    await window.keyboard.press('Enter');
    const ignored = found.getByRole('region', { name: 'Ignored here: 1' });
    await expect(ignored).toContainText('Not here, because: the domain is served elsewhere');
    await expect(iscsi).toHaveCount(0);
    await expect(found.getByRole('status')).toContainText('1 is ignored.');
    const file = info.outputPath('check-up.md');
    await app.electron.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath });
    }, file);
    await window.getByRole('button', { name: 'Export', exact: true }).click();
    await window.getByRole('dialog', { name: 'Export the check-up' }).getByRole('button', { name: 'Save…' }).click();
    await expect(window.getByText('Saved to', { exact: true })).toBeVisible();
    expect(readFileSync(file, 'utf8')).toContain('## Ignored here: 1');
    await window.getByRole('button', { name: 'Done' }).click();
  });

  await test.step('the page of the machine has all of it, and leads on', async () => {
    await window.getByRole('link', { name: 'All about machine' }).click();
    await expect(window.getByRole('heading', { level: 1, name: 'All about machine' })).toBeFocused();
    await expect(window.getByRole('region', { name: /^Last check-up/ })).toContainText('1 is ignored.');
    await expect(window.getByRole('region', { name: 'Check-ups: 1' }).getByRole('listitem')).toHaveCount(1);
    for (const scheme of ['light', 'dark'] as const) {
      await window.emulateMedia({ colorScheme: scheme });
      await window.screenshot({ path: info.outputPath(`machine-${scheme}.png`) });
      expect(await axeFindings(window), scheme).toEqual([]);
    }
    await window.getByRole('button', { name: 'No longer ignore BIND in front of Active Directory' }).click();
    await expect(window.getByRole('region', { name: /^Last check-up/ })).not.toContainText('ignored.');
    await window.getByRole('button', { name: 'Watch a log' }).click();
  });

  await test.step('a log is watched: a known symptom is said once, with the form filled in; a lost link is told, on other pages too', async () => {
    await expect(window.getByRole('heading', { level: 1, name: 'Logs of machine' })).toBeFocused();
    await window.getByLabel('Path of the log').fill('messages');
    await window.keyboard.press('Enter');
    await expect(window.getByText('Give the whole path of a log')).toBeVisible();
    machine.asRoot('mkdir -p /run/logs; : >"/run/logs/the log"; chmod 644 "/run/logs/the log"');
    await window.getByLabel('Path of the log').fill('/run/logs/the log');
    await window.keyboard.press('Enter');
    const log = window.getByRole('region', { name: '/run/logs/the log' });
    await expect(log.getByRole('status')).toContainText('No known symptom so far.', { timeout: 60_000 });
    machine.asRoot(`for each in 1 2; do echo "named[812]: client 10.0.0.21#50123: update 'corp.example.com/IN' denied" >>"/run/logs/the log"; done`);
    await expect(log.getByRole('article')).toHaveCount(1);
    for (const scheme of ['light', 'dark'] as const) {
      await window.emulateMedia({ colorScheme: scheme });
      await window.screenshot({ path: info.outputPath(`watch-${scheme}.png`) });
      expect(await axeFindings(window), scheme).toEqual([]);
    }
    await log.getByRole('button', { name: 'Open the form' }).click();
    await expect(window.getByRole('textbox', { name: 'Domain', exact: true })).toHaveValue('corp.example.com');
    const bar = window.getByRole('complementary', { name: 'Logs that are watched' });
    await expect(bar).toContainText('Known symptom: BIND in front of Active Directory');
    await bar.getByRole('button', { name: 'Go to the log' }).click();
    machine.asRoot('cd /proc && for each in [0-9]*; do if grep -q "^sshd: wren@" "$each/cmdline" 2>/dev/null; then kill -9 "$each"; fi; done');
    await expect(log.getByRole('status')).toHaveText('No longer watched', { timeout: 60_000 });
    await expect(log.getByRole('alert')).toContainText('Check that the machine is on');
    await window.screenshot({ path: info.outputPath('watch-lost.png') });
    await log.getByRole('button', { name: 'Close' }).click();
    await expect(log).toHaveCount(0);
  });
});
