/** A procedure about two machines: chosen each by itself, named at every step, in one terminal and one record. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../app-fixture.ts';
import { inBothSchemes } from '../both-schemes.ts';
import { CataloguePage } from '../pages/catalogue-page.ts';
import { RunPage } from '../pages/run-page.ts';

const title = 'Apt: file has unexpected size';

test('each machine is chosen by itself, and the plan says where each step is', async ({ app }, info) => {
  const { window } = app;
  await window.setViewportSize({ width: 1024, height: 700 });
  const { picture, accessible } = inBothSchemes(window, info);
  await new CataloguePage(window).openTopic(title);
  await expect(window.getByRole('region', { name: 'Its machines' })).toContainText('Proxy: keeps copies of packages (apt-cacher-ng). It may be left out.');
  await picture('topic');

  // For real: one choice for each.
  await window.getByRole('button', { name: 'Choose where it runs' }).click();
  const client = window.getByRole('combobox', { name: 'Client' });
  const proxy = window.getByRole('combobox', { name: 'Proxy', exact: true });
  await client.click();
  await window.getByRole('option', { name: 'This machine' }).click();
  await window.getByLabel('Package').fill('demo');
  await expect(window.getByRole('list', { name: 'Steps of the plan' })).toHaveCount(0);
  await expect(window.getByText('To remove the copy on the proxy, Wrenchbook has to get there.').first()).toBeVisible();
  await picture('form-without-proxy');
  await proxy.click();
  await expect(window.getByRole('option', { name: /Rehearsal/ })).toHaveCount(0);
  await window.getByRole('option', { name: 'By hand' }).click();
  await expect(window.getByText('Runs on: Proxy (a machine by hand), as: root')).toBeVisible();
  await expect(window.getByText('Runs on: Client (this machine)').first()).toBeVisible();
  expect(window.url()).toContain('on=proxy%3Dhand');
  await picture('form');

  // In the lab, all of them or without the one that may be left out.
  await client.click();
  await window.getByRole('option', { name: 'Rehearsal: everything succeeds' }).click();
  const withProxy = window.getByRole('switch', { name: 'With the machine “Proxy”' });
  await expect(withProxy).toBeChecked();
  await withProxy.uncheck({ force: true });
  await expect(window.getByText('Wrenchbook has to get there.').first()).toBeVisible();
  await withProxy.check({ force: true });
  await expect(window.getByText('Runs on: Proxy (lab), as: root')).toBeVisible();
  await picture('form-lab');
  await window.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(window.getByText('It applies here').first()).toBeVisible();
  await expect(window.getByRole('list', { name: 'Stages' })).toContainText(/Client \(lab\).*Proxy \(lab\)/s);
  await accessible();
  await picture('check');
});

test('two machines take turns in a rehearsal, and the record of it names both', async ({ app }, info) => {
  const { window } = app;
  await window.setViewportSize({ width: 1024, height: 700 });
  await new CataloguePage(window).openTopic(title);
  await window.getByRole('button', { name: 'Start rehearsal now' }).click();
  const run = new RunPage(window);
  await run.runSteps(1, 2);
  await expect(window.getByText('Runs on: Proxy (lab)')).toBeVisible();
  await expect(run.steps.getByRole('listitem').nth(2)).toContainText('Proxy');
  await window.screenshot({ path: info.outputPath('step.png') });
  await run.runSteps(3, 3);
  await expect(run.terminal).toContainText('── Proxy (lab) ──');
  await run.act();
  await expect(window.getByText('Done and verified.').first()).toBeVisible();
  const { violations } = await new AxeBuilder({ page: window }).setLegacyMode().analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
  await window.screenshot({ path: info.outputPath('end.png') });
  await window
    .getByRole('button', { name: 'Open the transcript' })
    .or(window.getByRole('link', { name: 'Open the transcript' }))
    .first()
    .click();
  await window.getByRole('tab', { name: 'Record' }).click();
  await expect(window.getByText('3. Move the wrong copy out of the cache: started, on Proxy (lab).')).toBeVisible();
  await window.screenshot({ path: info.outputPath('record.png') });
});

test('a run on two real machines has a band with the one of the step at hand', async ({ app }, info) => {
  const { window } = app;
  await window.setViewportSize({ width: 1024, height: 700 });
  await window.evaluate(async () => {
    const { wrenchbook } = globalThis.window;
    const proxy = { kind: 'hand' as const };
    const run = await wrenchbook.runs.start({ topicId: 'apt-size-mismatch', target: { kind: 'local' }, machines: { proxy }, parameters: { pkg: 'demo' } });
    location.hash = `#/run/${run.runId}`;
  });
  const run = new RunPage(window);
  await expect(run.stepHeading(1)).toBeVisible();
  const band = window.getByRole('note', { name: 'Where this runs' });
  await expect(band).toContainText('Client: this machine');
  await window.screenshot({ path: info.outputPath('band.png') });
  await window.evaluate(async () => {
    const { wrenchbook } = globalThis.window;
    const runId = /run\/([^/?]+)/.exec(location.hash)?.[1] ?? '';
    for (const stepId of ['try', 'compare']) await wrenchbook.runs.skip({ runId, stepId, reason: 'Not of this test.' });
  });
  await expect(band).toContainText('Proxy: a machine by hand');
  await expect(band).toContainText('you type every command there');
  await expect(window.getByText('Runs on: Proxy (a machine by hand)')).toBeVisible();
  await window.screenshot({ path: info.outputPath('band-by-hand.png') });
});
