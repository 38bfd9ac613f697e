/** Names of iSCSI nodes, by RFC 3720 (3.2.6), RFC 3722 and RFC 3980. Pure. */

/** What is wrong with a name, in sentences; empty where nothing is. Many programs take wrong ones anyway. */
export function iqnFaults(name: string): string[] {
  const faults: string[] = [];
  if (bytesOf(name) > 223) faults.push('It is longer than 223 bytes.');
  if (/[A-Z]/.test(name)) faults.push('It has capitals; names are compared in small letters.');
  // Of ASCII only these are allowed; letters of other scripts are.
  const strange = [...new Set(name.toLowerCase().match(/[^a-z0-9.:\-\u0080-\u{10ffff}]/gu) ?? [])];
  if (strange.length > 0)
    faults.push(`It has ${strange.map((one) => (one === '_' ? 'an underscore' : one === ' ' ? 'a blank' : `“${one}”`)).join(', ')}, which is not allowed.`);
  const lower = name.toLowerCase();
  if (lower.startsWith('iqn.')) faults.push(...iqnParts(lower));
  else if (lower.startsWith('eui.')) {
    if (!/^eui\.[0-9a-f]{16}$/.test(lower)) faults.push('After “eui.” there are 16 hexadecimal digits.');
  } else if (lower.startsWith('naa.')) {
    if (!/^naa\.(?:[0-9a-f]{16}|[0-9a-f]{32})$/.test(lower)) faults.push('After “naa.” there are 16 or 32 hexadecimal digits.');
  } else faults.push('It does not begin with “iqn.”, “eui.” or “naa.”.');
  return faults;
}

/** In UTF-8. */
const bytesOf = (text: string) =>
  [...text].reduce((sum, one) => {
    const code = one.codePointAt(0) ?? 0;
    return sum + (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4);
  }, 0);

function iqnParts(name: string): string[] {
  const [, date, month, domain] = /^iqn\.(?:(\d{4}-(\d\d))(?:\.([^:]*))?)?/.exec(name) ?? [];
  if (date === undefined) return ['After “iqn.” there is a year and month, such as 2010-05: when its owner had the domain.'];
  if (!/^(?:0[1-9]|1[0-2])$/.test(month ?? '')) return [`There is no month ${month}.`];
  if (domain === undefined || domain === '') return ['After the month there is a domain name, written backwards: com.example.'];
  const labels = domain.split('.');
  if (labels.some((label) => label === '' || label.startsWith('-') || label.endsWith('-')))
    return ['A part of the domain name is empty, or begins or ends with a hyphen.'];
  return [];
}

/** Names of nodes within a line, as they are written there. */
export const namesIn = (line: string): string[] => line.match(/(?<![\w.-])(?:iqn|eui|naa)\.[^\s,;"'=]+/gi) ?? [];
