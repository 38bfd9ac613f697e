/** A run whose link is lost and comes back, over real ssh and a cable that can be pulled. What the steps do is tried in the unit tests. */
import type { Page } from '@playwright/test';
import { Relay } from '../../electron/backend/real/relay.test-kit.ts';
import { ScratchMachine, whyNoScratchMachine } from '../../electron/backend/real/scratch-machine.test-kit.ts';
import { topic } from '../../shared/topics/xen-citrix-pv/topic.ts';
import { test as appTest, expect } from '../app-fixture.ts';
import { inBothSchemes } from '../both-schemes.ts';
import { CataloguePage } from '../pages/catalogue-page.ts';
import { RunPage } from '../pages/run-page.ts';

const test = appTest.extend<{ machine: ScratchMachine | null; relay: Relay | null }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
  machine: async ({}, use) => {
    const machine = whyNoScratchMachine ? null : await ScratchMachine.start(setUp);
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

/** A step of a real procedure that takes long: the domain's start waits here until it is let go on. */
const target = { kind: 'ssh', host: 'machine', user: 'root' } as const;
const parameters = { domains: 'win', toolstack: 'xl' };
const setUp = `cp /etc/wrench-keys/wren /etc/wrench-keys/root
for tool in xl xenstore-rm; do printf '#!/bin/sh\\n[ "$1" = create ] || exit 1\\nseq 1 40; until [ -e /root/go-on ]; do sleep 0.1; done; echo copied\\n' >/usr/local/bin/$tool; chmod +x /usr/local/bin/$tool; done
`;

/** Starts a run on the machine and leaves out what comes before the step that takes long; resolves with its number. */
const startBeforeLongStep = (page: Page): Promise<number> =>
  page.evaluate(
    async (choice) => {
      const { runs } = window.wrenchbook;
      let state = await runs.start(choice);
      while (!state.plan.find(({ id }) => id === state.current)?.kept) {
        await runs.skip({ runId: state.runId, stepId: state.current ?? '', reason: 'Left out by a test.' });
        state = await runs.get({ runId: state.runId });
      }
      await runs.leave({ runId: state.runId });
      return state.plan.findIndex(({ id }) => id === state.current) + 1;
    },
    { topicId: topic.id, target, parameters },
  );

test('a lost link is shown, what goes on is told, and it is there again by itself', async ({ app, machine, relay }, info) => {
  test.skip(machine === null, `there is no throw-away machine: ${whyNoScratchMachine}`);
  if (!machine || !relay) return;
  const { window } = app;
  const looks = inBothSchemes(window, info);
  await window.setViewportSize({ width: 1200, height: 800 });
  const step = await startBeforeLongStep(window);
  const runs = await new CataloguePage(window).openRuns();
  await runs.rows.first().getByRole('link').first().click();
  const run = new RunPage(window);
  await expect(run.stepHeading(step)).toBeVisible();
  await expect(window.getByText(/Wrenchbook first checks whether the target has tmux or screen/)).toBeVisible();
  await run.act();
  await expect(run.terminal).toContainText('40');
  await expect(window.getByText(/^target: .*machine/)).toBeVisible();
  relay.cut();
  const note = window.getByRole('region', { name: 'The connection is lost' });
  await expect(note).toContainText('The command continues on the target, in tmux.');
  await expect(note).toContainText(/Next try in \d s|Trying now/);
  await looks.picture('lost');
  await looks.accessible();
  machine.asRoot('touch /root/go-on');
  relay.mend();
  await expect(note).toBeHidden();
  await expect(run.terminal).toContainText('copied');
});
