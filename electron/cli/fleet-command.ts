/** `wrenchbook fleet compile`: a procedure as an Ansible playbook, to read, to keep and to run without Wrenchbook. */
import { randomBytes } from 'node:crypto';
import { accessSync, constants, readFileSync } from 'node:fs';
import path from 'node:path';
import { WrenchbookError } from '../../shared/api/error.ts';
import { secretMark } from '../../shared/api/secret-mark.ts';
import type { OtherMachines, ParameterValues } from '../../shared/api/topic.ts';
import { quote, secretFields, type Topic } from '../../shared/topic-kit/index.ts';
import { makeApi } from '../../shared/wire/client.ts';
import { compilability } from '../backend/fleet/compile/compilable-topics.ts';
import { compileTopic } from '../backend/fleet/compile/compile-topic.ts';
import { writeCompiled } from '../backend/fleet/compile/compiled-folder.ts';
import { fleetPlan, fleetTarget } from '../backend/fleet/compile/fleet-plan.ts';
import { type Rollout, usualRollout } from '../backend/fleet/compile/playbooks.ts';
import type { Obstacle } from '../backend/fleet/compile/uncompilable.ts';
import { checkParameters, findTopic, topicDetail } from '../backend/topics/topic-registry.ts';
import { readAnswers } from './answers.ts';
import { type GivenParameters, givenParameters } from './assignments.ts';
import type { Surroundings } from './commands.ts';
import { type ExitStatus, exitStatus } from './exit-status.ts';
import { parametersLike } from './like-run.ts';
import { print, tell } from './output.ts';

export interface FleetOptions extends GivenParameters {
  /** Folder. */
  to?: string;
  inventory?: string;
  /** A run. */
  like?: string;
  serial?: Rollout['serial'];
  maxFail?: number;
  /** Machines that are left out. */
  without?: readonly string[];
  list?: boolean;
  json?: boolean;
}
/** Folders that the product brings: `fleet` of the build, and `assets`. */
export interface FleetFolders {
  rules: string;
  assets: string;
}

/** Status 4 where the procedure can't be compiled, with the reasons; 2 for parameters that are wrong, each named. */
export async function compileFleet(surroundings: Surroundings, topicId: string | undefined, options: FleetOptions, folders: FleetFolders): Promise<ExitStatus> {
  if (options.list) return listCompilable(options);
  if (topicId === undefined || options.to === undefined)
    throw new WrenchbookError(
      'bad-parameters',
      'A procedure and a folder are needed.',
      'Use: wrenchbook fleet compile TOPIC --to FOLDER. --list names the procedures.',
    );
  const topic = findTopic(topicId);
  const values = await checkedValues(surroundings, topic, options);
  if (!values) return exitStatus.usage;
  const planned = fleetPlan(
    topic,
    values,
    machinesOf(topic, options)?.map(({ id }) => id),
  );
  const answers = options.answers === undefined ? { done: [], confirmations: {} } : readAnswers(options.answers);
  const inventory = options.inventory === undefined ? undefined : path.resolve(options.inventory);
  const compiled =
    'obstacles' in planned
      ? planned
      : compileTopic({
          topic,
          ...planned,
          values,
          resolved: answers,
          rollout: { serial: options.serial ?? usualRollout.serial, maxFailPercentage: options.maxFail ?? usualRollout.maxFailPercentage },
          ...(inventory !== undefined && { inventory }),
          programs: programsFor(topicId, folders),
        });
  if ('obstacles' in compiled) {
    if (options.json) print(JSON.stringify({ topicId, obstacles: compiled.obstacles }, null, 2));
    tell(`${topicId} can't be compiled. Nothing was written.\n${obstacleLines(compiled.obstacles).join('\n')}`);
    return exitStatus.doesNotApply;
  }
  const folder = writeCompiled(options.to, compiled.files);
  const files = [...compiled.files.keys()];
  if (options.json) print(JSON.stringify({ topicId, folder, files }, null, 2));
  else
    print(
      `${files.length} files in ${folder}. Read README.md first; then:\n    cd ${quote(folder)}\n    ansible-playbook ${inventory === undefined ? '-i INVENTORY ' : ''}site.yml --check --diff`,
    );
  const missing = ['ansible-playbook', 'node'].filter((name) => !onPath(name));
  if (missing.length > 0) tell(`This computer has no ${missing.join(' and no ')}. To run the playbook here: apt install ansible-core nodejs (Debian).`);
  return exitStatus.done;
}

