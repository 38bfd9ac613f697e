/** What the installer looks at. */
import type { PictureText } from '../../topic-kit/index.ts';

export function pictures(_: unknown, { done }: { done: ReadonlySet<string> }): PictureText[] {
  const installed = done.has('install');
  const made = done.has('stand-in');
  const tone = installed || made ? ('good' as const) : ('bad' as const);
  return [
    {
      kind: 'graph',
      id: 'check',
      title: 'What the installer checks',
      caption: installed
        ? 'The update has replaced the stand-in. The licence key is asked for at the first start.'
        : made
          ? 'The stand-in says version 3, so the installer lets the disk be chosen.'
          : 'There is no older version, so the installer lets no disk be chosen.',
      nodes: [
        { id: 'package', title: 'Admin Update 3.6.1', text: 'Apple’s package', column: 0, row: 0 },
        { id: 'check', title: 'Older version?', text: tone === 'good' ? 'yes' : 'no', column: 1, row: 0, tone },
        { id: 'app', title: 'Remote Desktop.app', text: installed ? '3.6.1' : made ? 'only Info.plist, version 3' : 'not there', column: 1, row: 1, tone },
        { id: 'key', title: 'Licence key', text: 'of the box', column: 2, row: 0, tone: 'warning' },
      ],
      edges: [
        { from: 'package', to: 'check', label: 'asks' },
        { from: 'check', to: 'app', label: 'reads the version', tone },
        { from: 'check', to: 'key', label: 'first start', dashed: !installed },
      ],
    },
  ];
}
