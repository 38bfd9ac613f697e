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
 * What the machine has changed since its start, file by file with mode, owner, size and times (a change of contents or attributes copies the file there,
 * and a removed one leaves a mark), its processes but those of sessions, what listens, and the kernel's settings. Sessions, what logs in and out, and what
 * a shell keeps open are not of the machine's set-up.
 */
const everything = String.raw`
cd /run/changes && find . \( -path ./run -o -path ./tmp -o -path ./var/log \) -prune \
  -o -type f -printf '%p %m %U:%G %s %T@ %C@\n' -o -printf '%p %y %m %U:%G %l\n' | sort
for each in /proc/[0-9]*; do tr '\0\n' '  ' <"$each/cmdline" 2>/dev/null; echo; done | grep -vE '^ *$|^sleep 2 $|^(sshd|sudo|sh|/bin/sh|bash|-bash|tr|sort|grep) |sshd[:-]' | sort
for kind in tcp tcp6 udp udp6; do awk -v kind="$kind" '$4 == "0A" || $4 == "07" { print kind, $2 }' /proc/net/"$kind"; done | sort
find /proc/sys/net /proc/sys/vm /proc/sys/kernel -type f -perm -u=w ! -name '*random*' ! -name ns_last_pid ! -path '*/pty/*' -exec grep -sH '' {} + | sort`;

describe.skipIf(whyNoScratchMachine)('the doctor', () => {
  let machine: ScratchMachine;
  let runs: Rehearsal;
  beforeAll(async () => {
    machine = await ScratchMachine.start(passwordlessSudo, [], { changes: true });
    machine.know();
    runs = new Rehearsal(mkdtempSync(path.join(tmpdir(), 'wb-real-')), machine.configFile);
  });
  afterAll(async () => {
    await runs?.end();
    await machine?.stop();
  });
  const look = async (more: { deep?: true; category?: string } = {}): Promise<DoctorFinding[]> => {
    const { trialId } = await runs.api.doctor.start({ target: { kind: 'ssh', host: 'machine' }, ...more });
    await expect.poll(async () => (await runs.api.trials.get({ trialId })).status, { timeout: 600_000 }).not.toBe('running');
    const { status, stages } = await runs.api.trials.get({ trialId });
    expect(status, JSON.stringify(stages)).toBe('ok');
    return (await runs.api.doctor.findings({ trialId })).checkUp.findings;
  };

  it('has a finding for each procedure with a check, says why where it could not look, and as root changes nothing', { timeout: 600_000 }, async () => {
    const before = machine.asRoot(everything);
    const findings = await look({ deep: true });
    expect(machine.asRoot(everything)).toBe(before);
    expect(findings.map(({ topicId }) => topicId)).toEqual(procedures().flatMap(({ id, probe }) => (probe ? [id] : [])));
    for (const { topicId, because } of findings) expect(because, topicId).toMatch(/\S.*\.$/);
    expect(findings.filter(({ because }) => /did not say|longer than|could not be judged/.test(because))).toEqual([]);
    expect(findings.filter(({ because }) => because === 'Only root can look.')).toEqual([]);
    expect(
      findings.find(({ topicId }) => topicId === 'p2000-setup'),
      'typed at an array’s own command line',
    ).toMatchObject({ verdict: 'elsewhere' });
    expect(findings.some(({ verdict }) => verdict !== 'elsewhere' && verdict !== 'not-looked')).toBe(true);
    // Negative controls: a look that touches a file, that removes one, and that leaves a process behind.
    for (const script of ['touch /etc/hostname', 'rm /etc/motd', 'setsid sleep 300 >/dev/null 2>&1 &']) {
      const earlier = machine.asRoot(everything);
      machine.asRoot(doctorScript([{ id: 'x', script }], 'mark', 5));
      expect(machine.asRoot(everything), script).not.toBe(earlier);
    }
  });

  it('looks at one category, and says which there are', { timeout: 600_000 }, async () => {
    const [category = ''] = procedures().flatMap((topic) => (topic.probe ? [topic.category] : []));
    expect(new Set((await look({ category })).map((each) => each.category))).toEqual(new Set([category]));
    await expect(look({ category: 'Nothing' })).rejects.toMatchObject({ code: 'not-found', next: expect.stringContaining(category) });
    await expect(runs.api.doctor.start({ target: { kind: 'lab' } })).rejects.toMatchObject({ code: 'does-not-apply' });
  });
});
