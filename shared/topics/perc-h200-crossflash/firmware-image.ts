/**
 * The header of an MPI 2.0 firmware image (2118it.bin, 6GBPSAS.FW …), and whether the file is whole.
 *
 * Layout: MPI2_FW_IMAGE_HEADER and MPI2_EXT_IMAGE_HEADER in the Linux kernel, drivers/scsi/mpt3sas/mpi/mpi2_image.h (in
 * older kernels mpi2_ioc.h). All numbers are little-endian. The header's own comments are wrong for the package name
 * (0x88/0x8C, copied from the vendor name): by the sizes of the fields it is 0xAC/0xB0.
 *
 * The kernel does not say what the checksums cover. Taken here: the 32-bit words of an image, header and checksum
 * included, add up to zero, for the firmware itself and for each extended image chained to it (NVDATA, boot loader,
 * initialization). Inferred from LSI's tools; no published image was at hand to try it on.
 */
import { asciiText, u16, u32 } from './little-endian.ts';

export const headerSize = 0x100;
export const extendedHeaderSize = 0x40;
export const signatures = [0x5afaa55a, 0xa55afaa5, 0x5aa55afa] as const;

export interface Version {
  major: number;
  minor: number;
  unit: number;
  dev: number;
}

export interface FirmwareImage {
  vendorId: number;
  /** Kind, personality and chip family, e.g. 0x2213 for initiator-target firmware of a SAS2008. */
  productId: number;
  firmwareVersion: Version;
  nvdataVersion: Version;
  packageVersion: Version;
  versionName: string;
  vendorName: string;
  packageName: string;
  /** MPI2_EXT_IMAGE_TYPE_… of the chained images, in file order. */
  extendedImages: readonly number[];
  /** Length of the whole file in bytes. */
  size: number;
}

export type ImageFault = 'not-an-image' | 'truncated' | 'trailing-bytes' | 'checksum' | 'chain';
export type ParsedImage = { image: FirmwareImage } | { fault: ImageFault; detail: string };

interface Part {
  name: string;
  at: number;
  size: number;
  next: number;
}

export function parseFirmwareImage(file: Uint8Array): ParsedImage {
  const marks = signatures.every((signature, index) => u32(file, 4 + index * 4) === signature);
  if (!marks || file[3] !== 0xea) {
    return file.length < headerSize && file[3] === 0xea
      ? { fault: 'truncated', detail: `it is ${file.length} bytes long, shorter than its header` }
      : { fault: 'not-an-image', detail: 'it does not begin with the signature of an MPI 2.0 firmware image' };
  }
  const chain = readChain(file);
  if ('fault' in chain) return chain;
  const end = Math.max(...chain.parts.map((part) => part.at + part.size));
  if (end > file.length) return { fault: 'truncated', detail: `its header announces ${end} bytes, the file has ${file.length}` };
  const broken = chain.parts.find((part) => wordSum(file, part) !== 0);
  if (broken) return { fault: 'checksum', detail: `the checksum of ${broken.name} is wrong` };
  if (end < file.length) return { fault: 'trailing-bytes', detail: `its header announces ${end} bytes, the file has ${file.length}` };

  return {
    image: {
      vendorId: u16(file, 0x20),
      productId: u16(file, 0x22),
      firmwareVersion: version(file, 0x14),
      nvdataVersion: version(file, 0x18),
      packageVersion: version(file, 0x1c),
      versionName: asciiText(file, 0x68, 32),
      vendorName: asciiText(file, 0x8c, 32),
      packageName: asciiText(file, 0xb0, 32),
      extendedImages: chain.parts.slice(1).map((part) => file[part.at] ?? 0),
      size: file.length,
    },
  };
}

/** The firmware and the extended images chained to it. Offsets go up, so that a crafted file can't make a loop. */
function readChain(file: Uint8Array): { parts: Part[] } | { fault: ImageFault; detail: string } {
  const parts: Part[] = [{ name: 'the firmware', at: 0, size: u32(file, 0x2c), next: u32(file, 0x30) }];
  for (let last = parts[0]; last; last = parts.at(-1)) {
    const smallest = last.at === 0 ? headerSize : extendedHeaderSize;
    if (last.size < smallest || last.size % 4 !== 0) return { fault: 'chain', detail: `the size of ${last.name} makes no sense` };
    if (last.next === 0) break;
    if (last.next <= last.at || last.next < headerSize || last.next % 4 !== 0) {
      return { fault: 'chain', detail: `what follows ${last.name} is not where it could be` };
    }
    if (last.next + extendedHeaderSize > file.length) {
      return { fault: 'truncated', detail: `a part that begins at byte ${last.next} is announced, the file has ${file.length} bytes` };
    }
    const name = `extended image ${parts.length}`;
    parts.push({ name, at: last.next, size: u32(file, last.next + 8), next: u32(file, last.next + 12) });
  }
  return { parts };
}

function wordSum(file: Uint8Array, part: Part): number {
  let sum = 0;
  for (let at = part.at; at < part.at + part.size; at += 4) sum = (sum + u32(file, at)) >>> 0;
  return sum;
}

const version = (file: Uint8Array, at: number): Version => ({
  major: file[at + 3] ?? 0,
  minor: file[at + 2] ?? 0,
  unit: file[at + 1] ?? 0,
  dev: file[at] ?? 0,
});

const twoDigits = (value: number, base: 10 | 16) => value.toString(base).padStart(2, '0');
const joined = (v: Version, base: 10 | 16) => [v.major, v.minor, v.unit, v.dev].map((part) => twoDigits(part, base)).join('.');

/** As the flasher prints it: decimal, e.g. 20.00.07.00. Its first number is the phase. */
export const firmwareVersionText = (v: Version) => joined(v, 10);
/** As the flasher prints it: hexadecimal, e.g. 14.01.00.08. */
export const nvdataVersionText = (v: Version) => joined(v, 16);

export type Personality = 'IT' | 'IR' | 'unknown';

/** MPI2_FW_HEADER_PID_…: kind 0x2000 is SAS, 0x0200 initiator-target, 0x0700 integrated RAID, 0x13 the SAS2008/2108 chips. */
export function describeProduct(productId: number): { sas2008: boolean; personality: Personality; text: string } {
  const production = productId & 0x0f00;
  const personality: Personality = production === 0x0200 ? 'IT' : production === 0x0700 ? 'IR' : 'unknown';
  const sas2008 = (productId & 0xf000) === 0x2000 && (productId & 0x00ff) === 0x13;
  return { sas2008, personality, text: `0x${productId.toString(16).padStart(4, '0')} (${personality})` };
}
