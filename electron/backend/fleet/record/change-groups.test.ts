import { expect, it } from 'vitest';
import { describedGroups } from './change-groups.ts';

const diff = (...lines: string[]) => ['--- before: /etc/mlx4.conf', '+++ after: /etc/mlx4.conf', '@@ -1 +1 @@', ...lines, ''].join('\n');
const group = (hosts: number, ...diffs: string[]) => ({
  hosts: Array.from({ length: hosts }, (_, at) => `h${at}`),
  steps: diffs.map((text, at) => ({ id: `s${at}`, title: `Step ${at}`, diff: text })),
});
const words = (...groups: ReturnType<typeof group>[]) =>
  describedGroups(groups).map(({ hosts, differs, more }) => [hosts.length, differs.map(({ added, text }) => `${added ? '' : 'without '}${text}`), more]);

it('says of each group what the others do not change, the largest first', () => {
  expect(words(group(2, diff('-size=8', '+log_num_mtt=23')), group(22, diff('-size=8', '+log_num_mtt=22')))).toEqual([
    [22, ['log_num_mtt=22'], 0],
    [2, ['log_num_mtt=23'], 0],
  ]);
});

it('says what one group changes where there are no others, each line once, and how many more there are', () => {
  expect(words(group(3, diff('+a', '+b'), diff('+a', '+c', '+d')))).toEqual([[3, ['a', 'b', 'c'], 1]]);
  expect(words(group(1, diff('-gone')))).toEqual([[1, ['without gone'], 0]]);
});

it('takes removed lines where nothing else is added, and no words where a group changes less than the others', () => {
  expect(words(group(2, diff('-old', '+new')), group(1, diff('-older', '+new')))).toEqual([
    [2, ['without old'], 0],
    [1, ['without older'], 0],
  ]);
  expect(words(group(2, diff('+new', '+more')), group(1, diff('+new')))).toEqual([
    [2, ['more'], 0],
    [1, [], 0],
  ]);
});

it('cuts a long line', () => {
  expect(describedGroups([group(1, diff(`+${'x'.repeat(1000)}`))])[0]?.differs[0]?.text).toHaveLength(160);
});
