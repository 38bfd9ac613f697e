/** Let the kernel pass TCG commands, ask the drives, and show the table. No command that sets, locks or erases a drive is in here. */
import { fact, file, type Matcher, type Remedy, type Step, sh } from '../../topic-kit/index.ts';
import { allowTpm, askDrives } from './asking.ts';
import { tableLines } from './drive-table.ts';
import { type Parameters, rowsOf } from './parameters.ts';

const runsOn = 'the machine with the drives';
const readAllow = sh`if [ -e ${file(allowTpm)} ]; then echo "allow_tpm=$(cat ${file(allowTpm)})"; else echo allow_tpm=none; fi`;

const look: Step = {
  kind: 'command',
  id: 'look',
  title: 'Check the tools',
  intro: 'sedutil asks for Opal, nvme for IEEE-1667. Debian 12 has no sedutil; without it the version of Opal stays unknown.',
  danger: 'reads',
  minutes: 1,
  runsOn,
  needsRoot: true,
  script: sh`for wb_tool in 'sedutil-cli --help' 'hdparm -V' 'nvme version' 'smartctl -V'; do
  $wb_tool > /dev/null 2>&1
  if [ $? -eq 127 ]; then echo "tool.\${wb_tool%% *}=none"; else echo "tool.\${wb_tool%% *}=yes"; fi
done`,
  matchers: [
    {
      kind: 'failure',
      id: 'no-hdparm',
      pattern: /^tool\.hdparm=none$/,
      text: 'tool.hdparm=none',
      means: 'hdparm is missing, so SATA drives cannot be told from others.',
      next: 'Install hdparm, smartmontools and nvme-cli.',
      remedies: ['install'],
    },
    {
      kind: 'warning',
      id: 'no-nvme',
      pattern: /^tool\.nvme=none$/,
      text: 'tool.nvme=none',
      means: 'nvme is missing. NVMe drives stay unknown.',
      next: 'Install nvme-cli if there are such drives.',
    },
    {
      kind: 'warning',
      id: 'no-sedutil',
      pattern: /^tool\.sedutil-cli=none$/,
      text: 'tool.sedutil-cli=none',
      means: 'sedutil is missing. The version of Opal stays unknown.',
      next: 'Get it from its maker’s site (Drive-Trust-Alliance), or go by the data sheet.',
    },
    { kind: 'expected', id: 'looked', pattern: /^tool\.smartctl=\w+$/, means: 'The tools were checked.', missing: 'The tools could not be checked.' },
  ],
};

const allow: Step = {
  kind: 'command',
  id: 'allow',
  title: 'Let the kernel pass TCG commands to SATA drives',
  intro: 'Until the next reboot. It changes nothing on a drive. Without it every SATA drive seems to have no Opal.',
  danger: 'changes',
  minutes: 1,
  runsOn,
  needsRoot: true,
  before: { script: readAllow, saves: [{ id: 'allow-before', title: 'allow_tpm before', pattern: /^allow_tpm=(\w+)$/ }] },
  script: sh`if [ -e ${file(allowTpm)} ]; then printf '1\\n' | tee ${file(allowTpm)} > /dev/null; fi
${readAllow}`,
  matchers: [
    {
      kind: 'failure',
      id: 'refused',
      pattern: /(?:Permission denied|Read-only file system|Operation not permitted|cannot create)/i,
      text: 'Permission denied',
      means: 'The kernel does not take the value while it runs.',
      next: 'Boot with libata.allow_tpm=1, then run the step again.',
      remedies: ['kernel-line'],
    },
    {
      kind: 'expected',
      id: 'allowed',
      pattern: /^allow_tpm=(?:1|Y|none)$/,
      means: 'TCG commands are passed, or this kernel has no SATA driver.',
      missing: 'TCG commands are still kept back.',
    },
  ],
  verify: {
    looksOnlyAt: 'the value that the kernel shows; whether drives answer is seen in the next step',
    script: readAllow,
    matchers: [{ kind: 'expected', id: 'is-on', pattern: /^allow_tpm=(?:1|Y|none)$/, means: 'The kernel shows it.', missing: 'The kernel does not show it.' }],
  },
  undo: sh`if [ -e ${file(allowTpm)} ]; then printf '%s\\n' ${fact('allow-before')} | tee ${file(allowTpm)} > /dev/null; fi`,
  undone: {
    script: readAllow,
    matchers: [
      {
        kind: 'equal',
        id: 'as-before',
        pattern: /^allow_tpm=(\w+)$/,
        to: { fact: 'allow-before' },
        means: 'It is as it was before.',
        differs: 'It is not as it was before.',
      },
    ],
  },
};

