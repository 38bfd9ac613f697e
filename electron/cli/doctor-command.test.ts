import { expect, it } from 'vitest';
import type { CheckUp, DoctorFinding, IdentifiedFinding } from '../../shared/api/doctor.ts';
import { checkUpLines, statusOf } from './doctor-command.ts';

const finding = (topicId: string, verdict: DoctorFinding['verdict']): IdentifiedFinding => ({
  id: `00000000000${topicId}`,
  topicId,
  title: `About ${topicId}`,
  category: 'Services & apps',
  verdict,
  because: `Because of ${topicId}.`,
  next: 'Start the run.',
  findings: [
    { label: 'The line', value: '1', means: 'is what the run adds.', speaks: 'for' },
    { label: 'The rest', value: '2', means: 'is fine.', speaks: 'against' },
  ],
  proposes: [{ field: 'keep', value: 'networkd', because: 'x' }],
});
const ignoring = (topicId: string): CheckUp['ignored'][number] => ({
  ...{ id: `00000000000${topicId}`, place: 'ssh:web', topicId, title: '', because: 'Not here.', since: '2026-11-30', by: 'me' },
});
const inShort = ({ id, topicId, title, because }: IdentifiedFinding) => ({ id, topicId, title, because });

it('says first what applies, with the command that can be typed as it stands, and counts what is for other systems', () => {
  const findings = [finding('a', 'elsewhere'), finding('b', 'not-affected'), finding('c', 'affected'), finding('d', 'not-looked')];
  expect(checkUpLines({ findings, ignored: [], drift: [], since: null, notCompared: 'It is the first one.' }, 'ssh:me@web 1')).toEqual([
    'Applies here: 1',
    '  c [00000000000c]: About c',
    '      Because of c. Start the run.',
    '      The line: 1. is what the run adds.',
    '      In the form: keep: networkd',
    "      Next: wrenchbook run c --target 'ssh:me@web 1'",
    '',
    'Could not look: 1',
    '  d [00000000000d]: Because of d.',
    '',
    'Does not apply here: 1',
    '  b: Because of b.',
    '',
    'It is the first one.',
    '',
    'For other systems: 1',
  ]);
});

it('marks what is new, names what is gone, and counts what is ignored, which --all shows', () => {
  const since = {
    checkUpId: 'x',
    at: '2026-11-29',
    fresh: [finding('c', 'affected')].map(inShort),
    gone: [finding('b', 'affected')].map(inShort),
    unclear: [],
  };
  const told = { findings: [finding('c', 'affected'), finding('d', 'affected')], ignored: [ignoring('d')], drift: [], since, notCompared: '' };
  const lines = checkUpLines(told, 'web');
  expect(lines.slice(0, 2)).toEqual(['Applies here: 1', '  c [00000000000c]: About c (new)']);
  expect(lines.slice(-5)).toEqual(['Since 2026-11-29:', '  New: c', '  Gone: b', '', 'Ignored here: 1 (--all shows them)']);
  expect(checkUpLines(told, 'web', true).slice(-2)).toEqual(['Ignored here: 1', '  d [00000000000d]: Not here. (since 2026-11-30)']);
});

const drifted = (verdict: CheckUp['drift'][number]['verdict']) => ({ runId: 'r', topicId: 'x', title: '', endedAt: '', verdict, because: '' });
it.each([
  [['not-affected', 'already-fixed', 'elsewhere'], [], 0],
  [['affected', 'unknown'], [], 4],
  [['not-affected', 'unknown'], [], 5],
  [['not-looked'], [], 5],
  [[], [drifted('stands')], 0],
  [['not-looked'], [drifted('drifted')], 4],
  [[], [drifted('open')], 5],
] as const)('ends for %j and drift %j with status %i', (verdicts, drift, status) =>
  expect(statusOf({ findings: verdicts.map((verdict) => finding('x', verdict)), ignored: [], drift: [...drift] })).toBe(status),
);

it('does not count what is ignored', () =>
  expect(statusOf({ findings: [finding('x', 'affected'), finding('y', 'not-looked')], ignored: [ignoring('x'), ignoring('y')], drift: [] })).toBe(0));
