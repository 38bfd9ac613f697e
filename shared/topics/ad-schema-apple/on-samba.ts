/** Import into Samba: look, back up, try it on a copy, import, read back. Or set the category of a class that is there, which Samba allows. */
import { fact, file, type Step, sh } from '../../topic-kit/index.ts';
import { noTools, repairStep, runsOn } from './file-step.ts';
import { mainClass, type Parameters } from './parameters.ts';
import { databaseOf, importInto, objectsOf, ownFolder, rootOf, showClasses } from './samba-programs.ts';
import { categories, complete, refusals, unread } from './samba-words.ts';

const look = (values: Parameters): Step => ({
  kind: 'command',
  id: values.task === 'import' ? 'look' : 'look-at-class',
  title: 'Check the schema',
  intro: `Shows whether this domain controller is the schema master, and whether ${mainClass(values)} is in the schema.`,
  danger: 'reads',
  runsOn,
  needsRoot: true,
  script: sh`${rootOf(values)}
${showClasses(values, databaseOf(values))}
${objectsOf(values)}`,
  saves: [{ id: 'class-dn', title: 'DN of the class', pattern: /^class dn: (.+)$/ }],
  matchers: [
    unread,
    noTools,
    {
      kind: 'expected',
      id: 'master',
      pattern: /^schema master: this one$/,
      means: 'This domain controller is the schema master.',
      missing: 'This domain controller is not the schema master. Only that one may change the schema.',
      next: 'Start a new run there: "samba-tool fsmo show" names it.',
    },
    ...(values.task === 'import'
      ? [
          {
            kind: 'failure' as const,
            id: 'broken-there',
            pattern: new RegExp(`^(?:defunct )?class ${mainClass(values)}: category 0$`),
            means: 'The class is in the schema already, with category 0.',
            next: 'Importing the file again does not change it. Start a new run, and choose that it is in the schema.',
          },
          {
            kind: 'failure' as const,
            id: 'there',
            pattern: new RegExp(`^(?:defunct )?class ${mainClass(values)}: category [123]$`),
            means: 'The class is in the schema already, and its category is not 0.',
            next: 'Nothing has to be imported for it. If lists still cannot be created, read what this page says of the Mac’s log.',
          },
        ]
      : [
          {
            kind: 'expected' as const,
            id: 'broken',
            pattern: new RegExp(`^class ${mainClass(values)}: category 0$`),
            means: 'The class is in the schema with category 0: no object of it can be created in Active Directory.',
            missing: 'The class is not in the schema with category 0, or it is defunct.',
            next: 'If it is missing, start a new run that imports it. If it is defunct, set isDefunct to FALSE first.',
          },
        ]),
  ],
});

const backup = ({ backups }: Parameters): Step => ({
  kind: 'command',
  id: 'backup',
  title: 'Back up the domain',
  intro: 'Samba writes a backup of its whole database. To go back behind a change of the schema, all domain controllers have to be restored from it.',
  danger: 'changes',
  runsOn,
  needsRoot: true,
  minutes: 2,
  script: sh`before=$(ls ${file(backups)})
samba-tool domain backup offline --targetdir=${file(backups)} 2>&1 | tail -n 5
for each in ${file(backups)}/samba-backup-*.tar.bz2; do
  case $before in *"\${each##*/}"*) ;; *) [ ! -s "$each" ] || { chmod 600 "$each"; printf 'backup=%s\\n' "$each"; } ;; esac
done`,
  saves: [{ id: 'backup', title: 'Backup of the domain', pattern: /^backup=(.+)$/ }],
  matchers: [
    {
      kind: 'failure',
      id: 'no-space',
      pattern: /No space left on device/,
      means: 'There is no room for the backup.',
      next: 'Make room, then run the step again. Without a backup nothing is imported.',
      remedies: ['make-room'],
    },
    {
      kind: 'failure',
      id: 'no-tdbbackup',
      pattern: /raise child_exception_type|No such file or directory: 'tdbbackup'/,
      means: 'samba-tool did not find tdbbackup.',
      next: 'Install it (Debian: tdb-tools), then run the step again.',
    },
    {
      kind: 'expected',
      id: 'made',
      pattern: /^backup=/,
      means: 'The backup is there.',
      missing: 'No backup was written.',
      next: 'Read the lines above. The folder must be there.',
    },
  ],
  irreversible: 'The backup stays. Delete it yourself when you no longer need it: it holds the password hashes of all accounts.',
});

