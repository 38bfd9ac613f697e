/** What Samba's database tools say, and what it means. */
import type { Matcher } from '../../topic-kit/index.ts';
import { auxiliaryOf, type Parameters, structuralOf } from './parameters.ts';

export const unread: Matcher = {
  kind: 'failure',
  id: 'not-read',
  pattern:
    /^(?:schema|schema master|objects of the class): not read$|^import: the schema could not be read$|^(?:ltdb: tdb|Unable to open tdb|Failed to connect to )/,
  means: 'Samba’s database could not be read.',
  next: 'Check the path of the database, and that ldb-tools are installed.',
};

/** That each class has the category that was meant. */
export const categories = (values: Parameters): Matcher[] =>
  [...structuralOf(values).map((name) => ({ name, wanted: '1' })), ...auxiliaryOf(values).map((name) => ({ name, wanted: '3' }))].map(({ name, wanted }) => ({
    kind: 'expected',
    id: `category-${name}`,
    pattern: new RegExp(`^class ${name}: category ${wanted}$`),
    means: `${name} is in the schema, with category ${wanted}.`,
    missing: `${name} is not in the schema with category ${wanted}.`,
    next: 'Check that the file defines it, and what the lines above say. Another domain controller may have it only after replication.',
  }));

/** What ldbmodify says when it refuses. */
export const refusals: Matcher[] = [
  {
    kind: 'failure',
    id: 'already-used',
    pattern: /^ERR: .{1,200} already in use!/,
    means: 'The schema has another class or attribute with this OID or name. Samba takes it as used even if that one is defunct.',
    next: 'Find it with ldbsearch. If it is the same thing under another CN, take the record out of the file; else it needs an OID and a name of its own.',
  },
  {
    kind: 'failure',
    id: 'bad-pair',
    pattern: /^ERR: \(Unwilling to perform\) "objectclass: unknown attribute syntax"/,
    means: 'attributeSyntax and oMSyntax do not go together.',
    next: 'Correct the record in the file.',
  },
  {
    kind: 'failure',
    id: 'unknown-name',
    pattern: /^ERR: \(Invalid attribute syntax\)/,
    means: 'A class names something that the schema does not have.',
    next: 'Add it to the file, or take the name out.',
  },
  { kind: 'harmless', id: 'which-name', pattern: /^Unable to find attribute /, text: 'Unable to find attribute …', means: 'The name that is missing.' },
  {
    kind: 'failure',
    id: 'not-allowed',
    pattern: /^ERR: \(Unwilling to perform\) "schema_data_/,
    means: 'This Samba does not allow changes of its schema, or this domain controller is not the schema master.',
    next: 'Check with "samba-tool fsmo show", and run the import on the schema master.',
  },
  {
    kind: 'failure',
    id: 'wrong-words',
    pattern: /^Error: Bad ldif changetype/,
    means: 'The file has words of ldifde. Samba’s tools ignore such a record, and say that all went well.',
    next: 'Run the step that repairs the file.',
  },
  {
    kind: 'harmless',
    id: 'after-records',
    pattern: /^Modify failed after processing \d+ records/,
    text: 'Modify failed after processing … records',
    means: 'Samba has undone this stage as a whole.',
  },
  {
    kind: 'failure',
    id: 'stopped',
    pattern: /^import: stopped at stage/,
    unless: /^(?:ERR|Error): /,
    means: 'A stage of the import failed.',
    next: 'Read the lines above.',
  },
  {
    kind: 'harmless',
    id: 'which-stage',
    pattern: /^import: stopped at stage/,
    given: /^(?:ERR|Error): /,
    text: 'import: stopped at stage …',
    means: 'Where it stopped.',
  },
];
export const complete: Matcher = {
  kind: 'expected',
  id: 'complete',
  pattern: /^import: complete$/,
  means: 'Every record was taken.',
  missing: 'The import did not come to its end.',
  next: 'Read the lines above.',
};
