/** Root by pkexec over ssh: with a rule of polkit's it leads there; its own agent in the terminal asks and is refused by polkit. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { polkitWithRule, ScratchMachine, whyNoMachineWith } from '../../real/scratch-machine.test-kit.ts';
import { attempt, failure } from './attempt.test-kit.ts';

const missing = whyNoMachineWith('polkit');
if (missing) console.log(`pkexec is not tried: ${missing}.`);

describe.skipIf(missing)('root by pkexec', () => {
  let machine: ScratchMachine;
  beforeAll(async () => {
    machine = await ScratchMachine.start(polkitWithRule, [], { extras: ['polkit'] });
    machine.know();
  });
  afterAll(() => machine?.stop());

  it('is reached where a rule allows it', async () => {
    const { state, text } = await attempt({ root: 'pkexec' }, machine.configFile);
    expect(state.status, text).toBe('ok');
  });

  it('is told as not to be had where polkit wants a desktop session', async () => {
    const plain = { connection: { kind: 'ssh', host: 'machine', user: 'plain' }, root: 'pkexec' } as const;
    const { state, text, secret } = await attempt(plain, machine.configFile, [{ at: /Password: $/, type: 'open\n' }]);
    expect(secret).toEqual([true]);
    expect(failure(state), text).toMatchObject({ name: 'root', trouble: { cause: expect.stringContaining('polkit'), next: expect.stringContaining('sudo') } });
    expect(text).not.toContain('open\r');
  });
});
