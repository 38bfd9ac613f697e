/**
 * The plays of a procedure with several machines, a group of hosts each: one play for each stretch of steps on one of them. What a stretch needs of
 * the one before, and of what other machines have read, comes from hosts that got through. Pure.
 */

import { finish, importOf, type Part, stepImport, undoImport } from './role-files.ts';
import { jinjaText } from './role-names.ts';
import { decideTasks, prepareTasks, probeTasks } from './role-start.ts';
import type { Compiling, Task } from './role-tasks.ts';
import { type CompiledStep, placeOf } from './step-place.ts';
import { stopFile, stopImport, stopTasks, throughFact } from './stop-at.ts';
import { undoEnd } from './undo-tasks.ts';

interface Stretch {
  group: string;
  one: boolean;
  steps: CompiledStep[];
}
/** The stretch before, and the last one of each machine so far. */
interface Course {
  before: { file: string; group: string } | null;
  last: Map<string, string>;
}

export function onSeveral(
  compiling: Compiling,
  values: Record<string, unknown>,
  steps: readonly CompiledStep[],
  undone: readonly CompiledStep[],
  tasks: Map<string, Task[]>,
): { apply: Part[]; undo: Part[] } {
  const { topic, plan, names } = compiling;
  const machines = (topic.machines ?? []).filter(({ id }) => plan.machines?.some((machine) => machine.id === id));
  const looked = topic.probe
    ? (topic.probe.machines ?? machines.slice(0, 1).map(({ id }) => id)).filter((id) => machines.some((machine) => machine.id === id))
    : [];
  const seenThere = names.variable('probe', 'seen');
  const start = machines.map((machine): Part => {
    const { id } = machine;
    const looks = looked.includes(id);
    tasks.set(`${id}/prepare`, prepareTasks(compiling, machine));
    if (looks) tasks.set(`${id}/probe`, probeTasks(compiling, values, machine));
    tasks.set(`start-${id}`, [
      importOf(`${id}/prepare`, 'Prepare the host'),
      ...(looks ? [importOf(`${id}/probe`, 'Look at the host')] : []),
      through(compiling, `start-${id}`, {}),
    ]);
    const seen = `{${looked.map((other) => `'${other}': ${other === id ? seenThere : `hostvars[groups['${other}'][0]].${seenThere}`}`).join(', ')}}`;
    if (topic.probe) tasks.set(`${id}/decide/probe`, decideTasks(compiling, seen));
    return { file: `start-${id}`, machine: id, one: false, reads: true };
  });

  const stretches = (of: readonly CompiledStep[], prefix: string, imported: (step: CompiledStep) => Task, decides: boolean) => {
    const course: Course = { before: null, last: new Map() };
    return stretchesOf(of).map(({ group, one, steps: own }, index): Part => {
      const file = `${prefix}-${index + 1}-${group}`;
      const byItself = course.before === null || looked.includes(group);
      const others = machines.map(({ id }) => id).filter((id) => id !== group);
      tasks.set(file, [
        stopImport(),
        ...(decides && byItself ? [importOf(`${group}/decide/probe`, 'Decide whether the procedure applies')] : []),
        ...(course.before && decides && !byItself ? endWithOthers(compiling, file, course.before) : []),
        ...(course.before ? [onlyAfter(compiling, file, course.before)] : []),
        share(compiling, file, others, course.last, joinedFacts(of, group)),
        ...own.map(imported),
        through(compiling, file, { [names.variable('through')]: file }),
      ]);
      course.before = { file, group };
      course.last.set(group, file);
      return { file, machine: group, one, reads: own.every(({ planned }) => planned.danger === 'reads') };
    });
  };
  tasks.set(stopFile, stopTasks(compiling));
  tasks.set('finish', [stopImport(), ...finish(compiling)]);
  tasks.set('undo-end', [stopImport(), ...undoEnd(compiling, names.variable('state'))]);
  const end = (file: string) => machines.map(({ id }): Part => ({ file, machine: id, one: false, reads: false }));
  return {
    apply: [...start, ...stretches(steps, 'apply', stepImport, topic.probe !== undefined), ...end('finish')],
    undo: [...start, ...stretches(undone, 'undo', undoImport, false), ...end('undo-end')],
  };
}

/** Variables of the hosts of a group, in Jinja. */
const hostsOf = (group: string) => `groups['${group}'] | map('extract', hostvars)`;
/** Of these the ones whose variable has this value; `path`: the variable, or something in it. */
const hostsWith = (group: string, path: string, value: string) =>
  `${hostsOf(group)} | selectattr('${path.split('.')[0]}', 'defined') | selectattr('${path}', 'equalto', '${value}')`;

