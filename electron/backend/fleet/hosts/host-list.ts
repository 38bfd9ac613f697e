/**
 * Pasted lists of hosts: one or several a line, by blanks or commas, with comments and ranges as Ansible (`web[01:25]`), Slurm
 * (`web[01-04,9]`), the shell (`web{01..25}`) and people (`web01..25`) write them. They name hosts and nothing else. Pure.
 */
import { isIPv6 } from 'node:net';
import type { HostTrouble } from '../../../../shared/api/fleet.ts';
import { hostName, userName } from '../../../../shared/api/target.ts';

/** More than this comes from an inventory, or from a slip of the key in a range. */
export const mostHosts = 10_000;

export interface ListedHost {
  name: string;
  user?: string;
  port?: number;
}

/** Hosts in their order, each once. */
export function readHostList(text: string): { hosts: ListedHost[]; troubles: HostTrouble[]; twice: string[] } {
  const hosts = new Map<string, ListedHost>();
  const troubles: HostTrouble[] = [];
  const twice = new Set<string>();
  for (const line of text.split(/\r?\n/)) {
    for (const entry of entriesOf(line)) {
      try {
        for (const host of hostsOf(entry)) {
          if (hosts.has(host.name)) twice.add(host.name);
          else hosts.set(host.name, host);
          if (hosts.size > mostHosts) throw new Error(`with it there are more than ${mostHosts} hosts`);
        }
      } catch (thrown) {
        troubles.push({ entry: entry.slice(0, 200), why: (thrown as Error).message });
        if (hosts.size > mostHosts) return { hosts: [...hosts.values()].slice(0, mostHosts), troubles, twice: [...twice] };
      }
    }
  }
  return { hosts: [...hosts.values()], troubles, twice: [...twice] };
}

/** A comma within brackets or braces belongs to a range. */
function entriesOf(line: string): string[] {
  const entries: string[] = [];
  let entry = '';
  let depth = 0;
  for (const character of line) {
    if (character === '#' || (character === ';' && entry === '')) break;
    if (character === '[' || character === '{') depth++;
    if (character === ']' || character === '}') depth = Math.max(0, depth - 1);
    if (/[\s,;]/.test(character) && (depth === 0 || /\s/.test(character))) {
      if (entry !== '') entries.push(entry);
      entry = '';
      depth = 0;
    } else entry += character;
  }
  return entry === '' ? entries : [...entries, entry];
}

function hostsOf(entry: string): ListedHost[] {
  const at = entry.lastIndexOf('@');
  const user = at < 0 ? undefined : entry.slice(0, at);
  if (user !== undefined && !userName.safeParse(user).success) throw new Error(`"${user}" is not a user name`);
  const { place, port } = withoutPort(entry.slice(at + 1));
  return expandRanges(place).map((name) => {
    if (!hostName.safeParse(name).success || name.startsWith('-')) throw new Error(`"${name}" is not a host name or an address`);
    return { name, ...(user !== undefined && { user }), ...(port !== undefined && { port }) };
  });
}

function withoutPort(text: string): { place: string; port?: number } {
  const address = /^\[([0-9a-fA-F:.]+(?:%[\w.-]+)?)\](?::(\d+))?$/.exec(text);
  if (address && isIPv6(address[1] ?? '')) return { place: address[1] ?? '', ...(address[2] && { port: portOf(address[2]) }) };
  if (isIPv6(text)) return { place: text };
  const { before, digits } = splitPort(text);
  return digits === null || outsideBrackets(before).includes(':') ? { place: text } : { place: before, port: portOf(digits) };
}

/** What stands before a last colon with a number behind it, outside of brackets; null where there is none. Linear, as all of this is. */
export function splitPort(text: string): { before: string; digits: string | null } {
  const colon = text.lastIndexOf(':');
  const [before, digits] = [text.slice(0, Math.max(0, colon)), text.slice(colon + 1)];
  const open = Math.max(before.lastIndexOf('['), before.lastIndexOf('{')) > Math.max(before.lastIndexOf(']'), before.lastIndexOf('}'));
  return colon < 0 || open || !/^\d+$/.test(digits) ? { before: text, digits: null } : { before, digits };
}

