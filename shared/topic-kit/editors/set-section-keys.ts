/** Files in sections, `[Name]` and `key=value`: systemd units, .netdev, smb.conf, nsmb.conf, openssl.cnf, config.ini.php … Pure. */
import { type KeyStyle, setKey, type Wanted } from './set-keys.ts';
import { bare, escapeRegExp, insertLines, lineEndOf, linesOf } from './text-lines.ts';

export interface SectionStyle extends KeyStyle {
  /** A section that is there twice: to some programs both are one (systemd, Samba), to others the first or last alone counts. */
  repeated?: 'one' | 'first' | 'last';
}

/** The text in which a section has these values. It is made at the end where it is missing. Everything else stays byte for byte. */
export function setSectionKeys(old: string, section: string, wanted: Wanted, style: SectionStyle): string {
  const lineEnd = lineEndOf(old);
  const lines = linesOf(old);
  const set = Object.entries(wanted).filter(([, value]) => value !== null);
  const there = rangesOf(lines, section, style);
  if (there.length === 0) {
    if (set.length === 0) return old;
    const gap = old === '' || bare(lines.at(-1) ?? '').trim() === '' ? [] : [''];
    insertLines(lines, lines.length, [...gap, `[${section}]`, ...set.map(([key, value]) => `${key}${style.separator}${value}`)], lineEnd);
    return lines.join('');
  }
  for (const [key, value] of Object.entries(wanted)) {
    const ranges = chosen(rangesOf(lines, section, style), style);
    const holding = style.counts === 'first' ? ranges.find(hasKey(lines, key, style)) : ranges.findLast(hasKey(lines, key, style));
    const range = holding ?? (style.counts === 'first' ? ranges[0] : ranges.at(-1));
    if (value === null) for (const each of ranges) setKey(lines, each, key, null, style, lineEnd);
    else if (range) setKey(lines, range, key, value, style, lineEnd);
  }
  return lines.join('');
}

/** The value that counts there, without white space around it. */
export function sectionValue(text: string, section: string, key: string, style: SectionStyle): string | undefined {
  const lines = linesOf(text);
  const values = chosen(rangesOf(lines, section, style), style).flatMap(({ from, to }) =>
    lines.slice(from, to).flatMap((line) => pattern(key, style).exec(bare(line))?.[1] ?? []),
  );
  return (style.counts === 'first' ? values[0] : values.at(-1))?.trim();
}

interface SectionRange {
  from: number;
  to: number;
}

/** Behind each head, up to the next one. */
function rangesOf(lines: readonly string[], section: string, { anyCase }: SectionStyle): SectionRange[] {
  const heads = lines.flatMap((line, at) => (headOf(line) === null ? [] : [{ at, name: headOf(line) ?? '' }]));
  const same = (a: string) => (anyCase ? a.toLowerCase() === section.toLowerCase() : a === section);
  return heads.flatMap(({ at, name }, index) => (same(name) ? [{ from: at + 1, to: heads[index + 1]?.at ?? lines.length }] : []));
}
const headOf = (line: string): string | null => /^\s*\[([^\]]*)\]\s*(?:[#;].*)?$/.exec(bare(line))?.[1]?.trim() ?? null;

function chosen(ranges: readonly SectionRange[], { repeated = 'one' }: SectionStyle): readonly SectionRange[] {
  if (repeated === 'one') return ranges;
  return repeated === 'first' ? ranges.slice(0, 1) : ranges.slice(-1);
}

const hasKey =
  (lines: readonly string[], key: string, style: SectionStyle) =>
  ({ from, to }: SectionRange): boolean =>
    lines.slice(from, to).some((line) => pattern(key, style).test(bare(line)));

const pattern = (key: string, { separator, anyCase }: SectionStyle) =>
  new RegExp(`^\\s*${escapeRegExp(key)}${separator === ' ' ? '[ \\t]+' : `\\s*${escapeRegExp(separator.trim())}`}(.*)$`, anyCase ? 'i' : '');
