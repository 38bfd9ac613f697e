/** Values that fit a schema of the contract, or nearly do, for messages that a hostile window could send. */
import type { z } from 'zod';
import type { Random } from './random.test-kit.ts';

/** Strings that mean something to somebody: to JavaScript, a shell, a terminal, a file system, SQL, a regular expression. */
const words = [
  ...['', ' ', 'a', 'x'.repeat(300), 'constructor', '__proto__', 'toString', 'lab', 'undefined', '0', '-1', '2026-02-30', 'now'],
  ...[
    '$(id)',
    '`id`',
    "';id;'",
    '"',
    '\n',
    'a\nb',
    '\r',
    '\u001b[2J',
    '\u0003',
    '\0',
    '../../../no-such-folder/x',
    '/no-such-folder/x',
    '-oProxyCommand=id',
    '%s%n',
    '\u202e',
    '😀',
    '\ud800',
  ],
  ...['e\u0301'.repeat(400), 'SELECT 1; --', '"unclosed', '(', '.*', 'windows not boot '.repeat(200), 'A'.repeat(5000), 'SHA256:'.padEnd(50, 'A')],
];
const numbers = [0, 1, -1, 2, 80, 24, 1e4, 65_536, 2 ** 31, 2 ** 53, 1.5, -0, Number.NaN, Number.POSITIVE_INFINITY];
const oddities = [
  null,
  undefined,
  true,
  [],
  {},
  [[]],
  10n,
  new Date(0),
  /x/,
  new Uint8Array(3),
  new Map([['a', 1]]),
  JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
];

type Definition = {
  type: string;
  shape?: Record<string, z.ZodType>;
  element?: z.ZodType;
  options?: readonly z.ZodType[];
  entries?: Record<string, unknown>;
  values?: readonly unknown[];
  innerType?: z.ZodType;
  in?: z.ZodType;
  keyType?: z.ZodType;
  valueType?: z.ZodType;
};

/** What there is, by the names of members: ids of runs, topics, steps. */
export type Known = (member: string) => readonly unknown[];

export class SchemaValues {
  private readonly random: Random;
  private readonly known: Known;
  constructor(random: Random, known: Known) {
    this.random = random;
    this.known = known;
  }

  /** `member`: the name under which it stands. */
  of(schema: z.ZodType, member = ''): unknown {
    const { random } = this;
    const there = this.known(member);
    if (there.length > 0 && random.chance(0.9)) return random.pick(there);
    const { _zod } = schema as unknown as { _zod: { def: Definition } };
    const { def } = _zod;
    switch (def.type) {
      case 'object':
        return Object.fromEntries(Object.entries(def.shape ?? {}).flatMap(([name, part]) => this.member(name, part)));
      case 'optional':
      case 'nullable':
      case 'default':
        return random.chance(0.3) ? (def.type === 'nullable' ? null : undefined) : this.of(def.innerType as z.ZodType, member);
      case 'pipe':
        return this.of(def.in as z.ZodType, member);
      case 'array':
        return Array.from({ length: random.below(4) }, () => this.of(def.element as z.ZodType, member));
      case 'union':
        return this.of(random.pick(def.options ?? []), member);
      case 'enum':
        return random.pick(Object.values(def.entries ?? {}));
      case 'literal':
        return random.pick(def.values ?? []);
      case 'boolean':
        return random.chance(0.5);
      case 'number':
        return random.pick(numbers.slice(0, 8));
      case 'record':
        return Object.fromEntries(Array.from({ length: random.below(4) }, () => [random.pick(words), this.of(def.valueType as z.ZodType)]));
      case 'custom':
        return new Uint8Array(4);
      default:
        return random.pick(words);
    }
  }

  /** Something of it is otherwise than agreed. */
  spoilt(value: unknown): unknown {
    const { random } = this;
    if (typeof value !== 'object' || value === null) return this.anything();
    const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
    const names = Object.keys(copy);
    const name = names.length > 0 ? random.pick(names) : 'x';
    switch (random.below(5)) {
      case 0:
        delete copy[name];
        return copy;
      case 1:
        return { ...copy, [name]: this.anything() };
      case 2:
        return { ...copy, [random.pick(words)]: this.anything() };
      case 3:
        return { ...copy, [name]: this.spoilt(copy[name]) };
      default:
        return Object.defineProperty({ ...copy }, '__proto__', { value: { polluted: true }, enumerable: true });
    }
  }

  anything = (): unknown => this.random.pick([...words, ...numbers, ...oddities]);

  private member(name: string, schema: z.ZodType): [string, unknown][] {
    const value = this.of(schema, name);
    return value === undefined ? [] : [[name, value]];
  }
}
