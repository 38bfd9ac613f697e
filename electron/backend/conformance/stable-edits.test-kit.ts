/** An edit that is done twice changes nothing the second time, in every text of the lab. */
import { expect } from 'vitest';
import type { EditRefusal, Topic } from '../../../shared/topic-kit/index.ts';

/** Every text file of the lab, in every scenario. */
export const textsOf = (topic: Topic): [file: string, text: string][] =>
  [null, ...topic.lab.failures.map(({ id }) => id)].flatMap((scenario) =>
    topic.lab.files(scenario).flatMap(({ path, content }): [string, string][] => (typeof content === 'string' ? [[path.replace(/^root/, ''), content]] : [])),
  );
export function expectStable(stepId: string, edit: (old: string) => string | EditRefusal, text: string): void {
  const once = edit(text);
  if (typeof once === 'string') expect(edit(once), `${stepId} done twice`).toBe(once);
  else expect(once.next, `${stepId} says what next`).not.toBe('');
}
