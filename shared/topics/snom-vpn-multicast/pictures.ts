/** Where the packets of a group go. */
import type { PictureText } from '../../topic-kit/index.ts';
import { type Parameters, tunnelsOf } from './parameters.ts';

export function pictures(values: Parameters, { done }: { done: ReadonlySet<string> }): PictureText[] {
  const routed = done.has('start');
  return [
    {
      kind: 'graph',
      id: 'group',
      title: 'The way of the multicasts',
      caption: routed
        ? `The server joins ${values.group} on ${values.lan}, and routes it to ${tunnelsOf(values).join(', ')}.`
        : 'The phone asks for the group in the VPN only, as redirect-gateway sends everything there. The packets stay on the LAN.',
      nodes: [
        { id: 'sender', title: 'Sender', text: 'on the LAN', column: 0, row: 0 },
        { id: 'server', title: 'VPN server', text: values.lan, column: 1, row: 0, tone: routed ? 'good' : 'bad' },
        { id: 'phone', title: 'Phone', text: routed ? 'plays' : 'silent', column: 2, row: 0, tone: routed ? 'good' : 'bad' },
      ],
      edges: [
        { from: 'sender', to: 'server', label: values.group },
        { from: 'server', to: 'phone', label: routed ? (tunnelsOf(values)[0] ?? '') : 'not routed', tone: routed ? 'good' : 'bad', dashed: !routed },
      ],
    },
  ];
}
