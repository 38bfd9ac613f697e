import { expect, test } from '../app-fixture.ts';
import { inBothSchemes } from '../both-schemes.ts';
import { CataloguePage } from '../pages/catalogue-page.ts';
import { RunPage } from '../pages/run-page.ts';
import { StartPage } from '../pages/start-page.ts';

const title = 'Lion Server on a Mac with Snow Leopard client';
const core = '/Volumes/Macintosh HD/System/Library/CoreServices';
const said = (version: string) => `Mac:~ anna$ diskutil info / | grep 'Volume Name'
   Volume Name:              Macintosh HD
Mac:~ anna$ grep -A 1 ProductVersion '${core}'/SystemVersion.plist
	<key>ProductVersion</key>
	<string>${version}</string>
${core}/SystemVersion.plist`;

test('a machine that is not reached is worked on by hand: what it printed is pasted and judged', async ({ app }, info) => {
  const { window } = app;
  const looks = inBothSchemes(window, info);
  await new CataloguePage(window).openTopic(title);
  await expect(window.getByRole('figure', { name: 'What is on which volume' })).toContainText('Snow Leopard client');
  await looks.picture('topic', { fullPage: true });
  await window.getByRole('button', { name: 'Choose where it runs' }).click();
  await new StartPage(window).where.click();
  await window.getByRole('option', { name: 'By hand' }).click();
  await expect(window.getByText('Erase Helper').first()).toBeVisible();
  await expect(window.getByText('target: a machine by hand', { exact: true })).toBeVisible();
  await expect(window.getByRole('figure', { name: 'To type there' }).first()).toBeVisible();
  await expect(window.getByRole('figure', { name: 'Will run' })).toHaveCount(0);
  await looks.picture('start', { fullPage: true });
  await window.getByRole('button', { name: 'Start', exact: true }).click();
  const run = new RunPage(window);
  await expect(window.getByRole('figure', { name: 'Type there', exact: true })).toContainText('diskutil info /');
  await expect(window.getByRole('note', { name: 'Where this runs' })).toContainText('you type every command there');
  const judge = window.getByRole('button', { name: 'Check the output' });
  await expect(judge).toBeDisabled();
  await window.getByLabel('Output on that machine').fill(said('10.6.4'));
  await looks.accessible();
  await looks.picture('paste', { fullPage: true });
  await judge.click();
  await run.expectFailure(1, /does not have Snow Leopard 10\.6\.6/);
  await window.getByLabel('Output on that machine').fill(said('10.6.8'));
  await window.getByRole('button', { name: 'Run "Find out what is where" again' }).click();
  await expect(run.stepHeading(2)).toBeVisible();
  await window.getByRole('button', { name: 'Show the terminal' }).click();
  await expect(run.terminal).toContainText('10.6.8');
  await run.act();
  await expect(run.stepHeading(3)).toBeVisible();
  await looks.picture('manual', { fullPage: true });
  await looks.accessible();
});
