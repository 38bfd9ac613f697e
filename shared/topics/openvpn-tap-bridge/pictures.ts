/** The way of the replies, and how many went it. */
import type { PictureText } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';

export function pictures(
  { bridge, tap, uplink }: Parameters,
  { facts, done }: { facts: Readonly<Record<string, string>>; done: ReadonlySet<string> },
): PictureText[] {
  const passes = done.has('count-after');
  const way: PictureText = {
    kind: 'graph',
    id: 'way',
    title: 'Where replies are lost',
    caption: passes
      ? `Requests and replies cross ${bridge}.`
      : `A client’s ARP request crosses ${bridge}; the reply comes in at ${uplink}, and ${bridge} does not pass it on to ${tap}, as it believes the client elsewhere.`,
    nodes: [
      { id: 'client', title: 'VPN client', text: 'asks for an address', column: 0, row: 0 },
      { id: 'tap', title: tap, text: 'port to the VPN', column: 1, row: 0 },
      {
        id: 'bridge',
        title: bridge,
        text: done.has('ageing') ? 'learns nothing' : 'believes what it learnt',
        column: 1,
        row: 1,
        tone: passes ? 'good' : done.has('ageing') ? 'plain' : 'bad',
      },
      { id: 'uplink', title: uplink, text: 'port to the LAN', column: 1, row: 2 },
      { id: 'lan', title: 'Machine of the LAN', text: 'replies', column: 0, row: 2 },
    ],
    edges: [
      { from: 'client', to: 'tap', label: 'request' },
      { from: 'lan', to: 'uplink', label: 'reply', tone: 'good' },
      { from: 'uplink', to: 'bridge', tone: 'good' },
      { from: 'bridge', to: 'tap', label: passes ? 'reply' : 'lost here', tone: passes ? 'good' : 'bad', dashed: !passes },
    ],
  };
  return facts['arp-in-before'] === undefined ? [way] : [way, counts(facts)];
}

function counts(facts: Readonly<Record<string, string>>): PictureText {
  const group = (kind: string, label: string) => ({
    label,
    bars: (['before', 'after'] as const).flatMap((when) => {
      const came = facts[`${kind}-in-${when}`];
      const went = facts[`${kind}-out-${when}`];
      if (came === undefined || went === undefined) return [];
      return [
        { label: `${when}: came in`, value: Number(came), tone: 'quiet' as const },
        { label: `${when}: got through`, value: Number(went), tone: Number(went) < Number(came) ? ('bad' as const) : ('good' as const) },
      ];
    }),
  });
  const groups = [group('arp', 'ARP replies'), group('ip6', 'IPv6 multicasts')];
  const words = groups.map(({ label, bars }) => `${label}: ${bars.map((bar) => `${bar.label} ${bar.value}`).join(', ')}`);
  return { kind: 'bars', id: 'counts', title: 'Packets counted', caption: `${words.join('. ')}.`, unit: 'packets', groups };
}
