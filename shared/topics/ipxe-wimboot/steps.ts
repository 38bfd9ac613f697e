/** Look at the files, make the menu, share the folder, look as a guest, and what is typed at the machine. */
import { file, type Step, sh } from '../../topic-kit/index.ts';
import { guestStep } from './guest-look.ts';
import { dhcpCard, installCard } from './install-card.ts';
import { editMenu } from './menu.ts';
import { menuPlace, type Parameters } from './parameters.ts';
import { sambaReads, sambaRuns, server, shareStep } from './samba.ts';
import { lookAtTree, treeMatchers } from './tree.ts';

export const steps = (values: Parameters): Step[] => [
  treeStep(values),
  sambaRuns(values),
  menuStep(values),
  shareStep(values),
  sambaReads(),
  guestStep(values),
  dhcpCard(values),
  installCard(values),
];

/** UDP port 69 is 0045 in the kernel's list. */
const tftpPort = sh`if cat ${file('/proc/net/udp')} ${file('/proc/net/udp6')} 2> /dev/null | grep -q ':0045 '; then echo ${'TFTP: something listens'}; else echo ${'TFTP: nothing listens'}; fi`;

const treeStep = (values: Parameters): Step => ({
  kind: 'command',
  id: 'tree',
  title: 'Check the files one by one',
  intro: 'Checks every file that the menu will name, letter by letter, and that everybody may read it. Runs as root, to see closed folders too.',
  danger: 'reads',
  runsOn: server,
  needsRoot: true,
  minutes: 1,
  script: sh`${tftpPort}
${lookAtTree(values)}`,
  matchers: [
    ...treeMatchers,
    {
      kind: 'warning',
      id: 'no-tftp',
      pattern: /^TFTP: nothing listens$/,
      means: 'No TFTP server runs here: nothing listens on UDP port 69.',
      next: 'Start it before the first machine boots (Debian: package tftpd-hpa).',
    },
  ],
});

const menuStep = (values: Parameters): Step => ({
  kind: 'edit',
  id: 'menu',
  title: 'Make the menu',
  intro: 'An iPXE script with an entry for each installer. An entry whose file can’t be fetched says so and comes back to the menu.',
  danger: 'changes',
  runsOn: server,
  needsRoot: true,
  file: menuPlace(values),
  create: { mode: '0644' },
  edit: (old) => editMenu(old, values),
  verify: {
    looksOnlyAt: 'the file, which the TFTP server hands out as it is',
    script: sh`head -n 1 ${file(menuPlace(values))}
grep -c '^item --key . win' ${file(menuPlace(values))} | sed 's/^/entries: /'`,
    matchers: [
      { kind: 'expected', id: 'script', pattern: /^#!ipxe$/, means: 'iPXE takes it for a script.', missing: 'iPXE would not take it for a script.' },
      { kind: 'expected', id: 'entries', pattern: /^entries: [1-9]/, means: 'The installers are in it.', missing: 'No installer is in it.' },
    ],
  },
});
