/** Makes files that look like UEFI programs for the lab and for tests. They can't run. */
import { noise, putText } from './firmware-image-maker.ts';

export interface ProgramRecipe {
  machine: number;
  /** Texts the program carries, each followed by a zero byte. */
  texts: readonly string[];
  /** Length of the file in bytes; at least what the headers and texts need. */
  size: number;
}

const header = 0x80;
const optionalSize = 0xf0;
const sectionTable = header + 24 + optionalSize;
const firstByte = 0x200;

export function makeEfiProgram(recipe: ProgramRecipe): Uint8Array {
  const texts = recipe.texts.map((text) => `${text}\0`).join('');
  const size = Math.max(recipe.size, firstByte + texts.length);
  const file = noise(size, recipe.machine);
  // Noise below 0x20 only: it can't look like a text.
  for (let at = 0; at < size; at++) file[at] = (file[at] ?? 0) & 0x1f;
  file.fill(0, 0, firstByte);
  const view = new DataView(file.buffer);
  putText(file, 0, 'MZ', 2);
  view.setUint32(0x3c, header, true);
  putText(file, header, 'PE', 2);
  view.setUint16(header + 4, recipe.machine, true);
  view.setUint16(header + 6, 1, true);
  view.setUint16(header + 20, optionalSize, true);
  view.setUint16(header + 24, 0x20b, true);
  view.setUint16(header + 24 + 68, 10, true);
  putText(file, sectionTable, '.text', 8);
  view.setUint32(sectionTable + 16, size - firstByte, true);
  view.setUint32(sectionTable + 20, firstByte, true);
  putText(file, firstByte, texts, texts.length);
  return file;
}

/** A lab flasher. The lab's tool reads its generation from the tag; `readable: false` leaves out the version text that people can read. */
export const makeFlasher = (phase: number, { readable }: { readable: boolean }): Uint8Array => {
  const twoDigits = String(phase).padStart(2, '0');
  const version = readable ? [`Version ${twoDigits}.00.00.00`] : [];
  return makeEfiProgram({ machine: 0x0ebc, texts: ['LSI Corporation SAS2 Flash Utility', ...version, `SAS2FLASH-LAB ${twoDigits}`], size: 8192 });
};

export const makeUefiShell = (): Uint8Array => makeEfiProgram({ machine: 0x8664, texts: ['EFI Shell version %01d.%02d [%d.%d]'], size: 4096 });
