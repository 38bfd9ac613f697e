/** The step that repairs the file. */
import { file, type Matcher, type Step, sh } from '../../topic-kit/index.ts';
import { auxiliaryOf, type Parameters, structuralOf } from './parameters.ts';
import { repair } from './repair.ts';

export const runsOn = 'the target';

export const noTools: Matcher = {
  kind: 'failure',
  id: 'no-tools',
  pattern: /(?:^|[\s:])ldbsearch: (?:command )?not found$/,
  alone: true,
  means: 'There is no ldbsearch here.',
  next: 'Install it (Debian: ldb-tools and samba-dsdb-modules), then run the step again.',
};

/** Counts what is left of the two faults that an import would not be stopped by. The last line tells that all of the file was read. */
export const leftOver = (path: string) =>
  sh`tr -d '\\r' <${file(path)} | awk ${`/^objectClassCategory: *0 *$/ { zero++ } /, *[dD][cC]=[xX] *$/ { macro++ } /^objectClass: *classSchema *$/ { classes++ } END { print "classes: " classes + 0 ", with 0: " zero + 0 ", dc=X: " macro + 0 }`}`;

export const repairStep = (values: Parameters): Step => ({
  kind: 'edit',
  id: 'repair',
  title: 'Repair the file',
  intro:
    'Sets the category of the classes that you named, brings attributes and classes into their order, and puts the forest’s root in. What it cannot know, it asks: then nothing is written.',
  danger: 'changes',
  runsOn,
  needsRoot: true,
  file: values.ldif,
  edit: (old) =>
    repair(old, { base: values.base, structural: structuralOf(values), auxiliary: auxiliaryOf(values), tool: values.dc === 'samba' ? 'samba' : 'ldifde' }),
  verify: {
    looksOnlyAt: 'whether classes with category 0 or placeholders are left in the file',
    script: leftOver(values.ldif),
    matchers: [
      {
        kind: 'expected',
        id: 'clean',
        pattern: /^classes: [1-9]\d*, with 0: 0, dc=X: 0$/,
        means: 'No class with category 0 and no placeholder is left.',
        missing: 'A class with category 0 or a placeholder is left in the file, or it has no class.',
        next: 'Undo this step, and look at the file by hand.',
      },
    ],
  },
});
