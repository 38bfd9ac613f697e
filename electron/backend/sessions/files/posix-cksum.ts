/** The checksum of cksum(1), which every POSIX system has: notices what was lost or added on the way, not who changed it. */

/** For a byte with 0 to 7 others behind it: 256 values each, so that eight bytes are added at once. */
const table = new Int32Array(8 * 256);
for (let byte = 0; byte < 256; byte++) {
  let crc = byte << 24;
  for (let bit = 0; bit < 8; bit++) crc = (crc << 1) ^ (crc < 0 ? 0x04c11db7 : 0);
  table[byte] = crc;
}
for (let index = 256; index < table.length; index++) {
  const before = table[index - 256] as number;
  table[index] = (before << 8) ^ (table[before >>> 24] as number);
}
const after = (behind: number, byte: number) => table[behind * 256 + (byte & 0xff)] as number;

/** As cksum prints it of standard input: `CRC SIZE`. */
export function posixCksum(content: Uint8Array): string {
  const words = new DataView(content.buffer, content.byteOffset, content.length);
  let crc = 0;
  let at = 0;
  for (const last = content.length - 8; at <= last; at += 8) {
    const first = crc ^ words.getInt32(at);
    const second = words.getInt32(at + 4);
    crc =
      after(7, first >>> 24) ^
      after(6, first >>> 16) ^
      after(5, first >>> 8) ^
      after(4, first) ^
      after(3, second >>> 24) ^
      after(2, second >>> 16) ^
      after(1, second >>> 8) ^
      after(0, second);
  }
  const add = (byte: number) => {
    crc = (crc << 8) ^ after(0, (crc >>> 24) ^ byte);
  };
  for (; at < content.length; at++) add(content[at] as number);
  for (let size = content.length; size > 0; size = Math.floor(size / 256)) add(size & 0xff);
  return `${~crc >>> 0} ${content.length}`;
}
