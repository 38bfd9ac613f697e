/** An LDIF file of a schema as records: base64, folded lines and records without a blank line between them are understood. Pure. */

/** One record, with its lines as they are written. */
export interface SchemaRecord {
  /** Number of its first line, from 1. */
  line: number;
  /** Comments and the lines of the record, unfolded, without line ends. */
  lines: string[];
  dn: string;
  changetype: string;
  kind: 'attribute' | 'class' | 'update' | 'modify' | 'other';
  /** By name in small letters; values are decoded. */
  values: ReadonlyMap<string, readonly string[]>;
}
export interface SchemaFile {
  records: SchemaRecord[];
  lineEnd: string;
  /** Lines that are no LDIF, or that lead to other files. */
  unread: { line: number; because: string }[];
}

export const valueIn = (record: SchemaRecord, name: string): string => record.values.get(name.toLowerCase())?.[0] ?? '';
export const valuesIn = (record: SchemaRecord, name: string): readonly string[] => record.values.get(name.toLowerCase()) ?? [];
/** How it is called where others name it. */
export const nameOf = (record: SchemaRecord): string => valueIn(record, 'lDAPDisplayName') || (/^cn=([^,]+)/i.exec(record.dn)?.[1] ?? record.dn);
export const oidOf = (record: SchemaRecord): string => valueIn(record, record.kind === 'class' ? 'governsID' : 'attributeID');
/** DNs are the same whatever their capitals and the blanks between their parts. */
export const sameDn = (dn: string): string =>
  dn
    .toLowerCase()
    .split(',')
    .map((part) => part.trim())
    .join(',');

export function readSchema(text: string): SchemaFile {
  const file: SchemaFile = { records: [], lineEnd: text.includes('\r\n') ? '\r\n' : '\n', unread: [] };
  let lines: { at: number; text: string }[] = [];
  const end = () => {
    if (lines.every(({ text: line }) => isAside(line))) return; // comments belong to what comes next
    file.records.push(recordOf(lines, file.unread));
    lines = [];
  };
  text.split(/\r?\n/).forEach((line, index) => {
    const last = lines.at(-1);
    if (line.startsWith(' ') && last) last.text += line.slice(1);
    else if (line.trim() === '') end();
    else {
      // Somebody has forgotten the blank line.
      if (/^dn::?/i.test(line) && lines.some(({ text: one }) => /^dn::?/i.test(one))) end();
      lines.push({ at: index + 1, text: line });
    }
  });
  end();
  return file;
}

const isVersion = (line: string) => /^version:\s*\d+\s*$/i.test(line);
const isAside = (line: string) => line.startsWith('#') || isVersion(line);

function recordOf(lines: readonly { at: number; text: string }[], unread: SchemaFile['unread']): SchemaRecord {
  const values = new Map<string, string[]>();
  for (const { at, text } of lines) {
    if (isAside(text) || text.trim() === '-') continue;
    const pair = pairOf(text);
    if (typeof pair === 'string') unread.push({ line: at, because: pair });
    else values.set(pair.name, [...(values.get(pair.name) ?? []), pair.value]);
  }
  const first = (name: string) => values.get(name)?.[0] ?? '';
  if (!values.has('dn')) unread.push({ line: lines[0]?.at ?? 0, because: 'the record has no dn' });
  const changetype = first('changetype').toLowerCase();
  const classes = (values.get('objectclass') ?? []).map((one) => one.toLowerCase());
  const kind = values.has('schemaupdatenow')
    ? 'update'
    : changetype === 'modify' || changetype === 'ntdsschemamodify'
      ? 'modify'
      : !['', 'add', 'ntdsschemaadd'].includes(changetype)
        ? 'other'
        : classes.includes('attributeschema')
          ? 'attribute'
          : classes.includes('classschema')
            ? 'class'
            : 'other';
  return {
    line: lines.find(({ text }) => !isAside(text))?.at ?? 0,
    lines: lines.map(({ text }) => text).filter((text) => !isVersion(text)),
    dn: first('dn'),
    changetype,
    kind,
    values,
  };
}

/** Name and value of a line; a text says why it has none. */
export function pairOf(line: string): { name: string; value: string } | string {
  const [head = '', name, sign = ''] = /^([A-Za-z][A-Za-z0-9.;-]*):([:<]?)/.exec(line) ?? [];
  if (name === undefined) return 'it is not a name and a value';
  const text = line.slice(head.length);
  if (sign === '<') return 'it takes its value from another file';
  const value = sign === ':' ? decoded(text) : text.trim();
  return value === null ? 'its base64 cannot be read as text' : { name: name.toLowerCase(), value };
}

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Null where it is no base64, or not of UTF-8. */
function decoded(text: string): string | null {
  const base64 = text.trim().replace(/={1,2}$/, '');
  let [bits, held, percent] = [0, 0, ''];
  for (const letter of base64) {
    const digit = digits.indexOf(letter);
    if (digit < 0) return null;
    bits = ((bits << 6) | digit) & 0xffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    percent += `%${((bits >> held) & 0xff).toString(16).padStart(2, '0')}`;
  }
  try {
    return decodeURIComponent(percent);
  } catch {
    return null;
  }
}
