/** Where a procedure could run, the lab last, and why not where it can't: for the choice before a run. Reaches no machine. */
import { placeText, type Target, type TargetFacts } from '../../../shared/api/target.ts';
import type { RunPlace } from '../../../shared/api/topic.ts';
import { type Topic, whyNotOn } from '../../../shared/topic-kit/index.ts';
import { whyNotOnKind } from './run-target.ts';
import { targetOf } from './settled-target.ts';

type Known = ReadonlyMap<string, TargetFacts>;

/** `noShell`: why this machine has no shell to start from, where that is so. */
export function runPlaces(
  topic: Pick<Topic, 'targets' | 'systems'>,
  targets: readonly Target[],
  known: Known,
  noShell: { message: string; next: string } | null = null,
): RunPlace[] {
  const own = targets.some(({ connection }) => connection.kind === 'local') ? [] : [thisMachine(topic)];
  const places = [
    ...own,
    ...targets.map((target) => placeOf(topic, target, known.get(target.id) ?? null)),
    ...(topic.targets?.includes('hand') ? [byHand] : []),
    lab,
  ];
  // No other place would do better, so what to do stands with it.
  const everywhere = noShell && `${reason(noShell)} ${noShell.next}`;
  return places.map((place) => (place === byHand ? place : { ...place, disabledBecause: place.disabledBecause ?? everywhere }));
}

/** Ids of those that were reached, and of which nothing speaks against it. One that was never reached may be anything. */
export const fittingTargets = (topic: Pick<Topic, 'targets' | 'systems'>, targets: readonly Target[], known: Known): string[] =>
  targets
    .filter(({ id }) => known.has(id))
    .flatMap((target) => (placeOf(topic, target, known.get(target.id) ?? null).disabledBecause === null ? [target.id] : []));

function placeOf(topic: Pick<Topic, 'targets' | 'systems'>, target: Target, facts: TargetFacts | null): RunPlace {
  const { id, name, connection, group, tags } = target;
  // The system it was when it was reached last. What it lacked then may be there now: the run looks again before its first step.
  const because = whyNotOnKind(topic, targetOf(target)) ?? (facts && whyNotOn({ ...topic.systems, tools: [] }, facts));
  return {
    target: { kind: 'book', id },
    title: name,
    place: placeText(connection),
    group,
    tags,
    facts,
    disabledBecause: reason(because),
  };
}

function thisMachine(topic: Pick<Topic, 'targets'>): RunPlace {
  return {
    target: { kind: 'local' },
    title: 'This machine',
    place: 'this machine',
    group: '',
    tags: [],
    facts: null,
    disabledBecause: reason(whyNotOnKind(topic, { kind: 'local' })),
  };
}
/** Needs no shell of this machine. */
const byHand: RunPlace = {
  target: { kind: 'hand' },
  title: 'By hand',
  place: 'You type the commands, and paste their output',
  group: '',
  tags: [],
  facts: null,
  disabledBecause: null,
};
const lab: RunPlace = { target: { kind: 'lab' }, title: 'Rehearsal', place: 'the lab', group: '', tags: [], facts: null, disabledBecause: null };
/** Without what to do next: that is to choose another, and the others are beside it. */
const reason = (because: { message: string } | null) => because && `${because.message.charAt(0).toUpperCase()}${because.message.slice(1)}`;
