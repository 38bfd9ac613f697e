/** Where a terminal's control sequence ends. Pure. */

const escape = 0x1b;
const bell = 0x07;
/** Longer ones are taken for text: a picture or a file that is sent through the terminal, or a sequence without an end. */
const longestSequence = 4096;

/** Bytes of the control sequence that begins with the ESC at `at`; 0 while its end is still to come. */
export function sequenceLength(bytes: Uint8Array, at: number): number {
  const kind = bytes[at + 1];
  if (kind === undefined) return 0;
  const limit = Math.min(bytes.length, at + longestSequence);
  if (kind === 0x5b) {
    for (let end = at + 2; end < limit; end++) {
      const byte = bytes[end] as number;
      if (byte >= 0x40 && byte <= 0x7e) return end - at + 1;
      if (byte < 0x20 || byte > 0x7e) return end - at; // broken off
    }
  } else if (kind === 0x5d || kind === 0x50 || kind === 0x58 || kind === 0x5e || kind === 0x5f) {
    for (let end = at + 2; end < limit; end++) {
      const byte = bytes[end] as number;
      if (byte === bell || byte === 0x18 || byte === 0x1a) return end - at + 1;
      if (byte === escape) return bytes[end + 1] === undefined ? 0 : bytes[end + 1] === 0x5c ? end - at + 2 : end - at;
    }
  } else {
    let end = at + 1;
    while (end < limit && (bytes[end] as number) >= 0x20 && (bytes[end] as number) <= 0x2f) end++;
    if (end < limit) return (bytes[end] as number) >= 0x30 && (bytes[end] as number) <= 0x7e ? end - at + 1 : 1;
  }
  return bytes.length - at >= longestSequence ? 1 : 0;
}

/** How many columns a complete sequence moves the cursor to the left. */
export function columnsLeft(bytes: Uint8Array, at: number, length: number): number {
  if (bytes[at + 1] !== 0x5b || bytes[at + length - 1] !== 0x44) return 0;
  return Number.parseInt(Buffer.from(bytes.subarray(at + 2, at + length - 1)).toString('latin1') || '1', 10) || 1;
}
