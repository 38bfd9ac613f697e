import { defineTopic, inOrder, systemShellPackages } from '../../topic-kit/index.ts';
import { lab } from './lab.ts';
import { labDefaults, misfit, parameters } from './parameters.ts';
import { probe } from './probe.ts';
import { remedies } from './remedies.ts';
import { search } from './search.ts';
import { steps } from './steps.ts';

export const topic = defineTopic({
  id: 'perc-h200-crossflash',
  version: 1,
  title: 'Crossflash a Dell PERC H200',
  summary: 'Turns the RAID card into a plain LSI 9211-8i host bus adapter (IT mode), for ZFS and for disks above 2 TB.',
  category: 'Storage & firmware',
  platforms: ['UEFI shell'],
  risk: {
    level: 'irreversible',
    text: 'The RAID firmware is erased. A loss of power between the erase and the reboot can leave a dead card. Neither Dell nor LSI supports this.',
  },
  minutes: 31,
  fixes: [
    'Disks are passed through to the operating system as they are (IT mode), as ZFS wants it.',
    'Disks larger than 2 TB are seen in full.',
    'Firmware and driver have the same phase: no more iuCRC errors and aborted commands from a mismatch.',
    'The server starts faster, because the card has no boot ROM.',
    'Moving between phases: up is one write, down takes the whole procedure, from the erase on.',
    'An interrupted crossflash, on a card without running firmware.',
  ],
  needs: [
    'A USB stick, formatted FAT32.',
    `An x86-64 UEFI shell. Take version 1: the flasher does not start from some version 2 shells. Version 2 is in ${systemShellPackages}.`,
    'The P05 flasher (sas2flash.efi) from LSI’s UEFI installer for phase 5.',
    'Dell’s 6GBPSAS.FW out of the package for the 6Gbps SAS HBA, 07.03.06.00 (A10).',
    'LSI’s 2118it.bin for the 9211-8i in phase 7, and in the phase of your driver.',
    'A current flasher for the last write.',
    'A server with UEFI, one hour without its disks, and power that stays on.',
    'A backup: RAID volumes of the card cannot be read afterwards.',
  ],
  cannotUndo: [
    'The erase: Dell’s RAID firmware cannot be read back from the card.',
    'RAID volumes made by the card are not readable in IT mode.',
    'The name: the card still reports itself as Dell 6Gbps SAS HBA, PCI 1028:1f1c.',
  ],
  corrections: [
    'Each harmless message is named and explained where it appears. Every other line that looks like an error stops the run.',
    'The question about NVDATA comes only from the P05 flasher. Later ones print "Product ID and Vendor ID match FAILED" and write nothing, so Dell’s image and P07 must be written with the P05 flasher.',
    'The flasher’s last line and exit status are no proof: an erase that is not supported ends with "Successfully" too. The next listing is what counts.',
    'The Linux and Windows builds of the flasher cannot erase. That is why the UEFI shell is needed.',
    'Shell version 1 or 2: the source saw failed assertions from version 2; others saw "InitShellApp: Application not started from Shell". Both mean: use the other shell.',
    'The SAS address is saved before the erase in this run and on the stick, not only noted down, and compared after every write.',
    'Dell’s file is called 6GBPSAS.FW; the source spells it 6GPBSAS.FW in one place.',
  ],
  sources: [
    'A published account of crossflashing an H200 from Dell’s A10 to P20, with its two additions on driver phases and on downgrading',
    'LSI’s reference guide and the texts in the published flashers',
    'Linux kernel, drivers/scsi/mpt3sas/mpi/mpi2_image.h, for the layout of firmware images',
    'Public reports of failed crossflashes and of what helped',
  ],
  search,
  symptoms: [
    { pattern: /iuCRC error|asc:47,3/i, text: 'iuCRC error detected (asc:47,3)' },
    { pattern: /terminated ioc 804b/i, text: 'terminated ioc 804b' },
    { pattern: /(larger than|more than|above|over|>)\s*2(\.2)?\s*TB|2(\.2)?\s*TB\s*(limit|barrier|maximum)/i, text: 'drives larger than 2 TB are not seen' },
    {
      pattern: /\b(IT[- ]mode|IT firmware|HBA[- ]mode|(?:HBA|disk|drive) pass-?thr(?:ough|u)|pass-?thr(?:ough|u) (?:of|for) (?:the )?(?:disks|drives))\b/i,
      text: 'need IT mode, HBA mode or HBA passthrough',
    },
    { pattern: /NVDATA Product ID and Vendor ID do not match/i, text: 'NVDATA Product ID and Vendor ID do not match' },
    { pattern: /Product ID and Vendor ID match FAILED/i, text: 'Product ID and Vendor ID match FAILED' },
    { pattern: /Cannot Flash IT Firmware over IR Firmware/i, text: 'Cannot Flash IT Firmware over IR Firmware' },
    {
      pattern: inOrder(/mpt[23]sas/i, /fault_state|diag reset: FAILED|non-operational/i),
      text: 'mpt2sas_cm0: diag reset: FAILED, SAS host is non-operational',
    },
    { pattern: inOrder(/mpt[23]sas/i, /log_info\(0x/i), text: 'mpt2sas0: log_info(0x31120303)' },
    {
      pattern: /\bmps\d+: Firmware: (?:0\d|1\d)\.|Firmware version \d+ does not match driver version/i,
      text: 'mps0: Firmware: 07.15.08.00, Driver: 16.00.00.00-fbsd',
    },
    { pattern: /Failed to Validate Mfg ?Page ?2|Mfg ?Page ?2 Mismatch/i, text: 'Failed to Validate Mfg Page 2!' },
    { pattern: /Controller is not operational|Firmware Host ?Boot Failed/i, text: 'Controller is not operational. A firmware download is required.' },
    { pattern: /Failed to initialize PAL|No LSI SAS adapters found/i, text: 'Failed to initialize PAL, No LSI SAS adapters found!' },
    { pattern: /Erase Flash Operation Failed|Failed to upload image/i, text: 'Erase Flash Operation Failed!' },
    { pattern: /Invalid PCIe card found in the Internal Storage slot/i, text: 'Invalid PCIe card found in the Internal Storage slot!' },
    { pattern: /InitShellApp: /i, text: 'InitShellApp: Application not started from Shell' },
    { pattern: /\b1000:0072\b|SAS2008\b|Dell 6Gbps SAS HBA/i, text: 'lspci: SAS2008 [1000:0072], Dell 6Gbps SAS HBA' },
    { pattern: /\b(PERC )?H200\b|\b9211-8i\b|\bsas2flash\b/i, text: 'PERC H200, SAS 9211-8i, sas2flash' },
  ],
  alsoCalled: [
    'disks bigger than 2 TB are not recognized, hard drives show only 2.2 TB',
    'flash a RAID controller to IT mode, HBA for ZFS, TrueNAS, unRAID, Ceph',
    'SAS controller, LSI SAS2008, 9210-8i, 9211-8i, IBM M1015, megarec, sas2flsh, P20 firmware',
    'RAID-Karte umflashen, Platten über 2 TB werden nicht erkannt, IT-Modus',
    'flasher la carte RAID en mode IT, disques de plus de 2 To',
    'flashear la tarjeta RAID en modo IT, discos de más de 2 TB',
  ],
  parameters,
  labDefaults,
  steps: (values, { rehearsal }) => steps(values, rehearsal),
  probe,
  targets: ['console', 'local', 'hand', 'ssh'],
  misfit,
  remedies,
  lab,
});
