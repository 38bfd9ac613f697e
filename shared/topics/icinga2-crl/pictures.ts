/** Who is let in, and until when the CRL is good. */
import type { PictureText } from '../../topic-kit/index.ts';
import { nodesOf, type Parameters, satellitesOf } from './parameters.ts';

export function pictures(values: Parameters, { done }: { done: ReadonlySet<string> }): PictureText[] {
  const inUse = values.task === 'restore' ? !done.has('reload') : done.has('config');
  const [first] = nodesOf(values);
  return [
    {
      kind: 'graph',
      id: 'crl',
      title: 'Who is let in',
      caption: inUse
        ? 'Icinga asks the CRL at each connection. On the day it ends, nobody is let in any more.'
        : 'Icinga accepts every certificate that its CA has signed, for as long as the certificate is good.',
      nodes: [
        {
          id: 'ca',
          title: 'CA on the master',
          text: inUse ? `CRL for ${values.days} days` : 'no CRL in use',
          column: 1,
          row: 0,
          tone: inUse ? 'good' : 'plain',
        },
        { id: 'revoked', title: first?.name ?? 'Node', text: inUse ? 'refused: code 23' : 'accepted', column: 0, row: 0, tone: inUse ? 'bad' : 'plain' },
        { id: 'good', title: 'Other nodes', text: 'accepted', column: 0, row: 1, tone: 'good' },
        ...satellitesOf(values)
          .slice(0, 3)
          .map((title, row) => ({ id: `s${row}`, title, text: 'needs its own copy', column: 2, row })),
      ],
      edges: [
        { from: 'revoked', to: 'ca', label: inUse ? 'refused' : 'let in', tone: inUse ? 'bad' : 'plain', dashed: inUse },
        { from: 'good', to: 'ca', label: 'let in', tone: 'good' },
        ...satellitesOf(values)
          .slice(0, 3)
          .map((_, row) => ({ from: 'ca', to: `s${row}`, label: 'copied by hand', dashed: true })),
      ],
    },
  ];
}
