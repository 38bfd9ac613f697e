/** The checksum of cksum(1), which every POSIX system has: notices what was lost or added on the way, not who changed it. */

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24;
  for (let bit = 0; bit < 8; bit++) crc = (crc << 1) ^ (crc < 0 ? 0x04c11db7 : 0);
  return crc;
});

/** As cksum prints it of standard input: `CRC SIZE`. */
export function posixCksum(content: Uint8Array): string {
  let crc = 0;
  const add = (byte: number) => {
    crc = (crc << 8) ^ (table[((crc >>> 24) ^ byte) & 0xff] as number);
  };
  for (let at = 0; at < content.length; at++) add(content[at] as number);
  for (let size = content.length; size > 0; size = Math.floor(size / 256)) add(size & 0xff);
  return `${~crc >>> 0} ${content.length}`;
}
