/** smb.conf(5): a share that everybody can read, and that unknown users come in as guests. Everything else stays byte for byte. */
import type { EditRefusal } from '../../topic-kit/index.ts';

export interface Share {
  name: string;
  path: string;
}

/** For Samba, blanks and capitals in a name mean nothing. */
const key = (name: string) => name.replace(/\s+/g, '').toLowerCase();
const sameSection = (a: string, b: string) => a.trim().toLowerCase() === b.toLowerCase();
const isYes = (value: string) => /^(yes|true|1|on)$/i.test(value);

/** What a parameter is in its other names. */
const readOnly: Readonly<Record<string, (value: string) => boolean>> = {
  readonly: isYes,
  writable: (value) => !isYes(value),
  writeable: (value) => !isYes(value),
  writeok: (value) => !isYes(value),
};
const guestOk = { guestok: isYes, public: isYes };
const mapsUnknown = { maptoguest: (value: string) => /^bad\s+(user|password)$/i.test(value) };

export function editSmbConf(old: string, share: Share): string | EditRefusal {
  const lineEnd = /\r\n/.test(old) ? '\r\n' : '\n';
  const lines = old === '' ? [] : old.split(/(?<=\n)/);
  if (/\\\r?\n?$/.test(lines.at(-1) ?? '')) return cutOff;
  const own = settingsOf(lines, (section) => sameSection(section, share.name));
  const refused = refusalOf(own, share);
  if (refused) return refused;

  const settings = [
    { is: (section: string) => sameSection(section, 'global'), names: mapsUnknown, line: 'map to guest = Bad User' },
    ...(own === null
      ? []
      : [
          { is: (section: string) => sameSection(section, share.name), names: { path: () => true, directory: () => true }, line: `path = ${share.path}` },
          { is: (section: string) => sameSection(section, share.name), names: readOnly, line: 'read only = yes' },
          { is: (section: string) => sameSection(section, share.name), names: guestOk, line: 'guest ok = yes' },
        ]),
  ];
  for (const { is, names, line } of settings) setIn(lines, is, names, line, lineEnd);
  const text = lines.join('');
  if (own !== null) return text;
  const whole = text === '' || text.endsWith('\n') ? text : `${text}${lineEnd}`;
  return `${whole}${lineEnd}${newShare(share).join(lineEnd)}${lineEnd}`;
}

const newShare = ({ name, path }: Share) => [`[${name}]`, '   comment = Windows installers', `   path = ${path}`, '   read only = yes', '   guest ok = yes'];

interface Setting {
  /** Of its last line, for one that is continued. */
  at: number;
  name: string;
  value: string;
}
/** Settings of every section that is meant, in their order; null where there is no such section. Those before any are global. */
function settingsOf(lines: readonly string[], meant: (section: string) => boolean): Setting[] | null {
  let inside = meant('global');
  let found = false;
  const settings: Setting[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    let line = (lines[at] ?? '').trim();
    if (/^[#;]/.test(line)) continue;
    while (line.endsWith('\\') && at + 1 < lines.length) {
      at += 1;
      line = `${line.slice(0, -1)}${(lines[at] ?? '').trim()}`;
    }
    const section = /^\[([^\]]*)\]/.exec(line)?.[1];
    if (section !== undefined) {
      inside = meant(section);
      found ||= inside;
      continue;
    }
    const [, name, value] = /^([^=]+)=(.*)$/.exec(line) ?? [];
    if (inside && name !== undefined) settings.push({ at, name: key(name), value: (value ?? '').trim() });
  }
  return found || settings.length > 0 ? settings : null;
}

/** The last one counts for Samba; it is the one that is changed, where it is not right already. */
function setIn(
  lines: string[],
  meant: (section: string) => boolean,
  names: Readonly<Record<string, (value: string) => boolean>>,
  wanted: string,
  lineEnd: string,
): void {
  const settings = settingsOf(lines, meant) ?? [];
  const last = settings.findLast(({ name }) => name in names);
  if (last && names[last.name]?.(last.value)) return;
  const heads = lines.flatMap((line, at) => (meant(/^\s*\[([^\]]*)\]/.exec(line)?.[1] ?? '\n') ? [at] : []));
  if (!last && heads.length === 0) {
    lines.unshift(`[global]${lineEnd}`, `   ${wanted}${lineEnd}`);
    return;
  }
  // A line of its own behind the one that counted, or behind the section's head: what was there stays to be read.
  const at = last?.at ?? heads.at(-1) ?? 0;
  const line = lines[at] ?? '';
  const indent = /^[ \t]*(?=\S)/.exec(last ? line : (lines[at + 1] ?? ''))?.[0] || '   ';
  if (last && !continued(lines, at)) lines[at] = `${/^[ \t]*/.exec(line)?.[0] ?? ''}${wanted}${/\r?\n$/.exec(line)?.[0] ?? ''}`;
  else if (line.endsWith('\n')) lines.splice(at + 1, 0, `${indent}${wanted}${lineEnd}`);
  else lines.splice(at, 1, `${line}${lineEnd}`, `${indent}${wanted}`);
}
const continued = (lines: readonly string[], at: number) => at > 0 && /\\\r?\n$/.test(lines[at - 1] ?? '');

/** A share of somebody else's is not opened to everybody. */
function refusalOf(own: readonly Setting[] | null, { name, path }: Share): EditRefusal | null {
  const value = (...names: string[]) => own?.findLast((setting) => names.includes(setting.name))?.value;
  const shared = value('path', 'directory');
  if (shared !== undefined && shared.replace(/^"|"$/g, '').replace(/(?<!\/)\/+$/, '') !== path)
    return {
      rule: 'share-taken',
      means: `There is a share ${name} already, for ${shared}.`,
      next: 'Begin anew with another name for the share.',
    };
  const users = value('validusers');
  if (users !== undefined && users !== '')
    return {
      rule: 'share-restricted',
      means: `The share ${name} is for ${users} only. It is not opened to everybody without a word.`,
      next: 'Begin anew with another name for the share, or take "valid users" out of it yourself.',
    };
  return null;
}
const cutOff: EditRefusal = { rule: 'cut-off', means: 'The file ends with a backslash, so its last line is not whole.', next: 'Put that line right first.' };
