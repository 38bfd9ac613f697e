/**
 * hdparm, nvme and smartctl on a loop device, which is no ATA device, over ssh; and the kernel's setting, for which a file stands in: this machine has
 * no SATA drive. sedutil is not in Debian 12.
 */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { passwordlessSudo, RealTopic, troublesOf } from './real-topic.test-kit.ts';
import { ScratchMachine, whyNoMachineWithPackages } from './scratch-machine.test-kit.ts';

const packages = ['hdparm', 'nvme-cli', 'smartmontools'];
const why = whyNoMachineWithPackages(packages);
if (why) console.log(`No drive is asked: ${why}.`);

const setting = '/sys/module/libata/parameters/allow_tpm';

describe.skipIf(why)('a loop device', () => {
  let machine: ScratchMachine;
  let topic: RealTopic;
  beforeAll(async () => {
    const setUp = `${passwordlessSudo}\nmkdir -p ${setting.replace(/\/[^/]*$/, '')}\nprintf '0\\n' > ${setting}\n[ -e /dev/loop0 ] || mknod -m 660 /dev/loop0 b 7 0`;
    machine = await ScratchMachine.start(setUp, [], { packages });
    machine.know();
  }, 600_000);
  afterAll(() => machine?.stop());
  afterEach(() => topic?.end());
  const allowed = () => machine.asRoot(`cat ${setting}`).trim();

  it('is told as no ATA device by the check and by the run, and the setting is as before once that was undone', { timeout: 600_000 }, async () => {
    topic = new RealTopic(machine, 'tcg-opal-drives', { drives: '/dev/loop0' });
    const seen = await topic.look();
    expect(seen).toMatchObject({
      verdict: 'not-affected',
      findings: expect.arrayContaining([expect.objectContaining({ label: 'loop0', value: 'no ATA device' })]),
    });
    expect(seen.findings.filter(({ value }) => value === 'not there').map(({ label }) => label)).toEqual(['sedutil-cli']);
    expect(allowed(), 'the check changed nothing').toBe('0');
    const state = await topic.run();
    const rules = (id: string, of: string) => state.steps.find((step) => step.id === id)?.verdicts.flatMap(({ kind, rule }) => (kind === of ? [rule] : []));
    expect([state.status, state.current, rules('ask', 'failure')], troublesOf(state)).toEqual(['failed', 'ask', ['no-ata']]);
    expect([rules('look', 'warning'), rules('allow', 'expected'), allowed()], troublesOf(state)).toEqual([['no-sedutil'], ['allowed', 'is-on'], '1']);
    const undone = await topic.undo(state);
    expect([undone.status, allowed()], troublesOf(undone)).toEqual(['undone', '0']);
    const done = await topic.run({ without: ['ask'] });
    expect([done.status, allowed()], troublesOf(done)).toEqual(['done', '1']);
    expect((await topic.undo(done)).status).toBe('undone');
    expect(allowed()).toBe('0');
  });

  it('without a setting that can be written is told so, and nothing is changed', { timeout: 600_000 }, async () => {
    machine.asRoot(`mount --bind ${setting} ${setting} && mount -o remount,bind,ro ${setting}`);
    const before = allowed();
    topic = new RealTopic(machine, 'tcg-opal-drives', { drives: 'loop0' });
    const state = await topic.run();
    const failed = state.steps.find(({ id }) => id === 'allow')?.verdicts.flatMap(({ kind, rule }) => (kind === 'failure' ? [rule] : []));
    expect([state.status, state.current, failed?.includes('refused'), allowed()], troublesOf(state)).toEqual(['failed', 'allow', true, before]);
    machine.asRoot(`umount ${setting}`);
  });

  it('has only its name from hdparm, with status 0', () =>
    expect(machine.asRoot('hdparm -I /dev/loop0 2>/dev/null && echo status=0').split('\n').filter(Boolean)).toEqual(['/dev/loop0:', 'status=0']));
});
