import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import type { ProbeResult } from '../../../shared/api/probe.ts';
import type { TargetFacts } from '../../../shared/api/target.ts';
import type { ProbeLook } from '../probes/probe-look.ts';
import { procedures } from '../topics/topic-registry.ts';
import { DoctorLook, type DoctorTopic } from './doctor-look.ts';

const facts = { uid: 1000 } as TargetFacts;
const [topic] = procedures();
if (!topic) throw new Error('There are procedures.');
const look = (script: string, more: Partial<ProbeLook['parts'][0]> = {}): ProbeLook => ({
  parts: [{ script, needsRoot: false, tools: [], without: () => null, ...more }],
  judge: ([seen]) => {
    const verdict = seen?.output.trim() ?? '';
    if (verdict === 'odd') throw new Error('odd');
    return { verdict: verdict as ProbeResult['verdict'], because: `It says ${verdict}.`, next: '', findings: [], proposes: [] };
  },
});
const of = (id: string, each: DoctorTopic['look'], runId?: string): DoctorTopic => ({
  topic: { ...topic, id },
  look: each,
  ...(runId && { run: { runId, title: id, endedAt: '2026' } }),
});
/** As the trial does. */
function done(doctor: DoctorLook, exitStatus?: number): void {
  const { parts, judge } = doctor.look;
  parts[0]?.without(facts);
  const { stdout, status } = spawnSync('/bin/sh', ['-c', parts[0]?.script ?? ''], { encoding: 'utf8' });
  judge([{ output: stdout, exitStatus: exitStatus ?? status ?? 0 }]);
}

it('has a finding for each procedure, and apart from these whether what runs set up still stands', () => {
  const doctor = new DoctorLook(
    [
      of('here', look('echo affected')),
      of('root', look('echo affected', { needsRoot: true })),
      of('other', { elsewhere: 'It runs on others.' }),
      of('odd', look('echo odd')),
      of('floods', look('while :; do echo 01234567890123456789012345678901234567890123456789; done')),
      of('here', look('echo already-fixed'), 'r1'),
      of('here', look('echo affected'), 'r2'),
      of('here', look('echo not-affected'), 'r3'),
      of('here', { whyNot: { message: 'The record is not intact.', next: '' } }, 'r4'),
    ],
    false,
  );
  done(doctor);
  expect(doctor.findings.map(({ topicId, verdict, because }) => [topicId, verdict, because])).toEqual([
    ['here', 'affected', 'It says affected.'],
    ['root', 'not-looked', 'Only root can look.'],
    ['other', 'elsewhere', 'It runs on others.'],
    ['odd', 'not-looked', expect.stringContaining('could not be judged')],
    ['floods', 'not-looked', 'It printed too much and was ended.'],
  ]);
  expect(doctor.drift.map(({ runId, verdict }) => [runId, verdict])).toEqual([
    ['r1', 'stands'],
    ['r2', 'drifted'],
    ['r3', 'open'],
    ['r4', 'open'],
  ]);
});

it('that was interrupted says so, and not that nobody could look', () => {
  const doctor = new DoctorLook([of('here', look('echo affected'))], false);
  expect(() => done(doctor, 130)).toThrow('The check-up was interrupted.');
});
