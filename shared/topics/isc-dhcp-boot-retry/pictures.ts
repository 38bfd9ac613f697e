/** What happens at boot, without and with a retry. */
import type { PictureText } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';

export function pictures({ seconds }: Parameters, { done }: { done: ReadonlySet<string> }): PictureText[] {
  const retries = done.has('drop-in');
  return [
    {
      kind: 'graph',
      id: 'boot',
      title: 'What happens at boot',
      caption: retries
        ? `The first start still fails. systemd starts the server again ${seconds} seconds later, and by then the interface has its address.`
        : 'network-online.target is reached before the interface has its address. The server fails once, and nobody starts it again.',
      nodes: [
        { id: 'online', title: 'network-online.target', text: 'reached', column: 0, row: 0 },
        { id: 'first', title: 'dhcpd', text: 'no IPv4 addresses', column: 1, row: 0, tone: 'bad' },
        { id: 'address', title: 'Interface', text: 'gets its address', column: 1, row: 1 },
        {
          id: 'later',
          title: retries ? 'dhcpd' : 'Down',
          text: retries ? 'serves' : 'until started by hand',
          column: 2,
          row: 0,
          tone: retries ? 'good' : 'bad',
        },
      ],
      edges: [
        { from: 'online', to: 'first', label: 'start' },
        { from: 'online', to: 'address', label: 'later' },
        { from: 'first', to: 'later', label: retries ? `retry after ${seconds} s` : 'no retry', tone: retries ? 'good' : 'bad', dashed: !retries },
        ...(retries ? [{ from: 'address', to: 'later', label: 'in time', tone: 'good' as const }] : []),
      ],
    },
  ];
}
