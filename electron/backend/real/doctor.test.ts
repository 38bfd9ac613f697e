/** The doctor on a throw-away machine: it finds what is there, and as root it changes nothing. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DoctorFinding } from '../../../shared/api/doctor.ts';
import { Rehearsal } from '../conformance/rehearsal.test-kit.ts';
import { doctorScript } from '../doctor/doctor-script.ts';
import { procedures } from '../topics/topic-registry.ts';
import { passwordlessSudo } from './real-topic.test-kit.ts';
import { ScratchMachine, whyNoScratchMachine } from './scratch-machine.test-kit.ts';

if (whyNoScratchMachine) console.log(`The doctor is not tried on a real machine: ${whyNoScratchMachine}.`);

/**
 * Every file with its size, mode, owner and times, and what else there is by name: an overlay gives folders new times by itself. Sessions, what logs
 * in and out, and what a shell keeps open are not of the machine's set-up.
 */
const everything = [
  'find / -xdev \\( -path /proc -o -path /sys -o -path /dev -o -path /run -o -path /tmp -o -path /var/log \\) -prune',
  "-o -type f -printf '%p %m %U:%G %s %T@ %C@\\n' -o -printf '%p %y %m %U:%G %l\\n' | sort | cksum",
].join(' ');

describe.skipIf(whyNoScratchMachine)('the doctor', () => {
  let machine: ScratchMachine;
  let runs: Rehearsal;
  beforeAll(async () => {
    machine = await ScratchMachine.start(passwordlessSudo);
    machine.know();
    runs = new Rehearsal(mkdtempSync(path.join(tmpdir(), 'wb-real-')), machine.configFile);
  });
  afterAll(async () => {
    await runs?.end();
    await machine?.stop();
  });
  const look = async (more: { deep?: true; category?: string } = {}): Promise<DoctorFinding[]> => {
    const { trialId } = await runs.api.doctor.start({ target: { kind: 'ssh', host: 'machine' }, ...more });
    await expect.poll(async () => (await runs.api.trials.get({ trialId })).status, { timeout: 60_000 }).not.toBe('running');
    const { status, stages } = await runs.api.trials.get({ trialId });
    expect(status, JSON.stringify(stages)).toBe('ok');
    return (await runs.api.doctor.findings({ trialId })).findings;
  };

  it('has a finding for each procedure with a check, says why where it could not look, and as root changes nothing', { timeout: 240_000 }, async () => {
    const before = machine.asRoot(everything);
    const findings = await look({ deep: true });
    expect(machine.asRoot(everything)).toBe(before);
    expect(findings.map(({ topicId }) => topicId)).toEqual(procedures().flatMap(({ id, probe }) => (probe ? [id] : [])));
    for (const { topicId, because } of findings) expect(because, topicId).toMatch(/\S.*\.$/);
    expect(findings.filter(({ because }) => /did not say|longer than|could not be judged/.test(because))).toEqual([]);
    expect(findings.filter(({ because }) => because === 'Only root can look.')).toEqual([]);
    expect(findings.some(({ verdict }) => verdict !== 'elsewhere' && verdict !== 'not-looked')).toBe(true);
    // Negative control: a look that touches a file is seen.
    machine.asRoot(`${doctorScript([{ id: 'x', script: 'touch /etc/hostname.touched' }], 'mark', 5)}`);
    expect(machine.asRoot(everything)).not.toBe(before);
  });

  it('looks at one category, and says which there are', { timeout: 120_000 }, async () => {
    const [category = ''] = procedures().flatMap((topic) => (topic.probe ? [topic.category] : []));
    expect(new Set((await look({ category })).map((each) => each.category))).toEqual(new Set([category]));
    await expect(look({ category: 'Nothing' })).rejects.toMatchObject({ code: 'not-found', next: expect.stringContaining(category) });
    await expect(runs.api.doctor.start({ target: { kind: 'lab' } })).rejects.toMatchObject({ code: 'does-not-apply' });
  });
});
