/** What each chosen file must be, and in which words a wrong one is refused. Pure. */
import type { FileCheck, FileFinding } from '../../topic-kit/index.ts';
import { parseEfiProgram, readFlasher, shellVersion } from './efi-program.ts';
import {
  describeProduct,
  type FirmwareImage,
  firmwareVersionText,
  type ImageFault,
  nvdataVersionText,
  parseFirmwareImage,
  type Version,
} from './firmware-image.ts';
import { earlyP20 } from './list-matchers.ts';
import { parseOptionRom } from './option-rom.ts';
import { crossflashFiles, type Parameters, phaseNumber, shellFile } from './parameters.ts';

const mebibyte = 1024 * 1024;
const imageLimit = 4 * mebibyte;

type Problem = NonNullable<FileFinding['problem']>;
const refused = (summary: string, rule: string, means: string, next: string, remedies: readonly string[] = []): FileFinding => ({
  summary,
  problem: { means, next, rule, remedies },
});
const downloadAgain = 'Get the file again from its maker, unpack it again, and check again.';

export function fileChecks(values: Parameters): FileCheck[] {
  const final = values.finalPhase;
  const shell = shellFile(values);
  const image = { limit: imageLimit };
  const checks: FileCheck[] = [
    ...(shell === null ? [] : [{ field: 'uefiShell', path: shell, ...image, inspect: inspectShell }]),
    ...(crossflashFiles(values)
      ? [
          { field: 'p07Flasher', path: values.p07Flasher ?? '', ...image, inspect: inspectOldFlasher },
          { field: 'dellImage', path: values.dellImage ?? '', ...image, inspect: inspectDellImage },
          { field: 'p07Image', path: values.p07Image ?? '', ...image, inspect: (content: Uint8Array) => inspectItImage(content, 7, 'P07') },
        ]
      : []),
    { field: 'finalFlasher', path: values.finalFlasher, ...image, inspect: inspectNewFlasher },
    { field: 'finalImage', path: values.finalImage, ...image, inspect: (content) => inspectItImage(content, phaseNumber(final), final) },
  ];
  if (!values.leaveOutBootRom && values.bootRom !== undefined) {
    checks.push({ field: 'bootRom', path: values.bootRom, limit: mebibyte, inspect: inspectRom });
  }
  return checks;
}

const faultRules: Readonly<Record<ImageFault, string>> = {
  'not-an-image': 'not-a-firmware-image',
  truncated: 'image-truncated',
  'trailing-bytes': 'image-too-long',
  checksum: 'image-checksum',
  chain: 'image-damaged',
};

/** The image, or the finding that refuses the file. */
function readImage(content: Uint8Array): { image: FirmwareImage; summary: string } | FileFinding {
  const parsed = parseFirmwareImage(content);
  if ('fault' in parsed) {
    const truncated = parsed.fault === 'truncated' ? 'The file is cut off: ' : 'The file is not a whole firmware image: ';
    return refused('Not usable', faultRules[parsed.fault], `${truncated}${parsed.detail}.`, downloadAgain, ['fetch-again']);
  }
  const { image } = parsed;
  const product = describeProduct(image.productId);
  const names = [image.vendorName, image.packageName].filter(Boolean).join(' ');
  const summary = `${names || 'Unnamed'}, firmware ${firmwareVersionText(image.firmwareVersion)}, product ${product.text}, NVDATA ${nvdataVersionText(image.nvdataVersion)}, ${image.size} bytes, checksum right`;
  if (!product.sas2008) {
    return refused(
      summary,
      'wrong-chip',
      'This firmware is for another chip than the SAS2008 of this card.',
      'Choose the image for the 9211-8i or the Dell 6Gbps SAS HBA.',
    );
  }
  return { image, summary };
}

/**
 * Published headers all say "LSI Logic", "Not Packaged Yet", Dell's too. What tells them apart is the version of the package: Dell's has
 * one (07.03.05.00 or 07.03.06.00), LSI's is all zero.
 */
function isDells({ packageVersion: { major, minor, unit, dev }, vendorName, packageName, versionName }: FirmwareImage): boolean {
  return major + minor + unit + dev > 0 || /dell|6gbps/i.test(`${vendorName} ${packageName} ${versionName}`);
}
const takeDells = 'Choose 6GBPSAS.FW from Dell’s package for the 6Gbps SAS HBA, 07.03.06.00 (A10).';

export function inspectDellImage(content: Uint8Array): FileFinding {
  const read = readImage(content);
  if ('problem' in read) return read;
  const { image, summary } = read;
  const { personality } = describeProduct(image.productId);
  if (!isDells(image)) {
    const whose = personality === 'IR' ? 'This is LSI’s RAID (IR) image' : 'This is LSI’s image';
    const next = personality === 'IR' ? takeDells : 'The two files are probably swapped: choose 6GBPSAS.FW here and 2118it.bin for P07.';
    return refused(summary, 'swapped-images', `${whose}, not Dell’s: its header names no version of Dell’s package.`, next);
  }
  if (personality !== 'IT') return refused(summary, 'not-it-firmware', 'This is Dell’s RAID (IR) firmware, not that of the 6Gbps SAS HBA.', takeDells);
  if (image.firmwareVersion.major !== 7)
    return refused(summary, 'wrong-phase', `This image is of phase ${image.firmwareVersion.major}; Dell’s must be of phase 7.`, takeDells);
  return { summary: `${summary}, Dell’s package ${firmwareVersionText(image.packageVersion)}`, problem: null };
}