/** An object of the main class in a container: that is what the Macs' tools could not create. */
const tryObject = (values: Parameters) =>
  sh`printf '%s\\n' ${[
    `dn: CN=Mac OS X for a try,${values.base}`,
    'objectClass: container',
    '',
    `dn: CN=Untitled_1,CN=Mac OS X for a try,${values.base}`,
    `objectClass: ${mainClass(values)}`,
  ]} | ldbadd -H "$db" 2>&1 && echo 'object: created'`;

const tryIt = (values: Parameters): Step => ({
  kind: 'command',
  id: 'try',
  title: 'Import into a copy',
  intro:
    'Unpacks the backup into a temporary folder that only root can read, imports the file there, and creates an object of the class. The domain itself is not touched.',
  danger: 'reads',
  runsOn,
  needsRoot: true,
  script: sh`${ownFolder}
tar -C "$dir" -xf ${file(fact('backup'))} || exit
db=$dir/private/sam.ldb
(${importInto(values, sh`"$db"`)}) || exit
${showClasses(values, sh`"$db"`)}
${tryObject(values)}`,
  matchers: [
    unread,
    ...refusals,
    complete,
    ...categories(values),
    {
      kind: 'failure',
      id: 'no-place',
      pattern: /^ERR: Naming violation\b/,
      means: 'Objects of the class may not be in a container: its possSuperiors lack it.',
      next: 'Add "possSuperiors: container" to the class in the file. The step that repairs the file does that for apple-computer-list.',
    },
    {
      kind: 'expected',
      id: 'created',
      pattern: /^object: created$/,
      means: 'In the copy, an object of the class can be created in a container.',
      missing: 'In the copy, no object of the class could be created.',
      next: 'Read what ldbadd says above.',
    },
  ],
});

const importIt = (values: Parameters): Step => ({
  kind: 'command',
  id: 'import',
  title: 'Import the file',
  intro: 'Imports it into the schema of the forest, stage by stage. Records that are there already are left out.',
  act: 'Import into the schema',
  danger: 'irreversible',
  runsOn,
  needsRoot: true,
  confirm: {
    object: `the schema of the forest ${values.base}`,
    type: { text: values.base },
    ask: 'What is in a schema can never be deleted, and its OIDs, names, syntax and category cannot be corrected later. Type the root of the forest.',
  },
  script: sh`${ownFolder}
${importInto(values, databaseOf(values))}`,
  matchers: [unread, ...refusals, complete],
  verify: {
    script: showClasses(values, databaseOf(values)),
    matchers: [unread, noTools, ...categories(values)],
  },
  irreversible: 'Nothing can be deleted from a schema. A class can only be made defunct.',
});

const category = (values: Parameters, value: '1' | ReturnType<typeof fact>) =>
  sh`printf '%s\\n' dn:\\ ${fact('class-dn')} 'changetype: modify' 'replace: objectClassCategory' objectClassCategory:\\ ${value} | ldbmodify -H ${databaseOf(values)} ${'--option=dsdb:schema update allowed=true'} 2>&1
printf '%s\\n' dn: 'changetype: modify' 'add: schemaUpdateNow' 'schemaUpdateNow: 1' - | ldbmodify -H ${databaseOf(values)}`;

const setCategory = (values: Parameters): Step => ({
  kind: 'command',
  id: 'set-category',
  title: 'Set the category to 1',
  intro: 'Samba allows this; Active Directory on Windows never does. Do it only if every domain controller of the forest is a Samba.',
  danger: 'changes',
  runsOn,
  needsRoot: true,
  before: {
    script: showClasses(values, databaseOf(values)),
    saves: [{ id: 'category', title: 'Category before', pattern: new RegExp(`^class ${mainClass(values)}: category (\\d)$`) }],
  },
  script: category(values, '1'),
  matchers: refusals,
  verify: {
    script: showClasses(values, databaseOf(values)),
    matchers: [
      unread,
      noTools,
      {
        kind: 'expected',
        id: 'structural',
        pattern: new RegExp(`^class ${mainClass(values)}: category 1$`),
        means: 'The class has category 1.',
        missing: 'The class does not have category 1.',
        next: 'Read the lines above.',
      },
    ],
  },
  undo: category(values, fact('category')),
  undone: {
    script: showClasses(values, databaseOf(values)),
    matchers: [
      unread,
      {
        kind: 'equal',
        id: 'as-before',
        pattern: new RegExp(`^class ${mainClass(values)}: category (\\d)$`),
        to: { fact: 'category' },
        means: 'The class has the category that it had before.',
        differs: 'The class does not have the category that it had before.',
        next: 'Look at it with ldbsearch.',
      },
    ],
  },
});

export const onSamba = (values: Parameters): Step[] =>
  values.task === 'import' ? [look(values), repairStep(values), backup(values), tryIt(values), importIt(values)] : [look(values), setCategory(values)];
