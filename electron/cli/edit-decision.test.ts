import { expect, it } from 'vitest';
import type { RunState } from '../../shared/api/run.ts';
import { answersDecider } from './decider.ts';

const change = { diff: '--- /etc/x\n+++ /etc/x\n@@ -1,1 +1,1 @@\n-a\n+b', shown: 'from to' };
const state = (offer: Partial<RunState['offers'][number]>) =>
  ({
    status: 'waiting',
    trouble: null,
    current: 'edit',
    plan: [{ id: 'edit', kind: 'edit', prompts: [], confirm: null }],
    offers: [{ action: 'advance', id: 'edit', title: '', explanation: '', script: null, change: null, confirm: null, ...offer }],
  }) as unknown as RunState;
const answers = { parameters: {}, secrets: {}, confirmations: {}, answers: {}, done: [], remedies: {}, retry: [], skip: {}, output: {} };

it('says a change before it is written, and names the one that was said', async () => {
  const said: string[] = [];
  const decider = answersDecider(answers, (text) => said.push(text));
  expect(await decider.next(state({}))).toEqual({ do: 'advance', stepId: 'edit' });
  expect(said).toEqual([]);
  expect(await decider.next(state({ change }))).toEqual({ do: 'advance', stepId: 'edit', shown: 'from to' });
  expect(said).toEqual([`Will be written:\n${change.diff}`]);
  await decider.next(state({ change, script: 'systemctl daemon-reload' }));
  expect(said.at(-1)).toBe('Then runs: systemctl daemon-reload');
});
