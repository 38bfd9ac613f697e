import { describe, expect, it } from 'vitest';
import { judge, type Matcher } from './matcher.ts';

const matchers: Matcher[] = [
  { kind: 'expected', id: 'done', pattern: /^Done\.$/, means: 'It is done.', missing: 'It did not say that it is done.', next: 'Run it again.' },
  { kind: 'harmless', id: 'noise', pattern: /^ERROR: noise/, means: 'Always there.' },
  { kind: 'failure', id: 'lost', pattern: /card lost/, means: 'The card is gone.', next: 'Seat it.', remedies: ['reseat'] },
  { kind: 'equal', id: 'kept', pattern: /^Address: (\S+)/, to: { fact: 'address' }, means: 'Kept.', differs: 'Not kept.', next: 'Program it.' },
];
const rules = (output: string, exitStatus = 0, facts: Record<string, string> = { address: 'aa' }) =>
  judge(matchers, { output, exitStatus, facts }).map(({ kind, rule }) => `${kind}:${rule}`);

describe('judge', () => {
  it('gives verdicts in the order of their lines', () => {
    expect(rules('ERROR: noise\nAddress: aa\nDone.')).toEqual(['harmless:noise', 'expected:kept', 'expected:done']);
  });
  it('takes what is missing for a failure, whatever the status says', () => {
    expect(rules('Address: aa')).toEqual(['expected:kept', 'failure:done']);
  });
  it('stops at a line that looks like an error and that nobody knows', () => {
    expect(rules('Address: aa\nfatal: no space\nDone.')).toContain('failure:unknown-error');
    expect(rules('Address: aa\nNo errors found\nDone.')).not.toContain('failure:unknown-error');
  });
  it('looks at the first 8,192 characters of a line', () => {
    const seen = (before: number) => rules(`Address: aa\nDone.\n${'x'.repeat(before)} card lost`);
    expect(seen(8_000)).toContain('failure:lost');
    expect(seen(8_190)).not.toContain('failure:lost');
    expect(judge(matchers, { output: 'y'.repeat(100_000), exitStatus: 0, facts: {} }).every(({ line }) => line.length <= 8192)).toBe(true);
  });
  it('says nothing else where a rule that stands alone hits', () => {
    const gone: Matcher = { kind: 'failure', id: 'gone', pattern: /^no log$/, alone: true, means: 'There is no log.', next: 'Bring it.' };
    const said = (output: string) => judge([...matchers, gone], { output, exitStatus: 1, facts: {} }).map(({ rule }) => rule);
    expect(said('ERROR: noise\nfatal: x\nno log')).toEqual(['gone']);
    expect(said('ERROR: noise\nfatal: x')).not.toContain('gone');
  });
  it.each([
    ['another value', 'Address: bb\nDone.', { address: 'aa' }],
    ['no value', 'Done.', { address: 'aa' }],
    ['a fact that was never read', 'Address: aa\nDone.', {}],
  ])('refuses %s where one has to be kept', (_, output, facts) => {
    expect(rules(output, 0, facts as Record<string, string>)).toContain('failure:kept');
  });
  it('takes a bad status for a failure unless another one explains it', () => {
    expect(rules('Address: aa\nDone.', 1)).toContain('failure:exit-status');
    expect(rules('Address: aa\ncard lost\nDone.', 1)).not.toContain('failure:exit-status');
  });
  it('carries cause, next action and ways out', () => {
    const lost = judge(matchers, { output: 'card lost', exitStatus: 1, facts: {} }).find(({ rule }) => rule === 'lost');
    expect(lost).toMatchObject({ kind: 'failure', line: 'card lost', means: 'The card is gone.', next: 'Seat it.', remedies: ['reseat'], noWayBack: false });
  });
});
