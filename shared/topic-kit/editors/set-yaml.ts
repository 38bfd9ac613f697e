/** YAML files such as netplan's: one value, with every other byte, comment and line end as it was. Pure. */
import { isAlias, isMap, isScalar, isSeq, type Pair, type ParsedNode, parseAllDocuments, stringify, type YAMLMap } from 'yaml';
import type { EditRefusal } from '../step.ts';
import { lineEndOf } from './text-lines.ts';

type Scalar = string | number | boolean | null;
type Where = readonly (string | number)[];

/**
 * The text in which the value at this place is set: in its place where it is there, else behind the last key of the map that it belongs to,
 * with the maps in between. Keys of maps are texts, places in lists numbers. Refused where the text can't be read as one YAML document, where
 * something else than a single value is there, or where an alias makes it stand in two places.
 */
export function setYaml(old: string, where: Where, value: Scalar): string | EditRefusal {
  const read = parse(old);
  if ('rule' in read) return read;
  const text = read.contents === null ? added(old, null, where, value) : changed(old, read.contents, where, value);
  if (typeof text !== 'string') return text;
  const again = parse(text);
  // What was written is looked at as a program would read it: this value, and nothing else, is another.
  if ('rule' in again || JSON.stringify(again.value) !== JSON.stringify(withValue(read.value, where, value))) return unclear(where);
  return text;
}

/** The value at this place; undefined where there is none, or the text can't be read. */
export function yamlValue(text: string, where: Where): unknown {
  const read = parse(text);
  if ('rule' in read) return undefined;
  return where.reduce<unknown>((at, key) => (typeof at === 'object' && at !== null ? (at as Record<string | number, unknown>)[key] : undefined), read.value);
}

function parse(text: string): { contents: ParsedNode | null; value: unknown } | EditRefusal {
  const documents = parseAllDocuments(text, { uniqueKeys: true });
  const list = Array.isArray(documents) ? documents : [];
  const [trouble] = list.flatMap(({ errors }) => errors);
  if (trouble)
    return { rule: 'not-yaml', means: `The file can't be read as YAML: ${trouble.message.split('\n')[0]}`, next: 'Correct it, then run the step again.' };
  if (list.length > 1) return { rule: 'many-documents', means: 'The file has several YAML documents.', next: 'Make the change by hand.' };
  return { contents: list[0]?.contents ?? null, value: list[0]?.toJS({ maxAliasCount: 100 }) ?? null };
}

/** Goes down as far as the text has it. */
function changed(old: string, node: ParsedNode, where: Where, value: Scalar): string | EditRefusal {
  const [key, ...rest] = where;
  if (key === undefined) {
    if (isAlias(node)) return unclear(where);
    if (!isScalar(node)) return { rule: 'not-one-value', means: 'There is a list or a map where one value was expected.', next: 'Make the change by hand.' };
    if (node.value === value && !(node.type === 'PLAIN' && typeof value === 'string' && scalarText(value) !== value)) return old;
    return spliced(old, node.range[0], node.range[1], `${startsEmpty(node) ? ' ' : ''}${scalarText(value)}`);
  }
  if (isSeq(node)) {
    const item = typeof key === 'number' ? (node.items[key] as ParsedNode | undefined) : undefined;
    return item ? changed(old, item, rest, value) : unclear(where);
  }
  if (isMap(node)) {
    const pair = pairOf(node as YAMLMap, key);
    const below = pair?.value as ParsedNode | null | undefined;
    if (!pair) return added(old, node as YAMLMap, where, value);
    // A key without a value, and more to come below it.
    if (rest.length > 0 && (!below || (isScalar(below) && below.value === null))) return unclear(where);
    return below ? changed(old, below, rest, value) : unclear(where);
  }
  return unclear(where);
}

const pairOf = (map: YAMLMap, key: string | number) => map.items.find((item: Pair) => isScalar(item.key) && String(item.key.value) === String(key));
const startsEmpty = ({ range }: ParsedNode) => range[0] === range[1];
const spliced = (text: string, from: number, to: number, wanted: string) => `${text.slice(0, from)}${wanted}${text.slice(to)}`;

/** On one line, quoted where it has to be; also where YAML 1.1, which many programs read, takes it for another kind: `no`, `on`, `12:30`. */
const scalarText = (value: Scalar) =>
  stringify(value, { lineWidth: 0, blockQuote: false, ...(typeof value === 'string' && { version: '1.1' as const }) }).replace(/\n$/, '');

/** Behind the last key of a block map, in its indentation; before the brace of `{a: 1}`. */
function added(old: string, map: YAMLMap | null, where: Where, value: Scalar): string | EditRefusal {
  if (where.some((key) => typeof key === 'number')) return unclear(where);
  const end = lineEndOf(old);
  const keys = where.map((key) => scalarText(String(key)));
  if (map?.flow) {
    const close = (map.range?.[1] ?? 0) - 1;
    const inside = keys.reduceRight((text, key) => (text === null ? `${key}: ${scalarText(value)}` : `${key}: { ${text} }`), null as string | null);
    return spliced(old, close, close, `${map.items.length > 0 ? ', ' : ''}${inside}`);
  }
  const first = map?.items[0] as { key: ParsedNode } | undefined;
  const from = first?.key.range?.[0] ?? 0;
  const column = from - (old.lastIndexOf('\n', from - 1) + 1);
  const indent = ' '.repeat(column);
  const lines = keys.map((key, depth) => `${indent}${'  '.repeat(depth)}${key}:${depth === keys.length - 1 ? ` ${scalarText(value)}` : ''}`);
  // Comments and empty lines behind the map may belong to what follows: the new lines come directly behind its last value.
  const last = map?.items.at(-1) as { key: ParsedNode; value: ParsedNode | null } | undefined;
  const behind = last ? endOfLine(old, valueEnd(last)) : old.length;
  const gap = behind > 0 && old[behind - 1] !== '\n' ? end : '';
  return spliced(old, behind, behind, `${gap}${lines.join(end)}${end}`);
}

/** Behind the last byte of a value, or of its last part: the range of a block ends behind the line. */
function valueEnd({ key, value }: { key: ParsedNode; value: ParsedNode | null }): number {
  const last = isMap(value) || isSeq(value) ? value.items.at(-1) : undefined;
  if (!value || !last || (value as { flow?: boolean }).flow) return Math.max(key.range[1], value?.range[1] ?? 0);
  return isMap(value) ? valueEnd(last as { key: ParsedNode; value: ParsedNode | null }) : itemEnd(last as ParsedNode);
}
const itemEnd = (item: ParsedNode): number => {
  const last = isMap(item) ? item.items.at(-1) : undefined;
  return last && !(item as { flow?: boolean }).flow ? valueEnd(last as { key: ParsedNode; value: ParsedNode | null }) : item.range[1];
};

function endOfLine(text: string, at: number): number {
  if (text[at - 1] === '\n') return at;
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

function withValue(all: unknown, [key, ...rest]: Where, value: Scalar): unknown {
  if (key === undefined) return value;
  if (Array.isArray(all)) return all.map((item, at) => (at === key ? withValue(item, rest, value) : item));
  const map = (all ?? {}) as Record<string, unknown>;
  return { ...map, [key]: withValue(map[key], rest, value) };
}

const unclear = (where: Where): EditRefusal => ({
  rule: 'yaml-unclear',
  means: `The file can't be changed at ${where.join('.')} without changing something else: it has an alias there, or another form than expected.`,
  next: 'Make the change by hand.',
});
