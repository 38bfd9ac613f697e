/** The rehearsal: a server with TFTP and Samba, two Windows discs copied to it, and what can go wrong. */
import type { Lab, LabFailure, LabFile } from '../../topic-kit/index.ts';
import { fonts } from './tree.ts';

export const labInstallers = 'Windows 10 22H2 x64 | Win10_22H2\nWindows 11 24H2 x64 | Win11_24H2 | drivers/net/e1d.inf drivers/net/e1d.sys';

const smbConf = (taken: boolean) => `# Samba of the file server
[global]
   workgroup = OFFICE
   server role = standalone server

[homes]
   comment = Home Directories
   browseable = no
   read only = no
${
  taken
    ? `
[tftpboot]
   path = /srv/old-pxe
   valid users = @staff
`
    : ''
}`;

const disc = (folder: string): LabFile[] => [
  ...['boot/bcd', 'boot/boot.sdi', 'sources/boot.wim', 'sources/install.wim', 'setup.exe'].map((name) => ({
    path: `root/srv/tftp/${folder}/${name}`,
    content: `plays ${name} of ${folder}\n`,
  })),
  ...fonts.slice(0, folder.startsWith('Win11') ? 4 : 3).map((font) => ({ path: `root/srv/tftp/${folder}/boot/fonts/${font}`, content: 'plays a font\n' })),
];

function files(failure: string | null): LabFile[] {
  const tree = [
    { path: 'root/srv/tftp/wimboot', content: 'plays wimboot\n' },
    ...['inf', 'sys'].map((kind) => ({ path: `root/srv/tftp/drivers/net/e1d.${kind}`, content: 'plays a driver\n' })),
    ...disc('Win10_22H2'),
    ...disc('Win11_24H2'),
  ]
    .filter(({ path }) => failure !== 'broken-off' || path !== 'root/srv/tftp/Win10_22H2/sources/boot.wim')
    .map((each) => (failure === 'other-case' ? { ...each, path: each.path.replace('Win11_24H2/boot/bcd', 'Win11_24H2/boot/BCD') } : each))
    .map((each) => ({ ...each, open: true as const }));
  return [
    ...tree,
    ...(failure === 'other-menu' ? [{ path: 'root/srv/tftp/menu.ipxe', content: '#!ipxe\nmenu Rescue systems\nitem memtest Memtest86+\n' }] : []),
    { path: 'root/etc/samba/smb.conf', content: smbConf(failure === 'share-taken') },
    { path: 'root/proc/net/udp', content: '  sl  local_address rem_address   st\n  12: 00000000:0045 00000000:0000 07\n' },
    { path: 'samba.state', content: `runs=${failure === 'samba-stopped' ? 'no' : 'yes'}\nknows=${failure === 'user-known' ? 'foo' : ''}\n` },
    { path: 'samba.read', content: smbConf(failure === 'share-taken') },
  ];
}

const failures: readonly LabFailure[] = [
  {
    id: 'other-case',
    title: 'A file name with different capitals',
    story: 'The second disc has boot/BCD in capitals. On the disc that is the same; for TFTP on Linux it is a different file. The check names it.',
    stopsAt: { step: 'tree', rule: 'wrong-case' },
    wayOut: 'remedy',
  },
  {
    id: 'broken-off',
    title: 'An interrupted copy',
    story: 'The disk ran full while the first disc was copied, and boot.wim is missing.',
    stopsAt: { step: 'tree', rule: 'missing' },
    wayOut: 'remedy',
  },
  {
    id: 'other-menu',
    title: 'A menu already exists',
    story: 'Somebody has made a menu of rescue systems under the same name. It is left alone.',
    stopsAt: { step: 'menu', rule: 'other-menu' },
    wayOut: 'undo',
  },
  {
    id: 'samba-stopped',
    title: 'Samba does not run',
    story: 'The service was stopped and never started again. That shows before its configuration is changed.',
    stopsAt: { step: 'samba-runs', rule: 'not-running' },
    wayOut: 'remedy',
  },
  {
    id: 'share-taken',
    title: 'A share of that name already exists',
    story: 'There is a share of this name for another folder and for some people only. It is not opened to everybody.',
    stopsAt: { step: 'share', rule: 'share-taken' },
    wayOut: 'undo',
  },
  {
    id: 'user-known',
    title: 'The made-up user exists',
    story: 'Samba has a user of that name: then its password counts, and nobody becomes a guest.',
    stopsAt: { step: 'guest', rule: 'user-known' },
    wayOut: 'undo',
  },
];

export const lab: Lab = {
  scenario: 'A server with TFTP and Samba, to which two Windows discs were copied; the second lacks the driver of a new network card',
  failures,
  facts: {},
  files,
};
