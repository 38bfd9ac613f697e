/** The whole procedure in its order. */
import type { Matcher, Step } from '../../topic-kit/index.ts';
import { crossflashSteps } from './crossflash-steps.ts';
import { finalSteps } from './final-steps.ts';
import type { Parameters } from './parameters.ts';
import { preparationSteps } from './preparation-steps.ts';
import { remedies } from './remedies.ts';
import { scriptSteps } from './script-steps.ts';

export function steps(values: Parameters, rehearsal: boolean): readonly Step[] {
  const live = [...crossflashSteps(values), ...finalSteps(values)];
  if (values.way !== 'script') return inReach([...preparationSteps(values, rehearsal, null, live), ...live]);
  const { layOut, run } = scriptSteps(live, values, rehearsal);
  return inReach([...preparationSteps(values, rehearsal, layOut), ...run]);
}

/** A way out leads to a step that was there already: those that would lead ahead, or nowhere, are not offered. */
function inReach(all: readonly Step[]): readonly Step[] {
  const places = new Map(all.map(({ id }, at) => [id, at]));
  const leadsTo = new Map(remedies.flatMap(({ id, afterwards }) => (typeof afterwards === 'object' ? [[id, afterwards.again] as const] : [])));
  return all.map((step, at) => {
    const reached = (remedy: string) => (places.get(leadsTo.get(remedy) ?? step.id) ?? Number.POSITIVE_INFINITY) <= at;
    const kept = <M extends Matcher>(matcher: M): M => (matcher.remedies ? { ...matcher, remedies: matcher.remedies.filter(reached) } : matcher);
    if (step.kind === 'verify' || step.kind === 'edit') return step;
    return {
      ...step,
      ...('matchers' in step && { matchers: step.matchers.map(kept) }),
      ...(step.verify && { verify: { ...step.verify, matchers: step.verify.matchers.map(kept) } }),
    } as Step;
  });
}
