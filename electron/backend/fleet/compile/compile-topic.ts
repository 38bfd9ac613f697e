/** A procedure's plan as an Ansible role with its playbooks: all files, by path. The same plan gives the same bytes. Pure. */
import type { Plan } from '../../../../shared/api/plan.ts';
import { type Step, secretFields, type Topic } from '../../../../shared/topic-kit/index.ts';
import { executionEnvironment } from './execution-environment.ts';
import { playbook, type Rollout, type SecretVariable, usualRollout } from './playbooks.ts';
import { folderReadme, roleReadme } from './readme.ts';
import { plainWords, roleNames } from './role-names.ts';
import { byHand, type RoleParts, roleParts } from './role-parts.ts';
import type { Compiling } from './role-tasks.ts';
import type { CompiledFiles } from './script-files.ts';
import { placeOf } from './step-place.ts';
import { stopFile, stopVariable, stopVariables } from './stop-at.ts';
import { type Obstacle, obstacles, type Resolved } from './uncompilable.ts';
import { yamlText } from './yaml-text.ts';

export interface CompileRequest {
  topic: Topic;
  /** For a target that is reached with ssh; without secrets. */
  plan: Plan;
  steps: readonly Step[];
  /** The form, as its schema gives it: secret ones marked. */
  values: Record<string, unknown>;
  resolved: Resolved;
  rollout?: Rollout;
  /** An inventory that the commands name. */
  inventory?: string;
  /** The procedure's rules for Node.js (rules-bundle.ts), and the filters that ask them (assets/fleet/role_rules.py). */
  programs: { rules: string; filters: string };
}
export type Compiled = { files: CompiledFiles } | { obstacles: Obstacle[] };

export function compileTopic(request: CompileRequest): Compiled {
  const { topic, plan, steps, values, resolved, rollout = usualRollout, programs } = request;
  const found = obstacles(plan.steps, steps, resolved);
  if (found.length > 0) return { obstacles: found };
  const names = roleNames(topic.id);
  const files: CompiledFiles = new Map();
  const asRoot = plan.steps.some(({ needsRoot }) => needsRoot);
  const stateFolder = asRoot ? `/var/lib/wrenchbook/fleet/${topic.id}` : `~/.local/state/wrenchbook/fleet/${topic.id}`;
  const compiling: Compiling = { topic, plan, steps, names, files, stateFolder, asRoot };
  const parts = roleParts(compiling, values);
  const role = `roles/${names.role}`;
  const about = [
    `${plainWords(topic.title)}, version ${topic.version}.`,
    `Compiled by Wrenchbook from the procedure ${topic.id}. Compile it again instead of changing it.`,
  ];
  for (const [name, tasks] of parts.tasks) files.set(`${role}/tasks/${name}.yml`, yamlText(tasks, about));
  if (parts.handlers.length > 0) files.set(`${role}/handlers/main.yml`, yamlText(parts.handlers, about));
  files.set(
    `${role}/defaults/main.yml`,
    yamlText({ [names.variable('only_if_affected')]: true, [stopVariable(names.role)]: 0 }, [
      ...about,
      'only_if_affected: with false, hosts go through all steps even if the check says that nothing is to be done.',
      'stop_at: once so many hosts have failed, in all batches together, no further batch begins. With 0, none are counted.',
    ]),
  );
  files.set(
    `${role}/vars/main.yml`,
    yamlText(stopVariables(names), [
      ...about,
      'Hosts that count for stop_at: they answered, and did not get through. One that was lost on the way is among them, one that never answered is not.',
    ]),
  );
  files.set(`${role}/meta/main.yml`, yamlText(metaOf(topic, names.role), about));
  files.set(`${role}/filter_plugins/${names.role}_rules.py`, programs.filters);
  files.set(`${role}/files/rules.mjs`, programs.rules);
  files.set(`${role}/files/values.json`, `${JSON.stringify({ values, machines: plan.machines?.map(({ id }) => id) ?? [] }, null, 2)}\n`);
  files.set(`${role}/README.md`, roleReadme(compiling, resolved, byHand(steps, new Set(parts.tasks.keys()))));

  const secrets = secretsOf(topic, steps, names.variable);
  const title = plainWords(topic.title);
  files.set('site.yml', yamlText(playbook(topic, names, parts.apply, { title, rollout, secrets }), about));
  files.set('undo.yml', yamlText(playbook(topic, names, parts.undo, { title: `Undo: ${title}`, rollout, secrets: [] }), about));
  files.set(
    '.ansible-lint',
    yamlText({ profile: 'production', offline: true, task_name_prefix: '{stem}: ', exclude_paths: ['execution-environment.yml'] }, [
      'Task names begin with the id of their step. Older versions of ansible-lint, such as 6.13, do not know the form of ansible-builder 3.',
    ]),
  );
  files.set('execution-environment.yml', executionEnvironment(about));
  if (request.inventory !== undefined) files.set('ansible.cfg', `[defaults]\ninventory = ${request.inventory}\n`);
  files.set('README.md', folderReadme(compiling, { rollout, inventory: request.inventory ?? null, secrets }));
  files.set('wrenchbook.json', manifest(compiling, parts, secrets));
  return { files: new Map([...files].sort(([one], [other]) => (one < other ? -1 : 1))) };
}

const metaOf = ({ title }: Topic, role: string) => ({
  galaxy_info: {
    role_name: role,
    author: 'The Wrenchbook authors',
    description: plainWords(title),
    license: 'MIT',
    min_ansible_version: '2.14',
    platforms: [{ name: 'GenericUNIX', versions: ['all'] }],
  },
  dependencies: [],
});

/** Those that an edit writes: asked for when the playbook starts, and kept nowhere. */
function secretsOf(topic: Topic, steps: readonly Step[], variable: (...parts: string[]) => string): SecretVariable[] {
  const used = new Set(steps.flatMap((step) => (step.kind === 'edit' ? (step.secrets ?? []) : [])));
  return secretFields(topic.parameters).flatMap(({ name, label }) => (used.has(name) ? [{ variable: variable('secret', name.toLowerCase()), label }] : []));
}

/** What a runner needs to map events to steps. */
function manifest({ topic, plan, steps, names }: Compiling, { tasks, apply, undo }: RoleParts, secrets: readonly SecretVariable[]): string {
  const whole = {
    topic: topic.id,
    title: topic.title,
    version: topic.version,
    role: names.role,
    steps: plan.steps
      .filter(({ id }) => tasks.has(id))
      .map((planned) => {
        const { id, title, danger } = planned;
        const { group, one, at } = placeOf({ planned, step: steps.find((step) => step.id === id) as Step });
        const where = { ...(group !== '' && { on: group }), ...(at !== null && { at }), ...(one && { one }) };
        return { id, title, role: names.role, tags: [id], danger, ...where };
      }),
    around: [
      stopFile,
      'prepare',
      ...(topic.probe ? ['probe'] : []),
      'finish',
      'undo-end',
      ...[...apply, ...undo].flatMap(({ file }) => (/^(?:start-|apply-\d|undo-\d)/.test(file) ? [file] : [])),
    ],
    machines: plan.machines?.map(({ id, title }) => ({ id, title, group: id })) ?? [],
    secrets: secrets.map(({ variable }) => variable),
  };
  return `${JSON.stringify(whole, null, 2)}\n`;
}
