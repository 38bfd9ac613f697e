/** IP addresses as values: one address has many spellings. */
import ipaddr from 'ipaddr.js';

/** As RFC 5952 writes it, which is how tools print it: `2001:db8::1` for `2001:0DB8:0::1`. A text that is no address stays as it is. */
export const canonicalAddress = (text: string): string => {
  if (!ipaddr.isValid(text)) return text;
  const address = ipaddr.parse(text);
  return address instanceof ipaddr.IPv6 ? address.toRFC5952String() : address.toString();
};

export const sameAddress = (one: string, other: string): boolean => canonicalAddress(one) === canonicalAddress(other);
