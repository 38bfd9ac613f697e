/** A check-up beside the one before it. Pure. */
import type { CheckUpComparison, ComparedFinding, IdentifiedFinding } from '../../../shared/api/doctor.ts';

interface Looked {
  findings: readonly IdentifiedFinding[];
}

/**
 * What applies now and did not then is new, also where nobody could look then. What applied then is gone only where it was looked at and not
 * found; where nobody could look or tell, nobody knows.
 */
export function compareCheckUps(before: Looked & { id: string; at: string }, now: Looked): CheckUpComparison {
  const then = applies(before.findings);
  const today = applies(now.findings);
  const left = then.filter(({ id }) => !today.some((each) => each.id === id));
  const isOpen = ({ topicId }: IdentifiedFinding) => {
    const own = now.findings.filter((each) => each.topicId === topicId);
    return own.length === 0 || own.some(({ verdict }) => verdict === 'unknown' || verdict === 'not-looked');
  };
  return {
    checkUpId: before.id,
    at: before.at,
    fresh: today.filter(({ id }) => !then.some((each) => each.id === id)).map(inShort),
    gone: left.filter((each) => !isOpen(each)).map(inShort),
    unclear: left.filter(isOpen).map(inShort),
  };
}

const applies = (findings: readonly IdentifiedFinding[]) => findings.filter(({ verdict }) => verdict === 'affected');
const inShort = ({ id, topicId, title, because }: IdentifiedFinding): ComparedFinding => ({ id, topicId, title, because });
