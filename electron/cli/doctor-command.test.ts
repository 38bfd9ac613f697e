import { expect, it } from 'vitest';
import type { DoctorFinding } from '../../shared/api/doctor.ts';
import { findingLines, statusOf } from './doctor-command.ts';

const finding = (topicId: string, verdict: DoctorFinding['verdict']): DoctorFinding => ({
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

it('says first what applies, with the command that can be typed as it stands, and counts what is for other systems', () => {
  const lines = findingLines([finding('a', 'elsewhere'), finding('b', 'not-affected'), finding('c', 'affected'), finding('d', 'not-looked')], 'ssh:me@web 1');
  expect(lines).toEqual([
    'Applies here: 1',
    '  c: About c',
    '      Because of c. Start the run.',
    '      The line: 1. is what the run adds.',
    '      In the form: keep: networkd',
    "      Next: wrenchbook run c --target 'ssh:me@web 1'",
    '',
    'Could not look: 1',
    '  d: Because of d.',
    '',
    'Does not apply here: 1',
    '  b: Because of b.',
    '',
    'For other systems: 1',
  ]);
});

it.each([
  [['not-affected', 'already-fixed', 'elsewhere'], 0],
  [['affected', 'unknown'], 4],
  [['not-affected', 'unknown'], 5],
  [['not-looked'], 5],
] as const)('ends for %j with status %i', (verdicts, status) => expect(statusOf(verdicts.map((verdict) => finding('x', verdict)))).toBe(status));
