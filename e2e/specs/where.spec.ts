import { expect, test } from '../app-fixture.ts';
import { inBothSchemes } from '../both-schemes.ts';
import { CataloguePage } from '../pages/catalogue-page.ts';
import { StartPage } from '../pages/start-page.ts';
import { TargetsPage } from '../pages/targets-page.ts';

const title = 'BIND in front of Active Directory';

test('where a run happens is chosen among the targets, and what can’t be says why', async ({ app }, info) => {
  const { window } = app;
  const looks = inBothSchemes(window, info);
  await window.setViewportSize({ width: 1200, height: 900 });
  const targets = await new TargetsPage(window).open();
  await targets.startAdding();
  await targets.fill({ Host: 'web1.example', Name: 'Web 1', Group: 'Rack 2' });
  await targets.save('Add');
  await targets.startAdding();
  await targets.choose('Where it is', 'a console, for machines without ssh');
  await targets.choose('The console is reached by', 'a pair of FIFOs: QEMU');
  await targets.fill({ Path: '/tmp/no-such-machine', Name: 'Server 7' });
  await targets.save('Add');

  await window.getByRole('link', { name: 'Catalogue' }).click();
  await new CataloguePage(window).openTopic(title);
  await window.getByRole('button', { name: 'Choose where it runs' }).click();
  const start = new StartPage(window);
  const band = window.getByText('no real machine is touched');
  await expect(band).toBeHidden();
  await start.where.click();
  const server = window.getByRole('option', { name: /^Server 7/ });
  await expect(server).toHaveAttribute('data-combobox-disabled', 'true');
  await expect(server).toContainText(/no-such-machine/);
  await expect(server).toContainText(/ssh/);
  await looks.picture('where');
  await window.getByRole('option', { name: /^Web 1/ }).click();
  await expect(band).toBeHidden();
  await expect(window.getByRole('button', { name: 'Start on Web 1' })).toBeVisible();
  await expect(window.getByText('target: Web 1', { exact: true })).toBeVisible();
  await looks.picture('chosen', { fullPage: true });
  await looks.accessible();

  // Back to the lab: what was typed stays, and the page says again that it is a rehearsal.
  await start.where.click();
  await window.getByRole('option', { name: 'Rehearsal: everything succeeds' }).click();
  await expect(band).toBeVisible();
  await expect(window.getByRole('button', { name: 'Start rehearsal' })).toBeVisible();
  await expect(window.getByText('target: lab', { exact: true })).toBeVisible();
});
