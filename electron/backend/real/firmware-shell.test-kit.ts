/**
 * The UEFI shell out of OVMF's firmware, as a file for a stick: Debian 12 has no package with one. Needs xz.
 * Layout: UEFI Platform Initialization specification, volume 3: firmware files and their sections.
 */
import { spawnSync } from 'node:child_process';

/** Section whose content is packed with LZMA (`.lzma`, not `.xz`): EE4E5898-3914-4259-9D6E-DC7BD79403CF. */
const lzmaSection = Buffer.from('98584eee143959429d6edc7bd79403cf', 'hex');
/** The shell's own name as a file: 7C04A583-9E3E-4F1C-AD65-E05268D0B4D1. */
const shellFile = Buffer.from('83a5047c3e9e1c4fad65e05268d0b4d1', 'hex');
const application = 9;
const programSection = 0x10;

/** The program, or why it can't be had. */
export function shellOfFirmware(firmware: Buffer): Buffer | string {
  for (const at of places(firmware, lzmaSection)) {
    const unpacked = spawnSync('xz', ['--format=lzma', '--decompress', '--stdout'], { input: packedAt(firmware, at), maxBuffer: 64 * 1024 * 1024 });
    if (unpacked.error) return `xz: ${unpacked.error.message}`;
    for (const file of places(unpacked.stdout, shellFile)) {
      const program = unpacked.stdout[file + 18] === application ? programOf(unpacked.stdout, file) : null;
      if (program) return program;
    }
  }
  return 'the firmware holds no UEFI shell';
}

/** What a packed section holds, by the place of its name. Its size stands in 3 bytes before that, or in 4 where it did not fit. */
function packedAt(image: Buffer, name: number): Buffer {
  const large = image.readUIntLE(name - 8, 3) === 0xffffff;
  const start = name - (large ? 8 : 4);
  const size = large ? image.readUInt32LE(start + 4) : image.readUIntLE(start, 3);
  return image.subarray(start + image.readUInt16LE(name + 16), start + size);
}

function programOf(image: Buffer, file: number): Buffer | null {
  const large = (image[file + 19] ?? 0) & 1;
  const end = file + (large ? Number(image.readBigUInt64LE(file + 24)) : image.readUIntLE(file + 20, 3));
  for (let at = file + (large ? 32 : 24); at + 4 <= end; ) {
    const short = image.readUIntLE(at, 3);
    const [header, size] = short === 0xffffff ? [8, image.readUInt32LE(at + 4)] : [4, short];
    if (image[at + 3] === programSection) return image.subarray(at + header, at + size);
    if (size === 0) return null;
    at += (size + 3) & ~3;
  }
  return null;
}

function* places(image: Buffer, wanted: Buffer): Generator<number> {
  for (let at = image.indexOf(wanted); at >= 0; at = image.indexOf(wanted, at + 1)) yield at;
}
