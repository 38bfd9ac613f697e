/** What is wrong in a schema file and cannot be repaired without knowing what was meant. Pure. */
import { nameOf, oidOf, type SchemaFile, type SchemaRecord, sameDn, valueIn, valuesIn } from './schema-file.ts';

export interface Fault {
  rule: 'unreadable' | 'deletes' | 'ask' | 'duplicate' | 'syntax-pair' | 'known-oid' | 'undefined' | 'circle';
  means: string;
}
/** Which classes are which, as the admin has said. */
export interface Known {
  structural: readonly string[];
  auxiliary: readonly string[];
}

/** attributeSyntax, and the oMSyntax that go with it ([MS-ADTS] 3.1.1.2.2.2). */
const pairs: Readonly<Record<string, readonly string[]>> = {
  '2.5.5.1': ['127'],
  '2.5.5.2': ['6'],
  '2.5.5.3': ['27'],
  '2.5.5.4': ['20'],
  '2.5.5.5': ['19', '22'],
  '2.5.5.6': ['18'],
  '2.5.5.7': ['127'],
  '2.5.5.8': ['1'],
  '2.5.5.9': ['2', '10'],
  '2.5.5.10': ['4', '127'],
  '2.5.5.11': ['23', '24'],
  '2.5.5.12': ['64'],
  '2.5.5.13': ['127'],
  '2.5.5.14': ['127'],
  '2.5.5.15': ['66'],
  '2.5.5.16': ['65'],
  '2.5.5.17': ['4'],
};

/** OIDs that Apple's manuals name. */
const apple = '1.3.6.1.4.1.63.1000.1.1';
const appleOids: Readonly<Record<string, string>> = {
  'apple-computer': `${apple}.2.10`,
  'apple-computer-list': `${apple}.2.11`,
  'apple-configuration': `${apple}.2.12`,
  'apple-preset-computer-list': `${apple}.2.13`,
  'apple-mcxflags': `${apple}.1.1.10`,
  'apple-mcxsettings': `${apple}.1.1.16`,
  'apple-keyword': `${apple}.1.1.19`,
  'apple-computers': `${apple}.1.11.3`,
  'apple-computer-list-groups': `${apple}.1.11.4`,
};

/** Attributes of a class record that name other classes or attributes. */
export const naming = [
  'subClassOf',
  ...['auxiliaryClass', 'systemAuxiliaryClass', 'possSuperiors', 'systemPossSuperiors'],
  ...['mustContain', 'systemMustContain', 'mayContain', 'systemMayContain'],
];

export const isNew = ({ kind }: SchemaRecord) => kind === 'attribute' || kind === 'class';
export const category = (record: SchemaRecord) => valueIn(record, 'objectClassCategory') || '0';
const called = (record: SchemaRecord, names: readonly string[]) => names.some((name) => name.toLowerCase() === nameOf(record).toLowerCase());
/** What a class of category 0 is to become; null where nobody has said so. */
export const wantedCategory = (record: SchemaRecord, { structural, auxiliary }: Known): '1' | '3' | null =>
  called(record, structural) ? '1' : called(record, auxiliary) ? '3' : null;

const at = (record: SchemaRecord) => `line ${record.line}, ${nameOf(record)}`;

export function faultsOf(file: SchemaFile, known: Known): Fault[] {
  const made = file.records.filter(isNew);
  return [
    ...file.unread.map(({ line, because }): Fault => ({ rule: 'unreadable', means: `line ${line}: ${because}` })),
    ...file.records.flatMap((one): Fault[] =>
      one.kind === 'other' ? [{ rule: 'deletes', means: `${at(one)}: it is neither an attribute, a class nor a change of one` }] : [],
    ),
    ...made.flatMap((one): Fault[] =>
      one.kind === 'class' && category(one) === '0' && wantedCategory(one, known) === null
        ? [{ rule: 'ask', means: `${at(one)}: objectClassCategory is 0, and the form does not say whether it is structural or auxiliary` }]
        : [],
    ),
    ...duplicates(made),
    ...made.flatMap((one): Fault[] => {
      const [syntax, om] = [valueIn(one, 'attributeSyntax'), valueIn(one, 'oMSyntax')];
      if (one.kind !== 'attribute' || pairs[syntax]?.includes(om)) return [];
      return [{ rule: 'syntax-pair', means: `${at(one)}: attributeSyntax ${syntax || '(none)'} does not go with oMSyntax ${om || '(none)'}` }];
    }),
    ...made.flatMap((one): Fault[] => {
      const wanted = appleOids[nameOf(one).toLowerCase()];
      return wanted === undefined || oidOf(one) === wanted
        ? []
        : [{ rule: 'known-oid', means: `${at(one)}: its OID is ${oidOf(one) || '(none)'}, and Apple’s manuals say ${wanted}` }];
    }),
    ...undefinedNames(made),
  ];
}

/** Two records for one thing. Where both say the same, one of them is dropped without a question. */
function duplicates(made: readonly SchemaRecord[]): Fault[] {
  const firsts = new Map<string, SchemaRecord>();
  return made.flatMap((one): Fault[] => {
    const keys = [`dn ${sameDn(one.dn)}`, `name ${nameOf(one).toLowerCase()}`, ...(oidOf(one) === '' ? [] : [`OID ${oidOf(one)}`])];
    const first = keys.map((key) => firsts.get(key)).find((before) => before !== undefined);
    for (const key of keys) if (!firsts.has(key)) firsts.set(key, one);
    if (!first || contentOf(first) === contentOf(one)) return [];
    const [what = ''] = keys.find((key) => firsts.get(key) === first)?.split(' ') ?? [];
    return [{ rule: 'duplicate', means: `${at(one)}: line ${first.line} has the same ${what}` }];
  });
}
/** The same for two records that say the same. */
export const contentOf = (record: SchemaRecord) =>
  JSON.stringify([...record.values].map(([name, values]) => [name, name === 'dn' ? [sameDn(record.dn)] : [...values].sort()]).sort());

/** Of the names in the file, those with the beginning of names it defines (`apple-`). Others are taken as the schema's own: the import on a copy says more. */
function undefinedNames(made: readonly SchemaRecord[]): Fault[] {
  const defined = new Set(made.flatMap((one) => [nameOf(one).toLowerCase(), oidOf(one)]));
  const prefixes = new Set(made.flatMap((one) => /^[a-z]+-/.exec(nameOf(one).toLowerCase()) ?? []));
  return made.flatMap((one) =>
    naming.flatMap((key) =>
      valuesIn(one, key).flatMap((name): Fault[] => {
        const small = name.toLowerCase();
        const ours = prefixes.has(/^[a-z]+-/.exec(small)?.[0] ?? '');
        return ours && !defined.has(small) ? [{ rule: 'undefined', means: `${at(one)}: ${key} names ${name}, which the file does not define` }] : [];
      }),
    ),
  );
}
