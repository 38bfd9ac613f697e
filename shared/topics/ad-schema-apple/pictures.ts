/** Where a class of category 0 stops: in a graph from the file to the list. */
import type { PictureText } from '../../topic-kit/index.ts';
import { mainClass, type Parameters } from './parameters.ts';

export function pictures(values: Parameters, { done }: { done: ReadonlySet<string> }): PictureText[] {
  const repaired = ['repair', 'set-category'].some((step) => done.has(step));
  const imported = ['import', 'set-category'].some((step) => done.has(step));
  const tone = repaired ? 'good' : 'bad';
  return [
    {
      kind: 'graph',
      id: 'category',
      title: repaired ? 'What the class becomes' : 'What becomes of the class as it is',
      caption: repaired
        ? `The class has category 1.${imported ? ' It is in the schema, and stays there.' : ' Nothing is in the schema yet: until the import, all of it can be undone.'}`
        : 'With category 0 the import seems to go well. Creating an object fails, and on Windows the category can never be corrected.',
      nodes: [
        { id: 'file', title: 'LDIF file', text: `objectClassCategory: ${repaired ? 1 : 0}`, column: 0, row: 0, tone },
        { id: 'schema', title: 'Schema', text: `${mainClass(values)}, forever`, column: 1, row: 0, tone: imported ? 'good' : 'plain' },
        { id: 'list', title: 'Computer list', text: repaired ? 'can be created' : 'LDAP error 19', column: 2, row: 0, tone },
      ],
      edges: [
        { from: 'file', to: 'schema', label: 'import, cannot be undone', tone: 'warning' },
        { from: 'schema', to: 'list', label: repaired ? 'category 1' : 'category 0', tone, dashed: !imported },
      ],
    },
  ];
}
