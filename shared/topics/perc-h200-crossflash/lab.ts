/** The rehearsal: a server with one PERC H200 Adapter, files of the right shape, and what can go wrong. */
import type { Lab, LabFailure, LabFile } from '../../topic-kit/index.ts';
import { makeFlasher, makeUefiShell } from './efi-program-maker.ts';
import { makeFirmwareImage } from './firmware-image-maker.ts';
import { makeOptionRom } from './option-rom.ts';
import { phaseNumber, phases } from './parameters.ts';

const address = '5782bcb012345600';
const kibibyte = 1024;
/** NVDATA, boot loader and initialization image, as the flasher looks for them. */
const extendedImages = [3, 4, 5];

/** As in the published images: Dell's too says no more than this. */
const unnamed = { vendorName: 'LSI Logic', packageName: 'Not Packaged Yet' };

const dellImage = () =>
  makeFirmwareImage({
    productId: 0x2213,
    firmwareVersion: { major: 7, minor: 15, unit: 8, dev: 0 },
    nvdataVersion: { major: 7, minor: 0, unit: 0, dev: 7 },
    packageVersion: { major: 7, minor: 3, unit: 6, dev: 0 },
    versionName: 'MPTFW-07.15.08.00-IT',
    ...unnamed,
    size: 16 * kibibyte,
    extendedImages,
  });

const itImage = (phase: number, unit: number) =>
  makeFirmwareImage({
    productId: 0x2213,
    firmwareVersion: { major: phase, minor: 0, unit, dev: 0 },
    nvdataVersion: { major: phase === 7 ? 0x07 : 0x14, minor: 1, unit: 0, dev: 0 },
    versionName: `MPTFW-${String(phase).padStart(2, '0')}.00.${String(unit).padStart(2, '0')}.00-IT`,
    ...unnamed,
    size: (phase === 7 ? 12 : 14) * kibibyte,
    extendedImages,
  });

/** By the form's `cardHas`. */
const cards: Readonly<Record<string, string>> = {
  whole: `chip=ok
image=ir
fw=07.15.08.00
nvdata=07.00.00.07
product=0x2713
vendor=Dell
nvproduct=PERC H200
bios=07.11.10.00
board=PERC H200 Adapter
subsystem=1028:1f1d`,
  nothing: `chip=fault
image=none
fw=00.00.00.00
nvdata=00.00.00.00
product=0x0000
vendor=
nvproduct=
bios=none
board=PERC H200 Adapter
subsystem=1028:1f1d`,
  lsi: `chip=ok
image=lsi
fw=16.00.00.00
nvdata=10.00.00.08
product=0x2213
vendor=LSI
nvproduct=SAS9211-8i
bios=none
board=Dell 6Gbps SAS HBA
subsystem=1028:1f1c`,
};

const startingState = (failure: string | null, cardHas: unknown) => `booted=disk
present=${failure === 'no-adapter' ? 'no' : 'yes'}
${cards[String(cardHas)] ?? cards.whole}
sas=${address}
driver=${cardHas === 'lsi' ? 'ok' : 'stuck'}
played=
`;

function files(failure: string | null, { cardHas }: Readonly<Record<string, unknown>> = {}): LabFile[] {
  const p05 = makeFlasher(5, { readable: true });
  const p07 = itImage(7, 0);
  const result: LabFile[] = [
    { path: 'controller.state', content: startingState(failure, cardHas) },
    { path: 'downloads/EFI/BOOT/BOOTX64.EFI', content: makeUefiShell() },
    { path: 'downloads/P07/sas2flash.efi', content: failure === 'wrong-flasher' ? makeFlasher(20, { readable: false }) : p05 },
    { path: 'downloads/P07/6GBPSAS.FW', content: dellImage() },
    { path: 'downloads/P07/2118it.bin', content: failure === 'truncated-image' ? p07.slice(0, 8 * kibibyte) : p07 },
    { path: 'downloads/P20/sas2flash.efi', content: makeFlasher(20, { readable: true }) },
    { path: 'downloads/P20/mptsas2.rom', content: makeOptionRom(8) },
    ...phases.map((phase) => ({ path: `downloads/${phase}/2118it.bin`, content: itImage(phaseNumber(phase), phase === 'P20' ? 7 : 0) })),
  ];
  if (failure !== null) result.push({ path: 'failure', content: `${failure}\n` });
  if (failure === 'wrong-flasher') result.push({ path: 'fresh/P07/sas2flash.efi', content: p05 });
  if (failure === 'truncated-image') result.push({ path: 'fresh/P07/2118it.bin', content: p07 });
  return result;
}

