/**
 * Whether the installed procedure plans a run as its record says. What runs is the procedure's own: a record that says something else,
 * wherever it comes from, can be read and is not gone on with.
 */
import { isDeepStrictEqual } from 'node:util';
import type { WireError } from '../../../shared/api/error.ts';
import { type PlannedStep, plannedStep } from '../../../shared/api/plan.ts';
import { makePlan, type Topic } from '../../../shared/topic-kit/index.ts';
import { labRendering, resolveLabFiles } from '../targets/lab-target.ts';
import { recordedPlaces } from '../targets/run-machines.ts';
import { targetRendering } from '../targets/run-target.ts';
import { labFailureTitle } from '../topics/topic-registry.ts';
import type { RunEvent } from './run-event.ts';

type Created = Extract<RunEvent, { type: 'run-created' }>;

/** Null where both are the same. */
export function planDiffers(topic: Topic, created: Created): WireError | null {
  if (topic.version !== created.topicVersion)
    return differs(`it was planned by version ${created.topicVersion} of the procedure, and this Wrenchbook has version ${topic.version}`);
  let steps: PlannedStep[];
  try {
    steps = planAgain(topic, created);
  } catch (thrown) {
    return differs(`the procedure no longer makes a plan of it (${(thrown as Error).message.slice(0, 300)})`);
  }
  const other = created.plan.findIndex((step, index) => !isDeepStrictEqual(step, steps[index]));
  if (other >= 0) return differs(`step ${other + 1}, "${created.plan[other]?.title}", differs from the installed procedure`);
  return steps.length === created.plan.length ? null : differs(`its plan has ${created.plan.length} steps, and the installed procedure has ${steps.length}`);
}

/** The form of the journal, with what a reader fills in. */
function planAgain(topic: Topic, { target, machines, rehearsal, parameters }: Created): PlannedStep[] {
  if (rehearsal !== (target.kind === 'lab')) throw new TypeError('a rehearsal happens in the lab');
  if ((machines !== undefined) !== (topic.machines !== undefined)) throw new TypeError('it is about another number of machines');
  const places = recordedPlaces(topic, machines);
  const rendering = places[0]?.rendering ?? (target.kind === 'lab' ? labRendering(labFailureTitle(topic, target)) : targetRendering(topic, target));
  const { steps } = makePlan(topic, topic.parameters.parse(rehearsal ? resolveLabFiles(parameters) : parameters), target, rendering, places);
  return plannedStep.array().parse(JSON.parse(JSON.stringify(steps)));
}

const differs = (because: string): WireError => ({
  code: 'wrong-state',
  message: `This run can be read but not continued: ${because}.`,
  next: 'Nothing of its plan is run. Continue with the Wrenchbook that started it, or start a new run.',
});
