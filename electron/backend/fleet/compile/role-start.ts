/** What a role does first on every host: is it such a system, what has an earlier run kept, does the procedure apply. Pure. */
import { type Machine, renderScript, type Systems } from '../../../../shared/topic-kit/index.ts';
import { jinjaText } from './role-names.ts';
import { type Compiling, stateFile, stateRoot, type Task } from './role-tasks.ts';
import { scriptCommand } from './script-files.ts';
import { throughFact } from './stop-at.ts';

const always = ['always'];

/** Prints what `systemFacts` reads. */
export const systemScript = ({ tools = [] }: Systems): string =>
  [
    'kernel=$(uname -s) && echo "kernel=$kernel"',
    'if [ "$kernel" = Darwin ]; then',
    '  echo id=macos',
    "  sw_vers -productVersion | sed 's/^/version=/'",
    'elif [ -r /etc/os-release ]; then',
    '  . /etc/os-release',
    `  printf 'id=%s\\nlike=%s\\nversion=%s\\nname=%s\\n' "$ID" "\${ID_LIKE:-}" "\${VERSION_ID:-}" "$NAME"`,
    'fi',
    ...(tools.length > 0
      ? [
          'PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin',
          `for tool in ${tools.map(({ name }) => name).join(' ')}; do`,
          '  echo "tool.$tool=$(command -v "$tool")"',
          'done',
        ]
      : []),
  ].join('\n');

/** `machine`: of several, the one that these hosts are. */
export function prepareTasks(compiling: Compiling, machine?: Machine): Task[] {
  const { topic, names, files } = compiling;
  const [system, kept, keptText, state, changed] = ['system', 'kept', 'kept_text', 'state', 'changed'].map((name) => names.variable(name)) as [
    string,
    string,
    string,
    string,
    string,
  ];
  const script = systemScript(machine?.systems ?? topic.systems ?? {});
  const name = machine ? `prepare-${machine.id}` : 'prepare';
  const why = `${system} | ${names.role}_misfit${machine ? `(${jinjaText(machine.id)})` : ''}`;
  return [
    {
      name: 'prepare: Read what kind of system it is',
      'ansible.builtin.shell': { cmd: scriptCommand(files, names, name, script) },
      register: system,
      changed_when: false,
      check_mode: false,
      tags: always,
    },
    {
      name: 'prepare: Stop where the procedure is not for this system',
      'ansible.builtin.assert': { that: [`(${why}) == ''`], fail_msg: `{{ ${why} }}`, quiet: true },
      tags: always,
    },
    {
      name: 'prepare: Look for what an earlier run has kept',
      'ansible.builtin.stat': { path: stateFile(compiling), get_checksum: false },
      ...stateRoot(compiling),
      register: kept,
      tags: always,
    },
    {
      name: 'prepare: Read what an earlier run has kept',
      'ansible.builtin.slurp': { src: stateFile(compiling) },
      ...stateRoot(compiling),
      register: keptText,
      when: `${kept}.stat.exists`,
      tags: always,
    },
    {
      name: 'prepare: Read what an earlier run has kept',
      'ansible.builtin.set_fact': {
        [state]: `{{ (${keptText}.content | b64decode | from_json) if ${kept}.stat.exists else {'facts': {}, 'steps': {}, 'finished': true} }}`,
      },
      tags: always,
    },
    {
      name: 'prepare: See whether that run stopped half-way, and where',
      'ansible.builtin.set_fact': {
        [names.variable('stopped')]: `{{ ${state} | ${names.role}_unfinished }}`,
        [changed]: `{{ (${state} | ${names.role}_unfinished) != '' }}`,
      },
      tags: always,
    },
  ];
}

const probeTags = ['always', 'probe'];

/** Runs the check on these hosts; what it means is decided by `decideTasks`. */
export function probeTasks({ topic, plan, names, files }: Compiling, values: Record<string, unknown>, machine?: Machine): Task[] {
  const { probe } = topic;
  if (!probe) return [];
  const used = Object.fromEntries(probe.uses.map((name) => [name, values[name]]));
  const text = renderScript(probe.script(used, { rehearsal: plan.rehearsal, ...(machine && { machine: machine.id }) }), (file) => file);
  return [
    {
      name: `probe: Look at ${probe.looksAt.join('; ')}`.replace(/\{(?=[{%#])/g, '{ '),
      'ansible.builtin.shell': { cmd: scriptCommand(files, names, machine ? `probe-${machine.id}` : 'probe', text) },
      register: names.variable('probe', 'seen'),
      changed_when: false,
      // Its status says nothing by itself: the next tasks decide.
      failed_when: false,
      check_mode: false,
      ...(probe.needsRoot && { become: true }),
      tags: probeTags,
    },
  ];
}

/** `seen`: the outputs by machine, in Jinja. Unknown is a failure, never "nothing to do". */
export function decideTasks(compiling: Compiling, seen: string): Task[] {
  const { topic, names } = compiling;
  if (!topic.probe) return [];
  const [verdict, changed] = [names.variable('verdict'), names.variable('changed')];
  const nothing = [`${verdict}.verdict in ['not-affected', 'already-fixed']`, `not ${changed}`, `${names.variable('only_if_affected')} | bool`];
  return [
    {
      name: 'probe: Decide whether the procedure applies here',
      'ansible.builtin.set_fact': { [verdict]: `{{ ${seen} | ${names.role}_verdict }}`, ...throughFact(compiling, false) },
      tags: probeTags,
    },
    {
      name: 'probe: Stop where that is unknown',
      'ansible.builtin.assert': {
        that: [`${verdict}.verdict != 'unknown'`],
        fail_msg: `{{ ${verdict}.words }}`,
        success_msg: `{{ ${verdict}.verdict }}. {{ ${verdict}.words }}`,
      },
      tags: probeTags,
    },
    {
      name: 'probe: Say why nothing is to be done here',
      'ansible.builtin.debug': { msg: `{{ ${verdict}.verdict }}. {{ ${verdict}.words }}` },
      when: nothing,
      tags: probeTags,
    },
    { name: 'probe: Note that this host got through', 'ansible.builtin.set_fact': throughFact(compiling, true), when: nothing, tags: probeTags },
    { name: 'probe: End this host, as nothing is to be done', 'ansible.builtin.meta': 'end_host', when: nothing, tags: probeTags },
  ];
}