/** Facts that other machines have of all their hosts. */
const joinedFacts = (steps: readonly CompiledStep[], group: string): string[] =>
  steps.flatMap((each) => {
    const { step } = each;
    if (step.kind !== 'command' || placeOf(each).group === group) return [];
    return [...(step.before?.saves ?? []), ...(step.saves ?? [])].flatMap(({ id, ofAll }) => (ofAll ? [id] : []));
  });

/**
 * What others have read: of each other machine that of the first host that got through, and of some facts that of all hosts, also of those on which
 * nothing was to be done any more.
 */
function share(compiling: Compiling, file: string, others: readonly string[], last: ReadonlyMap<string, string>, joined: readonly string[]): Task {
  const { names } = compiling;
  const [state, changed, got, verdict] = [names.variable('state'), names.variable('changed'), names.variable('through'), names.variable('verdict')];
  const states = (hosts: string) => `${hosts} | map(attribute='${state}') | list`;
  const known = others.map((id) => {
    const before = last.get(id);
    return states(before === undefined ? `${hostsOf(id)} | selectattr('${state}', 'defined')` : hostsWith(id, got, before));
  });
  const done = others.map((id) => states(hostsWith(id, `${verdict}.verdict`, 'already-fixed')));
  const words = [`[${known.join(', ')}]`, ...(joined.length > 0 ? [`[${joined.map(jinjaText).join(', ')}]`, `[${done.join(', ')}]`] : [])];
  // In a check, what comes after a change that was not made can't be read, on whichever machine.
  const changes = others.filter((id) => last.has(id)).map((id) => `(${hostsOf(id)} | map(attribute='${changed}', default=false) | select | list != [])`);
  return {
    name: `${file}: Read what the other machines have found`,
    'ansible.builtin.set_fact': {
      [state]: `{{ ${state} | ${names.role}_sharing(${words.join(', ')}) }}`,
      ...throughFact(compiling, false),
      ...(changes.length > 0 && { [changed]: `{{ ${changed} or (ansible_check_mode and (${changes.join(' or ')})) }}` }),
    },
    tags: ['always'],
  };
}

/** Where the machines before had nothing to do, neither has this one. */
function endWithOthers({ names }: Compiling, file: string, before: { file: string; group: string }): Task[] {
  const verdict = names.variable('verdict');
  const undecided = `${hostsOf(before.group)} | map(attribute='${verdict}.verdict', default='') | reject('in', ['not-affected', 'already-fixed']) | list`;
  const when = [`${hostsWith(before.group, names.variable('through'), before.file)} | list == []`, `${undecided} == []`];
  return [
    {
      name: `${file}: See that nothing was to be done on the others`,
      'ansible.builtin.set_fact': { [verdict]: `{{ hostvars[groups['${before.group}'][0]].${verdict} }}` },
      when,
      tags: ['always'],
    },
    {
      name: `${file}: Say why nothing is to be done here`,
      'ansible.builtin.debug': { msg: `{{ ${verdict}.verdict }}. {{ ${verdict}.words }}` },
      when,
      tags: ['always'],
    },
    { name: `${file}: End this host, as nothing is to be done`, 'ansible.builtin.meta': 'end_host', when, tags: ['always'] },
  ];
}

/** Steps on one machine build on those on another: where these got through on no host, nothing more is done. */
const onlyAfter = ({ names }: Compiling, file: string, before: { file: string; group: string }): Task => ({
  name: `${file}: Stop where the steps before this did not get through`,
  'ansible.builtin.assert': {
    that: [`${hostsWith(before.group, names.variable('through'), before.file)} | list | length > 0`],
    fail_msg: `Steps on another machine failed (${before.file}). Fix that, and start again.`,
    quiet: true,
  },
  tags: ['always'],
});
const through = (compiling: Compiling, file: string, facts: Record<string, string>): Task => ({
  name: `${file}: Note that they got through`,
  'ansible.builtin.set_fact': { ...facts, ...throughFact(compiling, true) },
  tags: ['always'],
});

function stretchesOf(steps: readonly CompiledStep[]): Stretch[] {
  const found: Stretch[] = [];
  for (const step of steps) {
    const { group, one } = placeOf(step);
    const last = found.at(-1);
    if (last?.group === group && last.one === one) last.steps.push(step);
    else found.push({ group, one, steps: [step] });
  }
  return found;
}
