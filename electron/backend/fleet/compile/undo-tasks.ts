/** The undo of one step, as tasks: what the step has kept on the host says whether there is something to undo there. Pure. */
import path from 'node:path';
import { whenAll } from './command-tasks.ts';
import { onItsOwn, waitForLink, withHeadStart } from './cut-link.ts';
import { putBack } from './edit-tasks.ts';
import { type Compiling, StepTasks, stateRoot, type Task } from './role-tasks.ts';
import type { CompiledStep } from './step-place.ts';

/** Null for a step that changes nothing. A step that can't be undone says so. */
export function undoTasks(compiling: Compiling, { planned, step }: CompiledStep): Task | null {
  if (planned.danger === 'reads' || planned.kind === 'manual') return null;
  const own = new StepTasks(compiling, { planned, step });
  const tasks =
    planned.irreversible === null || planned.undoScript !== null
      ? [
          ...(step.kind === 'edit' ? filesBack(own, compiling, planned.afterwardsScript ?? null) : []),
          ...(planned.undoScript === null ? [] : undoing(own, planned.undoScript, step.kind === 'command' && step.cutsLink === true)),
          ...(planned.undoneScript === undefined || planned.undoneScript === null
            ? []
            : [own.read('undone', 'Check that it is undone', planned.undoneScript, { when: 'not ansible_check_mode' })]),
        ]
      : [{ name: own.name('Say that it stays'), 'ansible.builtin.debug': { msg: `It cannot be undone: ${planned.irreversible}` } }];
  return own.block(
    [
      ...tasks,
      own.set('Note that it is undone', { [own.state]: `{{ ${own.filter(own.state, 'ended', own.id)} }}` }, whenAll([])),
      own.keep('Keep that it is undone'),
    ],
    ['afterwards', 'undo', 'undone'],
    { when: `${own.id} in ${own.state}.steps` },
  );
}

function undoing(own: StepTasks, script: string, cutsLink: boolean): Task[] {
  const title = `Undo: ${own.planned.title}`;
  if (!cutsLink) return [own.run('undo', title, script, { changed_when: true })];
  return [own.run('undo', title, script, { changed_when: true, ...onItsOwn() }, withHeadStart), waitForLink(own, { when: 'not ansible_check_mode' })];
}

function filesBack(own: StepTasks, compiling: Compiling, afterwards: string | null): Task[] {
  const record = `${own.state}.steps[${own.id}]`;
  const now = own.variable('now');
  return [
    {
      name: own.name('See what the files are now'),
      'ansible.builtin.stat': { path: '{{ item.path }}', checksum_algorithm: 'sha256', follow: true },
      loop: `{{ ${record}.files | default([]) }}`,
      loop_control: { label: '{{ item.path }}' },
      register: now,
    },
    own.set('Compare them with what was written', { [own.variable('strangers')]: `{{ ${own.filter(own.state, 'strangers', own.id, `${now}.results`)} }}` }),
    {
      name: own.name('Stop where somebody has changed a file since'),
      'ansible.builtin.assert': { that: [`${own.variable('strangers')} == ''`], fail_msg: `{{ ${own.variable('strangers')} }}`, quiet: true },
    },
    ...putBack(own, compiling),
    {
      name: own.name('Remove the folder that was made, if it is empty'),
      'ansible.builtin.shell': { cmd: `test -d {{ ${record}.folder | quote }} && rmdir {{ ${record}.folder | quote }}` },
      register: own.variable('rmdir'),
      changed_when: `${own.variable('rmdir')}.rc == 0`,
      failed_when: false,
      when: `${record}.folder | default('') != ''`,
    },
    ...(afterwards === null ? [] : [own.run('afterwards', 'Let the old text take effect', afterwards, { changed_when: true })]),
  ];
}

/** What was kept goes once all is undone, and stays where something is left. `left`: the variable with the state. */
export const undoEnd = (compiling: Compiling, left: string): Task[] => [
  {
    name: 'undo-end: Remove what was kept for it',
    'ansible.builtin.file': { path: compiling.stateFolder, state: 'absent' },
    ...stateRoot(compiling),
    when: [`${left}.steps == {}`, `${compiling.names.variable('kept')}.stat.exists`],
    tags: ['always'],
  },
  {
    name: 'undo-end: Remove the folders around it, if they are empty',
    'ansible.builtin.shell': {
      cmd: parents(compiling.stateFolder)
        .map((folder) => `test -d ${folder} && rmdir ${folder}`)
        .join(' && '),
    },
    ...stateRoot(compiling),
    register: compiling.names.variable('folders'),
    changed_when: false,
    // One that is not empty has somebody else's.
    failed_when: false,
    when: `${left}.steps == {}`,
    tags: ['always'],
  },
];

/** Its own, from the inner to the outer one. */
const parents = (folder: string) => [path.posix.dirname(folder), path.posix.dirname(path.posix.dirname(folder))];
