/** How a new mail becomes a push, and where that ends. */
import type { PictureText } from '../../topic-kit/index.ts';

export function pictures(_: unknown, { done }: { done: ReadonlySet<string> }): PictureText[] {
  const advertised = done.has('after');
  const tone = advertised ? ('good' as const) : ('bad' as const);
  return [
    {
      kind: 'graph',
      id: 'chain',
      title: 'From a new mail to a phone',
      caption: advertised
        ? 'Dovecot advertises XAPPLEPUSHSERVICE, so a phone registers. Apple’s push servers do not accept the old protocol since March 2021.'
        : 'Dovecot does not advertise XAPPLEPUSHSERVICE, so no phone registers, and push_notify finds no device.',
      nodes: [
        { id: 'phone', title: 'iOS device', text: advertised ? 'registers' : 'only fetches', column: 0, row: 0, tone },
        { id: 'dovecot', title: 'Dovecot', text: 'aps_topic_enabled', column: 1, row: 0, tone },
        { id: 'map', title: 'Device map', text: advertised ? 'has a section' : 'no section', column: 2, row: 0, tone },
        { id: 'notify', title: 'push_notify', text: 'a mail has come', column: 2, row: 1 },
        { id: 'apns', title: 'Apple’s push servers', text: 'old protocol off', column: 0, row: 1, tone: 'bad' },
      ],
      edges: [
        { from: 'phone', to: 'dovecot', label: 'XAPPLEPUSHSERVICE', tone, dashed: !advertised },
        { from: 'dovecot', to: 'map', label: 'writes', tone, dashed: !advertised },
        { from: 'map', to: 'notify', label: advertised ? 'device' : 'no device map found', tone },
        { from: 'notify', to: 'apns', label: 'port 2195', tone: 'bad', dashed: true },
        { from: 'apns', to: 'phone', label: 'push', tone: 'bad', dashed: true },
      ],
    },
  ];
}
