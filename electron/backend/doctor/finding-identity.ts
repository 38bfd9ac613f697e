/** What makes two findings the same one: the procedure, the machine, and what was found, without the words about it. Pure but for a digest. */
import { createHash } from 'node:crypto';
import type { DoctorFinding, IdentifiedFinding } from '../../../shared/api/doctor.ts';
import type { TargetRef } from '../../../shared/api/topic.ts';
import { targetName } from '../targets/run-target.ts';

/** A machine by how it is reached: the same for an entry of the list, whatever it is called, and for its address. */
export const placeKey = (target: Exclude<TargetRef, { kind: 'lab' }>): string => `${target.kind}:${targetName(target)}`;

/** Eight hex digits: the folder of a machine's check-ups. */
export const placeFolder = (place: string): string => createHash('sha256').update(place).digest('hex').slice(0, 8);

/**
 * Twelve hex digits. What was found is the verdict, and of what speaks for it what was looked at and what was read there, in any order; a number
 * that stands alone counts, and counts change from one check-up to the next. Explanations and advice may be worded anew. Of what could not be
 * looked at only that is known.
 */
export function findingId(place: string, { topicId, verdict, findings, proposes }: DoctorFinding): string {
  const found =
    verdict === 'affected'
      ? [
          ...findings.filter(({ speaks }) => speaks === 'for').map(({ label, value }) => ['seen', label, withoutCounts(value)]),
          ...proposes.map(({ field, value }) => ['form', field, value]),
        ]
      : [];
  const text = JSON.stringify([place, topicId, verdict, found.map((each) => JSON.stringify(each)).sort()]);
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

export const identified = (place: string, findings: readonly DoctorFinding[]): IdentifiedFinding[] =>
  findings.map((finding) => ({ ...finding, id: findingId(place, finding) }));

/** Not a version, an address, or a number that is part of a name. */
const withoutCounts = (text: string) => text.trim().replaceAll(/(?<![\w.:/-])\d+(?:[.,]\d+)?%?(?![\w.:/-])/g, '#');
