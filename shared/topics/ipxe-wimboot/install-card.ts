/** What is typed in Windows' installer: the card beside the machine. Pure. */
import type { Step } from '../../topic-kit/index.ts';
import { windowsPath } from './guest-look.ts';
import { baseName, type Installer } from './installers.ts';
import { installersOf, type Parameters } from './parameters.ts';

/** In Windows' own command prompt, line by line. */
export function commandsFor({ folder, drivers }: Installer, { server: address, share, user }: Parameters): string[] {
  const inf = drivers.filter((file) => /\.inf$/i.test(file));
  return [
    ...inf.map((file) => `drvload X:\\Windows\\System32\\${baseName(file)}`),
    'wpeinit',
    `net use S: \\\\${address}\\${share}\\${windowsPath(folder)} bar /user:${user}`,
    'S:\\setup.exe',
  ];
}

const driverNote = ({ drivers }: Installer): string =>
  drivers.length > 0
    ? `Its network driver comes along: ${drivers.map(baseName).join(', ')}.`
    : 'It brings the network drivers of its release. If "ipconfig" shows no address, the card is newer than the disc: add its driver’s files to the list of installers.';

export const dhcpCard = ({ server: address, menu }: Parameters): Step => ({
  kind: 'manual',
  id: 'dhcp',
  title: 'Make DHCP name the menu',
  intro:
    'Machines learn from DHCP where to begin, twice: their firmware must get iPXE, and iPXE must get the menu. Without the second, iPXE loads itself for ever.',
  danger: 'reads',
  runsOn: 'DHCP server',
  instructions: [
    'Put iPXE itself into the TFTP root: undionly.kpxe for BIOS, snponly.efi or ipxe.efi for UEFI. They come from the iPXE project, or the package ipxe.',
    'Set what your DHCP server needs. For UEFI machines, name the .efi file in place of undionly.kpxe.',
  ],
  cards: [
    {
      title: 'ISC DHCP (dhcpd.conf)',
      lines: [
        `next-server ${address};`,
        'if exists user-class and option user-class = "iPXE" {',
        `  filename "${menu}";`,
        '} else {',
        '  filename "undionly.kpxe";',
        '}',
      ],
    },
    { title: 'dnsmasq', lines: ['dhcp-match=set:ipxe,175', `dhcp-boot=tag:!ipxe,undionly.kpxe,,${address}`, `dhcp-boot=tag:ipxe,${menu},,${address}`] },
  ],
});

/** As of Windows 11 24H2, guests are let in nowhere by default, and unsigned connections neither. */
const guestValues = ['AllowInsecureGuestAuth /t REG_DWORD /d 1', 'RequireSecuritySignature /t REG_DWORD /d 0'].map(
  (value) => `reg add HKLM\\SYSTEM\\CurrentControlSet\\Services\\LanmanWorkstation\\Parameters /v ${value} /f`,
);

export const installCard = (values: Parameters): Step => ({
  kind: 'manual',
  id: 'install',
  title: 'Install from a machine’s menu',
  intro: 'The installer starts, and would later ask for a driver: it has no disc. Before you click anything, press Shift-F10 and type these lines.',
  danger: 'reads',
  runsOn: 'machine to be installed',
  minutes: 5,
  instructions: [
    'Start the machine from the network, and choose the installer in the menu.',
    'When the installer’s first window is there, press Shift-F10, and type the lines of its card.',
    `"${values.user}" must not be a user of this server: only then does Samba treat it as a guest. "bar" is any password.`,
  ],
  cards: [
    ...installersOf(values).map((installer) => ({ title: installer.name, lines: commandsFor(installer, values), note: driverNote(installer) })),
    {
      title: 'Only where “net use” refuses guests',
      lines: guestValues,
      note: 'System error 1272, or one about signing: Windows 11 24H2, and the Enterprise, Education and Server editions before it. Type these, then “net use” again. They hold for this installer’s session only.',
    },
  ],
});
