import { expect, test } from '../app-fixture.ts';
import { inBothSchemes } from '../both-schemes.ts';
import { CataloguePage } from '../pages/catalogue-page.ts';

const title = 'Digest authentication freezes Apache';

test('many files change in one view, and the scoreboard is drawn before and after', async ({ app }, info) => {
  const { window } = app;
  const looks = inBothSchemes(window, info);
  await window.setViewportSize({ width: 1280, height: 860 });
  const topic = await new CataloguePage(window).openTopic(title);
  await expect(window.getByRole('figure', { name: /What Apache’s children do: an example/ })).toContainText('closing a connection');
  await looks.picture('topic', { fullPage: true });
  await looks.accessible();
  const run = await (await topic.rehearse()).start();
  await run.runSteps(1, 2);
  await window.getByRole('button', { name: 'Show the change' }).click();
  await expect(window.getByRole('button', { name: 'Write the file' })).toBeEnabled();
  await run.act();
  await run.runSteps(4, 6);
  await expect(window.getByText(/Finds and reads every file with Digest/)).toBeVisible();
  await window.getByRole('button', { name: 'Show the change' }).click();
  await expect(window.getByRole('button', { name: 'See all 3 changes' })).toBeVisible();
  const change = window.getByRole('region', { name: /^Will be written: 3 files/ });
  await expect(change.getByRole('heading')).toHaveText([
    '/etc/apache2/conf-enabled/digest.conf',
    '/etc/apache2/sites-enabled/intern.conf',
    '/etc/apache2/sites-enabled/wiki.conf',
  ]);
  await expect(change).toContainText('added: AuthType Basic');
  await looks.picture('files');
  await looks.accessible();
  await run.seeAll();
  await window.getByRole('button', { name: 'Write 3 files' }).click();
  await run.runSteps(8, 10);
  await run.runStep(11, /Rehearsal done/i);
  await run.expectDone();
  const picture = window.getByRole('figure', { name: 'What Apache’s children do' });
  await expect(picture).toContainText('before: 9 of 11 children are closing; after: 0 of 6 children are closing.');
  await picture.scrollIntoViewIfNeeded();
  await looks.picture('scoreboard');
  await looks.accessible();
});
