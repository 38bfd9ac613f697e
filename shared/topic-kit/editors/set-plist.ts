/** Property lists of macOS in XML: one value, with every other byte as it was. Pure. */
import type { EditRefusal } from '../step.ts';
import { lineEndOf } from './text-lines.ts';

type PlistValue = string | number | boolean | readonly PlistValue[];
type Where = readonly (string | number)[];

/** An element with where it stands in the text. `keys`: of a dict, in order; `items`: what a dict or array has. */
interface Element {
  name: string;
  from: number;
  to: number;
  /** Behind its start tag and before its end tag; both `to` for `<true/>`. */
  inside: number;
  insideEnd: number;
  keys: string[];
  items: Element[];
}

/**
 * The text with this value: in the place of the one that is there, else at the end of its dict, with the dicts in between. Whole numbers are
 * integers, others reals. Refused for a binary list, and for a text that is not a property list.
 */
export function setPlist(old: string, where: Where, value: PlistValue): string | EditRefusal {
  const root = parsed(old);
  if ('rule' in root) return root;
  return changed(old, root, where, value) ?? noPlace(where);
}

/** The XML of the value at this place, without blanks around it; undefined where there is none. */
export function plistValue(text: string, where: Where): string | undefined {
  const root = parsed(text);
  if ('rule' in root) return undefined;
  const found = where.reduce<Element | undefined>((at, key) => at && childOf(at, key), root);
  return found && text.slice(found.from, found.to);
}

const childOf = ({ name, keys, items }: Element, key: string | number): Element | undefined =>
  name === 'array' ? items[Number(key)] : name === 'dict' ? items[keys.lastIndexOf(String(key))] : undefined;

function changed(old: string, at: Element, where: Where, value: PlistValue): string | null {
  const [key, ...rest] = where;
  const end = lineEndOf(old);
  if (key === undefined) {
    const wanted = xml(value, indentAt(old, at.from), end);
    return same(old.slice(at.from, at.to), wanted) ? old : `${old.slice(0, at.from)}${wanted}${old.slice(at.to)}`;
  }
  const child = childOf(at, key);
  if (child) return changed(old, child, rest, value);
  if (at.name !== 'dict' || where.some((one) => typeof one === 'number')) return null;
  const outer = indentAt(old, at.from);
  const first = /<key\b/.exec(old.slice(at.inside, at.insideEnd));
  const indent = first ? indentAt(old, at.inside + first.index) : `${outer}\t`;
  const nested = rest.reduceRight<string>((text, name) => `<dict><key>${escaped(String(name))}</key>${text}</dict>`, xml(value, indent, end));
  const line = `${indent}<key>${escaped(String(key))}</key>${end}${indent}${nested}`;
  if (at.inside === at.to) return `${old.slice(0, at.from)}<dict>${end}${line}${end}${outer}</dict>${old.slice(at.to)}`;
  // Behind the last value; what is between it and the end tag stays.
  const behind = at.items.at(-1)?.to ?? at.inside;
  const gap = old.slice(behind, at.insideEnd);
  return `${old.slice(0, behind)}${end}${line}${/^\s*$/.test(gap) && !gap.includes('\n') ? `${end}${outer}` : ''}${old.slice(behind)}`;
}

/** Written another way it is still the same: ` ` in an empty element, `<string></string>`. */
const same = (there: string, wanted: string) => compact(there) === compact(wanted);
const compact = (text: string) =>
  text
    .replace(/>\s+</g, '><')
    .replace(/<(\w+)\s*\/>/g, (whole, name: string) => (/^(?:true|false)$/.test(name) ? `<${name}/>` : name ? `<${name}></${name}>` : whole));

const indentAt = (text: string, at: number): string => /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', at - 1) + 1))?.[0] ?? '';

