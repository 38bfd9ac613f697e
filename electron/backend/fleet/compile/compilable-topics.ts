/** Which procedures can be compiled, and why the others can't: with the values of their rehearsal. Pure. */
import type { Compilability } from '../../../../shared/api/fleet-form.ts';
import { secretMark } from '../../../../shared/api/secret-mark.ts';
import { isProcedure, secretFields, type Topic } from '../../../../shared/topic-kit/index.ts';
import { resolveLabFiles } from '../../targets/lab-target.ts';
import { catalogue, checkParameters } from '../../topics/topic-registry.ts';
import { allAnswered, fleetPlan } from './fleet-plan.ts';
import { obstacles } from './uncompilable.ts';

export const compilability = (): Compilability[] =>
  catalogue.map((topic) => {
    const { id, title } = topic;
    if (!isProcedure(topic))
      return { topicId: id, title, obstacles: [{ stepId: '', because: 'It only calculates.', next: `Use: wrenchbook calc ${id}` }], byHandBefore: [] };
    const planned = fleetPlan(topic, rehearsalValues(topic));
    if ('obstacles' in planned) return { topicId: id, title, ...planned, byHandBefore: [] };
    const { plan, steps } = planned;
    const found = obstacles(plan.steps, steps, allAnswered(plan));
    const asked = obstacles(plan.steps, steps, { ...allAnswered(plan), done: [] });
    return { topicId: id, title, obstacles: found, byHandBefore: found.length > 0 ? [] : asked.map(({ stepId }) => stepId) };
  });

/** The form as a rehearsal fills it in; secrets are marks. */
export function rehearsalValues(topic: Topic): Record<string, unknown> {
  const values = topic.parameters.parse(resolveLabFiles(checkParameters(topic, {}).values)) as Record<string, unknown>;
  return { ...values, ...Object.fromEntries(secretFields(topic.parameters).map(({ name }) => [name, secretMark])) };
}
