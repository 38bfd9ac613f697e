/** What each chosen file must be, and in which words a wrong one is refused. Pure. */
import type { FileCheck, FileFinding } from '../../topic-kit/index.ts';
import { flasherPhase, parseEfiProgram, shellVersion } from './efi-program.ts';
import { describeProduct, type FirmwareImage, firmwareVersionText, type ImageFault, nvdataVersionText, parseFirmwareImage } from './firmware-image.ts';
import { parseOptionRom } from './option-rom.ts';
import { type Parameters, phaseNumber, shellFile } from './parameters.ts';

const mebibyte = 1024 * 1024;
const imageLimit = 4 * mebibyte;

type Problem = NonNullable<FileFinding['problem']>;
const refused = (summary: string, rule: string, means: string, next: string, remedies: readonly string[] = []): FileFinding => ({
  summary,
  problem: { means, next, rule, remedies },
});
const downloadAgain = 'Get the file again from its maker, unpack it again, and check once more.';

export function fileChecks(values: Parameters): FileCheck[] {
  const final = values.finalPhase;
  const shell = shellFile(values);
  const checks: FileCheck[] = [
    ...(shell === null ? [] : [{ field: 'uefiShell', path: shell, limit: imageLimit, inspect: inspectShell }]),
    { field: 'p07Flasher', path: values.p07Flasher, limit: imageLimit, inspect: inspectOldFlasher },
    { field: 'dellImage', path: values.dellImage, limit: imageLimit, inspect: inspectDellImage },
    { field: 'p07Image', path: values.p07Image, limit: imageLimit, inspect: (content) => inspectItImage(content, 7, 'P07') },
    { field: 'finalFlasher', path: values.finalFlasher, limit: imageLimit, inspect: inspectNewFlasher },
    { field: 'finalImage', path: values.finalImage, limit: imageLimit, inspect: (content) => inspectItImage(content, phaseNumber(final), final) },
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

/** Lengths of the published files in bytes, for files whose header names nobody. */
const dellLength = 885404;
const p07Length = 630960;

function looksLikeDell(image: FirmwareImage): boolean | null {
  const names = `${image.vendorName} ${image.packageName} ${image.versionName}`;
  if (/dell|6gbps/i.test(names) || image.size === dellLength) return true;
  return /9211/.test(names) || image.size === p07Length ? false : null;
}

export function inspectDellImage(content: Uint8Array): FileFinding {
  const read = readImage(content);
  if ('problem' in read) return read;
  const { image, summary } = read;
  if (looksLikeDell(image) === false) {
    return refused(
      summary,
      'swapped-images',
      'This is LSI’s image, not Dell’s. The two files are probably swapped.',
      'Choose 6GBPSAS.FW here and 2118it.bin for P07.',
    );
  }
  if (image.firmwareVersion.major !== 7) {
    return refused(
      summary,
      'wrong-phase',
      `This image is of phase ${image.firmwareVersion.major}; Dell’s must be of phase 7.`,
      'Choose 6GBPSAS.FW of 07.03.06.00 (A10).',
    );
  }
  return { summary, problem: null };
}

export function inspectItImage(content: Uint8Array, phase: number, name: string): FileFinding {
  const read = readImage(content);
  if ('problem' in read) return read;
  const { image, summary } = read;
  if (looksLikeDell(image) === true) {
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
  return { summary, problem: null };
}

function readProgram(content: Uint8Array): { machine: string } | FileFinding {
  const parsed = parseEfiProgram(content);
  if (!('fault' in parsed)) return parsed;
  const truncated = parsed.fault === 'truncated';
  const means = truncated ? `The file is cut off: ${parsed.detail}.` : `This is not a UEFI program: ${parsed.detail}.`;
  return refused('Not usable', truncated ? 'program-truncated' : 'not-an-efi-program', means, downloadAgain, ['fetch-again']);
}

const newerThanAsking = 8;

export function inspectOldFlasher(content: Uint8Array): FileFinding {
  const program = readProgram(content);
  if ('problem' in program) return program;
  const phase = flasherPhase(content);
  if (phase === null)
    return { summary: `UEFI program (${program.machine}), version not readable; the server shows it when it lists controllers`, problem: null };
  const summary = `UEFI program (${program.machine}), flasher version ${phase}`;
  if (phase < newerThanAsking) return { summary, problem: null };
  const problem: Problem = {
    rule: 'wrong-flasher',
    means: `This is the flasher of phase ${phase}. It refuses to write LSI’s image over Dell’s instead of asking.`,
    next: 'Choose the sas2flash.efi of phase 5.',
    remedies: ['replace-p07-flasher'],
  };
  return { summary, problem };
}

export function inspectNewFlasher(content: Uint8Array): FileFinding {
  const program = readProgram(content);
  if ('problem' in program) return program;
  const phase = flasherPhase(content);
  if (phase === null) return { summary: `UEFI program (${program.machine}), version not readable`, problem: null };
  const summary = `UEFI program (${program.machine}), flasher version ${phase}`;
  if (phase >= newerThanAsking) return { summary, problem: null };
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
      'This is no x86-64 program, so the server cannot start it.',
      'Choose an x86-64 UEFI shell.',
    );
  }
  const version = shellVersion(content);
  const said = version === null ? 'does not say that it is a shell' : `UEFI shell version ${version}`;
  return { summary: `UEFI program (x86-64), ${said}`, problem: null };
}

export function inspectRom(content: Uint8Array): FileFinding {
  const rom = parseOptionRom(content);
  if (!('fault' in rom)) return { summary: `Option ROM, ${rom.images} image(s), ${content.length} bytes`, problem: null };
  const rule = rom.fault === 'truncated' ? 'rom-truncated' : 'not-an-option-rom';
  return refused('Not usable', rule, `This is not a whole boot ROM: ${rom.detail}.`, downloadAgain, ['fetch-again']);
}
