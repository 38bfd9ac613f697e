/** Which complaint of the log calls for what, with how many products. */
import type { PictureText } from '../../topic-kit/index.ts';

export function pictures(_: unknown, { facts, done }: { facts: Readonly<Record<string, string>>; done: ReadonlySet<string> }): PictureText[] {
  const rows = [
    { id: 'versions', line: 'Missing version string', cause: 'corrupt catalogues', fix: 'fetch them again', step: 'catalogues' },
    { id: 'folders', line: 'possible security violation', cause: 'missing folder', fix: 'make it', step: 'folders' },
    { id: 'gone', line: 'no longer available', cause: 'a few are usual', fix: '', step: '' },
  ];
  const known = facts.folders !== undefined;
  return [
    {
      kind: 'graph',
      id: 'complaints',
      title: 'From a line of the log to its fix',
      caption: known
        ? `The log names ${facts.versions} products without a version, ${facts.folders} missing folders, and ${facts.gone} products that are no longer available.`
        : 'Corrupt catalogues are fixed first, then missing folders; one sync follows.',
      nodes: rows.flatMap(({ id, line, cause, fix, step }, row) => {
        const count = Number(facts[id] ?? 0);
        const tone = done.has(step) ? ('good' as const) : known && count === 0 ? ('quiet' as const) : id === 'gone' ? ('plain' as const) : ('warning' as const);
        return [
          { id: `${id}-line`, title: line, text: known ? `${count}` : '', column: 0, row, tone },
          { id: `${id}-cause`, title: cause, column: 1, row, tone },
          ...(fix === '' ? [] : [{ id: `${id}-fix`, title: fix, column: 2, row, tone }]),
        ];
      }),
      edges: rows.flatMap(({ id, fix }) => [{ from: `${id}-line`, to: `${id}-cause` }, ...(fix === '' ? [] : [{ from: `${id}-cause`, to: `${id}-fix` }])]),
    },
  ];
}
