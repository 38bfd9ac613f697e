/** A procedure's plan for the hosts of an inventory: made as that of a run over ssh is, by the same planner. Pure. */
import type { Plan } from '../../../../shared/api/plan.ts';
import { makePlan, type Rendering, type Step, stepsFor, type Topic } from '../../../../shared/topic-kit/index.ts';
import type { Obstacle } from './uncompilable.ts';

/** What a procedure is told of where it runs. */
export const fleetTarget = { kind: 'ssh' as const, host: 'fleet' };
const rendering: Rendering = { label: 'the hosts of an inventory', rehearsal: false, mapFile: (file) => file };

const places = { local: 'the computer that Wrenchbook runs on', ssh: 'hosts', console: 'the console of a machine', hand: 'machines that somebody types at' };

export type FleetPlan = { plan: Plan; steps: readonly Step[] } | { obstacles: Obstacle[] };

/** `values`: as the form's schema gives them, secret ones marked. `machines`: those that take part, of a procedure with several. */
export function fleetPlan(topic: Topic, values: Record<string, unknown>, machines = topic.machines?.map(({ id }) => id)): FleetPlan {
  const refuse = (because: string) => ({
    obstacles: [{ stepId: '', because, next: 'Run it there: "wrenchbook run".' }],
  });
  if (!topic.targets?.includes('ssh'))
    return refuse(`It is for ${(topic.targets ?? []).map((kind) => places[kind]).join(' and ') || 'the lab only'}, not for hosts that are reached with ssh.`);
  const misfit = (machines && topic.lacks?.(values, machines)) ?? topic.misfit?.(values, fleetTarget);
  if (misfit) return refuse(misfit.message);
  const planned = (topic.machines ?? []).filter(({ id }) => machines?.includes(id)).map(({ id, title }) => ({ id, title, rendering }));
  try {
    const steps = stepsFor(topic, values, { target: fleetTarget, rehearsal: false, ...(machines && { machines }) });
    return { plan: makePlan(topic, values, fleetTarget, rendering, planned), steps };
  } catch (cause) {
    // The planner's word for a step that has no place on such a target.
    if (cause instanceof TypeError) return refuse(`A step can't be planned: ${cause.message}.`);
    throw cause;
  }
}

/** All that can be answered before anything runs: for a list of what can be compiled. */
export const allAnswered = ({ steps }: Plan) => ({
  done: steps.filter(({ kind }) => kind === 'manual').map(({ id }) => id),
  confirmations: Object.fromEntries(steps.flatMap(({ id, confirm }) => (confirm?.type ? [[id, confirm.type]] : []))),
});
