/** Where a search goes that follows references, and where it goes without. */
import type { PictureText } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';

export function pictures(_: Parameters, { done, facts }: { done: ReadonlySet<string>; facts: Readonly<Record<string, string>> }): PictureText[] {
  const off = ['code', 'roundcube', 'ldap-conf'].some((step) => done.has(step));
  return [
    {
      kind: 'graph',
      id: 'references',
      title: off ? 'Where the search goes now' : 'Where the search goes',
      caption: off
        ? 'The domain controller still sends the references. PHP passes them by, and has its answer at once.'
        : `With the entry, the domain controller sends references to other partitions. libldap follows each, and logs in there anonymously.${facts.before ? ` Measured: ${facts.before}.` : ''}`,
      nodes: [
        { id: 'php', title: 'PHP', text: 'ldap_search', column: 0, row: 0 },
        { id: 'dc', title: 'Domain controller', text: 'entry, 3 references', column: 1, row: 0, tone: 'good' },
        { id: 'zones', title: 'DomainDnsZones', text: off ? 'not asked' : 'no answer, or refuses', column: 2, row: 0, tone: off ? 'quiet' : 'bad' },
        { id: 'forest', title: 'ForestDnsZones', text: off ? 'not asked' : 'no answer, or refuses', column: 2, row: 1, tone: off ? 'quiet' : 'bad' },
      ],
      edges: [
        { from: 'php', to: 'dc', label: 'search', tone: 'good' },
        { from: 'dc', to: 'zones', label: off ? 'not followed' : 'followed', tone: off ? 'quiet' : 'bad', dashed: off },
        { from: 'dc', to: 'forest', label: off ? 'not followed' : 'followed', tone: off ? 'quiet' : 'bad', dashed: off },
      ],
    },
  ];
}
