/** Where each part comes from, and what lies on the stick. */
import { type PictureText, parseDeviceValue } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';

export function pictures({ device, way }: Parameters, { facts, done }: { facts: Readonly<Record<string, string>>; done: ReadonlySet<string> }): PictureText[] {
  const lion = facts.build ? `Lion ${facts.version ?? ''} (${facts.build})` : 'Lion';
  const product = /(?<!\w)(\w+)_ServerEssentials/.exec(facts.package ?? '')?.[1];
  const written = done.has('write-stick');
  const put = done.has('put-package');
  return [
    {
      kind: 'graph',
      id: 'parts',
      title: 'Where each part comes from',
      caption: `InstallESD.dmg of the app is ${way === 'macos' ? 'restored' : 'written raw'} onto the stick. Its version decides which ServerEssentials.pkg of the catalogue comes into its folder Packages.`,
      nodes: [
        { id: 'app', title: 'Installer app', text: 'InstallESD.dmg', column: 0, row: 0, tone: done.has('find-image') ? 'good' : 'plain' },
        { id: 'stick', title: 'Stick', text: lion, column: 1, row: 0, tone: written ? 'good' : 'plain' },
        { id: 'catalogue', title: 'Catalogue', text: product ? `has ${product}` : 'of software updates', column: 0, row: 1, tone: product ? 'good' : 'plain' },
        { id: 'packages', title: 'Packages', text: 'ServerEssentials.pkg', column: 1, row: 1, tone: put ? 'good' : 'plain' },
        { id: 'combo', title: 'Combo update', text: 'if it is missing', column: 0, row: 2, tone: 'quiet' },
        { id: 'server', title: 'Server.app', text: 'after the installation', column: 1, row: 2, tone: done.has('server-app') ? 'good' : 'plain' },
      ],
      edges: [
        { from: 'app', to: 'stick', label: way === 'macos' ? 'asr' : 'dmg2img', tone: 'accent' },
        { from: 'stick', to: 'packages' },
        { from: 'catalogue', to: 'packages', label: 'same build', tone: 'accent' },
        { from: 'packages', to: 'server' },
        { from: 'combo', to: 'server', label: 'Pacifist', tone: 'quiet', dashed: true },
      ],
    },
    {
      kind: 'shelves',
      id: 'stick',
      title: 'On the stick',
      caption: written ? `The stick has ${lion}${put ? ', and the server’s package' : ''}.` : 'What is on the stick now is lost.',
      shelves: [
        {
          label: parseDeviceValue(device)?.path ?? 'stick',
          items: written
            ? [
                { label: 'Mac OS X Install ESD', text: lion, share: 5, tone: 'good' },
                { label: 'ServerEssentials.pkg', text: put ? 'in Packages' : 'still missing', tone: put ? 'good' : 'warning' },
              ]
            : [{ label: 'what is there now', text: 'is erased', tone: 'bad' }],
        },
      ],
    },
  ];
}