const byScript = 'by startup.nsh';
const halfWay = 'from a card that is half done';
const upwards = 'up to a later phase';
/** The ways that begin with Dell's RAID firmware. */
const whole = [null, byScript];

const failures: readonly LabFailure[] = [
  {
    id: 'wrong-flasher',
    title: 'Wrong flasher version',
    story: 'A current flasher lies in folder P07, packed so that its version cannot be read from the file. The list of controllers shows it in time.',
    stopsAt: { step: 'list-controllers', rule: 'new-flasher' },
    wayOut: 'remedy',
    inWay: [...whole, halfWay],
  },
  {
    id: 'truncated-image',
    title: 'Image cut off',
    story: 'The download of the P07 image broke off. The check of the files finds it before anything is written.',
    stopsAt: { step: 'check-files', rule: 'image-truncated' },
    wayOut: 'remedy',
    inWay: [...whole, halfWay],
  },
  {
    id: 'it-over-ir',
    title: 'IT over IR refused',
    story: 'The erase looks normal, but did nothing. Dell’s image is refused because the RAID firmware is still there.',
    stopsAt: { step: 'write-dell', rule: 'it-over-ir', also: ['commands-stopped'] },
    wayOut: 'remedy',
    inWay: whole,
  },
  {
    id: 'no-adapter',
    title: 'No adapter found',
    story: 'The card does not sit right in its slot. The flasher sees no adapter. Nothing has been changed.',
    stopsAt: { step: 'list-controllers', rule: 'no-adapter' },
    wayOut: 'remedy',
  },
  {
    id: 'reboot-after-erase',
    title: 'Reboot after the erase',
    story: 'The server restarts by itself just after the erase, and the card has no firmware to start from.',
    stopsAt: { step: 'write-dell', rule: 'host-boot-failed', also: ['commands-stopped'] },
    wayOut: 'remedy',
    inWay: whole,
  },
  {
    id: 'power-cut-step-8',
    title: 'Power cut while Dell’s image is written',
    story: 'The power fails in the middle of the write. The terminal is lost, and so is the card. The run says so.',
    stopsAt: { step: 'write-dell', rule: 'firmware-dead', also: ['host-boot-failed', 'commands-stopped'] },
    wayOut: 'none',
    inWay: whole,
  },
  {
    id: 'sas-address-lost',
    title: 'SAS address lost',
    story: 'After Dell’s image the card shows an address of zeros. The saved address is programmed again.',
    stopsAt: { step: 'check-dell', rule: 'sas-address-kept' },
    wayOut: 'remedy',
    inWay: [...whole, halfWay],
  },
];

export const lab: Lab = {
  scenario: 'A server with one PERC H200 Adapter that runs Dell’s RAID firmware A10',
  failures,
  ways: {
    [byScript]: { way: 'script' },
    'typed by hand': { way: 'hand' },
    [halfWay]: { cardHas: 'nothing', sasAddress: address },
    [upwards]: { cardHas: 'lsi' },
  },
  facts: { sasAddress: '5782bcb-0-1234-5600' },
  differsOnRepeat: {
    files: [
      'stick/SAS-ADDRESS.TXT',
      'server-screen.txt',
      ...['LIST-CONTROLLERS', 'SAVE-SAS-ADDRESS', 'SAVE-SAS-ADDRESS-PROOF'].map((name) => `stick/H200LOGS/${name}.TXT`),
    ],
    because: 'They contain lists of the card as it was when the run began; after a crossflash these name other firmware.',
  },
  files,
};
