/** PC option ROMs (mptsas2.rom): 55 AA, then the length of each image in units of 512 bytes (PCI Firmware Specification). */
import { u16, u32 } from './little-endian.ts';

export interface RomImage {
  vendor: number;
  device: number;
  /** 0 is for a PC's BIOS, 3 for UEFI. */
  codeType: number;
}
export type OptionRom = { images: readonly RomImage[] } | { fault: 'not-a-rom' | 'truncated'; detail: string };

export function parseOptionRom(file: Uint8Array): OptionRom {
  if (u16(file, 0) !== 0xaa55) return { fault: 'not-a-rom', detail: 'it does not begin with 55 AA' };
  const images: RomImage[] = [];
  for (let at = 0; ; ) {
    const pci = at + u16(file, at + 0x18);
    if (u16(file, at) !== 0xaa55 || u32(file, pci) !== 0x52494350) {
      return at >= file.length || pci + 0x16 > file.length
        ? { fault: 'truncated', detail: `image ${images.length + 1} lies beyond its end` }
        : { fault: 'not-a-rom', detail: `image ${images.length + 1} in it has no PCI header` };
    }
    const length = u16(file, pci + 0x10) * 512;
    if (length === 0) return { fault: 'not-a-rom', detail: `image ${images.length + 1} in it has no length` };
    images.push({ vendor: u16(file, pci + 4), device: u16(file, pci + 6), codeType: file[pci + 0x14] ?? 0 });
    if (at + length > file.length) return { fault: 'truncated', detail: `it announces ${at + length} bytes and has ${file.length}` };
    const last = ((file[pci + 0x15] ?? 0) & 0x80) !== 0;
    if (last) return { images };
    at += length;
  }
}

/** A ROM of one image for the lab and for tests; `units` is its length in 512 bytes. */
export function makeOptionRom(units: number, { vendor, device, codeType }: RomImage = { vendor: 0x1000, device: 0x72, codeType: 0 }): Uint8Array {
  const file = new Uint8Array(units * 512);
  file.set([0x55, 0xaa, units]);
  file.set([0x1c, 0x00], 0x18);
  file.set([0x50, 0x43, 0x49, 0x52, vendor & 0xff, vendor >> 8, device & 0xff, device >> 8], 0x1c);
  file[0x1c + 0x14] = codeType;
  file.set([units & 0xff, units >> 8], 0x1c + 0x10);
  file.set([0x80], 0x1c + 0x15);
  return file;
}