function outsideBrackets(text: string): string {
  let outside = '';
  let depth = 0;
  for (const character of text) {
    if (character === '[' || character === '{') depth++;
    else if (character === ']' || character === '}') depth = Math.max(0, depth - 1);
    else if (depth === 0) outside += character;
  }
  return outside;
}

function portOf(digits: string): number {
  const port = Number(digits);
  if (port < 1 || port > 65_535) throw new Error(`${digits} is not a port: a number from 1 to 65535`);
  return port;
}

/** Around the first bracket, where the next one closes it. */
function bracketedIn(name: string): { before: string; inside: string; after: string } | null {
  const open = name.search(/[[{]/);
  const length = open < 0 ? -1 : name.slice(open + 1).search(/[\][{}]/);
  const close = open + 1 + length;
  if (length < 0 || !/[\]}]/.test(name[close] ?? '')) return null;
  return { before: name.slice(0, open), inside: name.slice(open + 1, close), after: name.slice(close + 1) };
}

const isDigit = (character: string | undefined) => character !== undefined && character >= '0' && character <= '9';

/** Around the first two dots with a number on either side. */
function dottedIn(name: string): { before: string; from: string; between: string; to: string; after: string } | null {
  for (let dots = name.indexOf('..'); dots >= 0; dots = name.indexOf('..', dots + 1)) {
    let begin = dots;
    while (isDigit(name[begin - 1])) begin--;
    if (begin === dots) continue;
    const gap = name.slice(dots + 2).search(/\d/);
    if (gap < 0) return null;
    const second = dots + 2 + gap;
    let end = second;
    while (isDigit(name[end])) end++;
    return {
      before: name.slice(0, begin),
      from: name.slice(begin, dots),
      between: name.slice(dots + 2, second),
      to: name.slice(second, end),
      after: name.slice(end),
    };
  }
  return null;
}

/** All names that a name with ranges stands for. Throws Error, with what is wrong. */
export function expandRanges(name: string): string[] {
  if (isIPv6(name)) return [name];
  const bracket = bracketedIn(name);
  if (bracket) {
    const { before, inside, after } = bracket;
    const values = inside.split(',').flatMap((part) => rangeValues(part.trim()));
    const rest = expandRanges(after);
    if (values.length * rest.length > mostHosts) throw new Error(`it names more than ${mostHosts} hosts`);
    return values.flatMap((value) => rest.map((end) => `${before}${value}${end}`));
  }
  if (/[[\]{}]/.test(name)) throw new Error('a bracket is not closed');
  const dots = dottedIn(name);
  if (!dots) return [name];
  // web01..web25: the name before the second number has to be the same.
  const { before, from, between, to, after } = dots;
  if (between !== '' && between !== before) throw new Error(`"${before}${from}" and "${between}${to}" are not a range of one name`);
  return numbers(from, to, 1).map((value) => `${before}${value}${after}`);
}

function rangeValues(part: string): string[] {
  const range = /^(\w+)(?::|-|\.\.)(\w+)(?:(?::|\.\.)(\d+))?$/.exec(part);
  if (!range) {
    if (/^[\w.-]+$/.test(part)) return [part];
    throw new Error(`"${part}" is not a range such as 01:25`);
  }
  const [, from = '', to = '', step = '1'] = range;
  if (Number(step) < 1) throw new Error(`the step ${step} leads nowhere`);
  if (/^\d+$/.test(from) && /^\d+$/.test(to)) return numbers(from, to, Number(step));
  if (/^[a-z]$/i.test(from) && /^[a-z]$/i.test(to) && from <= to)
    return numbers(String(from.charCodeAt(0)), String(to.charCodeAt(0)), Number(step)).map((code) => String.fromCharCode(Number(code)));
  throw new Error(`"${part}" is not a range of numbers or letters, from the smaller to the larger`);
}

/** With leading zeros, as wide as the first one. */
function numbers(from: string, to: string, step: number): string[] {
  const [first, last] = [Number(from), Number(to)];
  if (first > last) throw new Error(`the range goes from ${from} down to ${to}`);
  if ((last - first) / step >= mostHosts) throw new Error(`it names more than ${mostHosts} hosts`);
  const width = from.startsWith('0') && from.length > 1 ? from.length : 0;
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, index) => String(first + index * step).padStart(width, '0'));
}
