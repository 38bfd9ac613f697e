/** What facts.sh printed, as facts. Anything may be missing, and every line may be another program's. */
import type { TargetFacts } from '../../../../shared/api/target.ts';

export type SaidFacts = Omit<TargetFacts, 'readAt' | 'clockSkewSeconds'> & {
  /** Seconds since 1970 on the target, null where its date(1) can't say. */
  clock: number | null;
};

/** Null where the script did not come to its end. */
export function parseFacts(text: string, tag: string): SaidFacts | null {
  const said = new Map<string, string>();
  const release = new Map<string, string>();
  const macOs = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const [, key, value = ''] = line.startsWith(`${tag} `) ? (/^([^=]+)=(.*)$/.exec(line.slice(tag.length + 1)) ?? []) : [];
    if (key === undefined) continue;
    if (key === 'os-release') put(release, /^([A-Z_]+)=(.*)$/.exec(value), unquoted);
    else if (key === 'sw_vers') put(macOs, /^(\w+):\s*(\S.*|)$/.exec(value), (found) => found);
    else said.set(key, value);
  }
  if (!said.has('end')) return null;
  const get = (key: string) => clean(said.get(key));
  return {
    clock: number(get('clock')),
    os: osOf(get, release, macOs),
    kernel: clean(`${get('system')} ${get('release')}`),
    architecture: get('machine'),
    hostName: get('node'),
    loginShell: get('shell'),
    user: get('user'),
    uid: number(get('uid')),
    tools: Object.fromEntries(
      [...said].flatMap(([key, value]) => {
        const [, name] = /^tool\.([A-Za-z0-9._+-]{1,64})$/.exec(key) ?? [];
        return name === undefined ? [] : [[name, clean(value) || null]];
      }),
    ),
  };
}

function osOf(get: (key: string) => string, release: ReadonlyMap<string, string>, macOs: ReadonlyMap<string, string>): SaidFacts['os'] {
  const version = clean(macOs.get('ProductVersion'));
  if (version !== '') return { id: 'macos', name: clean(macOs.get('ProductName')), version, like: [] };
  const id = clean(release.get('ID'));
  if (id !== '') {
    const like = clean(release.get('ID_LIKE')).split(/\s+/).filter(Boolean);
    return { id, name: clean(release.get('NAME')), version: exactVersion(id, clean(release.get('VERSION_ID')), get), like };
  }
  const [, name, number] = /^(.*?)(?: Linux)? release (\S+)/.exec(get('redhat-release')) ?? [];
  if (name !== undefined && number !== undefined) return { id: /centos/i.test(name) ? 'centos' : 'rhel', name, version: number, like: ['rhel'] };
  if (get('openwrt_version') !== '') return { id: 'openwrt', name: 'OpenWrt', version: get('openwrt_version'), like: [] };
  if (get('alpine-release') !== '') return { id: 'alpine', name: 'Alpine Linux', version: get('alpine-release'), like: [] };
  const system = get('system');
  if (system === 'SunOS') return { id: 'solaris', name: 'SunOS', version: get('release'), like: [] };
  // The BSDs have no more to say: the kernel's name and release are the system's.
  return { id: system.toLowerCase(), name: system, version: get('release'), like: [] };
}

/** os-release leaves out the point release of some. */
function exactVersion(id: string, version: string, get: (key: string) => string): string {
  if (id === 'debian' && /^\d/.test(get('debian_version'))) return get('debian_version');
  return version;
}

function put(into: Map<string, string>, found: RegExpExecArray | null, read: (value: string) => string): void {
  const [, key, value] = found ?? [];
  if (key !== undefined && value !== undefined) into.set(key, read(value));
}

/** A value of os-release(5): bare, or in quotes with backslashes. */
const unquoted = (value: string) => (/^(["']).*\1$/.test(value) ? value.slice(1, -1).replaceAll(/\\(.)/g, '$1') : value);
/** Nothing of a target may act on a terminal later, nor turn the text around it. */
const clean = (value = '') =>
  value
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
    .trim()
    .slice(0, 200);
const number = (text: string) => (/^\d{1,12}$/.test(text) ? Number(text) : null);
