/** The host part that an Ethernet address gives, by RFC 4291, appendix A. Pure. */

/** The eight bytes in hexadecimal: `a4:83:e7:12:34:56` gives `a6 83 e7 ff fe 12 34 56`; null for what is not such an address. */
export function eui64Bytes(mac: string): string[] | null {
  const bytes = mac.trim().toLowerCase().split(/[:-]/);
  if (bytes.length !== 6 || bytes.some((byte) => !/^[0-9a-f]{1,2}$/.test(byte))) return null;
  const [first = 0, ...rest] = bytes.map((byte) => Number.parseInt(byte, 16));
  return [first ^ 0x02, ...rest.slice(0, 2), 0xff, 0xfe, ...rest.slice(2)].map((byte) => byte.toString(16).padStart(2, '0'));
}

/** Four groups with their zeros, as the run’s script writes them: `a683:e7ff:fe12:3456`. */
export function hostPart(mac: string): string | null {
  const bytes = eui64Bytes(mac);
  return bytes && [0, 2, 4, 6].map((at) => `${bytes[at]}${bytes[at + 1]}`).join(':');
}
