import { expect, test } from '../app-fixture.ts';
import { CataloguePage } from '../pages/catalogue-page.ts';

const title = 'Build a bootable USB stick';
const serial = '4C530001230501';
// As slow as in the lab's everyday: the chart is there while it is written.
test.use({ environment: { WRENCHBOOK_LAB_SPEED: '1' } });

test('a stick is shown so that it can’t be taken for another one, and confirmed by its serial number', async ({ app }) => {
  const start = await (await new CataloguePage(app.window).openTopic(title)).rehearse();
  const card = app.window.getByRole('radio', { name: `SanDisk Ultra USB 3.0, 67.1 MB, serial ${serial}, /dev/sdb` });
  await expect(card).toBeChecked();
  await expect(app.window.getByRole('figure', { name: 'How the stick will be' })).toContainText('WRENCHBOOK');
  const run = await start.start();
  await run.runSteps(1, 2);
  await run.seeAll();
  const button = app.window.getByRole('button', { name: 'Erase the stick and write it', exact: true });
  await expect(button).toBeDisabled();
  await app.window.getByRole('textbox', { name: /Type the serial number/ }).fill(serial);
  await button.click();
  const far = app.window.getByRole('region', { name: 'Progress' });
  await expect(far).toContainText('Writing');
  await expect(far).toContainText('Reading back and comparing');
  await run.runStep(4, /Rehearsal done/i);
  await run.expectDone();
});

test('another stick in the socket is found out before anything is written', async ({ app }) => {
  const run = await (await (await new CataloguePage(app.window).openTopic(title)).rehearse('Another stick in the socket')).start();
  await run.runSteps(1, 2);
  await app.window.getByRole('textbox', { name: /Type the serial number/ }).fill(serial);
  await run.act();
  await run.expectFailure(3, /different stick is now in place of the chosen one. Nothing was written/);
  await run.takeWayOut('Plug in the chosen stick');
  await expect(run.stepHeading(3)).toBeVisible();
});