function listCompilable({ json }: FleetOptions): ExitStatus {
  const all = compilability();
  if (json) print(JSON.stringify(all, null, 2));
  else
    for (const { topicId, title, obstacles, byHandBefore } of all) {
      print(`${obstacles.length === 0 ? 'yes' : 'no '}  ${topicId}: ${title}`);
      if (obstacles.length > 0) print(obstacleLines(obstacles).join('\n'));
      if (byHandBefore.length > 0) print(`     First by hand, then under "done" in the answers file: ${byHandBefore.join(', ')}`);
    }
  return exitStatus.done;
}
const obstacleLines = (obstacles: readonly Obstacle[]) => obstacles.map(({ because, next }) => `     ${because} ${next}`);

/** Those that take part. Throws `bad-parameters` for one that there is not, or that can't be left out. */
function machinesOf({ machines, title }: Topic, { without = [] }: FleetOptions) {
  for (const id of without) {
    const machine = machines?.find((each) => each.id === id);
    if (machine?.optional) continue;
    throw new WrenchbookError(
      'bad-parameters',
      `"${title}" can't do without a machine "${id}".`,
      `Can be left out: ${machines?.flatMap((each) => (each.optional ? [each.id] : [])).join(', ') || 'none'}.`,
    );
  }
  return machines?.filter(({ id }) => !without.includes(id));
}

/** As the form's schema gives them, with marks for secrets; null where something is wrong, which was told. */
async function checkedValues(surroundings: Surroundings, topic: Topic, options: FleetOptions): Promise<Record<string, unknown> | null> {
  const secrets = secretFields(topic.parameters).map(({ name }) => name);
  const parameters: ParameterValues = {
    ...(await parametersLike(surroundings, topicDetail(topic), options.like)),
    ...givenParameters(options),
    // They are asked for when the playbook runs: anything will do here.
    ...Object.fromEntries(secrets.map((name) => [name, randomBytes(12).toString('hex')])),
  };
  const machines: OtherMachines = Object.fromEntries((machinesOf(topic, options) ?? []).slice(1).map(({ id }) => [id, { kind: 'ssh', host: id }]));
  const request = { topicId: topic.id, target: fleetTarget, ...(topic.machines && { machines }), parameters };
  const { issues } = await makeApi(surroundings.client.call).topics.check(request);
  for (const { field, message, next } of issues) tell(`${field}: ${message} ${next}`);
  if (issues.length > 0) return null;
  const values = topic.parameters.parse(checkParameters(topic, parameters, false).values) as Record<string, unknown>;
  return { ...values, ...Object.fromEntries(secrets.map((name) => [name, secretMark])) };
}

function programsFor(topicId: string, { rules, assets }: FleetFolders) {
  const read = (file: string) => {
    try {
      return readFileSync(file, 'utf8');
    } catch (cause) {
      throw new WrenchbookError(
        'storage',
        `${file} of Wrenchbook can't be read: ${(cause as Error).message}`,
        'Install Wrenchbook again, or build it: "npm run build".',
        { cause },
      );
    }
  };
  return { rules: read(path.join(rules, `${topicId}.mjs`)), filters: read(path.join(assets, 'fleet', 'role_rules.py')) };
}

function onPath(program: string): boolean {
  return (process.env.PATH ?? '').split(path.delimiter).some((folder) => {
    try {
      accessSync(path.join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
