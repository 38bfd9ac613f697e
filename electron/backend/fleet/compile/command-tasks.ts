/** A step that runs a command, as tasks. Pure. */
import type { PlannedStep } from '../../../../shared/api/plan.ts';
import type { CommandStep } from '../../../../shared/topic-kit/index.ts';
import type { Part } from '../rules/answer.ts';
import { onItsOwn, waitForLink, withHeadStart } from './cut-link.ts';
import { jinjaText } from './role-names.ts';
import { type Compiling, StepTasks, type Task } from './role-tasks.ts';
import type { CompiledStep } from './step-place.ts';

/** Seconds. A command that takes longer than a connection can be trusted runs on its own and is asked for. */
const longest = 6 * 3600;

export function commandTasks(compiling: Compiling, { planned, step }: CompiledStep & { step: CommandStep }): Task {
  const own = new StepTasks(compiling, { planned, step });
  const script = planned.script ?? '';
  if (planned.danger === 'reads') {
    const learned = step.saves?.length ? [learn(own, 'script', [], own.stoppedLater)] : [];
    const tasks = [own.read('script', planned.title, script), ...learned, ...proof(own, planned.verifyScript, [])];
    // In a check, what comes after a change that was not made can't be read.
    return own.block(tasks, ['script', 'verify'], { when: `not (ansible_check_mode and ${own.changed})` });
  }
  const todo = own.variable('todo');
  const asked = verifyFirst(step) && planned.verifyScript !== null && !needsItself(planned, planned.verifyScript);
  const when = [todo];
  const tasks: Task[] = [
    ...beforeTasks(own, planned),
    ...(asked && planned.verifyScript !== null ? doneAlready(own, planned.verifyScript) : doneBefore(own)),
    ...(planned.baseline && planned.verifyScript !== null ? baseline(own, planned.verifyScript) : []),
    own.set(
      'Note that it begins',
      { [own.state]: `{{ ${own.filter(own.state, 'begun', own.id, ...(planned.baseline ? [`baseline=${own.variable('lines')}`] : []))} }}` },
      whenAll(when),
    ),
    own.makeFolder(when),
    own.keep('Keep what the undo needs', when),
    planned.restarts ? restart(own, script, planned.restarts.within, when) : change(own, script, planned.title, step, when),
    ...(step.cutsLink ? [waitForLink(own, whenAll(['not ansible_check_mode', ...when]))] : []),
    ...(step.saves?.length ? [learn(own, 'script', when), own.keep('Keep what it has read', when)] : []),
    ...proof(own, planned.verifyScript, when),
    own.set('Note that something has changed', { [own.changed]: true }, whenAll(when)),
  ];
  return own.block(tasks, ['before', 'script', 'verify']);
}

export const whenAll = (when: readonly string[]): Task => (when.length > 0 ? { when: when.length === 1 ? when[0] : when } : {});

const learn = (own: StepTasks, part: Part, when: readonly string[] = [], first?: string): Task => {
  const words = [own.variable(part), own.id, jinjaText(part), ...(first === undefined ? [] : [first])];
  return own.set('Save what was read', { [own.state]: `{{ ${own.filter(own.state, 'learned', ...words)} }}` }, whenAll(when));
};

/** Once before it first begins; where an earlier run has stopped in it, what was read then counts. */
export function beforeTasks(own: StepTasks, { beforeScript, beforeEachTime }: PlannedStep): Task[] {
  if (beforeScript === undefined) return [];
  const when = beforeEachTime ? [] : [`not ${own.recorded}`];
  return [own.read('before', 'Read what is there before', beforeScript, whenAll(when)), learn(own, 'before', when)];
}

/** Looks at an effect, and at one that does not need this step to have run just now. */
const verifyFirst = ({ verify }: CommandStep): boolean =>
  verify !== undefined && verify.looksOnlyAt === undefined && !verify.baseline && !verify.matchers.some(({ kind }) => kind === 'changed');

/** Its proof is about what the step itself reads, so nothing can be asked before it has run. */
const needsItself = ({ facts, number }: PlannedStep, verifyScript: string): boolean =>
  (facts ?? []).some(({ mark, step }) => step === number && verifyScript.includes(mark));

function doneAlready(own: StepTasks, verifyScript: string): Task[] {
  const register = own.variable('already');
  return [
    {
      name: own.name('Check whether it is done already'),
      'ansible.builtin.shell': { cmd: own.command('verify', verifyScript) },
      register,
      changed_when: false,
      // It is asked, not demanded: the next task judges it.
      failed_when: false,
      check_mode: false,
      ...own.elsewhere,
      when: `not ${own.changed} or ${own.recorded}`,
    },
    own.set('Decide whether it is to be done', {
      [own.variable('todo')]: `{{ not (${own.filter(register, 'holds', own.id, jinjaText('verify'), own.state)}) }}`,
    }),
  ];
}

/** What an earlier run has done before it stopped is not done again. What can't be repeated is left to a person where it stopped in just that. */
const doneBefore = (own: StepTasks): Task[] => [
  own.set('Decide whether it is to be done', { [own.variable('todo')]: `{{ not ${own.recorded} or ${own.stoppedHere} }}` }),
  ...(own.planned.danger === 'changes'
    ? []
    : [
        {
          name: own.name('Stop where an earlier run stopped in this step'),
          'ansible.builtin.assert': {
            that: [`not (${own.stoppedHere})`],
            fail_msg: 'An earlier run stopped in this step, which cannot be undone and is not repeated by itself. Look at the host, and finish by hand.',
            quiet: true,
          },
        },
      ]),
];

export function baseline(own: StepTasks, verifyScript: string): Task[] {
  const register = own.variable('baseline');
  return [
    own.read('baseline', 'See what its check says before', verifyScript, { failed_when: false }),
    own.set('Note what its check says before', {
      [own.variable('lines')]: `{{ (${own.filter(register, 'judged', own.id, jinjaText('baseline'), own.state)}).lines }}`,
    }),
  ];
}

function change(own: StepTasks, script: string, title: string, step: CommandStep, when: readonly string[]): Task {
  // Ansible refuses a check of what runs on its own; and facts that a check did not read can't be filled in.
  const long = step.long && { async: `{{ ansible_check_mode | ternary(0, ${longest}) }}`, poll: 10 };
  const cuts = step.cutsLink && onItsOwn(step.long ? longest : undefined);
  const filled = own.usesFacts(script) ? ['not ansible_check_mode'] : [];
  return own.run('script', title, script, { changed_when: true, ...long, ...cuts, ...whenAll([...when, ...filled]) }, step.cutsLink && withHeadStart);
}

/** It waits until the host answers again, after another start. */
const restart = (own: StepTasks, script: string, within: number, when: readonly string[]): Task => ({
  name: own.name(own.planned.title),
  'ansible.builtin.reboot': { reboot_command: `sh -c {{ lookup('ansible.builtin.file', '${scriptFile(own, script)}') | quote }}`, reboot_timeout: within * 60 },
  ...own.elsewhere,
  ...whenAll(when),
});
function scriptFile(own: StepTasks, script: string): string {
  own.command('script', script);
  return `${own.planned.id}.sh`;
}

export const proof = (own: StepTasks, verifyScript: string | null, when: readonly string[]): Task[] =>
  verifyScript === null ? [] : [own.read('verify', 'Check that it is so', verifyScript, { when: ['not ansible_check_mode', ...when] })];
