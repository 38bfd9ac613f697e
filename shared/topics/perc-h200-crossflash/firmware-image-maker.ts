/** Makes small, valid MPI 2.0 firmware images for the lab and for tests: the header is real, the content is noise. */
import { extendedHeaderSize, headerSize, signatures, type Version } from './firmware-image.ts';

export interface ImageRecipe {
  productId: number;
  firmwareVersion: Version;
  nvdataVersion: Version;
  /** LSI's images have none: all zero. */
  packageVersion?: Version;
  versionName: string;
  vendorName: string;
  packageName: string;
  /** Length of the whole file in bytes, rounded up to what the headers need and to a multiple of 4. */
  size: number;
  /** MPI2_EXT_IMAGE_TYPE_… to chain; 3 is NVDATA, 4 the boot loader, 5 the initialization image. */
  extendedImages: readonly number[];
}

const smallestPart = 0x80;

export function makeFirmwareImage(recipe: ImageRecipe): Uint8Array {
  const extendedSize = recipe.extendedImages.length * smallestPart;
  const size = Math.max(Math.ceil(recipe.size / 4) * 4, headerSize + smallestPart + extendedSize);
  const file = noise(size, recipe.productId * 0x10000 + recipe.firmwareVersion.major);
  const firmwareSize = size - extendedSize;
  const view = new DataView(file.buffer);
  file.fill(0, 0, headerSize);

  view.setUint32(0x00, 0xea000040, true);
  signatures.forEach((signature, index) => {
    view.setUint32(4 + index * 4, signature, true);
  });
  view.setUint32(0x10, 0x02000000, true);
  putVersion(view, 0x14, recipe.firmwareVersion);
  putVersion(view, 0x18, recipe.nvdataVersion);
  putVersion(view, 0x1c, recipe.packageVersion ?? { major: 0, minor: 0, unit: 0, dev: 0 });
  view.setUint16(0x20, 0x1000, true);
  view.setUint16(0x22, recipe.productId, true);
  view.setUint32(0x2c, firmwareSize, true);
  view.setUint32(0x30, recipe.extendedImages.length > 0 ? firmwareSize : 0, true);
  for (const [at, name] of [
    [0x64, recipe.versionName],
    [0x88, recipe.vendorName],
    [0xac, recipe.packageName],
  ] as const) {
    view.setUint32(at, 0x29232840, true);
    putText(file, at + 4, name, 32);
  }
  seal(view, 0, firmwareSize, 0x34);

  recipe.extendedImages.forEach((type, index) => {
    const at = firmwareSize + index * smallestPart;
    file.fill(0, at, at + extendedHeaderSize);
    view.setUint8(at, type);
    view.setUint32(at + 0x08, smallestPart, true);
    view.setUint32(at + 0x0c, index + 1 < recipe.extendedImages.length ? at + smallestPart : 0, true);
    putText(file, at + 0x20, recipe.packageName, 32);
    seal(view, at, smallestPart, at + 0x04);
  });
  return file;
}

/** Sets the checksum so that the 32-bit words of the part add up to zero. */
function seal(view: DataView, at: number, size: number, checksumAt: number): void {
  view.setUint32(checksumAt, 0, true);
  let sum = 0;
  for (let offset = at; offset < at + size; offset += 4) sum = (sum + view.getUint32(offset, true)) >>> 0;
  view.setUint32(checksumAt, -sum >>> 0, true);
}

function putVersion(view: DataView, at: number, version: Version): void {
  [version.dev, version.unit, version.minor, version.major].forEach((part, index) => {
    view.setUint8(at + index, part);
  });
}

export function putText(file: Uint8Array, at: number, text: string, length: number): void {
  for (let index = 0; index < Math.min(text.length, length); index++) file[at + index] = text.charCodeAt(index);
}

/** The same bytes for the same seed, so that the lab's files do not change from run to run (Numerical Recipes' generator). */
export function noise(size: number, seed: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let state = seed >>> 0;
  for (let at = 0; at < size; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}