const said = (id: string, pattern: RegExp, text: string, means: string): Matcher => ({ kind: 'harmless', id, pattern, text, means });
const ask = ({ drives }: Parameters): Step => ({
  kind: 'command',
  id: 'ask',
  title: 'Ask the drives',
  intro: 'Only reads. Serial numbers are left out. Check again afterwards: the check sums up each drive.',
  danger: 'reads',
  minutes: 1,
  runsOn,
  needsRoot: true,
  script: askDrives(drives),
  matchers: [
    said('opal2', /function \(0x0203\)/, 'OPAL 2.0 function (0x0203)', 'This drive has TCG Opal 2.0.'),
    said('opal1', /function \(0x0200\)/, 'OPAL 1.0 function (0x0200)', 'This drive has TCG Opal 1.0.'),
    said(
      'security',
      /Security Send and Receive Supported/,
      'Security Send and Receive Supported',
      'This NVMe drive takes security commands, so it may have Opal.',
    ),
    said('no-security', /Security Send and Receive Not Supported/, 'Security Send and Receive Not Supported', 'This NVMe drive has no Opal.'),
    said('says-no', /^Invalid or unsupported disk|^\/dev\/\S+ +No( |$)/, '/dev/sdb No', 'sedutil finds no standard of TCG on this drive.'),
    said(
      'not-ata',
      /HDIO_DRIVE_CMD\(identify\) failed|HDIO_GET_IDENTITY failed|SG_IO: bad\/missing sense data|Unable to detect device type|missing or invalid identify|INQUIRY failed|Inappropriate ioctl|is not a? ?(?:NVMe|character|block)|Unknown USB bridge|specify device type with the -d option/,
      'SG_IO: bad/missing sense data',
      'This is not an ATA or NVMe drive, or something hides it.',
    ),
    said('ata-password', /^(?:not\s+)?(?:enabled|locked|frozen)$|^Security:/, 'not enabled', 'This is the ATA password, which is another thing than Opal.'),
    said('missing', /(?:sedutil-cli|nvme|smartctl): (?:command )?not found$/, 'sedutil-cli: not found', 'A tool is missing; its answers are, too.'),
    {
      kind: 'failure',
      id: 'locked',
      pattern: /\bLocked = Y, LockingEnabled = Y/,
      text: 'Locked = Y, LockingEnabled = Y',
      means: 'A drive is locked. Nobody reads or writes it before it is unlocked.',
      next: 'Unlock it with the password of whoever set it up. Never use --PSIDrevert on it: that erases all of it.',
    },
    {
      kind: 'failure',
      id: 'none-found',
      pattern: /^== end all$/,
      text: '== end all',
      unless: /^== drive /,
      means: 'No drive was found.',
      next: 'Name the drives in the form. A RAID controller may hide them.',
    },
    {
      kind: 'failure',
      id: 'no-ata',
      pattern: /^== drive \S+$/,
      text: '== drive sda',
      unless: /ATA device|^oacs |function \(0x0001\)/,
      means: 'None of these is an ATA or NVMe drive that answers. hdparm prints only its name and ends with status 0.',
      next: 'Connect the drive directly: USB bridges and RAID controllers hide this.',
    },
    { kind: 'expected', id: 'asked', pattern: /^asked=yes$/, means: 'The drives were asked.', missing: 'The drives were not asked.' },
  ],
});

const table = (values: Parameters): Step => {
  const rows = rowsOf(values);
  return {
    kind: 'manual',
    id: 'table',
    title: 'Read the table, and what BitLocker eDrive needs',
    intro: 'The table is of 2013 to 2016. It shows what was said then, and proves nothing about today’s firmware.',
    danger: 'reads',
    minutes: 3,
    runsOn: 'your desk',
    instructions: [
      rows.length === 0 ? 'No drive fits your filter.' : `${rows.length} ${rows.length === 1 ? 'drive fits' : 'drives fit'} your filter.`,
      'Prefer encryption by software (LUKS, BitLocker without eDrive): several of these drives could be opened without the password (CVE-2018-12037, CVE-2018-12038).',
      'Never try --initialSetup, --setSIDPassword, --PSIDrevert, --revertTPer or "nvme format" on a drive with data: they lock or erase it.',
    ],
    cards: [
      { title: 'Drives of the source', lines: tableLines(rows), note: '“?”: the source does not say.' },
      {
        title: 'BitLocker eDrive needs all of these',
        lines: [
          'Drive: Opal 2.0 and IEEE-1667, not set up yet (for many Samsung drives: "Ready" in Magician, secure erase, new installation)',
          'Firmware: UEFI 2.3.1 or newer with EFI_STORAGE_SECURITY_COMMAND_PROTOCOL, booting without CSM',
          'Controller: AHCI or NVMe, no RAID',
          'Windows 8 or newer, Pro; a group policy that allows hardware encryption (since KB4516071 of September 2019 software is the default)',
          'manage-bde -status C:    shows "Hardware Encryption - 1.3.111.2.1619.0.1.2", or "XTS-AES 128" for software',
        ],
      },
    ],
  };
};

export const steps = (values: Parameters): Step[] => [look, allow, ask(values), table(values)];

export const remedies: readonly Remedy[] = [
  {
    id: 'install',
    title: 'Install the tools',
    explanation: 'As root: apt-get install hdparm smartmontools nvme-cli. Then the step runs again.',
    danger: 'changes',
    lab: sh`lab-drives install`,
    afterwards: 'retry',
  },
  {
    id: 'kernel-line',
    title: 'Boot with libata.allow_tpm=1',
    explanation: 'Add libata.allow_tpm=1 to the kernel’s command line, and reboot. Then the step runs again.',
    danger: 'changes',
    lab: sh`lab-drives boot`,
    afterwards: 'retry',
  },
];
