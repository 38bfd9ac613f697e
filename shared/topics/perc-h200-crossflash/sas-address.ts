/** SAS addresses: 64 bits, written by the flasher as 7-1-4-4 hexadecimal digits and typed back without dashes. */

/** 16 lower-case digits, whatever separators and case were typed; null for anything else. */
export function normalizeSasAddress(text: string): string | null {
  const digits = text
    .trim()
    .replace(/^0x/i, '')
    .replace(/[\s:-]/g, '')
    .toLowerCase();
  return /^[0-9a-f]{16}$/.test(digits) ? digits : null;
}

/** As the flasher prints it: 500605b-0-0123-4567. */
export const dashedSasAddress = (digits: string) => digits.replace(/^(.{7})(.)(.{4})(.{4})$/, '$1-$2-$3-$4');
