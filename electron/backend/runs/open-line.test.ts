/** A question on the way that no pattern knows, with a person at the terminal. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Step, sh } from '../../../shared/topic-kit/index.ts';
import { ScratchMachine, whyNoScratchMachine } from '../real/scratch-machine.test-kit.ts';
import { SmallRun } from './small-run.test-kit.ts';

if (whyNoScratchMachine) console.log(`Questions that nobody knows are not tried: ${whyNoScratchMachine}.`);

const who: Step = {
  id: 'who',
  title: 'who',
  intro: '',
  danger: 'reads',
  runsOn: 'there',
  matchers: [],
  kind: 'command',
  script: sh`echo "project $WB_PICKED"`,
};

describe.skipIf(whyNoScratchMachine)('an open line on the way', () => {
  let machine: ScratchMachine;
  beforeAll(async () => {
    machine = await ScratchMachine.start(`printf 'read -p "Which project (1/2) " WB_PICKED; export WB_PICKED\\n' >/home/wren/.bashrc`);
    machine.know();
  });
  afterAll(() => machine?.stop());

  it('is shown as a question once it stands, and its answer goes through', async () => {
    const run = new SmallRun([who], undefined, { kind: 'ssh', host: 'machine' }, { sshConfig: machine.configFile });
    try {
      const ended = run.act((controller) => controller.advance('who'));
      await expect.poll(() => run.state.prompt?.id ?? null, { interval: 20, timeout: 20_000 }).toBe('way-open-line');
      run.opened.type('2\n');
      const state = await ended;
      expect(state.steps[0]?.status, state.trouble?.message).toBe('done');
      expect(state.prompt).toBeNull();
    } finally {
      await run.end();
    }
  });
});
