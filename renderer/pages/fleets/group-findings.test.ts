import { expect, it } from 'vitest';
import type { FleetFinding, FleetFindings } from '../../../shared/api/fleet-doctor.ts';
import { findingsWith, notLookedAt } from './group-findings.ts';

const finding = (topicId: string, verdict: FleetFinding['verdict'], because: string, next = ''): FleetFinding => ({ topicId, verdict, because, next });
const group = (hosts: string[], verdicts: Record<string, FleetFinding['verdict']>) => ({
  hosts,
  verdicts: Object.entries(verdicts).map(([topicId, verdict]) => ({ topicId, verdict })),
});
const alike = group(['a', 'b'], { disk: 'affected', clock: 'unknown' });
const away = group(['c'], { disk: 'unknown', clock: 'unknown' });
const found: FleetFindings = {
  topics: [
    { id: 'disk', title: 'Full disk', category: 'x' },
    { id: 'clock', title: 'Wrong clock', category: 'x' },
  ],
  hosts: [
    { name: 'a', looked: true, findings: [finding('disk', 'affected', '91 % are used.', 'Free some.'), finding('clock', 'unknown', 'It printed nothing.')] },
    { name: 'b', looked: true, findings: [finding('disk', 'affected', '97 % are used.', 'Free some.'), finding('clock', 'unknown', 'It printed nothing.')] },
    { name: 'c', looked: false, findings: [finding('disk', 'unknown', 'The host was not looked at. No route.'), finding('clock', 'unknown', 'The same.')] },
  ],
  groups: [alike, away],
};

it('says what applies with its reasons, and of which hosts where they differ', () => {
  expect(findingsWith(found, alike, 'affected')).toEqual([
    {
      topicId: 'disk',
      title: 'Full disk',
      reasons: [
        { text: '91 % are used. Free some.', hosts: ['a'] },
        { text: '97 % are used. Free some.', hosts: ['b'] },
      ],
    },
  ]);
  expect(findingsWith(found, alike, 'unknown')).toEqual([{ topicId: 'clock', title: 'Wrong clock', reasons: [{ text: 'It printed nothing.', hosts: [] }] }]);
  expect(findingsWith(found, alike, 'not-looked')).toEqual([]);
});

it('says once of hosts that were not reached that nothing is known of them', () => {
  expect([notLookedAt(found, alike), notLookedAt(found, away)]).toEqual([null, [{ text: 'The host was not looked at. No route.', hosts: [] }]]);
});