export function inspectItImage(content: Uint8Array, phase: number, name: string): FileFinding {
  const read = readImage(content);
  if ('problem' in read) return read;
  const { image, summary } = read;
  if (isDells(image)) {
    return refused(summary, 'swapped-images', 'This is Dell’s image, not LSI’s. The files are probably swapped.', `Choose LSI’s 2118it.bin of ${name} here.`);
  }
  if (describeProduct(image.productId).personality !== 'IT') {
    return refused(
      summary,
      'not-it-firmware',
      'This is RAID (IR) firmware. With it the disks stay hidden behind the controller.',
      'Choose 2118it.bin, not 2118ir.bin.',
    );
  }
  if (image.firmwareVersion.major !== phase) {
    const found = `P${String(image.firmwareVersion.major).padStart(2, '0')}`;
    return refused(summary, 'wrong-phase', `This image is ${found}, but ${name} is asked for.`, `Choose the 2118it.bin of ${name}, or choose another phase.`);
  }
  return { summary, problem: null, ...(isEarlyP20(image.firmwareVersion) && { warning: earlyP20 }) };
}

const isEarlyP20 = ({ major, minor, unit }: Version) => major === 20 && minor === 0 && unit < 7;

function readProgram(content: Uint8Array): { machine: string } | FileFinding {
  const parsed = parseEfiProgram(content);
  if (!('fault' in parsed)) return parsed;
  const truncated = parsed.fault === 'truncated';
  const means = truncated ? `The file is cut off: ${parsed.detail}.` : `This is not a UEFI program: ${parsed.detail}.`;
  return refused('Not usable', truncated ? 'program-truncated' : 'not-an-efi-program', means, downloadAgain, ['fetch-again']);
}

const newerThanAsking = 8;

/** A flasher with its phase where that can be read, or the finding that refuses the file. */
function readSas2Flash(content: Uint8Array): { phase: number | null; summary: string } | FileFinding {
  const program = readProgram(content);
  if ('problem' in program) return program;
  const flasher = readFlasher(content);
  const summary = `UEFI program (${program.machine})`;
  if (flasher !== null) {
    const said = flasher.phase === null ? 'version not readable; the server shows it when it lists controllers' : `flasher version ${flasher.phase}`;
    return { phase: flasher.phase, summary: `${summary}, ${said}` };
  }
  const means = shellVersion(content) === null ? 'This program is not an SAS2 flasher.' : 'This is a UEFI shell, not the flasher.';
  return refused(summary, 'not-a-flasher', means, 'Choose sas2flash.efi, from LSI’s UEFI installer.');
}

export function inspectOldFlasher(content: Uint8Array): FileFinding {
  const read = readSas2Flash(content);
  if ('problem' in read) return read;
  const { phase, summary } = read;
  if (phase === null || phase < newerThanAsking) return { summary, problem: null };
  const problem: Problem = {
    rule: 'wrong-flasher',
    means: `This is the flasher of phase ${phase}. It refuses to write LSI’s image over Dell’s instead of asking.`,
    next: 'Choose the sas2flash.efi of phase 5.',
    remedies: ['replace-p07-flasher'],
  };
  return { summary, problem };
}

export function inspectNewFlasher(content: Uint8Array): FileFinding {
  const read = readSas2Flash(content);
  if ('problem' in read) return read;
  const { phase, summary } = read;
  if (phase === null || phase >= newerThanAsking) return { summary, problem: null };
  return refused(
    summary,
    'swapped-flashers',
    `This is the old flasher of phase ${phase}. The two flashers are probably swapped.`,
    'Choose the current sas2flash.efi here.',
  );
}

export function inspectShell(content: Uint8Array): FileFinding {
  const program = readProgram(content);
  if ('problem' in program) return program;
  if (program.machine !== 'x86-64') {
    return refused(
      `UEFI program (${program.machine})`,
      'not-a-shell',
      'This is not an x86-64 program, so the server cannot start it.',
      'Choose an x86-64 UEFI shell.',
    );
  }
  const version = shellVersion(content);
  const said = version === null ? 'does not say that it is a shell' : `UEFI shell version ${version}`;
  return { summary: `UEFI program (x86-64), ${said}`, problem: null };
}

export function inspectRom(content: Uint8Array): FileFinding {
  const rom = parseOptionRom(content);
  if ('fault' in rom) {
    const rule = rom.fault === 'truncated' ? 'rom-truncated' : 'not-an-option-rom';
    return refused('Not usable', rule, `This is not a whole boot ROM: ${rom.detail}.`, downloadAgain, ['fetch-again']);
  }
  const { images } = rom;
  const kinds = images.map(({ codeType, vendor, device }) => `${codeNames[codeType] ?? `code type ${codeType}`} for ${hex(vendor)}:${hex(device)}`);
  const summary = `Option ROM (${kinds.join(', ')}), ${content.length} bytes`;
  if (images.some(({ vendor, device }) => vendor !== lsi || !isSas2(device)))
    return refused(summary, 'other-rom', 'This boot ROM is for another device than an LSI SAS2 controller.', takeRom);
  if (!images.some(({ codeType }) => codeType === biosCode))
    return refused(
      summary,
      'uefi-rom',
      'This is a UEFI driver, not the BIOS boot ROM. The flasher writes it to another place, and its list would still show no boot ROM.',
      takeRom,
    );
  return { summary, problem: null };
}

const takeRom = 'Choose mptsas2.rom of the 9211-8i, out of the firmware package (folder sasbios_rel), or leave the boot ROM out.';
const lsi = 0x1000;
const biosCode = 0;
const codeNames: Readonly<Record<number, string>> = { [biosCode]: 'BIOS', 1: 'Open Firmware', 3: 'UEFI' };
/** SAS2008, 2108, 2116 and 2308 share one ROM, whose header may name any of them. */
const isSas2 = (device: number) => device >= 0x64 && device <= 0x87;
const hex = (value: number) => value.toString(16).padStart(4, '0');
