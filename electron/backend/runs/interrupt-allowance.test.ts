import { expect, it } from 'vitest';
import { sh } from '../../../shared/topic-kit/index.ts';
import { InterruptAllowance } from './interrupt-allowance.ts';
import { readJournal } from './journal.ts';
import { SmallRun } from './small-run.test-kit.ts';

it('allows some within a while, and more later', () => {
  let now = 0;
  const allowance = new InterruptAllowance(() => now);
  for (let time = 0; time < 20; time++) allowance.take();
  expect(() => allowance.take()).toThrow(/20 times within 10 seconds/);
  now = 10_001;
  expect(() => allowance.take()).not.toThrow();
});

it('keeps a record short, whoever asks for Ctrl-C how often', async () => {
  const script = sh`trap '' INT; echo begun; until [ -e go-on ]; do sleep 0.05; done`;
  const run = new SmallRun([{ kind: 'command', id: 'deaf', title: 'deaf', intro: '', danger: 'reads', runsOn: '', script, matchers: [] }]);
  let shown = '';
  run.opened.feed.attach({}, (_, bytes) => (shown += Buffer.from(bytes).toString()));
  const ended = run.act((controller) => controller.advance('deaf'));
  await expect.poll(() => shown, { timeout: 20_000 }).toContain('begun');
  let refused = 0;
  for (let time = 0; time < 3000; time++) {
    try {
      run.opened.interrupt();
    } catch (thrown) {
      expect(thrown).toMatchObject({ code: 'wrong-state' });
      refused += 1;
    }
  }
  expect(refused).toBe(2980);
  await expect.poll(() => run.state.says, { timeout: 20_000 }).toMatch(/^Ctrl-C has had no effect for 5 seconds\. Another one ends the session/);
  await run.leave();
  await ended;
  const { events, findings } = readJournal(run.folder);
  expect([events.filter(({ type }) => type === 'ctrl-c').length, findings]).toEqual([20, []]);
});
