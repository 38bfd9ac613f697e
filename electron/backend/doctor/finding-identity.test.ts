import { expect, it } from 'vitest';
import type { DoctorFinding } from '../../../shared/api/doctor.ts';
import { compareCheckUps } from './compare-check-ups.ts';
import { findingId, identified, placeKey } from './finding-identity.ts';

const finding: DoctorFinding = {
  topicId: 'bind-ad-dns',
  title: 'BIND',
  category: 'DNS',
  verdict: 'affected',
  because: 'It is so.',
  next: 'Start the run.',
  findings: [
    { label: 'Zone', value: 'corp.example.com', means: 'is refused.', speaks: 'for' },
    { label: 'Refusals', value: '17', means: 'in the log.', speaks: 'for' },
    { label: 'Version', value: '9.18.1', means: 'is fine.', speaks: 'against' },
  ],
  proposes: [{ field: 'domain', value: 'corp.example.com', because: 'It is in the log.' }],
};
const [zone, count, version] = finding.findings as [(typeof finding.findings)[0], (typeof finding.findings)[0], (typeof finding.findings)[0]];
const here = 'ssh:web1';

it.each<[string, Partial<DoctorFinding>]>([
  ['other words', { title: 'x', because: 'y', next: 'z', category: 'q', findings: [{ ...zone, means: 'other' }, count, version] }],
  ['another order', { findings: [version, count, zone] }],
  ['another count', { findings: [zone, { ...count, value: '2500' }, version] }],
  ['another thing that speaks against it', { findings: [zone, count, { ...version, value: '9.20' }] }],
])('with %s is the same finding', (_what, change) => expect(findingId(here, { ...finding, ...change })).toBe(findingId(here, finding)));

it.each<[string, Partial<DoctorFinding>]>([
  ['of another procedure', { topicId: 'x' }],
  ['with another verdict', { verdict: 'unknown' }],
  ['about another zone', { findings: [{ ...zone, value: 'lab.example.com' }, count, version] }],
  ['about a device with another number', { findings: [{ ...zone, value: 'sda2' }, count, version] }],
  ['that proposes another value', { proposes: [{ field: 'domain', value: 'other', because: '' }] }],
])('%s is another one', (_what, change) => expect(findingId(here, { ...finding, ...change })).not.toBe(findingId(here, finding)));

it('belongs to its machine, by how that is reached', () => {
  expect(findingId('ssh:web2', finding)).not.toBe(findingId(here, finding));
  expect(placeKey({ kind: 'ssh', host: 'web1', root: 'sudo' })).toBe(placeKey({ kind: 'ssh', host: 'web1' }));
  expect(placeKey({ kind: 'ssh', host: 'web1', user: 'me' })).not.toBe(placeKey({ kind: 'ssh', host: 'web1' }));
});

it('of what could not be looked at has nothing to do with why', () => {
  const blind = { ...finding, verdict: 'not-looked' as const, findings: [], proposes: [] };
  expect(findingId(here, { ...blind, because: 'Only root can look.' })).toBe(findingId(here, blind));
});

it('is new, gone or unclear beside the last check-up; what could not be looked at is not gone', () => {
  const topic = (topicId: string, verdict: DoctorFinding['verdict'], value = 'v') => ({ ...finding, topicId, verdict, findings: [{ ...zone, value }] });
  const before = identified(here, [
    topic('stays', 'affected'),
    topic('goes', 'affected'),
    topic('blind-now', 'affected'),
    topic('left-out-now', 'affected'),
    topic('blind-then', 'not-looked'),
    topic('changes', 'affected', 'one'),
  ]);
  const now = identified(here, [
    topic('stays', 'affected'),
    topic('goes', 'already-fixed'),
    topic('blind-now', 'not-looked'),
    topic('blind-then', 'affected'),
    topic('changes', 'affected', 'two'),
  ]);
  const compared = compareCheckUps({ id: 'x', at: 'y', findings: before }, { findings: now });
  const topics = (list: readonly { topicId: string }[]) => list.map(({ topicId }) => topicId);
  expect([topics(compared.fresh), topics(compared.gone), topics(compared.unclear)]).toEqual([
    ['blind-then', 'changes'],
    ['goes', 'changes'],
    ['blind-now', 'left-out-now'],
  ]);
});
