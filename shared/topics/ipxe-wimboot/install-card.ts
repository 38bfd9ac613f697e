/** What is typed in Windows' installer: the card beside the machine. Pure. */
import type { Step } from '../../topic-kit/index.ts';
import { baseName, type Installer } from './installers.ts';
import { installersOf, type Parameters } from './parameters.ts';
import { windowsPath } from './samba.ts';

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
    ? `Its network driver comes along (${drivers.map(baseName).join(', ')}).`
    : 'It brings the network drivers of its release. If "ipconfig" shows no address, the card is newer than the disc: add its driver’s files to the list of installers.';

export const dhcpCard = ({ server: address, menu }: Parameters): Step => ({
  kind: 'manual',
  id: 'dhcp',
  title: 'Have DHCP name the menu',
  intro:
    'Machines learn from DHCP where to begin. Twice: their firmware has to get iPXE, and iPXE has to get the menu. Without the second, iPXE starts itself for ever.',
  danger: 'reads',
  runsOn: 'DHCP server',
  instructions: [
    `The boot server’s address (next-server, option 66): ${address}`,
    'File for a machine’s firmware (filename, option 67): undionly.kpxe for BIOS, ipxe.efi or snponly.efi for UEFI. They come from the iPXE project (Debian: package ipxe) and lie in the TFTP root.',
    `File where the request’s user class (option 77) is "iPXE": ${menu}`,
    `For ISC DHCP: if exists user-class and option user-class = "iPXE" { filename "${menu}"; }`,
    `For dnsmasq: dhcp-match=set:ipxe,175 and dhcp-boot=tag:ipxe,${menu},,${address}`,
  ],
});

export const installCard = (values: Parameters): Step => ({
  kind: 'manual',
  id: 'install',
  title: 'Install from a machine’s menu',
  intro: 'The installer starts, and later asks for a driver: it has no disc. Before you click anything, press Shift-F10 and type these lines.',
  danger: 'reads',
  runsOn: 'machine to be installed',
  minutes: 5,
  instructions: [
    ...installersOf(values).map((installer) => `${installer.name}:  ${commandsFor(installer, values).join('   then   ')}   — ${driverNote(installer)}`),
    `${values.user} must be no user of this server: only then Samba takes it for a guest. "bar" is any password.`,
    'Where "net use" says that guests are not allowed (system error 1272, or one about signing), as of Windows 11 24H2, type first: reg add HKLM\\SYSTEM\\CurrentControlSet\\Services\\LanmanWorkstation\\Parameters /v AllowInsecureGuestAuth /t REG_DWORD /d 1 /f   then the same with RequireSecuritySignature and 0   then: net stop workstation /y   and: net start workstation',
  ],
});
