/** A run whose link is lost and comes back, over real ssh and a cable that can be pulled. What the steps do is tried in the unit tests. */
import AxeBuilder from '@axe-core/playwright';
import { plannedStep, writeRun } from '../../electron/backend/history/synthetic-run.test-kit.ts';
import { Relay } from '../../electron/backend/real/relay.test-kit.ts';
import { ScratchMachine, whyNoScratchMachine } from '../../electron/backend/real/scratch-machine.test-kit.ts';
import { topic } from '../../shared/topics/perc-h200-crossflash/topic.ts';
import { test as appTest, expect } from '../app-fixture.ts';
import { CataloguePage } from '../pages/catalogue-page.ts';
import { RunPage } from '../pages/run-page.ts';

const test = appTest.extend<{ machine: ScratchMachine | null; relay: Relay | null }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
  machine: async ({}, use) => {
    const machine = whyNoScratchMachine ? null : await ScratchMachine.start();
    await use(machine);
    await machine?.stop();
  },
  relay: async ({ machine }, use) => {
    const relay = machine && (await Relay.to(machine.port));
    await use(relay);
    await relay?.stop();
  },
  environment: async ({ machine, relay }, use) =>
    use({ WRENCHBOOK_LAB_SPEED: '0', ...(machine && relay && { WRENCHBOOK_SSH_CONFIG: machine.configFor(relay.port) }) }),
});

const long = plannedStep('write-dell', 1, {
  title: 'Copy the pool',
  intro: 'Copies everything to the new disks.',
  danger: 'changes',
  runsOn: 'the target',
  script: 'seq 1 40; until [ -e "$HOME/go-on" ]; do sleep 0.1; done; echo copied',
  kept: true,
  minutes: 40,
});

for (const scheme of ['light', 'dark'] as const) {
  test(`a lost link is shown, what goes on is told, and it is there again by itself, ${scheme}`, async ({ app, machine, relay }, info) => {
    test.skip(machine === null, `there is no throw-away machine: ${whyNoScratchMachine}`);
    if (!machine || !relay) return;
    const { window } = app;
    await window.emulateMedia({ colorScheme: scheme });
    await window.setViewportSize({ width: 1200, height: 800 });
    writeRun(`${app.folder}/data`, {
      runId: '20261101-100000-copy-0001',
      topicId: topic.id,
      topicTitle: 'Copy a pool',
      host: 'Store 3 (machine)',
      target: { kind: 'ssh', host: 'machine' },
      parameters: topic.labDefaults as Record<string, string>,
      plan: [long, plannedStep('write-p07', 2, { title: 'Look at the pool' })],
      events: [],
      output: [''],
    });
    const runs = await new CataloguePage(window).openRuns();
    await runs.rows.first().getByRole('link').first().click();
    const run = new RunPage(window);
    await expect(run.stepHeading(1)).toBeVisible();
    await expect(window.getByText(/It is looked first whether tmux or screen is on the target to hold it/)).toBeVisible();
    await window.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(run.terminal).toContainText('40');
    await expect(window.getByText('target: Store 3 (machine)')).toBeVisible();
    relay.cut();
    const note = window.getByRole('region', { name: 'The connection is lost' });
    await expect(note).toContainText('The command goes on on the target, in tmux.');
    await expect(note).toContainText(/Next try in \d s|Trying now/);
    await window.screenshot({ path: info.outputPath(`lost-${scheme}.png`) });
    const { violations } = await new AxeBuilder({ page: window }).setLegacyMode().analyze();
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
    machine.asRoot('touch /home/wren/go-on');
    relay.mend();
    await expect(note).toBeHidden();
    await expect(run.terminal).toContainText('copied');
  });
}
