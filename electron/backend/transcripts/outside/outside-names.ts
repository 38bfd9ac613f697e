/**
 * Which words of a transcript name a machine, an address or a person, and what stands for them outside: always the same
 * for the same. Addresses are known by their form; names have to be met once (`learn`, `discover`) before they are
 * replaced. Stand-ins for addresses are from the ranges for documentation (RFC 5737, 3849, 7042).
 */
import { isIPv6 } from 'node:net';
import type { OutsideReplacement } from '../../../../shared/api/transcript.ts';

type Kind = OutsideReplacement['kind'];
type Replaced = OutsideReplacement;

/** Tell nothing about anybody. */
const known = new Set(['root', 'localhost', 'localhost.localdomain', 'ip6-localhost']);
const mac = String.raw`(?<![0-9A-Za-z:-])[0-9A-Fa-f]{2}(?<between>[:-])(?:[0-9A-Fa-f]{2}\k<between>){4}[0-9A-Fa-f]{2}(?![0-9A-Za-z]|[:-][0-9A-Fa-f])`;
const ipv6 = String.raw`(?<![0-9A-Za-z_.:])[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,8}(?:(?:\.\d{1,3}){3})?(?![0-9A-Za-z_])`;
const ipv4 = String.raw`(?<![0-9A-Za-z_.])(?:\d{1,3}\.){3}\d{1,3}(?![0-9A-Za-z_]|\.\d)`;
const person = /(?<![\w.-])([A-Za-z_][\w.-]{1,31})@([A-Za-z0-9][A-Za-z0-9.-]{1,252})/g;
const home = /\/(?:home|Users)\/([A-Za-z_][\w.-]{1,31})/g;
/** `getty@tty1.service` is no mail to a machine. */
const systemdUnit = /\.(?:service|socket|timer|target|mount|slice|scope|path)$/;

export class OutsideNames {
  private readonly standIns = new Map<string, Replaced>();
  private readonly made = new Map<Kind, Map<string, string>>();
  private pattern: RegExp | null = null;

  /** Makes a name known. A machine's first label stands for it too. */
  learn(kind: 'host' | 'user', name: string): void {
    const clean = name.replace(/(?<![.-])[.-]+$/, '');
    if (clean.length < 2 || known.has(clean.toLowerCase()) || !/[A-Za-z]/.test(clean) || this.standIns.has(clean)) return;
    this.pattern = null;
    const [label = ''] = clean.split('.');
    const to = this.standIn(kind, kind === 'host' ? label.toLowerCase() : clean);
    this.standIns.set(clean, { kind, from: clean, to, count: 0 });
    if (kind === 'host' && label !== clean && label.length > 2 && !this.standIns.has(label)) this.standIns.set(label, { kind, from: label, to, count: 0 });
  }

  /** Learns the names that a word shows by its form: `user@host`, `/home/user`. */
  discover(word: string): void {
    for (const [, user = '', host = ''] of word.matchAll(person)) {
      if (systemdUnit.test(host) || !/[A-Za-z]/.test(host)) continue;
      this.learn('user', user);
      this.learn('host', host);
    }
    for (const [, user = ''] of word.matchAll(home)) this.learn('user', user);
  }

  /** A word, or a text, with the stand-ins. */
  replace(text: string): string {
    this.pattern ??= this.compile();
    return text.replace(this.pattern, (found) => {
      // After an address a colon may follow that is not part of it.
      const rest = /(?<!:):$/.exec(found)?.[0] ?? '';
      const bare = found.slice(0, found.length - rest.length);
      const entry = this.standIns.get(bare) ?? this.address(bare);
      if (!entry) return found;
      entry.count += 1;
      return entry.to + rest;
    });
  }

  /** What was replaced how often, names before addresses. */
  get replacements(): OutsideReplacement[] {
    const order: Kind[] = ['host', 'user', 'ipv4', 'ipv6', 'mac'];
    return [...this.standIns.values()].filter(({ count }) => count > 0).sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  }

  private compile(): RegExp {
    const names = [...this.standIns.values()]
      .filter(({ kind }) => kind === 'host' || kind === 'user')
      .map(({ from }) => from.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .sort((a, b) => b.length - a.length);
    const name = names.length > 0 ? [`(?<![0-9A-Za-z_])(?:${names.join('|')})(?![0-9A-Za-z_])`] : [];
    return new RegExp([mac, ipv6, ipv4, ...name].join('|'), 'g');
  }

  private address(found: string): Replaced | null {
    const kind = addressKind(found);
    if (!kind) return null;
    const entry = { kind, from: found, to: this.standIn(kind, found.toLowerCase().replaceAll('-', ':')), count: 0 };
    this.standIns.set(found, entry);
    return entry;
  }

  /** The same for the same thing, however it is written. */
  private standIn(kind: Kind, thing: string): string {
    const made = this.made.get(kind) ?? new Map<string, string>();
    this.made.set(kind, made);
    const to = made.get(thing) ?? standIn[kind](made.size + 1);
    made.set(thing, to);
    return to;
  }
}

const hex = (number: number, digits: number) => number.toString(16).padStart(digits, '0');
/** The first, second, … of a kind. */
const standIn: Record<Kind, (number: number) => string> = {
  host: (number) => `host-${number}`,
  user: (number) => `user-${number}`,
  // Three networks for documentation, then the one for benchmarks (RFC 2544).
  ipv4: (number) => {
    const network = ['192.0.2', '198.51.100', '203.0.113'][Math.floor((number - 1) / 254)];
    if (network) return `${network}.${((number - 1) % 254) + 1}`;
    const beyond = (number - 3 * 254) % 131_072;
    return `198.${18 + Math.floor(beyond / 65_536)}.${Math.floor(beyond / 256) % 256}.${beyond % 256}`;
  },
  ipv6: (number) => `2001:db8::${number > 0xffff ? `${hex(number >>> 16, 1)}:` : ''}${hex(number & 0xffff, 1)}`,
  mac: (number) =>
    number < 256 ? `00:00:5e:00:53:${hex(number, 2)}` : `02:00:00:${[number >>> 16, number >>> 8, number].map((part) => hex(part & 255, 2)).join(':')}`,
};

/** What address this is; null for what looks like one and is none, and for those that say nothing about a place. */
function addressKind(text: string): 'ipv4' | 'ipv6' | 'mac' | null {
  if (/^[0-9A-Fa-f]{2}([:-])(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}$/.test(text)) return /^(?:00.){5}00$|^(?:ff.){5}ff$/i.test(text) ? null : 'mac';
  if (text.includes(':')) {
    // Eight pairs are a WWN or a SAS address.
    if (!isIPv6(text) || text === '::' || text === '::1' || /^(?:[0-9A-Fa-f]{2}:){7}[0-9A-Fa-f]{2}$/.test(text)) return null;
    return 'ipv6';
  }
  const parts = text.split('.');
  // Version numbers such as 7.39.02.00 have leading zeros, addresses never.
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)) return null;
  return text === '0.0.0.0' || parts[0] === '127' || parts[0] === '255' ? null : 'ipv4';
}
