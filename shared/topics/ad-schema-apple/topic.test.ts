import { describe, expect, it } from 'vitest';
import { isFailure, judge } from '../../topic-kit/index.ts';
import { parameters } from './parameters.ts';
import { probe } from './probe.ts';
import { repair } from './repair.ts';
import { readSchema } from './schema-file.ts';
import { steps } from './steps.ts';

const wanted = { base: 'DC=corp,DC=test', structural: ['apple-computer-list', 'x-b'], auxiliary: ['apple-user'], tool: 'ldifde' as const };
const schema = 'cn=Schema,cn=Configuration,dc=X';
const attribute = (name: string, more: Record<string, string> = {}) =>
  Object.entries({
    dn: `cn=${name},${schema}`,
    changetype: 'ntdsSchemaAdd',
    objectClass: 'attributeSchema',
    attributeID: `1.2.${name.length}.${name.charCodeAt(0)}`,
    attributeSyntax: '2.5.5.12',
    oMSyntax: '64',
    lDAPDisplayName: name,
    ...more,
  })
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('');
const cls = (name: string, category: string, more = '') =>
  `dn: cn=${name},${schema}\nchangetype: ntdsSchemaAdd\nobjectClass: classSchema\ngovernsID: ${name === 'apple-computer-list' ? '1.3.6.1.4.1.63.1000.1.1.2.11' : `1.3.${name.length}.${name.charCodeAt(2)}`}\nlDAPDisplayName: ${name}\nsubClassOf: top\nobjectClassCategory: ${category}\n${more}`;
const fixed = (text: string, more: Partial<typeof wanted> | { tool: 'samba' } = {}) => repair(text, { ...wanted, ...more } as typeof wanted);
/** The text of a file that is repaired; it is the same the second time. */
const done = (text: string, more = {}) => {
  const once = fixed(text, more);
  if (typeof once !== 'string') throw new Error(once.means);
  expect(fixed(once, more)).toBe(once);
  return once;
};

