/**
 * A step that edits files, as tasks: each file is read on its host, the procedure's own function says what it should hold, and it is written
 * as a file of Ansible's. Pure.
 */
import path from 'node:path';
import type { EditStep } from '../../../../shared/topic-kit/index.ts';
import { baseline, beforeTasks, proof } from './command-tasks.ts';
import { jinjaText, literally } from './role-names.ts';
import { type Compiling, StepTasks, stateRoot, type Task } from './role-tasks.ts';
import type { CompiledStep } from './step-place.ts';

export interface EditTasks {
  tasks: Task;
  /** What lets a program read the new text. */
  handlers: Task[];
}

export function editTasks(compiling: Compiling, { planned, step }: CompiledStep & { step: EditStep }): EditTasks {
  const own = new StepTasks(compiling, { planned, step });
  const files = own.variable('files');
  const secret = step.secrets?.length ? { no_log: true } : {};
  const afterwards = planned.afterwardsScript ?? null;
  // A handler does not notice a loop over no files, and what it says comes too late to restore them.
  const direct = step.verify?.orPutBack === true || step.files !== undefined;
  const handler = `Let it take effect (${planned.id})`;
  const anyChange = `${files} | selectattr('changes') | list | length > 0`;
  const takes = { changed_when: `${own.variable('write')} is changed or ${own.stoppedHere}` };
  const write = { ...writeTask(own, step, files, secret), ...(afterwards !== null && !direct && { notify: handler, ...takes }) };
  const prove = [
    ...(afterwards !== null && direct
      ? [own.run('afterwards', 'Let it take effect', afterwards, { changed_when: true, when: `${own.variable('write')} is changed or ${own.stoppedHere}` })]
      : []),
    ...(afterwards !== null && !direct ? [{ name: own.name('Let it take effect now'), 'ansible.builtin.meta': 'flush_handlers' }] : []),
    ...proof(own, planned.verifyScript, []),
  ];
  const begin = `{{ ${own.filter(own.state, 'begun', own.id, `files=${files}`, ...(planned.baseline ? [`baseline=${own.variable('lines')}`] : []), ...folderWord(own, step))} }}`;
  const tasks = [
    ...beforeTasks(own, planned),
    ...(planned.baseline && planned.verifyScript !== null ? baseline(own, planned.verifyScript) : []),
    ...reading(own, compiling, step, files, secret),
    ...refusal(own, files, secret),
    ...backup(own, compiling, files, anyChange, secret),
    own.set('Note that it begins', { [own.state]: begin }, { when: anyChange, ...secret }),
    own.keep('Keep what the undo needs', [anyChange]),
    ...(step.create?.folder ? [folderTask(own, step)] : []),
    write,
    ...(step.verify?.orPutBack
      ? [{ name: own.name('Check it, or restore it at once'), block: prove, rescue: restoreAtOnce(own, compiling, afterwards) }]
      : prove),
    own.set('Note whether something has changed', { [own.changed]: `{{ ${own.changed} or ${own.variable('write')} is changed }}` }),
  ];
  const handlers =
    afterwards !== null && !direct
      ? [{ ...own.run('afterwards', '', afterwards, { changed_when: true }), name: handler, ...(planned.needsRoot && { become: true }), tags: [planned.id] }]
      : [];
  return { tasks: own.block(tasks, ['find', 'before', 'afterwards', 'verify']), handlers };
}

/** In a check, what comes after a change that was not made may not be there yet: that is said, and is no failure. */
function refusal(own: StepTasks, files: string, secret: Task): Task[] {
  const refused = `${files} | selectattr('refused') | list`;
  const words = `${files} | map(attribute='refused') | select | join(' ')`;
  const early = `ansible_check_mode and ${own.changed}`;
  return [
    {
      name: own.name('Stop where a file must not be changed'),
      'ansible.builtin.assert': { that: [`${refused} == []`], fail_msg: `{{ ${words} }}`, quiet: true },
      when: `not (${early})`,
      ...secret,
    },
    {
      name: own.name('Say what a check cannot work out'),
      'ansible.builtin.debug': { msg: `Steps before this one would change something first. As it is now: {{ ${words} }}` },
      when: [early, `${refused} != []`],
      ...secret,
    },
  ];
}

