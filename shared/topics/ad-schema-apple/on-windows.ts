/** On Windows: the file is repaired on the target, ldifde is typed on the schema master, and the schema is read back over LDAP. */
import { type Matcher, type Step, type StepCard, sh } from '../../topic-kit/index.ts';
import { leftOver, noTools, repairStep, runsOn } from './file-step.ts';
import { accountOf, mainClass, type Parameters } from './parameters.ts';
import { schemaOf, showClasses } from './samba-programs.ts';
import { categories } from './samba-words.ts';

const windows = 'the schema master, as a member of Schema Admins';
const nameOfFile = ({ ldif }: Parameters) => ldif.slice(ldif.lastIndexOf('/') + 1);

const ready: Step = {
  kind: 'manual',
  id: 'ready',
  title: 'Prepare the forest',
  intro: 'A schema cannot be put back on one domain controller. A mistake is undone only by restoring the whole forest.',
  danger: 'reads',
  runsOn: windows,
  minutes: 30,
  instructions: [
    'Find the schema master. All that follows is typed there.',
    'Check that replication reports no errors.',
    'Back up the system state. Replace E: by your backup volume.',
    'Import the file into a test forest first: a domain controller of the same Windows version without connection to this one.',
  ],
  cards: [
    {
      title: 'Look and back up',
      lines: ['netdom query fsmo', 'repadmin /replsummary', 'wbadmin start systemstatebackup -backuptarget:E:'],
      note: 'repadmin has to show no failures.',
    },
  ],
  lab: sh`:`,
};

const stillClean: Matcher = {
  kind: 'expected',
  id: 'still-clean',
  pattern: /^classes: [1-9]\d*, with 0: 0, dc=X: 0$/,
  means: 'The file on the target is the repaired one.',
  missing: 'The file on the target is no longer the repaired one.',
  next: 'Run the step that repairs it again.',
};

/** Renamed first: a defunct class cannot be changed. */
const retireCard = (values: Parameters): StepCard[] => {
  const name = mainClass(values);
  const schema = schemaOf(values);
  return [
    {
      title: 'RETIRE.LDF',
      file: 'RETIRE.LDF',
      lines: [
        `dn: CN=${name},${schema}`,
        'changetype: modrdn',
        `newrdn: CN=${name}-old`,
        'deleteoldrdn: 1',
        '',
        `dn: CN=${name}-old,${schema}`,
        'changetype: modify',
        'replace: lDAPDisplayName',
        `lDAPDisplayName: ${name}-old`,
        '-',
        '',
        'dn:',
        'changetype: modify',
        'add: schemaUpdateNow',
        'schemaUpdateNow: 1',
        '-',
        '',
        `dn: CN=${name}-old,${schema}`,
        'changetype: modify',
        'replace: isDefunct',
        'isDefunct: TRUE',
        '-',
        '',
        'dn:',
        'changetype: modify',
        'add: schemaUpdateNow',
        'schemaUpdateNow: 1',
        '-',
      ],
      note: `If the CN of the class is not ${name}, correct both dn lines.`,
    },
    { title: 'Type it on the schema master', lines: ['ldifde -i -u -f RETIRE.LDF -v -j .'], note: 'Never with -k: it continues after errors.' },
  ];
};

const retire = (values: Parameters): Step => ({
  kind: 'manual',
  id: 'retire',
  title: 'Retire the class',
  intro: `Renames ${mainClass(values)} to ${mainClass(values)}-old and makes it defunct, so that its name is free. It stays in the schema forever.`,
  danger: 'irreversible',
  runsOn: windows,
  // The file may be root's.
  needsRoot: true,
  minutes: 10,
  instructions: [
    `Delete all objects of the class first: dsquery * "${values.base}" -filter "(objectClass=${mainClass(values)})"`,
    'No active class may name it: take it out of their possSuperiors, subClassOf and auxiliaryClass. Windows refuses to make it defunct otherwise.',
    'Save the card RETIRE.LDF to a file, and import it as the other card says.',
    'The forest’s functional level must be 2003 or later. Below that, the name and the OID of a defunct class stay used, and the new one needs others.',
  ],
  cards: retireCard(values),
  confirm: {
    object: `the class ${mainClass(values)} of the forest ${values.base}`,
    type: { text: mainClass(values) },
    ask: 'The class is made defunct. It can be made active again with isDefunct: FALSE and its old names, and never be deleted. Type the name of the class.',
  },
  verify: {
    looksOnlyAt: 'whether the repaired file is still in order',
    script: leftOver(values.ldif),
    matchers: [stillClean],
  },
  lab: sh`lab-schema-hand retire`,
  irreversible: 'Wrenchbook does not reach this domain controller. By hand: isDefunct to FALSE, then the old lDAPDisplayName and CN.',
});