describe('a schema file', () => {
  it('gets the category that was named for each class, and keeps the others', () => {
    const text = done([cls('apple-computer-list', '0'), cls('apple-user', '0'), cls('x-three', '3')].join('\n'));
    expect(text.match(/objectClassCategory: \d/g)).toEqual(['objectClassCategory: 1', 'objectClassCategory: 3', 'objectClassCategory: 3']);
    expect(done(cls('apple-user', '0').replace('objectClassCategory: 0\n', ''))).toContain('objectClassCategory: 3');
  });

  it('has attributes first, then each class after those it names, with the schema read again after each stage', () => {
    const text = done([cls('x-a', '1', 'possSuperiors: x-b\n'), cls('x-b', '0', 'mayContain: x-attr\n'), attribute('x-attr')].join('\n'));
    expect(readSchema(text).records.map((one) => (one.kind === 'update' ? '--' : one.values.get('ldapdisplayname')?.[0]))).toEqual([
      'x-attr',
      '--',
      'x-b',
      '--',
      'x-a',
      '--',
    ]);
    expect(text.match(/^-$/gm)).toHaveLength(3);
  });

  it('has the root of the forest for dc=X, in folded lines and in base64 too', () => {
    const dn = `cn=x-attr,${schema}`;
    for (const written of [`dn: ${dn.slice(0, 20)}\n ${dn.slice(20)}`, `dn:: ${Buffer.from(dn).toString('base64')}`])
      expect(done(attribute('x-attr').replace(`dn: ${dn}`, written))).toContain('dn: cn=x-attr,cn=Schema,cn=Configuration,DC=corp,DC=test\n');
    expect(done(attribute('x-attr'))).not.toMatch(/dc=x$/im);
  });

  it.each([
    ['a record without a blank line in front', `${attribute('x-attr')}${cls('x-c', '1')}`],
    ['comments, a version and the line ends of Windows', `version: 1\n\n# ours\n\n${attribute('x-attr')}\n${cls('x-c', '1')}`.replaceAll('\n', '\r\n')],
    ['the same record twice', `${attribute('x-attr')}\n${cls('x-c', '1')}\n${attribute('x-attr')}`],
    ['no last line end', `${attribute('x-attr')}\n${cls('x-c', '1')}`.trimEnd()],
  ])('is understood with %s', (_, text) => {
    const made = readSchema(done(text)).records.filter(({ kind }) => kind !== 'update');
    expect(made.map(({ kind }) => kind)).toEqual(['attribute', 'class']);
    if (text.includes('\r\n')) expect(done(text).replaceAll('\r\n', '')).not.toContain('\n');
    if (text.includes('# ours')) expect(done(text)).toContain('# ours');
  });

  it('lets computer lists be in a container', () => {
    expect(done(cls('apple-computer-list', '1'))).toContain('possSuperiors: container');
    expect(done(cls('apple-computer-list', '1', 'possSuperiors: container\n')).match(/possSuperiors/g)).toHaveLength(1);
  });

  it('has the words of the tool that imports it, and changes of other classes last', () => {
    const change = `dn: cn=User,${schema}\nchangetype: ntdsSchemaModify\nadd: auxiliaryClass\nauxiliaryClass: apple-user\n`;
    const text = [change, cls('apple-user', '0')].join('\n');
    expect(done(text)).toMatch(/ntdsSchemaAdd[\s\S]*ntdsSchemaModify/);
    expect(done(text, { tool: 'samba' })).not.toMatch(/ntds/i);
    expect(done(text, { tool: 'samba' })).toMatch(/changetype: modify\nadd: auxiliaryClass\nauxiliaryClass: apple-user\n-\n/);
  });

  it.each([
    ['ask', cls('x-unnamed', '0')],
    ['duplicate', `${attribute('x-attr')}\n${attribute('x-attr', { attributeID: '1.2.3' })}`],
    ['duplicate', `${attribute('x-attr')}\n${attribute('x-other', { attributeID: '1.2.6.120' })}`],
    ['duplicate', `${cls('x-one', '1')}\n${cls('x-one', '3')}`],
    ['syntax-pair', attribute('x-attr', { oMSyntax: '22' })],
    ['known-oid', cls('apple-computer-list', '1').replace('.2.11', '.2.10')],
    ['undefined', `${attribute('apple-a')}\n${cls('apple-user', '0', 'mayContain: apple-b\n')}`],
    ['circle', `${cls('x-one', '1', 'possSuperiors: x-three\n')}\n${cls('x-three', '1', 'possSuperiors: x-one\n')}`],
    ['circle', cls('x-one', '1', 'possSuperiors: x-one\n')],
    ['deletes', `dn: cn=a,${schema}\nchangetype: ntdsSchemaDelete\n`],
    ['unreadable', `${attribute('x-attr')}this is no line\n`],
    ['unreadable', `${attribute('x-attr')}description:< file:///etc/passwd\n`],
    ['unreadable', `${attribute('x-attr')}description:: ####\n`],
    ['empty', ''],
    ['empty', 'dn:\nchangetype: modify\nadd: schemaUpdateNow\nschemaUpdateNow: 1\n-\n'],
  ])('is left to the admin: %s', (rule, text) => expect(fixed(text)).toMatchObject({ rule, means: expect.any(String), next: expect.stringMatching(/\w/) }));

  it('says how many faults there are, and names the first ones with their lines', () => {
    const text = Array.from({ length: 7 }, (_, index) => cls(`x-unnamed-${index}`, '0').replace(/1\.3\.\d+/, `1.3.${index}`)).join('\n');
    expect(fixed(text)).toMatchObject({ rule: 'ask', means: expect.stringMatching(/line 1, x-unnamed-0.*and 3 more/s) });
  });

  it('takes a large one at a cost that grows with its size', () => {
    const text = Array.from({ length: 2000 }, (_, index) => attribute(`x-attr${index}`, { attributeID: `1.2.3.${index}` })).join('\n');
    expect(readSchema(done(text)).records).toHaveLength(2001);
  });
});

describe('the form', () => {
  it.each([{ base: 'DC=X' }, { base: 'example.com' }, { structural: 'a(b)' }, { structural: "x'; rm" }, { server: 'ldap://a b' }, { account: 'a%secret' }])(
    'takes no %j',
    (more) => expect(parameters.safeParse({ base: wanted.base, ...more }).success).toBe(false),
  );
});

