/** How a topic's changing steps are proved, and proved back. */
import { expect } from 'vitest';
import { isFailure, judge, type Step } from '../../../shared/topic-kit/index.ts';

/** What proves a step on the served state proves its way back too, and silence is no proof of either. */
export function expectProvedBack(step: Exclude<Step, { kind: 'verify' }>, steps: readonly Step[]): void {
  const { verify, undone } = step;
  const wayBack = step.kind === 'edit' || step.undo !== undefined;
  const silent = { output: '', exitStatus: 0, facts: {} };
  if (verify && wayBack && verify.looksOnlyAt === undefined)
    expect(undone, `${step.id} was looked at when it was done: is that gone when it is taken back?`).toBeDefined();
  if (undone && 'matchers' in undone) expect(isFailure(judge(undone.matchers, silent)), `${step.id} is not taken back because nothing is said`).toBe(true);
  if (undone && 'at' in undone) {
    const earlier = steps.slice(0, steps.indexOf(step)).find(({ id }) => id === undone.at);
    expect(
      earlier && 'undone' in earlier && earlier.undone && 'matchers' in earlier.undone,
      `${undone.at} comes before ${step.id} and proves its way back`,
    ).toBeTruthy();
  }
}
