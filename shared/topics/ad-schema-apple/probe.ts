/** What the file would do to the schema, and on a Samba domain controller whether the class is there already. */
import { file, type Probe, type ProbeFinding, readings, sh } from '../../topic-kit/index.ts';
import { mainClass, type Parameters } from './parameters.ts';
import { databaseOf, showClasses } from './samba-programs.ts';

export const probe: Probe<Parameters> = {
  looksAt: ['the LDIF file', 'whether a Samba domain controller runs here', 'the class in its schema'],
  uses: ['dc', 'task', 'base', 'ldif', 'structural', 'auxiliary', 'database'],
  needsRoot: true,
  script: (values) => sh`if [ -r ${file(values.ldif)} ]; then
  tr -d '\\r' <${file(values.ldif)} | awk ${`/^objectClass: *(class|attribute)Schema *$/ { made++ } /^objectClassCategory: *0 *$/ { zero++ } /, *[dD][cC]=[xX] *$/ { macro++ }
/^lDAPDisplayName: / { name = $2 } /^objectClassCategory: *0 *$/ { waiting = 1 } /^ *$/ { if (waiting) names = names " " name; waiting = 0; name = "" }
END { if (waiting) names = names " " name; print "made=" made + 0; print "zero=" zero + 0; print "macro=" macro + 0; print "zeros=" names }`}
else echo file=unreadable; fi
if [ -e ${databaseOf(values)} ]; then
  echo samba=yes
  ${showClasses(values, databaseOf(values))} | sed -n ${`s/^schema: /schema=/p; s/^class ${mainClass(values)}: category /category=/p; s/^defunct class ${mainClass(values)}: category .*/category=defunct/p`}
else echo samba=no; fi`,
  judge: ({ output }, values) => {
    const { dc, task, ldif, database } = values;
    const found = readings(output);
    const number = (name: string) => Number(found.get(name) || Number.NaN);
    const [made, zero, macro] = [number('made'), number('zero'), number('macro')];
    const readable = !Number.isNaN(made + zero + macro);
    const category = found.get('category') ?? '';
    const samba = found.get('samba');
    const read = found.get('schema') === 'read';
    const findings: ProbeFinding[] = [
      ...(readable
        ? [
            { label: 'Classes and attributes in the file', value: String(made), means: `in ${ldif}.`, speaks: 'neither' as const },
            {
              label: 'Classes with category 0',
              value: zero > 0 ? `${zero}:${(found.get('zeros') ?? '').replace(/^ */, ' ')}` : '0',
              means: 'Imported like that, no object of them can be created, and it cannot be corrected on Windows.',
              speaks: zero > 0 ? ('for' as const) : ('against' as const),
            },
            {
              label: 'Placeholders dc=X',
              value: String(macro),
              means: 'The forest’s root belongs there.',
              speaks: macro > 0 ? ('for' as const) : ('neither' as const),
            },
          ]
        : []),
      ...(samba === 'yes'
        ? [
            {
              label: mainClass(values),
              value: !read ? 'not read' : category === '' ? 'not in the schema' : `category ${category}`,
              means: `in Samba’s schema, ${database}.`,
              speaks: category === '0' ? ('for' as const) : ('neither' as const),
            },
          ]
        : []),
    ];
    const says = (verdict: 'affected' | 'not-affected' | 'already-fixed' | 'unknown', because: string, next: string, field?: 'dc' | 'task', value = '') => ({
      verdict,
      because,
      next,
      findings,
      ...(field !== undefined && { proposes: [{ field, value, because }] }),
    });
    if (samba === undefined) return says('unknown', 'The target could not be looked at.', 'Check again.');
    if (dc === 'samba') {
      if (samba === 'no')
        return says(
          'unknown',
          `There is no ${database}: this is not a Samba domain controller.`,
          'Let the form be filled in, and check again.',
          'dc',
          'windows',
        );
      if (!read) return says('unknown', 'Samba’s database could not be read.', 'Check as root, and that ldb-tools are installed.');
      if (category === '0' && task === 'import')
        return says(
          'affected',
          'The class is in the schema, with category 0.',
          'Let the form be filled in: importing again does not change it.',
          'task',
          'broken',
        );
      if (category === '0') return says('affected', 'The class is in the schema, with category 0.', 'Start the run.');
      if (category === 'defunct')
        return says(
          'unknown',
          'The class is in the schema, and is defunct.',
          'Decide by hand whether it is to be active again. This procedure does not do that.',
        );
      if (category !== '') return says('already-fixed', `The class is in the schema, with category ${category}.`, 'Nothing has to be imported for it.');
      if (task === 'broken') return says('not-affected', 'The class is not in the schema.', 'Choose that it is not in the schema yet.', 'task', 'import');
    }
    if (!readable) return says('unknown', `${ldif} could not be read.`, 'Copy the file to the target, and give its path.');
    if (made === 0) return says('not-affected', 'The file defines no class and no attribute.', 'Give the file that ADSchemaAnalyzer has written.');
    if (dc === 'samba') return says('affected', 'The class is not in the schema yet.', 'Start the run: the file is repaired and tried on a copy first.');
    if (zero > 0) return says('affected', 'The file would make classes that no object can be created of.', 'Start the run before anybody imports it.');
    if (macro > 0) return says('affected', 'The file has placeholders in the place of the forest’s root.', 'Start the run.');
    return says(
      'already-fixed',
      'The file has no class with category 0 and no placeholder.',
      'Whether it was imported cannot be told from here. The last steps of a run read the schema.',
    );
  },
};
