/** An engine and a provider, compiled with the real compiler and loaded by the real OpenSSL. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { RealTopic, troublesOf } from './real-topic.test-kit.ts';
import { ScratchMachine, whyNoMachineWithPackages } from './scratch-machine.test-kit.ts';

const packages = ['gcc', 'libc6-dev', 'libssl-dev', 'binutils', 'openssl'];
const why = whyNoMachineWithPackages(packages);
if (why) console.log(`No engine is compiled: ${why}.`);

const folder = '/home/wren/first/engine';

describe.skipIf(why)('for a real OpenSSL', () => {
  let machine: ScratchMachine;
  let topic: RealTopic;
  beforeAll(async () => {
    machine = await ScratchMachine.start('', [], { packages });
    machine.know();
  }, 600_000);
  afterAll(() => machine?.stop());
  afterEach(async () => {
    await topic?.end();
  });
  const begin = (kind: string) => {
    topic = new RealTopic(machine, 'openssl-engine', { kind, folder });
    return topic;
  };
  /** What OpenSSL lists with the configuration in the folder; status 0 says nothing. */
  const lists = {
    engine: `OPENSSL_CONF=${folder}/openssl.cnf openssl engine 2>&1 || true`,
    provider: `OPENSSL_CONF=${folder}/openssl.cnf openssl list -providers 2>&1 || true`,
  };
  const system = () => machine.asRoot('cksum /etc/ssl/openssl.cnf; openssl engine; openssl list -providers');

  it.each(['engine', 'provider'] as const)(
    'an %s is loaded after the run, not without being compiled, and gone once that was undone',
    { timeout: 600_000 },
    async (kind) => {
      const before = system();
      expect(await begin(kind).look()).toMatchObject({ verdict: 'affected' });
      let state = await topic.run({ without: [kind === 'engine' ? 'compile' : 'compile-provider'] });
      expect([state.status, state.current], troublesOf(state)).toEqual(['failed', kind === 'engine' ? 'load' : 'load-provider']);
      expect(machine.asRoot(lists[kind])).not.toContain(`Simple ${kind}`);
      await topic.undo(state);
      await topic.end();
      state = await begin(kind).run();
      expect(state.says, troublesOf(state)).toBe('Done and verified.');
      expect(machine.asRoot(lists[kind])).toContain(`Simple ${kind}`);
      expect(await topic.look()).toMatchObject({ verdict: 'already-fixed' });
      expect(system(), 'what all other programs read').toBe(before);
      state = await topic.undo(state);
      expect([state.status, machine.asRoot('ls -A /home/wren | grep -c first || true').trim()], troublesOf(state)).toEqual(['undone', '0']);
      expect(await topic.look()).toMatchObject({ verdict: 'affected' });
    },
  );

  it('a source without the two macros is found out before OpenSSL leaves it out without a word', { timeout: 600_000 }, async () => {
    begin('engine');
    const state = await topic.run({
      before: (step) => {
        if (step === 'compile') machine.asRoot(`sed -i /IMPLEMENT/d ${folder}/simple.c`);
      },
    });
    const compile = state.steps.find(({ id }) => id === 'compile');
    expect([state.current, compile?.verdicts.map(({ rule }) => rule)], troublesOf(state)).toEqual(['compile', expect.arrayContaining(['warned'])]);
  });
});
