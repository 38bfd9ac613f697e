/** A schema file as it can be imported: what is certain is repaired, what is not is left to the admin with its line. Pure. */
import type { EditRefusal } from '../../topic-kit/index.ts';
import { category, contentOf, type Fault, faultsOf, isNew, type Known, naming, wantedCategory } from './faults.ts';
import { nameOf, oidOf, pairOf, readSchema, type SchemaRecord, valueIn, valuesIn } from './schema-file.ts';

interface Wanted extends Known {
  /** The forest's root, in the place of `dc=X`. */
  base: string;
  /** ldifde has words of its own, which skip what is there already; Samba's tools know only the usual ones. */
  tool: 'ldifde' | 'samba';
}

const next: Readonly<Record<Fault['rule'], string>> = {
  unreadable: 'Correct these lines.',
  deletes: 'Take these records out. Nothing can be deleted from a schema.',
  ask: 'Start a new run and name each class in one of the two lists. An object of a structural class can be created; an auxiliary one only extends others, such as users.',
  duplicate: 'Keep one of the two, with the right values. A name and an OID can be used only once.',
  'syntax-pair': 'Compare with the schema that was exported. Neither can be changed after the import.',
  'known-oid': 'Compare with the schema that was exported. An OID can’t be changed after the import.',
  undefined: 'Export these too. What the schema has already may be in the file: it is skipped there.',
  circle: 'Take one of the names out, and add it with a record of its own (changetype: modify) at the end.',
};

export function repair(old: string, wanted: Wanted): string | EditRefusal {
  const file = readSchema(old);
  const faults = faultsOf(file, wanted);
  const made = file.records.filter(isNew);
  const kept = [...new Map(made.map((one) => [contentOf(one), one])).values()];
  const levels = faults.length === 0 ? inLevels(kept) : [];
  if (levels === null) faults.push({ rule: 'circle', means: `${circular(kept).join(', ')} name each other, so none of them can come first` });
  const [first] = faults;
  if (first || levels === null) return refusal(faults);
  if (made.length === 0)
    return {
      rule: 'empty',
      means: 'The file defines no attribute and no class.',
      next: 'Give the file that ADSchemaAnalyzer has written (File → Create LDIF).',
    };
  const changes = file.records.filter(({ kind }) => kind === 'modify');
  const parts = [...levels, ...(changes.length > 0 ? [changes] : [])].flatMap((level) => [...level.map((one) => written(one, wanted)), reread]);
  return parts.map((lines) => lines.map((line) => `${line}${file.lineEnd}`).join('')).join(file.lineEnd);
}

/** The server reads its schema again; the line with the dash is needed. */
const reread = ['dn:', 'changetype: modify', 'add: schemaUpdateNow', 'schemaUpdateNow: 1', '-'];
const shown = 4;

function refusal(faults: readonly Fault[]): EditRefusal {
  const rule = faults[0]?.rule ?? 'unreadable';
  const same = faults.filter((fault) => fault.rule === rule);
  const others = faults.length - same.length;
  const listed = same.slice(0, shown).map(({ means }) => means);
  const more = same.length > shown ? `; and ${same.length - shown} more of this kind` : '';
  return {
    rule,
    means: `The file cannot be repaired without you: ${listed.join('; ')}${more}.${others > 0 ? ` Then ${others} faults of other kinds.` : ''}`,
    next: `${next[rule]} The file was not changed.`,
  };
}

/** Attributes first, then each class after the classes that it names; null where they go in a circle. */
function inLevels(made: readonly SchemaRecord[]): SchemaRecord[][] | null {
  const levels = [made.filter(({ kind }) => kind === 'attribute')].filter((level) => level.length > 0);
  let left = made.filter(({ kind }) => kind === 'class');
  while (left.length > 0) {
    const waits = namesOf(left);
    const ready = left.filter((one) => !refersTo(one, waits));
    if (ready.length === 0) return null;
    levels.push(ready);
    left = left.filter((one) => !ready.includes(one));
  }
  return levels;
}
const namesOf = (classes: readonly SchemaRecord[]) => new Set(classes.flatMap((one) => [nameOf(one).toLowerCase(), oidOf(one)]));
const refersTo = (one: SchemaRecord, names: ReadonlySet<string>) => naming.some((key) => valuesIn(one, key).some((name) => names.has(name.toLowerCase())));

function circular(made: readonly SchemaRecord[]): string[] {
  let left = made.filter(({ kind }) => kind === 'class');
  for (;;) {
    const waits = namesOf(left);
    const rest = left.filter((one) => refersTo(one, waits));
    if (rest.length === left.length) return rest.map(nameOf);
    left = rest;
  }
}

/** Its lines, with what is repaired in them. */
function written(record: SchemaRecord, wanted: Wanted): string[] {
  const lines = record.lines.map((line) => (line.startsWith('#') ? line : withBase(line, wanted.base)));
  const set = (name: string, value: string) => {
    const line = lines.findIndex((one) => one.toLowerCase().startsWith(`${name.toLowerCase()}:`));
    if (line >= 0) lines[line] = `${lines[line]?.split(':')[0]}: ${value}`;
    else lines.splice(lines.findIndex((one) => /^dn:/i.test(one)) + 1, 0, `${name}: ${value}`);
  };
  const action = record.kind === 'modify' ? 'modify' : 'add';
  const type = wanted.tool === 'samba' ? action : { add: 'ntdsSchemaAdd', modify: 'ntdsSchemaModify' }[action];
  if (record.changetype !== type.toLowerCase()) set('changetype', type);
  if (record.kind === 'modify' && lines.at(-1)?.trim() !== '-') lines.push('-');
  if (record.kind !== 'class') return lines;
  const better = category(record) === '0' ? wantedCategory(record, wanted) : null;
  if (better !== null) {
    if (valueIn(record, 'objectClassCategory') === '') lines.push(`objectClassCategory: ${better}`);
    else set('objectClassCategory', better);
  }
  // Computer lists are in the container CN=Mac OS X.
  const superiors = [...valuesIn(record, 'possSuperiors'), ...valuesIn(record, 'systemPossSuperiors')].map((one) => one.toLowerCase());
  if (nameOf(record).toLowerCase() === 'apple-computer-list' && !superiors.includes('container')) lines.push('possSuperiors: container');
  return lines;
}

/** A DN that ends with the `dc=X` of ADSchemaAnalyzer gets the forest's root; so does one in base64, which then is text. */
function withBase(line: string, base: string): string {
  const pair = pairOf(line);
  if (typeof pair === 'string' || !/,\s*dc=x$/i.test(pair.value)) return line;
  return `${line.split(':')[0]}: ${pair.value.replace(/dc=x$/i, base)}`;
}
