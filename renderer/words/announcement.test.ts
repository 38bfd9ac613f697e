import { expect, it } from 'vitest';
import type { RunState } from '../../shared/api/run.ts';
import { announcement } from './announcement.ts';

const plan = [{ id: 'a', number: 1, title: 'Check' }];
const run = (status: string, says: string, verdicts: { kind: string; means: string; next: string }[] = [], rest = {}) =>
  ({ runId: 'r', plan, steps: [{ id: 'a', status, attempts: 1, verdicts }], says, prompt: null, hold: null, ...rest }) as unknown as RunState;

it('tells how a step ended, and the worst of what was seen', () => {
  const after = run('failed', 'Stopped.', [
    { kind: 'expected', means: 'Fine.', next: '' },
    { kind: 'failure', means: 'The image is cut off.', next: 'Download it again.' },
  ]);
  expect(announcement(run('running', 'Running.'), after)).toBe('Step 1, Check: failed. failure: The image is cut off. Download it again. Stopped.');
});
it('does not say a finding twice', () => {
  const after = run('failed', 'Stopped at step 1: The image is cut off. Download it again.', [
    { kind: 'failure', means: 'The image is cut off.', next: 'Download it again.' },
  ]);
  expect(announcement(run('running', 'Running.'), after)).toBe('Step 1, Check: failed. failure: The image is cut off. Download it again.');
});
it('tells of a question and of a hold once', () => {
  const asked = run('running', 'Running.', [], { prompt: { id: 'p', question: 'Flash anyway?' }, hold: 'Do not reboot.' });
  expect(announcement(run('running', 'Running.'), asked)).toBe('The tool asks: Flash anyway? Do not reboot.');
  expect(announcement(asked, asked)).toBe('');
});
it('is silent for a run that was just opened', () => expect(announcement(undefined, run('done', 'Done.'))).toBe(''));
