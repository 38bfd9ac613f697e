/** A machine whose /boot is on software RAID, and that starts from one of its disks only. */
import { defineTopic, inOrder } from '../../topic-kit/index.ts';
import { lab } from './lab.ts';
import { parameters } from './parameters.ts';
import { pictures } from './pictures.ts';
import { probe } from './probe.ts';
import { search } from './search.ts';
import { remedies, steps } from './steps.ts';

export const topic = defineTopic({
  id: 'grub-software-raid',
  version: 1,
  title: 'GRUB 2 on Linux software RAID',
  summary: 'Installs GRUB on every disk of the array below /boot, so that the machine starts when any one of them fails, and reads each disk back.',
  category: 'Storage & firmware',
  platforms: ['Linux'],
  risk: { level: 'changes', text: 'Writes boot code to every disk of the array. Copies are kept, and undo puts them back. Partition tables and data stay.' },
  minutes: 5,
  fixes: [
    'A machine that no longer starts after the first disk of its mirror has failed.',
    'After an upgrade GRUB stops at “symbol not found” if another disk is first.',
  ],
  needs: [
    'Root on the server.',
    'An array that is whole: level 1, 4, 5, 6 or 10, of Linux’ own metadata.',
    'A rescue medium, as for any change of how a machine starts.',
  ],
  cannotUndo: [],
  corrections: [
    'The source’s list of commands is lost. This is the standard procedure, not the source’s.',
    'GRUB goes to the disks, never to /dev/md0 or to a partition, and never with --force.',
    'Tried in a virtual machine with GRUB 2.06: RAID 1 and 10, metadata 0.90, 1.0 and 1.2, BIOS and UEFI, each disk alone. Not tried: levels 4, 5 and 6, Red Hat’s grub2-install, firmware of real machines.',
    'The source’s GRUB 1.98: which metadata it could read is uncertain. The marks by which boot code is recognised are those of GRUB 2.06; another build may put them elsewhere, and is then shown as another boot loader.',
    'With UEFI the partitions are equal after the run. An upgrade of GRUB changes the one that is mounted only: run this again then. An array of EFI system partitions (metadata 1.0) works, but firmware may write to one half of it.',
    'Only 64-bit PCs. With Secure Boot the fallback file has to be shim: that was not tried.',
  ],
  sources: [
    'Notes on two Xen servers on software RAID (commands lost)',
    'GNU GRUB manual 2.06: Installing GRUB, BIOS installation',
    'md(4), mdadm(8), sfdisk(8), grub-install(8)',
  ],
  search,
  symptoms: [
    {
      pattern: /embedding is not possible, but this is required (?:for|when)/i,
      text: 'error: embedding is not possible, but this is required for RAID and LVM install.',
    },
    { pattern: /contains no BIOS Boot Partition/i, text: "warning: this GPT partition label contains no BIOS Boot Partition; embedding won't be possible." },
    { pattern: /embedding area is (?:unusually|too) small/i, text: "Your embedding area is unusually small.  core.img won't fit in it." },
    { pattern: /error: symbol [`'‘]?grub_\S+ not found/i, text: "error: symbol `grub_calloc' not found." },
    { pattern: /diskfilter writes are not supported/i, text: 'error: diskfilter writes are not supported.' },
    { pattern: /error: disk [`'‘]mduuid\/[0-9a-f]+['’] not found/i, text: "error: disk `mduuid/3f0e1c7ad2b94e5f8a1c0d77e6a1b2c3' not found." },
    { pattern: /cannot find a GRUB drive for/i, text: 'grub-probe: error: cannot find a GRUB drive for /dev/sdb1.  Check your device.map.' },
    {
      pattern: inOrder(/\b(?:does not|won't|will not|doesn't|no longer) (?:boot|start)/i, /\b(?:second|other|remaining|mirror|raid)/i),
      text: 'The server does not boot from the second disk of the RAID',
    },
  ],
  alsoCalled: [
    'install grub on both disks of RAID1 mdadm, boot from either disk',
    'grub-install /dev/sda /dev/sdb software raid, grub rescue after disk failure',
    'EFI system partition on second disk of mirror, redundant boot UEFI mdadm',
    'Server startet nicht nach Ausfall der ersten Festplatte, GRUB auf beide Platten des RAID',
    'GRUB sur les deux disques du RAID logiciel, ne démarre pas',
    'GRUB en los dos discos del RAID por software, no arranca',
  ],
  parameters,
  labDefaults: {},
  steps: (values) => steps(values),
  remedies,
  probe,
  pictures,
  targets: ['local', 'ssh'],
  systems: {
    oneOf: [{ os: 'linux' }],
    tools: [
      { name: 'lsblk', package: 'util-linux' },
      { name: 'findmnt', package: 'util-linux' },
      { name: 'sfdisk', package: 'fdisk or util-linux' },
    ],
  },
  lab,
});
