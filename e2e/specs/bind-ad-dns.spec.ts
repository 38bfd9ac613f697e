import { expect, test } from '../app-fixture.ts';
import { inBothSchemes } from '../both-schemes.ts';
import { CataloguePage } from '../pages/catalogue-page.ts';

test('the domain is handed to its controllers, and the tree shows it', async ({ app }, info) => {
  const { window } = app;
  const looks = inBothSchemes(window, info);
  const tree = window.getByRole('figure', { name: 'Who answers for which names' });
  const topic = await new CataloguePage(window).openTopic('BIND in front of Active Directory');
  await expect(tree).toContainText('None of it is there yet');
  await tree.scrollIntoViewIfNeeded();
  await looks.picture('topic', { fullPage: true });
  await looks.accessible();
  const start = await topic.rehearse();
  await window.getByRole('button', { name: 'Check', exact: true }).click();
  const found = window.getByRole('region', { name: 'What was found' });
  await expect(found).toContainText('It applies here');
  await expect(found.getByRole('row', { name: /_kpasswd\._tcp\.corp\.example\.com nothing/ })).toContainText('Points to this problem.');
  await looks.picture('look', { fullPage: true });
  const lifetime = start.field('Lifetime of the _kpasswd records (s)');
  await lifetime.fill('1800');
  const run = await start.start();
  await run.runSteps(1, 3);
  for (const step of ['Merge the records', 'Accept the controllers', 'Do not ask forwarders']) {
    await window.getByRole('button', { name: 'Show the change' }).click();
    if (step === 'Merge the records') {
      // The change of a file is shown before it is written, with its sign in words, and what stays is folded.
      const change = window.getByRole('region', { name: 'Will be written of /etc/bind/db.corp.example.com, differences' });
      await expect(change).toContainText(/removed: \s*2026010403/);
      await expect(change).toContainText('added: _kpasswd._udp.corp.example.com.');
      await run.seeAll();
      await expect(window.getByRole('button', { name: 'Write the file' })).toBeEnabled();
      await expect(window.getByText(/A copy of the current file is kept in/)).toBeVisible();
      await change.focus();
      await looks.picture('change');
      await looks.accessible();
    }
    await run.act();
  }
  await run.runSteps(7, 9);
  await run.runStep(10, /Rehearsal done/i);
  await run.expectDone();
  await expect(tree).toContainText('Every name was asked for and found.');
  await tree.scrollIntoViewIfNeeded();
  await looks.picture('tree');
  await looks.accessible();
  // Weeks later: has anything drifted? The form is filled in as it was.
  await window.getByRole('button', { name: 'Again with these values' }).click();
  await expect(window.getByText(/^Filled in as in the run of /)).toBeVisible();
  await expect(lifetime).toHaveValue('1800');
  await window.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(found).toContainText('It applies here');
  await looks.picture('again', { fullPage: true });
  await looks.accessible();
});
