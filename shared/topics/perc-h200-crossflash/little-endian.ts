/** Reading numbers and texts out of binary files. Offsets beyond the end read as zero bytes. */

export const u16 = (bytes: Uint8Array, offset: number): number => (bytes[offset] ?? 0) + (bytes[offset + 1] ?? 0) * 0x100;

export const u32 = (bytes: Uint8Array, offset: number): number => u16(bytes, offset) + u16(bytes, offset + 2) * 0x10000;

/** Printable ASCII from `offset` up to the first other byte, `length` bytes at the most. */
export function asciiText(bytes: Uint8Array, offset: number, length: number): string {
  let text = '';
  for (const byte of bytes.subarray(offset, offset + length)) {
    if (byte < 0x20 || byte > 0x7e) break;
    text += String.fromCharCode(byte);
  }
  return text.trim();
}
