/** Who can wake cupsd once memory pressure has ended it. */
import type { PictureText } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';

export function pictures({ way }: Partial<Parameters>, { done }: { done: ReadonlySet<string> }): PictureText[] {
  const kept = done.has('change') && way === 'pressure';
  const open = done.has('change') && way === 'listen';
  return [
    {
      kind: 'graph',
      id: 'waking',
      title: 'Who can wake cupsd',
      caption: kept
        ? 'The kernel no longer ends cupsd under memory pressure, so nobody has to wake it.'
        : open
          ? 'The kernel still ends cupsd. launchd now listens on all addresses, so other computers wake it too.'
          : 'Under memory pressure the kernel ends cupsd. launchd listens for this Mac only, so other computers cannot wake it.',
      nodes: [
        { id: 'kernel', title: 'Kernel', text: 'memory pressure', column: 1, row: 0, tone: kept ? 'quiet' : 'bad' },
        { id: 'cupsd', title: 'cupsd', text: kept ? 'runs on' : 'ended', column: 2, row: 1, tone: kept ? 'good' : 'bad' },
        { id: 'launchd', title: 'launchd', text: open ? '*.631' : 'this Mac only', column: 1, row: 1, tone: open ? 'good' : 'plain' },
        { id: 'local', title: 'This Mac', text: 'prints', column: 0, row: 1 },
        { id: 'other', title: 'Other computer', text: 'prints', column: 0, row: 2 },
      ],
      edges: [
        { from: 'kernel', to: 'cupsd', label: 'ends', tone: kept ? 'quiet' : 'bad', dashed: kept },
        { from: 'local', to: 'launchd', label: 'socket', tone: 'good' },
        { from: 'launchd', to: 'cupsd', label: 'starts' },
        { from: 'other', to: 'launchd', label: open ? 'port 631' : 'refused', tone: open ? 'good' : kept ? 'quiet' : 'bad', dashed: !open },
      ],
    },
  ];
}
