/** Windows' installer over the network: iPXE's menu, wimboot, and a share that an unknown user reads as a guest. */
import { defineTopic, inOrder, oneOf } from '../../topic-kit/index.ts';
import { lab, labInstallers } from './lab.ts';
import { parameters } from './parameters.ts';
import { pictures } from './pictures.ts';
import { probe } from './probe.ts';
import { remedies } from './remedies.ts';
import { search } from './search.ts';
import { steps } from './steps.ts';

export const topic = defineTopic({
  id: 'ipxe-wimboot',
  version: 1,
  title: 'Windows installer over the network',
  summary: 'Makes a menu of Windows installers that machines start over the network with iPXE and wimboot, and the read-only share they install from.',
  category: 'Boot media & network boot',
  platforms: ['Linux'],
  risk: {
    level: 'changes',
    text: 'Everybody on the network can read the TFTP root afterwards, and users that Samba does not know become guests in every share that lets guests in.',
  },
  minutes: 12,
  fixes: [
    'Windows has to be installed on machines without a disc drive, and USB sticks are slow.',
    'A network start that ends in the installer’s question for a missing driver: it does not find its packages.',
    'A file that TFTP does not find although it is there, because its capitals differ.',
  ],
  needs: [
    'A Linux server with a TFTP server and Samba, and root on it.',
    'iPXE and wimboot, from the iPXE project, in the TFTP root.',
    'The content of each Windows disc, copied into a folder of its own below the TFTP root.',
    'A DHCP server whose answers you can set.',
  ],
  cannotUndo: [],
  corrections: [
    'The source’s menu lost its labels and addresses. Here it is made from the list, with a way back to the menu when a file is missing.',
    'The source’s commands for Shift-F10 lost their first and last line. They are wpeinit, which starts the network, and setup.exe from the share.',
    'Without the fonts the source’s entry goes to "failed". Not every release has them, so here an entry continues without them.',
    'The source sees no way to add network drivers. wimboot puts files that it does not know into X:\\Windows\\System32, where drvload finds them.',
    'Windows 11 24H2 and several editions before it do not let guests in by default. The card has the two registry values for it.',
  ],
  sources: [
    'Notes on starting a Windows install disc from the network with iPXE and wimboot',
    'ipxe.org: wimboot, cmd/menu, cmd/initrd',
    'smb.conf(5), testparm(1), smbclient(1)',
  ],
  search,
  symptoms: [
    {
      pattern: /A media driver your computer needs is missing|required (CD\/DVD drive )?device driver is missing/i,
      text: 'A media driver your computer needs is missing',
    },
    {
      pattern: inOrder(/No such file or directory|not found/i, /ipxe\.org\/2d0c[0-9a-f]/i),
      text: 'iPXE: No such file or directory (https://ipxe.org/2d0c618e)',
    },
    { pattern: /PXE-E(3[26]|53|55)|PXE-T01/i, text: 'PXE-E53: No boot filename received' },
    { pattern: /could not extract initrd files|Bad CPIO magic/i, text: 'FATAL: could not extract initrd files' },
    { pattern: /PXE-E(16|18|23)\b/i, text: 'PXE-E16, PXE-E18, PXE-E23' },
    { pattern: /ipxe\.org\/3c0920/i, text: 'iPXE: https://ipxe.org/3c092003' },
    { pattern: oneOf(inOrder(/exec format error/i, /2e0080/i), /ipxe\.org\/2e0080/i), text: 'Exec format error (https://ipxe.org/2e008081)' },
    { pattern: /0xc0000001\b/i, text: 'Windows’ boot manager: 0xc0000001' },
    { pattern: inOrder(/\\boot\\bcd/i, /0xc000000f/i), text: '\\Boot\\BCD, 0xc000000f' },
    { pattern: /rejected an insecure guest logon/i, text: 'Rejected an insecure guest logon' },
    { pattern: /\b(system )?error 53\b|systemfehler 53\b|0x80070035/i, text: 'System error 53, 0x80070035' },
    { pattern: inOrder(/medientreiber/i, /fehlt/i), text: 'Ein Medientreiber, der für den Computer erforderlich ist, fehlt' },
    { pattern: /systemfehler 1272/i, text: 'Systemfehler 1272' },
    { pattern: /system error 1272|unauthenticated guest access/i, text: 'System error 1272: unauthenticated guest access is blocked' },
    { pattern: /\bwimboot\b|\bWinPE\b|\bPXE.?boot (?:of |for )?Windows\b/i, text: 'PXE boot of Windows, WinPE, wimboot' },
    { pattern: oneOf(inOrder(/File \S+ not found/i, /tftp/i), inOrder(/tftp/i, /file( \S+)? not found|NAK/i)), text: 'TFTP: File not found' },
  ],
  alsoCalled: [
    'install Windows via PXE, network boot, netboot, boot from the network',
    'TFTP, DHCP next-server, Samba share with installers, boot.wim, Windows setup',
    'Windows über das Netz installieren, Netzwerkstart, Systemfehler 53 ist aufgetreten',
    'installer Windows par le réseau, démarrage réseau, un pilote de média dont votre ordinateur a besoin est manquant',
    'L’erreur système 53 s’est produite, le chemin réseau n’a pas été trouvé',
    'instalar Windows por red, arranque por red, falta un controlador multimedia que el equipo necesita',
    'Error de sistema 53, no se ha encontrado la ruta de acceso de la red',
  ],
  parameters,
  labDefaults: { installers: labInstallers, server: '10.20.0.5' },
  steps: (values) => steps(values),
  remedies,
  probe,
  pictures: (values, known) => pictures(values, known),
  targets: ['local', 'ssh'],
  systems: {
    oneOf: [{ os: 'linux' }],
    tools: [
      { name: 'testparm', package: 'samba-common-bin' },
      { name: 'smbcontrol', package: 'samba-common-bin' },
      { name: 'smbclient', package: 'smbclient' },
      { name: 'find', package: 'findutils' },
    ],
  },
  lab,
});