const importThere = (values: Parameters): Step => ({
  kind: 'manual',
  id: 'import',
  title: 'Import the file with ldifde',
  intro: 'Copy the repaired file to the schema master and import it there. Records that are there already are skipped.',
  danger: 'irreversible',
  runsOn: windows,
  // The file may be root's.
  needsRoot: true,
  minutes: 10,
  instructions: [
    `Copy ${values.ldif} to the schema master, and open a command prompt in its folder.`,
    'Type the line of the card.',
    'It must end with "The command has completed successfully". After an error, what was imported before it stays: read ldif.err, correct the file, and import it again.',
  ],
  cards: [
    {
      title: 'Import',
      lines: [`ldifde -i -u -f ${nameOfFile(values)} -v -j .`],
      note: 'Without -c: the root of the forest is in the file. Never with -k: it continues after errors.',
    },
  ],
  confirm: {
    object: `the schema of the forest ${values.base}`,
    type: { text: values.base },
    ask: 'What is in a schema can never be deleted, and its OIDs, names, syntax and category cannot be corrected later. Type the root of the forest.',
  },
  verify: { looksOnlyAt: 'whether the repaired file is still in order', script: leftOver(values.ldif), matchers: [stillClean] },
  lab: sh`lab-schema-hand import`,
  irreversible: 'Nothing can be deleted from a schema. A class can only be made defunct.',
});

/** ldbsearch takes the password as a file, which is a pipe: its own question would go into the pipe behind it. */
const asked = (values: Parameters) => {
  const server = sh`${values.server}`;
  if (values.account === '') return showClasses(values, server, ['--use-kerberos=required']);
  return sh`stty -echo; printf 'Password for reading: '; IFS= read -r password; stty echo; echo
printf 'username=%s\npassword=%s\n' ${accountOf(values)} "$password" | ${showClasses(values, server, ['-A', '/dev/fd/0'])}`;
};

const readBack = (values: Parameters): Step => ({
  kind: 'command',
  id: 'read-back',
  title: 'Read the schema back',
  intro: `Asks ${values.server} over LDAP which category the classes have now. Nothing is changed.`,
  danger: 'reads',
  runsOn,
  script: asked(values),
  ...(values.account !== '' && {
    prompts: [
      {
        id: 'password',
        pattern: /Password for reading: ?$/,
        question: `Password of ${accountOf(values)}?`,
        explanation: 'It goes to ldbsearch by a pipe. It is written nowhere.',
        answers: [],
        recommended: '',
        secret: true as const,
      },
    ],
  }),
  matchers: [
    noTools,
    {
      kind: 'failure',
      id: 'not-read',
      pattern: /^schema: not read$|^Failed to (?:bind|connect)\b/,
      means: 'The schema could not be read.',
      next: 'Check server, account and password. The lines above say why.',
    },
    {
      kind: 'failure',
      id: 'still-zero',
      pattern: /^class \S+: category 0$/,
      means: 'A class is in the schema with category 0.',
      next: 'Was the repaired file imported, and not the old one? That cannot be corrected in place: start a new run, and choose that the class is in the schema.',
    },
    ...categories(values),
  ],
});

const lookThere = (values: Parameters): Step => ({
  kind: 'manual',
  id: 'look-there',
  title: 'Look at the class',
  intro: 'Without a server to ask, this is seen only on Windows.',
  danger: 'reads',
  runsOn: windows,
  instructions: ['Type the line of the card. objectClassCategory has to be 1.'],
  cards: [
    {
      title: 'Category of the class',
      lines: [`dsquery * "${schemaOf(values)}" -filter "(lDAPDisplayName=${mainClass(values)})" -attr cn objectClassCategory governsID isDefunct`],
    },
  ],
  lab: sh`:`,
});

export const onWindows = (values: Parameters): Step[] => [
  repairStep(values),
  ready,
  ...(values.task === 'broken' ? [retire(values)] : []),
  importThere(values),
  values.server === '' ? lookThere(values) : readBack(values),
];
