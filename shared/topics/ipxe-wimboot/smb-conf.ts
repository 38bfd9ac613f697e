/** smb.conf(5): a share that everybody can read, and that unknown users come in as guests. Everything else stays byte for byte. */
import type { EditRefusal } from '../../topic-kit/index.ts';

export interface Share {
  name: string;
  path: string;
  /** The admin knows of what else is opened to guests, or that this is a domain controller. */
  others?: 'stop' | 'go-on';
}

/** For Samba, blanks and capitals in a name mean nothing. */
export const key = (name: string) => name.replace(/\s+/g, '').toLowerCase();
const sameSection = (a: string, b: string) => a.trim().toLowerCase() === b.toLowerCase();
export const isYes = (value: string) => /^(yes|true|1|on)$/i.test(value);

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
  const refused =
    refusalOf(own, share) ??
    restrictedBy(settingsOf(lines, isGlobal) ?? [], own ?? [], share) ??
    (share.others === 'go-on' ? null : sideEffectsOf(lines, share));
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

const isGlobal = (section: string) => sameSection(section, 'global');

export interface Setting {
  /** Of its last line, for one that is continued. */
  at: number;
  name: string;
  value: string;
}
/** Settings of every section that is meant, in their order; null where there is no such section. Those before any are global. */
export function settingsOf(lines: readonly string[], meant: (section: string) => boolean): Setting[] | null {
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

/** Names of the shares, as they are first written. */
const sharesOf = (lines: readonly string[]): string[] => {
  const names = lines.flatMap((line) => /^\s*\[([^\]]*)\]/.exec(line)?.[1]?.trim() ?? []).filter((name) => !isGlobal(name));
  return [...new Map(names.map((name) => [name.toLowerCase(), name])).values()];
};

/** What comes about besides the share: guests in other shares, and guests on a domain controller. */
function sideEffectsOf(lines: readonly string[], { name: own }: Share): EditRefusal | null {
  const global = settingsOf(lines, isGlobal) ?? [];
  const last = (settings: readonly Setting[], names: Readonly<Record<string, unknown>>) => settings.findLast(({ name }) => name in names);
  const mapping = last(global, mapsUnknown);
  if (mapping && mapsUnknown.maptoguest(mapping.value)) return null;
  const role = last(global, { serverrole: true })?.value ?? '';
  if (/domain\s+controller|\bdc\b/i.test(role))
    return {
      rule: 'domain-controller',
      means: `This Samba is a domain controller ("server role = ${role}"). Users that the domain does not know would come in as guests there.`,
      next: `Share the TFTP root from another server. If it must be this one, start a new run, and choose to continue under "Other shares that open".`,
    };
  const opened = sharesOf(lines).flatMap((name) => {
    if (sameSection(name, own)) return [];
    const settings = settingsOf(lines, (section) => sameSection(section, name)) ?? [];
    const guests = last(settings, guestOk) ?? last(global, guestOk);
    if (!guests || !isYes(guests.value)) return [];
    const closed = last(settings, readOnly) ?? last(global, readOnly);
    return [closed && !readOnly[closed.name]?.(closed.value) ? `[${name}], which can be written to` : `[${name}]`];
  });
  if (opened.length === 0) return null;
  return {
    rule: 'opens-others',
    means: `Guests were shut out so far, and "map to guest" lets everybody on the network into these shares too, as they say "guest ok = yes": ${opened.join('; ')}.`,
    next: 'Take "guest ok" out of those that are not for everybody, and run the step again. If all are, start a new run, and choose to continue under "Other shares that open".',
  };
}

/** What keeps guests out of the share, or lets others write to it, by lines that "read only" and "guest ok" do not undo. */
function restrictedBy(global: readonly Setting[], own: readonly Setting[], { name }: Share): EditRefusal | null {
  const found = (...names: string[]) => {
    const is = (setting: Setting) => names.includes(setting.name);
    const setting = own.findLast(is) ?? global.findLast(is);
    return setting && setting.value !== '' ? { ...setting, where: own.includes(setting) ? `share ${name}` : 'section [global]' } : undefined;
  };
  const writers = found('writelist', 'adminusers');
  if (writers)
    return {
      rule: 'share-writers',
      means: `In the ${writers.where}, line ${writers.at + 1} lets ${writers.value} write to the share, whatever "read only" says.`,
      next: 'Start a new run with another name for the share, or take that line out yourself.',
    };
  const available = found('available');
  if (available && !isYes(available.value))
    return {
      rule: 'share-off',
      means: `In the ${available.where}, line ${available.at + 1} has "available = ${available.value}": nobody gets into the share.`,
      next: 'Start a new run with another name for the share, or take that line out yourself.',
    };
  const ownHosts = own.findLast((setting) => /^(?:hosts(?:allow|deny)|(?:allow|deny)hosts)$/.test(setting.name) && setting.value !== '');
  // Hosts in [global] are the admin's network as a rule, and are seen in the proof.
  const users = found('validusers', 'invalidusers') ?? (ownHosts && { ...ownHosts, where: `share ${name}` });
  if (!users) return null;
  return {
    rule: 'share-restricted',
    means: `In the ${users.where}, line ${users.at + 1} says who gets into the share: ${users.value}. It is not opened to everybody without asking.`,
    next: 'Start a new run with another name for the share, or take that line out yourself.',
  };
}

/** A share of somebody else's is not opened to everybody. */
function refusalOf(own: readonly Setting[] | null, { name, path }: Share): EditRefusal | null {
  const value = (...names: string[]) => own?.findLast((setting) => names.includes(setting.name))?.value;
  const shared = value('path', 'directory');
  if (shared !== undefined && shared.replace(/^"|"$/g, '').replace(/(?<!\/)\/+$/, '') !== path)
    return {
      rule: 'share-taken',
      means: `There is a share ${name} already, for ${shared}.`,
      next: 'Start a new run with another name for the share.',
    };
  return null;
}
const cutOff: EditRefusal = { rule: 'cut-off', means: 'The file ends with a backslash, so its last line is incomplete.', next: 'Fix that line first.' };