const values = (more = {}) => parameters.parse({ base: wanted.base, ...more });
const rules = (id: string, output: string, more = {}) => {
  const step = steps(values(more)).find((one) => one.id === id);
  const verdicts = judge(step && 'matchers' in step ? step.matchers : [], { output, exitStatus: 0, facts: {} });
  return isFailure(verdicts) ? verdicts.filter(({ kind }) => kind === 'failure').map(({ rule }) => rule) : 'good';
};
const master = 'schema master: this one\nschema: read\nobjects of the class: 0\n';

describe('what Samba says', () => {
  it.each([
    ['look', master, 'good'],
    ['look', `class apple-computer-list: category 0\n${master}`, ['broken-there']],
    ['look', `class apple-computer-list: category 1\n${master}`, ['there']],
    ['look', master.replace('this one', 'CN=DC2'), ['master']],
    ['look', 'schema master: not read\nschema: not read', ['not-read', 'not-read']],
    ['look', '', ['master']],
    [
      'try',
      'records to import: 2, there already: 0\nModified 1 records successfully\nimport: complete\nclass apple-computer-list: category 1\nschema: read\nobject: created',
      'good',
    ],
    ['try', "Error: Bad ldif changetype 'ntdsSchemaAdd'\nModified 1 records successfully\nimport: complete\nschema: read", ['wrong-words']],
    ['try', 'import: complete\nclass apple-computer-list: category 0\nschema: read\nobject: created', ['category-apple-computer-list']],
  ])('%s: %j', (id, output, wanted) => {
    const found = rules(id, output);
    expect(Array.isArray(found) ? [...new Set(found)] : found).toEqual(Array.isArray(wanted) ? [...new Set(wanted)] : wanted);
  });
  it('reads a Windows server back', () => {
    const windows = { dc: 'windows', server: 'ldap://dc1.corp.test' };
    expect(rules('read-back', 'class apple-computer-list: category 1\nschema: read', windows)).toBe('good');
    expect(rules('read-back', 'class apple-computer-list: category 0\nschema: read', windows)).toContain('still-zero');
    expect(rules('read-back', 'schema: not read', windows)).toContain('not-read');
  });
});

describe('the check', () => {
  const seen = { made: '4', zero: '1', macro: '4', zeros: ' apple-computer-list', samba: 'yes', schema: 'read', category: '' };
  const look = (more: Partial<typeof seen>, form = {}) =>
    probe.judge(
      {
        output: Object.entries({ ...seen, ...more })
          .map(([name, value]) => `${name}=${value}\n`)
          .join(''),
        exitStatus: 0,
      },
      values(form),
    );
  it.each([
    ['affected', {}, {}],
    ['affected', { category: '0' }, {}],
    ['affected', { category: '0', made: '' }, { task: 'broken' }],
    ['already-fixed', { category: '1' }, {}],
    ['unknown', { category: 'defunct' }, {}],
    ['not-affected', {}, { task: 'broken' }],
    ['unknown', { schema: 'not read' }, {}],
    ['unknown', { samba: 'no' }, {}],
    ['unknown', { made: '' }, {}],
    ['not-affected', { made: '0' }, {}],
    ['affected', { samba: 'no' }, { dc: 'windows' }],
    ['affected', { samba: 'no', zero: '0' }, { dc: 'windows' }],
    ['already-fixed', { samba: 'no', zero: '0', macro: '0' }, { dc: 'windows' }],
    ['unknown', { samba: 'no', zero: '' }, { dc: 'windows' }],
  ] as const)('says %s with %j and %j', (verdict, more, form) => expect(look(more, form)).toMatchObject({ verdict }));
  it('proposes what fits', () => {
    expect(look({ samba: 'no' }).proposes).toEqual([expect.objectContaining({ field: 'dc', value: 'windows' })]);
    expect(look({ category: '0' }).proposes).toEqual([expect.objectContaining({ field: 'task', value: 'broken' })]);
  });
});
