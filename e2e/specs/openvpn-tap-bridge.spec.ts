import { expect, test } from '../app-fixture.ts';
import { inBothSchemes } from '../both-schemes.ts';
import { CataloguePage } from '../pages/catalogue-page.ts';

const title = 'ARP and multicast lost on a tap bridge';

test('a look says that it applies, and pictures show what was counted', async ({ app }, info) => {
  const { window } = app;
  const looks = inBothSchemes(window, info);
  const topic = await new CataloguePage(window).openTopic(title);
  await expect(window.getByRole('figure', { name: 'Where replies are lost' })).toContainText('believes what it learnt');
  await looks.picture('topic', { fullPage: true });
  await looks.accessible();
  const start = await topic.rehearse();
  await expect(start.field('Bridge')).toHaveValue('br0');
  await expect(window.getByRole('radio', { name: /^ifupdown/ })).toBeChecked();
  await window.getByText('What that runs').click();
  await expect(window.getByRole('figure', { name: 'The check runs' })).toContainText('ip -d -o link show dev br0');
  await window.getByRole('button', { name: 'Check', exact: true }).click();
  const found = window.getByRole('region', { name: 'What was found' });
  await expect(found).toContainText('It applies here');
  await expect(found.getByRole('row', { name: /Ageing time 30000/ })).toContainText('Points to this problem.');
  await looks.picture('look', { fullPage: true });
  await looks.accessible();
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
  await looks.picture('counted');
  await looks.accessible();
});

test('a look proposes what the form should say, and fills it in', async ({ app }, info) => {
  const { window } = app;
  const looks = inBothSchemes(window, info);
  await (await new CataloguePage(window).openTopic(title)).rehearse();
  await window.getByRole('radio', { name: /systemd-networkd: a/ }).check();
  await window.getByRole('button', { name: 'Check', exact: true }).click();
  const found = window.getByRole('region', { name: 'What was found' });
  await expect(found).toContainText('Make it persistent with: ifupdown: /etc/network/interfaces. /etc/network/interfaces makes br0.');
  await looks.picture('proposed', { fullPage: true });
  await looks.accessible();
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