function xml(value: PlistValue, indent: string, end: string): string {
  if (typeof value === 'boolean') return `<${value}/>`;
  if (typeof value === 'number') return Number.isInteger(value) ? `<integer>${value}</integer>` : `<real>${value}</real>`;
  if (typeof value === 'string') return `<string>${escaped(value)}</string>`;
  return ['<array>', ...value.map((item) => `${indent}\t${xml(item, `${indent}\t`, end)}`), `${indent}</array>`].join(end);
}
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const unescaped = (text: string) => text.replace(/&(?:lt|gt|quot|apos|amp|#\d{1,7}|#x[0-9a-f]{1,6});/gi, (entity) => entities[entity] ?? codePoint(entity));
const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'", '&amp;': '&' };
const codePoint = (entity: string) => String.fromCodePoint(Math.min(0x10ffff, Number(entity.slice(2, -1).replace(/^x/i, '0x'))));

/** What is passed over, with its end. The document's type may have a part in brackets, which no list of Apple's has. */
const passed = [
  ['<!--', '-->'],
  ['<?', '?>'],
  ['<![CDATA[', ']]>'],
  ['<!DOCTYPE', '>'],
] as const;
const tag = /<(\/?)([A-Za-z]+)((?:\s[^<>]*)?)>|<([A-Za-z]+)\s*\/>/y;
const known = new Set(['plist', 'dict', 'array', 'key', 'string', 'integer', 'real', 'true', 'false', 'date', 'data']);

function parsed(text: string): Element | EditRefusal {
  if (text.startsWith('bplist'))
    return { rule: 'binary-plist', means: 'It is a binary property list.', next: 'Convert it with "plutil -convert xml1 FILE", then run the step again.' };
  const open: Element[] = [];
  let root: Element | undefined;
  // Each character is looked at once, whatever the text is.
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    const index = at;
    const over = passed.find(([from]) => text.startsWith(from, index));
    if (over) {
      const end = text.indexOf(over[1], index + over[0].length);
      if (end < 0) return notPlist(`${over[0]} does not end`);
      at = end + over[1].length;
      continue;
    }
    tag.lastIndex = index;
    const [token, closes, opened, , alone] = tag.exec(text) ?? [];
    const name = opened ?? alone;
    if (token === undefined || name === undefined) return notPlist('a "<" begins nothing');
    const to = index + token.length;
    const empty = alone !== undefined || token.endsWith('/>');
    at = to;
    if (!known.has(name)) return notPlist(`<${name}> is not part of one`);
    const parent = open.at(-1);
    if (!closes) {
      const element: Element = { name, from: index, to, inside: to, insideEnd: to, keys: [], items: [] };
      if (name !== 'key' && parent?.name === 'dict' && parent.keys.length !== parent.items.length + 1) return notPlist('a value has no key');
      if (parent && name !== 'key' && (parent.name === 'dict' || parent.name === 'array')) parent.items.push(element);
      if (parent?.name === 'plist') root ??= element;
      if (!empty) open.push(element);
      continue;
    }
    if (parent?.name !== name) return notPlist(`</${name}> ends nothing`);
    open.pop();
    Object.assign(parent, { to, insideEnd: index });
    const dict = open.at(-1);
    if (name === 'key' && dict?.name === 'dict') {
      if (dict.keys.length !== dict.items.length) return notPlist('a key has no value');
      const words = text.slice(parent.inside, index);
      if (words.includes('<')) return notPlist('a key is not written as text');
      dict.keys.push(unescaped(words).trim());
    }
  }
  if (open.length > 0) return notPlist(`<${open.at(-1)?.name}> does not end`);
  return root ?? notPlist('nothing is in it');
}

const notPlist = (because: string): EditRefusal => ({
  rule: 'not-plist',
  means: `The file can't be read as a property list: ${because}.`,
  next: 'Check it with "plutil -lint FILE", correct it, then run the step again.',
});
const noPlace = (where: Where): EditRefusal => ({
  rule: 'no-place',
  means: `The property list has no place for ${where.join('.')}.`,
  next: 'Make the change by hand.',
});
