/** What two clones tell a DHCP server. */
import type { PictureText } from '../../topic-kit/index.ts';

export function pictures(_: unknown, { done }: { done: ReadonlySet<string> }): PictureText[] {
  const differs = done.has('create');
  return [
    {
      kind: 'graph',
      id: 'leases',
      title: 'What the DHCP server sees',
      caption: differs
        ? 'Two machine ids make two client identifiers, and the server gives out two addresses.'
        : 'Both machines make the same client identifier from the same machine id. The server takes them for one, whatever their MAC addresses are.',
      nodes: [
        { id: 'original', title: 'Original', text: 'machine id A', column: 0, row: 0 },
        { id: 'clone', title: 'Clone', text: differs ? 'machine id B' : 'machine id A', column: 0, row: 1, tone: differs ? 'good' : 'bad' },
        { id: 'server', title: 'DHCP server', text: differs ? 'two clients' : 'one client', column: 1, row: 0, tone: differs ? 'good' : 'bad' },
        { id: 'first', title: '192.0.2.100', column: 2, row: 0 },
        ...(differs ? [{ id: 'second', title: '192.0.2.101', column: 2, row: 1, tone: 'good' as const }] : []),
      ],
      edges: [
        { from: 'original', to: 'server', label: 'identifier A' },
        { from: 'clone', to: 'server', label: differs ? 'identifier B' : 'identifier A', tone: differs ? 'good' : 'bad' },
        { from: 'server', to: 'first', label: 'lease' },
        ...(differs ? [{ from: 'server', to: 'second', label: 'lease', tone: 'good' as const }] : []),
      ],
    },
  ];
}
