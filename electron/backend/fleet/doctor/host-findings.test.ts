import { expect, it } from 'vitest';
import { parse } from 'yaml';
import type { CellDetail } from '../../../../shared/api/fleet.ts';
import { checkUpTopic } from '../../../../shared/api/fleet-doctor.ts';
import type { ProbeResult } from '../../../../shared/api/probe.ts';
import type { DoctorTopic } from '../../doctor/doctor-look.ts';
import { doctorPlaybook, stepOfCategory, systemStep } from './doctor-playbook.ts';
import { fleetFindings } from './host-findings.ts';

const about = { mark: 'a1b2c3d4e5f60718', deep: false, category: null };
const verdict = (verdict: ProbeResult['verdict']): ProbeResult => ({ verdict, because: `It is ${verdict}.`, next: '', findings: [], proposes: [] });
const topicOf = (id: string, needsRoot = false): DoctorTopic =>
  ({
    topic: { id, title: id.toUpperCase(), category: 'Services & apps' },
    look: {
      parts: [
        { script: `echo ${id}`, needsRoot, tools: ['awk'], without: ({ os }: { os: { id: string } }) => (os.id === 'macos' ? verdict('not-affected') : null) },
      ],
      judge: ([seen]: { output: string }[]) => verdict(seen?.output === 'bad' ? 'affected' : seen?.output === 'was bad' ? 'already-fixed' : 'not-affected'),
    },
  }) as unknown as DoctorTopic;
const topics = [topicOf('one'), topicOf('two', true)];
const part = (id: string, output: string, status = 0) => `\n${about.mark} begin ${id}\n${output}\n${about.mark} end ${id} ${status}\n`;

const findings = (hosts: Record<string, { system: string; checks: string; says?: string }>, deep = false) =>
  fleetFindings(
    {
      hosts: Object.entries(hosts).map(([name, { says = '' }]) => ({ name, says })) as never,
      detail: (host, step) => ({ tasks: [{ output: hosts[host]?.[step === systemStep ? 'system' : 'checks'] ?? '' }] }) as unknown as CellDetail,
    },
    topics,
    { ...about, deep },
  );
const linux = 'kernel=Linux\nid=debian\nuid=1000';
const verdictsOf = (found: ReturnType<typeof findings>) =>
  Object.fromEntries(found.hosts.map(({ name, findings: own }) => [name, own.map((each) => each.verdict)]));

it('judges each host by what it showed, and groups hosts of which the same is said', () => {
  const found = findings(
    {
      a: { system: linux, checks: part('one', 'bad') + part('two', 'good') },
      b: { system: linux, checks: part('one', 'was bad') + part('two', 'good') },
      c: { system: linux, checks: part('one', 'bad') + part('two', 'good') },
      d: { system: linux.replace('debian', 'macos'), checks: '' },
    },
    true,
  );
  expect(verdictsOf(found)).toEqual({
    a: ['affected', 'not-affected'],
    b: ['already-fixed', 'not-affected'],
    c: ['affected', 'not-affected'],
    d: ['elsewhere', 'elsewhere'],
  });
  expect(found.groups.map(({ hosts }) => hosts)).toEqual([['a', 'c'], ['b'], ['d']]);
});

it('takes nothing for well that was not seen: empty, cut, late, missing, and a host that was not reached', () => {
  const found = findings(
    {
      empty: { system: linux, checks: part('one', '') + part('two', '') },
      cut: { system: linux, checks: `\n${about.mark} begin one\nbad\n${about.mark} close one\n` },
      late: { system: linux, checks: part('one', 'good', 124) },
      silent: { system: linux, checks: '' },
      away: { system: '', checks: '', says: 'No route to host' },
    },
    true,
  );
  for (const [name, verdicts] of Object.entries(verdictsOf(found))) expect(verdicts, name).toEqual(['unknown', 'unknown']);
  expect(found.hosts.at(-1)).toMatchObject({ looked: false, findings: [{ because: 'The host was not looked at. No route to host' }, {}] });
});

it('says where only root can look, and leaves out what is for other systems than all of them', () => {
  expect(verdictsOf(findings({ a: { system: linux, checks: part('one', 'good') + part('two', 'good') } }))).toEqual({ a: ['not-affected', 'not-looked'] });
  expect(verdictsOf(findings({ a: { system: linux.replace('1000', '0'), checks: part('one', 'good') + part('two', 'good') } }))).toEqual({
    a: ['not-affected', 'not-affected'],
  });
  const elsewhere = findings({ a: { system: linux.replace('debian', 'macos'), checks: '' }, away: { system: '', checks: '' } });
  expect([elsewhere.topics, verdictsOf(elsewhere)]).toEqual([[], { a: [], away: [] }]);
});

it('is a playbook in which every task only reads, also in a check', () => {
  const files = new Map(doctorPlaybook(topics, { ...about, deep: true }).map(({ path, text }) => [path, text]));
  const [play] = parse(files.get('site.yml') ?? '') as { tasks: Record<string, unknown>[] }[];
  const tasks = play?.tasks ?? [];
  expect(tasks.map(({ tags }) => tags)).toEqual([[systemStep], [stepOfCategory('Services & apps')]]);
  for (const task of tasks) expect(task).toMatchObject({ changed_when: false, check_mode: false, failed_when: false });
  expect(tasks.map(({ become }) => become)).toEqual([undefined, true]);
  expect(files.get('files/services-apps.sh')).toContain("wb_look one 'echo one'");
  expect(JSON.parse(files.get('wrenchbook.json') ?? '')).toMatchObject({ topic: checkUpTopic, doctor: { deep: true } });
});
