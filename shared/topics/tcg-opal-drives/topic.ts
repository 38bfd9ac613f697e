/** Which drives support TCG Opal and IEEE-1667: the source's table, and what the drives of a machine say themselves. */
import { defineTopic, inOrder } from '../../topic-kit/index.ts';
import { lab } from './lab.ts';
import { parameters } from './parameters.ts';
import { pictures } from './pictures.ts';
import { probe } from './probe.ts';
import { search } from './search.ts';
import { remedies, steps } from './steps.ts';

export const topic = defineTopic({
  id: 'tcg-opal-drives',
  version: 1,
  title: 'Which SSDs support TCG Opal and IEEE-1667',
  summary:
    'A table of drives from 2013 to 2016 with filters and dates; and for the drives of a real machine what each supports, and what BitLocker eDrive needs.',
  category: 'Storage & firmware',
  platforms: ['Linux'],
  risk: { level: 'changes', text: 'Sets one value of the kernel until the next reboot. Drives are only read: nothing sets a password, locks or erases.' },
  minutes: 6,
  fixes: ['Whether a drive can encrypt itself with TCG Opal, and whether BitLocker can use that (eDrive).', 'sedutil says “No” of every SATA drive.'],
  needs: ['Root on the machine with the drives.', 'hdparm, smartmontools and nvme-cli; for the version of Opal also sedutil.'],
  cannotUndo: [],
  corrections: [
    'The table is the source’s, with the month of each entry. What was announced, promised or only listed says so. It proves nothing about today’s firmware: ask the drive.',
    'The source promises Opal for the Samsung 950 Pro. Samsung’s later data sheet put that on hold.',
    'Of the 840 EVO the source says Opal; others report that sedutil says “No”. Uncertain.',
    'hdparm does not name TCG in its text. Its “Security” part is the ATA password, another mechanism. Word 48 of the raw data says whether a drive has Trusted Computing.',
    'On what is no ATA device, hdparm prints the name only and ends with status 0. The check concludes “no ATA device” from the missing line.',
    'With libata.allow_tpm=0, the kernel’s default, sedutil says “No” of every SATA drive. The check calls that unknown, not no.',
    'IEEE-1667 is read from the list of security protocols (EEh), of NVMe drives only. Of SATA drives it stays unknown. The options of nvme security-recv differ by version of nvme-cli: uncertain.',
    'Several of these drives could be opened without the password (CVE-2018-12037, CVE-2018-12038), and since September 2019 Windows encrypts by software unless a policy says otherwise. Software is the better choice today. Linux can use Opal beside LUKS: cryptsetup 2.7, luksFormat --hw-opal.',
    'Not tried: real drives with Opal. The parsers are tried on published outputs of an 850 EVO, a 960 PRO, a KIOXIA KXG8 and others; hdparm, nvme and smartctl on a loop device.',
  ],
  sources: [
    'Notes on SSDs with TCG Opal or IEEE-1667 support, 2013 to 2016',
    'Issues 206, 304, 364, 478 and 503 of Drive-Trust-Alliance/sedutil',
    'TCG Storage, ATA8-ACS, NVM Express',
  ],
  search,
  symptoms: [
    { pattern: /Invalid or unsupported disk \/dev\/(?<drives>[a-z][a-z0-9]{1,9})/, text: 'Invalid or unsupported disk /dev/sda' },
    { pattern: /Scanning for Opal compliant disks/i, text: 'Scanning for Opal compliant disks' },
    { pattern: /\beDrive\b/, text: 'BitLocker eDrive' },
    { pattern: inOrder(/\bBitLocker\b/i, /\bhardware encryption\b/i), text: 'BitLocker: hardware encryption' },
    { pattern: /\b(?:TCG Opal|IEEE-?1667)\b/i, text: 'SSD with TCG Opal or IEEE-1667' },
    { pattern: /NVME Security Command Error/i, text: 'NVME Security Command Error:8194' },
    { pattern: /CVE-2018-1203[78]/i, text: 'CVE-2018-12037' },
  ],
  alsoCalled: [
    'self-encrypting drive SED list, full-disk encryption in hardware',
    'sedutil-cli scan No, libata.allow_tpm, OPAL_SAVE, PSID',
    'Samsung 850 EVO Crucial MX100 M500 Micron 1100 SanDisk X400 Opal',
    'selbstverschlüsselnde SSD mit TCG Opal, Liste',
    'liste de SSD avec chiffrement matériel TCG Opal',
    'lista de SSD con cifrado por hardware TCG Opal',
  ],
  secretPatterns: [/^\s*Serial Number: +(\S+)/, /^sn +: +(\S+)/],
  parameters,
  labDefaults: {},
  steps: (values) => steps(values),
  remedies,
  probe,
  pictures: (values) => pictures(values),
  targets: ['local', 'ssh'],
  systems: { oneOf: [{ os: 'linux' }] },
  lab,
});
