/** The way of a start over the network, and what lies where. */
import type { PictureText, PictureTone } from '../../topic-kit/index.ts';
import { installersOf, type Parameters } from './parameters.ts';
import { bootFiles } from './tree.ts';

export function pictures(values: Parameters, { done }: { done: ReadonlySet<string> }): PictureText[] {
  const tone = (step: string): PictureTone => (done.has(step) ? 'good' : 'plain');
  const installers = installersOf(values);
  return [
    {
      kind: 'graph',
      id: 'chain',
      title: 'How a machine comes to its installer',
      caption: `DHCP tells the firmware to get iPXE, and iPXE to get ${values.menu}. The chosen entry fetches wimboot and the start files over TFTP; Windows’ installer then reads its packages from the share ${values.share} over SMB.`,
      nodes: [
        { id: 'firmware', title: 'Firmware', text: 'of the machine', column: 0, row: 0 },
        { id: 'ipxe', title: 'iPXE', text: 'asks DHCP again', column: 0, row: 1 },
        { id: 'wimboot', title: 'wimboot', text: 'boot.wim in memory', column: 0, row: 2 },
        { id: 'setup', title: 'Windows’ installer', text: 'Shift-F10, net use', column: 0, row: 3 },
        { id: 'dhcp', title: 'DHCP', text: 'names two files', column: 1, row: 0, tone: tone('dhcp') },
        { id: 'menu', title: values.menu, text: `${installers.length} installers`, column: 1, row: 1, tone: tone('menu') },
        { id: 'tree', title: 'TFTP', text: values.root, column: 1, row: 2, tone: tone('tree') },
        { id: 'share', title: `\\\\…\\${values.share}`, text: 'SMB, read-only', column: 1, row: 3, tone: tone('guest') },
      ],
      edges: [
        { from: 'firmware', to: 'ipxe' },
        { from: 'ipxe', to: 'wimboot' },
        { from: 'wimboot', to: 'setup' },
        { from: 'dhcp', to: 'firmware', label: 'iPXE’s file', tone: 'accent' },
        { from: 'menu', to: 'ipxe', label: 'menu', tone: 'accent' },
        { from: 'tree', to: 'wimboot', label: 'start files', tone: 'accent' },
        { from: 'share', to: 'setup', label: 'packages', tone: 'accent' },
      ],
    },
    {
      kind: 'shelves',
      id: 'tree',
      title: `Below ${values.root}`,
      caption: `For each installer its folder with ${bootFiles.map(({ path }) => path).join(', ')} and setup.exe; beside them ${values.wimboot} and ${values.menu}.`,
      shelves: [
        {
          label: values.root,
          items: [
            { label: values.menu, text: 'made here', tone: tone('menu') },
            { label: values.wimboot, text: 'from the iPXE project', tone: tone('tree') },
          ],
        },
        ...installers.map(({ folder, drivers }) => ({
          label: folder,
          items: [
            ...bootFiles.map(({ path }) => ({ label: path, tone: tone('tree') })),
            { label: 'setup.exe', text: 'over SMB', tone: tone('guest') },
            ...(drivers.length > 0 ? [{ label: 'network driver', text: drivers[0]?.split('/').slice(0, -1).join('/') ?? '', tone: tone('tree') }] : []),
          ],
        })),
      ],
    },
  ];
}
