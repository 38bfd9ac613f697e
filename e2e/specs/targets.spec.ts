import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ScratchMachine, whyNoScratchMachine } from '../../electron/backend/real/scratch-machine.test-kit.ts';
import { test as appTest, expect } from '../app-fixture.ts';
import { inBothSchemes } from '../both-schemes.ts';
import { TargetsPage } from '../pages/targets-page.ts';

/** A machine with sshd where there can be one, and the ssh files of a client that knows it and others. */
const test = appTest.extend<{ machine: ScratchMachine | null; ssh: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
  machine: async ({}, use) => {
    const machine = whyNoScratchMachine ? null : await ScratchMachine.start();
    machine?.know();
    await use(machine);
    await machine?.stop();
  },
  ssh: async ({ machine }, use) => {
    const folder = machine?.folder ?? mkdtempSync(path.join(tmpdir(), 'wb-ssh-'));
    mkdirSync(folder, { recursive: true });
    const config = path.join(folder, 'config');
    const more = 'Host web1 web2\n  HostName 192.0.2.7\n  User admin\nHost *.example\n  User nobody\n';
    if (machine) writeFileSync(config, more, { flag: 'a' });
    else writeFileSync(config, more);
    if (!machine) writeFileSync(path.join(folder, 'known_hosts'), 'known.example ssh-ed25519 AAAA\n|1|abc=|def= ssh-ed25519 AAAA\n');
    await use(config);
    if (!machine) rmSync(folder, { recursive: true });
  },
  environment: async ({ ssh }, use) => use({ WRENCHBOOK_LAB_SPEED: '0', WRENCHBOOK_SSH_CONFIG: ssh }),
});

test('targets are added, found by tag, tested and removed', async ({ app, machine }, info) => {
  const { window } = app;
  const looks = inBothSchemes(window, info);
  const picture = async (name: string) => {
    await looks.picture(name);
    await looks.accessible(name);
  };
  await window.setViewportSize({ width: 1200, height: 900 });
  const targets = await new TargetsPage(window).open();
  await expect(window.getByText('No targets yet')).toBeVisible();
  await targets.startAdding();
  await targets.fill({ Host: '-oProxyCommand=x', Name: 'Refuses' });
  await targets.dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(targets.dialog.getByRole('alert')).toContainText('Give a host name');
  await targets.fill({ Host: '127.0.0.1', Port: '1', Group: 'Rack 2' });
  await targets.addTag('broken');
  await picture('dialog');
  await targets.save('Add');

  const refused = await targets.test('Refuses');
  await expect(refused.getByRole('listitem').filter({ hasText: 'Network' })).toContainText('failed');
  await expect(refused).toContainText('Nothing listens on that port.');
  await expect(refused).toContainText('What to do:');
  await expect(refused.getByRole('listitem').filter({ hasText: 'Shell' })).toContainText('not tried');
  await picture('refused');
  await refused.getByRole('button', { name: 'Close the test' }).click();

  await targets.importHosts('web1');
  await expect(targets.dialog.getByRole('checkbox')).toHaveCount(machine ? 4 : 3);
  await picture('import');
  await targets.dialog.getByRole('button', { name: 'Add 1' }).click();
  await expect(targets.card('web1')).toContainText('never reached');
  await window.getByRole('checkbox', { name: 'broken' }).focus();
  await window.keyboard.press('Space');
  await expect(targets.card('web1')).toBeHidden();
  await expect(targets.card('Refuses')).toBeVisible();
  await targets.card('Refuses').getByRole('button', { name: 'Remove Refuses' }).click();
  await targets.card('Refuses').getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(targets.card('Refuses')).toBeHidden();
  await expect(targets.card('web1')).toBeVisible();
});

test('a target with a password and sudo is reached, and its facts stay after a restart', async ({ app, machine }, info) => {
  test.skip(machine === null, `there is no throw-away machine: ${whyNoScratchMachine}`);
  const { window } = app;
  await window.setViewportSize({ width: 1200, height: 900 });
  const targets = await new TargetsPage(window).open();
  await targets.startAdding();
  await targets.fill({ Host: 'machine', Name: 'Bench' });
  await targets.choose('Root is reached by', 'sudo');
  await targets.save('Add');
  const good = await targets.test('Bench');
  await targets.answer(good, /password for wren:/, 'sesame');
  await expect(good).toContainText('Bench can be reached.');
  await expect(good.getByRole('listitem').filter({ hasText: 'Root' })).toContainText('ok');
  await window.screenshot({ path: info.outputPath('good.png') });
  await good.getByRole('button', { name: 'Close the test' }).click();
  await app.electron.close();
  const kept = readdirSync(`${app.folder}/data`, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  expect(kept.map(({ name }) => name)).toContain('targets.json');
  for (const { parentPath, name } of kept) expect(readFileSync(path.join(parentPath, name), 'latin1'), name).not.toContain('sesame');
  await app.restart();
  const again = await new TargetsPage(app.window).open();
  await expect(again.card('Bench')).toContainText(/Debian|Ubuntu|Linux/);
  await again.card('Bench').getByText('Facts').click();
  await expect(again.card('Bench')).toContainText(/wren \(\d+\), \/bin\/bash/);
});

test('a console is added and tested', async ({ app }, info) => {
  const { window } = app;
  const looks = inBothSchemes(window, info);
  await window.setViewportSize({ width: 1200, height: 900 });
  const targets = await new TargetsPage(window).open();
  await targets.startAdding();
  await targets.choose('Where it is', 'a console, for machines without ssh');
  await targets.fill({ Device: '/etc/passwd' });
  await targets.dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(targets.dialog.getByRole('alert')).toContainText('below /dev/');
  await targets.fill({ Device: '/dev/ttyWB7' });
  await targets.choose('Speed', '9600');
  await looks.picture('console');
  await looks.accessible();
  await targets.save('Add');
  const name = '/dev/ttyWB7 at 9600 baud';
  await expect(targets.card(name)).toContainText('UEFI shell on /dev/ttyWB7 at 9600 baud');
  const tried = await targets.test(name);
  await expect(tried).toContainText('it is not there');
  await expect(tried.getByRole('list', { name: 'Stages' })).toContainText('Console failed');
  await looks.picture('console-test');
  await looks.accessible();
});