/** A list of what is there and what should be: for the tasks that follow. */
function reading(own: StepTasks, compiling: Compiling, step: EditStep, files: string, secret: Task): Task[] {
  const secrets = step.secrets?.length
    ? [`{${step.secrets.map((name) => `${jinjaText(name)}: ${compiling.names.variable('secret', name.toLowerCase())}`).join(', ')}}`]
    : [];
  const edited = (reads: string) =>
    own.set('Work out what it should hold', { [files]: `{{ ${own.filter(reads, 'edited', own.id, own.state, ...secrets)} }}` }, secret);
  const [stat, read] = [own.variable('stat'), own.variable('read')];
  if (step.file !== undefined) {
    const follow = step.followLinks ? { follow: true } : {};
    return [
      { name: own.name(`See what ${step.file} is`), 'ansible.builtin.stat': { path: literally(step.file), get_checksum: false, ...follow }, register: stat },
      {
        name: own.name(`Read ${step.file}`),
        'ansible.builtin.slurp': { src: literally(step.file) },
        register: read,
        when: `${stat}.stat.isreg | default(false)`,
        ...secret,
      },
      ...(step.create?.folder
        ? [
            {
              name: own.name('See whether its folder is there'),
              'ansible.builtin.stat': { path: literally(path.posix.dirname(step.file)), get_checksum: false },
              register: own.variable('folder'),
            },
          ]
        : []),
      edited(`[{'path': ${jinjaText(step.file)}, 'stat': ${stat}, 'read': ${read}, 'create': ${step.create ? 'true' : 'false'}}]`),
    ];
  }
  const find = own.variable('find');
  const paths = own.variable('paths');
  return [
    own.read('find', `Find the files: ${step.files?.what ?? ''}`, own.planned.edit?.find ?? ''),
    own.set('List the files', { [paths]: `{{ (${own.filter(find, 'judged', own.id, jinjaText('find'), own.state)}).paths }}` }),
    { name: own.name('See what each of them is'), 'ansible.builtin.stat': { path: '{{ item }}', get_checksum: false }, loop: `{{ ${paths} }}`, register: stat },
    { name: own.name('Read each of them'), 'ansible.builtin.slurp': { src: '{{ item }}' }, loop: `{{ ${paths} }}`, register: read },
    edited(own.filter(paths, 'paired', `${stat}.results`, `${read}.results`)),
  ];
}

function writeTask(own: StepTasks, step: EditStep, files: string, secret: Task): Task {
  const task = (of: string, title: string, more: Task): Task => ({
    name: own.name(title),
    'ansible.builtin.copy': {
      content: `{{ ${of}.text | string }}`,
      dest: step.file === undefined ? '{{ item.path }}' : literally(step.file),
      owner: `{{ ${of}.uid | default(omit) }}`,
      group: `{{ ${of}.gid | default(omit) }}`,
      mode: `{{ ${of}.mode | default('${step.create?.mode ?? '0644'}') }}`,
    },
    register: own.variable('write'),
    ...secret,
    ...(step.secrets?.length && { diff: false }),
    ...more,
  });
  if (step.file !== undefined) return task(`${files}[0]`, `Write ${step.file}`, { when: `${files}[0].changes or ${own.stoppedHere}` });
  return task('item', 'Write those that change', { loop: `{{ ${files} | selectattr('changes') | list }}`, loop_control: { label: '{{ item.path }}' } });
}

/** Beside the state, and not beside the file: some programs read every file of a folder. */
function backup(own: StepTasks, compiling: Compiling, files: string, when: string, secret: Task): Task[] {
  return [
    own.makeFolder([when]),
    {
      name: own.name('Back up what is there'),
      'ansible.builtin.copy': { src: '{{ item.path }}', dest: `${compiling.stateFolder}/{{ item.backup }}`, remote_src: true, mode: 'preserve' },
      ...stateRoot(compiling),
      loop: `{{ ${own.filter(own.state, 'to_back_up', own.id, files)} }}`,
      loop_control: { label: '{{ item.path }}' },
      diff: false,
      when: ['not ansible_check_mode', when],
      ...secret,
    },
  ];
}

const folderTask = (own: StepTasks, { file = '' }: EditStep): Task => ({
  name: own.name('Make its folder'),
  'ansible.builtin.file': { path: literally(path.posix.dirname(file)), state: 'directory', mode: '0755' },
  when: `not ${own.variable('folder')}.stat.exists`,
});
const folderWord = (own: StepTasks, step: EditStep): string[] =>
  step.create?.folder ? [`folder=(${jinjaText(path.posix.dirname(step.file ?? ''))} if not ${own.variable('folder')}.stat.exists else '')`] : [];

function restoreAtOnce(own: StepTasks, compiling: Compiling, afterwards: string | null): Task[] {
  return [
    ...putBack(own, compiling),
    ...(afterwards === null
      ? []
      : [own.run('afterwards', 'Let the old text take effect', afterwards, { changed_when: true, register: own.variable('restored'), failed_when: false })]),
    own.set('Note that it is restored', { [own.state]: `{{ ${own.filter(own.state, 'ended', own.id)} }}` }),
    own.keep('Keep that it is restored'),
    { name: own.name('Say that it was restored'), 'ansible.builtin.fail': { msg: 'What the step had written was restored at once.' } },
  ];
}

/** The files as they were: from their backups, or away where there was none. */
export function putBack(own: StepTasks, compiling: Compiling): Task[] {
  const files = (existed: boolean) =>
    `{{ (${own.state}.steps[${own.id}] | default({})).files | default([]) | ${existed ? 'selectattr' : 'rejectattr'}('existed') | list }}`;
  const label = { loop_control: { label: '{{ item.path }}' } };
  return [
    {
      name: own.name('Restore what was there'),
      'ansible.builtin.copy': {
        src: `${compiling.stateFolder}/{{ item.backup }}`,
        dest: '{{ item.path }}',
        remote_src: true,
        owner: '{{ item.uid }}',
        group: '{{ item.gid }}',
        mode: '{{ item.mode }}',
      },
      ...stateRoot(compiling),
      loop: files(true),
      ...label,
    },
    { name: own.name('Remove what was not there'), 'ansible.builtin.file': { path: '{{ item.path }}', state: 'absent' }, loop: files(false), ...label },
  ];
}
