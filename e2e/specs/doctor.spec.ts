/** The check-up of a machine: what applies, what could not be looked at, and the way to the form. */
import { writeFileSync } from 'node:fs';
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

test('a check-up names what applies, what could not be looked at and why, and leads to the procedures', async ({ app }, info) => {
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
});
