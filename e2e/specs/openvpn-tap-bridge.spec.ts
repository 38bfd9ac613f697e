import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../app-fixture.ts';
import { CataloguePage } from '../pages/catalogue-page.ts';

const title = 'ARP and multicast lost on a tap bridge';

for (const scheme of ['light', 'dark'] as const)
  test(`a look says that it applies, and pictures show what was counted, ${scheme}`, async ({ app }, info) => {
    const { window } = app;
    await window.emulateMedia({ colorScheme: scheme });
    const accessible = async () => {
      const { violations } = await new AxeBuilder({ page: window }).setLegacyMode().analyze();
      expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
    };
    const topic = await new CataloguePage(window).openTopic(title);
    await expect(window.getByRole('figure', { name: 'Where replies are lost' })).toContainText('believes what it learnt');
    await window.screenshot({ path: info.outputPath(`topic-${scheme}.png`), fullPage: true });
    await accessible();
    const start = await topic.rehearse();
    await expect(start.field('Bridge')).toHaveValue('br0');
    await expect(window.getByRole('radio', { name: /^ifupdown/ })).toBeChecked();
    await window.getByText('What that runs').click();
    await expect(window.getByRole('figure', { name: 'The check runs' })).toContainText('ip -d -o link show dev br0');
    await window.getByRole('button', { name: 'Check', exact: true }).click();
    const found = window.getByRole('region', { name: 'What was found' });
    await expect(found).toContainText('It applies here');
    await expect(found.getByRole('row', { name: /Ageing time 30000/ })).toContainText('Points to this problem.');
    await window.screenshot({ path: info.outputPath(`look-${scheme}.png`), fullPage: true });
    await accessible();
    const run = await start.start();
    await run.runSteps(1, 4);
    await window.getByRole('button', { name: 'Show the change' }).click();
    await expect(window.getByRole('button', { name: 'Show the change' })).toBeHidden();
    await run.act();
    await run.runStep(6, /Rehearsal done/i);
    await run.expectDone();
    await expect(window.getByRole('figure', { name: 'Packets counted' })).toContainText(
      'ARP replies: before: came in 3, before: got through 0, after: came in 3, after: got through 3',
    );
    await window.getByRole('figure', { name: 'Packets counted' }).scrollIntoViewIfNeeded();
    await window.screenshot({ path: info.outputPath(`counted-${scheme}.png`) });
    await accessible();
  });

for (const scheme of ['light', 'dark'] as const)
  test(`a look proposes what the form should say, and fills it in, ${scheme}`, async ({ app }, info) => {
    const { window } = app;
    await window.emulateMedia({ colorScheme: scheme });
    await (await new CataloguePage(window).openTopic(title)).rehearse();
    await window.getByRole('radio', { name: /systemd-networkd: a/ }).check();
    await window.getByRole('button', { name: 'Check', exact: true }).click();
    const found = window.getByRole('region', { name: 'What was found' });
    await expect(found).toContainText('Make it persistent with: ifupdown: /etc/network/interfaces. /etc/network/interfaces makes br0.');
    await window.screenshot({ path: info.outputPath(`proposed-${scheme}.png`), fullPage: true });
    const { violations } = await new AxeBuilder({ page: window }).setLegacyMode().analyze();
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
    await window.getByRole('button', { name: 'Fill that in' }).press('Enter');
    await expect(window.getByRole('radio', { name: /^ifupdown/ })).toBeChecked();
    await expect(found).toContainText('Filled in. Check again.');
    await window.getByRole('button', { name: 'Check again' }).click();
    await expect(found).toContainText('creates it, as the form says.');
  });

test('a field that the look needs is asked for by its name', async ({ app }) => {
  const { window } = app;
  await (await new CataloguePage(window).openTopic(title)).rehearse();
  await window.getByRole('textbox', { name: 'VPN port' }).fill('not a port');
  await expect(window.getByText(/To check, fill in "VPN port"/)).toBeVisible();
  await expect(window.getByRole('button', { name: 'Check', exact: true })).toBeDisabled();
});
