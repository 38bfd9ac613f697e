/** The rehearsal: a file as ADSchemaAnalyzer writes it, and a Samba whose schema is a text file. */
import type { Lab, LabFile } from '../../topic-kit/index.ts';

const record = (...lines: string[]) => `${lines.join('\r\n')}\r\n`;
const schema = 'cn=Schema,cn=Configuration';
const attribute = (name: string, oid: string, pair = ['2.5.5.12', '64'], root = 'dc=X') =>
  record(
    `dn: cn=${name},${schema},${root}`,
    ...['changetype: ntdsSchemaAdd', 'objectClass: attributeSchema'],
    ...[`attributeID: 1.3.6.1.4.1.63.1000.1.1.1.${oid}`, `attributeSyntax: ${pair[0]}`, `oMSyntax: ${pair[1]}`, 'isSingleValued: FALSE'],
    `lDAPDisplayName: ${name}`,
  );
const computerList = (category: string, oid = '11', superiors: string[] = [], root = 'dc=X') =>
  record(
    `dn: cn=apple-computer-list,${schema},${root}`,
    ...['changetype: ntdsSchemaAdd', 'objectClass: classSchema'],
    ...[`governsID: 1.3.6.1.4.1.63.1000.1.1.2.${oid}`, 'lDAPDisplayName: apple-computer-list', 'subClassOf: top', `objectClassCategory: ${category}`],
    ...['mayContain: apple-computers', 'mayContain: apple-mcxflags', ...superiors],
  );
const user = record(
  `dn: cn=apple-user,${schema},dc=X`,
  ...['changetype: ntdsSchemaAdd', 'objectClass: classSchema', 'governsID: 1.3.6.1.4.1.63.1000.1.1.2.1', 'lDAPDisplayName: apple-user'],
  ...['subClassOf: top', 'objectClassCategory: 0', 'mayContain: apple-mcxflags'],
);
const preset = record(
  `dn: cn=apple-preset-computer-list,${schema},dc=X`,
  ...['changetype: ntdsSchemaAdd', 'objectClass: classSchema', 'governsID: 1.3.6.1.4.1.63.1000.1.1.2.13', 'lDAPDisplayName: apple-preset-computer-list'],
  ...['subClassOf: top', 'objectClassCategory: 0'],
);

/** Classes first, category 0, no schemaUpdateNow: as it is exported. */
const exported = (failure: string | null) =>
  [
    computerList('0'),
    user,
    attribute('apple-mcxflags', '1.10', failure === 'syntax-pair' ? ['2.5.5.12', '22'] : undefined),
    attribute('apple-computers', '11.3'),
    ...(failure === 'ask' ? [preset] : []),
    ...(failure === 'duplicate' ? [attribute('apple-mcxflags', '1.99')] : []),
  ].join('\r\n');

const inSamba = (text: string) => text.replaceAll('\r\n', '\n').replaceAll('dc=X', 'DC=example,DC=com').replaceAll('changetype: ntdsSchemaAdd\n', '');
const basic = 'dn: CN=Container,CN=Schema,CN=Configuration,DC=example,DC=com\nobjectClass: classSchema\nlDAPDisplayName: container\nobjectClassCategory: 1\n';
const taken = inSamba(
  record(
    `dn: cn=other-list,${schema},dc=X`,
    'objectClass: classSchema',
    'governsID: 1.3.6.1.4.1.63.1000.1.1.2.11',
    'lDAPDisplayName: other-list',
    'objectClassCategory: 1',
  ),
);

const files = (failure: string | null, values: Readonly<Record<string, unknown>> = {}): LabFile[] => [
  { path: 'plays', content: `${failure ?? ''}\n` },
  { path: 'samba.state', content: `full=${failure === 'no-space' ? 'yes' : 'no'}\nimported=no\n` },
  { path: 'root/root/apple.ldf', content: exported(failure) },
  { path: 'root/var/backups/.keep', content: '' },
  ...(values.dc === 'windows'
    ? []
    : [
        {
          path: 'root/var/lib/samba/private/sam.ldb',
          content: [
            basic,
            ...(values.task === 'broken'
              ? [inSamba([attribute('apple-mcxflags', '1.10'), attribute('apple-computers', '11.3'), computerList('0')].join('\r\n'))]
              : []),
            ...(failure === 'oid-taken' ? [taken] : []),
          ].join('\n'),
        },
      ]),
];

export const lab: Lab = {
  scenario: 'A Samba domain controller, and a file with Apple’s schema as ADSchemaAnalyzer has written it',
  failures: [
    {
      id: 'ask',
      title: 'A class that nobody has named',
      story: 'The file has one more class with category 0. Whether it is structural or auxiliary has to be said, so nothing is written.',
      stopsAt: { step: 'repair', rule: 'ask' },
      wayOut: 'undo',
      inWay: null,
    },
    {
      id: 'duplicate',
      title: 'The same attribute twice',
      story: 'Two records define apple-mcxflags with different OIDs. Only a person knows which one is right.',
      stopsAt: { step: 'repair', rule: 'duplicate' },
      wayOut: 'undo',
      inWay: null,
    },
    {
      id: 'syntax-pair',
      title: 'Two syntaxes that do not go together',
      story: 'attributeSyntax says Unicode, oMSyntax says IA5. Neither can be changed after the import.',
      stopsAt: { step: 'repair', rule: 'syntax-pair' },
      wayOut: 'undo',
      inWay: null,
    },
    {
      id: 'not-master',
      title: 'Not the schema master',
      story: 'Another domain controller has that role. Nothing is changed.',
      stopsAt: { step: 'look', rule: 'master' },
      wayOut: 'undo',
      inWay: null,
    },
    {
      id: 'not-master-either',
      title: 'Not the schema master, and the class is there',
      story: 'Another domain controller has that role. The category is not changed.',
      stopsAt: { step: 'look-at-class', rule: 'master' },
      wayOut: 'undo',
      inWay: 'broken',
    },
    {
      id: 'no-space',
      title: 'No room for the backup',
      story: 'The volume is full. Without a backup nothing is imported.',
      stopsAt: { step: 'backup', rule: 'no-space' },
      wayOut: 'remedy',
      inWay: null,
    },
    {
      id: 'oid-taken',
      title: 'The OID is taken',
      story: 'Another class of the schema has it already. The import into the copy fails, so the forest is not touched.',
      stopsAt: { step: 'try', rule: 'already-used' },
      wayOut: 'undo',
      inWay: null,
    },
    {
      id: 'wrong-file',
      title: 'The old file was imported',
      story: 'Somebody has typed the name of the unrepaired file on Windows. The class is read back with category 0.',
      stopsAt: { step: 'read-back', rule: 'still-zero' },
      wayOut: 'undo',
      inWay: 'windows-broken',
    },
  ],
  facts: {},
  // The import on Windows is the last part of "windows-broken".
  ways: { broken: { task: 'broken' }, 'windows-broken': { dc: 'windows', task: 'broken' } },
  files,
};
