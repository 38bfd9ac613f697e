/** `wrenchbook fleet compile`: a procedure as an Ansible playbook, to read, to keep and to run without Wrenchbook. */
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { WrenchbookError } from '../../shared/api/error.ts';
import { quote } from '../../shared/topic-kit/index.ts';
import { compilability } from '../backend/fleet/compile/compilable-topics.ts';
import { compileForm } from '../backend/fleet/compile/compile-form.ts';
import { writeCompiled } from '../backend/fleet/compile/compiled-folder.ts';
import { type Rollout, usualRollout } from '../backend/fleet/compile/playbooks.ts';
import type { FleetFolders } from '../backend/fleet/compile/role-programs.ts';
import type { Obstacle } from '../backend/fleet/compile/uncompilable.ts';
import { findTopic, topicDetail } from '../backend/topics/topic-registry.ts';
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
  stopAt?: number;
  /** Machines that are left out. */
  without?: readonly string[];
  list?: boolean;
  json?: boolean;
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
  const answers = options.answers === undefined ? { done: [], confirmations: {} } : readAnswers(options.answers);
  const inventory = options.inventory === undefined ? undefined : path.resolve(options.inventory);
  const form = {
    ...{ topicId, parameters: { ...(await parametersLike(surroundings, topicDetail(topic), options.like)), ...givenParameters(options) } },
    ...{ without: [...(options.without ?? [])], done: answers.done, confirmations: answers.confirmations },
    ...{ serial: [...(options.serial ?? usualRollout.serial)], stopAt: options.stopAt ?? null },
    maxFailPercentage: options.maxFail ?? (options.stopAt === undefined ? usualRollout.maxFailPercentage : null),
  };
  const { issues, obstacles, files } = await compileForm(form, folders, inventory);
  for (const { field, message, next } of issues) tell(`${field}: ${message} ${next}`);
  if (issues.length > 0) return exitStatus.usage;
  if (!files) {
    if (options.json) print(JSON.stringify({ topicId, obstacles }, null, 2));
    tell(`${topicId} can't be compiled. Nothing was written.\n${obstacleLines(obstacles).join('\n')}`);
    return exitStatus.doesNotApply;
  }
  const folder = writeCompiled(options.to, files);
  if (options.json) print(JSON.stringify({ topicId, folder, files: [...files.keys()] }, null, 2));
  else
    print(
      `${files.size} files in ${folder}. Read README.md first; then:\n    cd ${quote(folder)}\n    ansible-playbook ${inventory === undefined ? '-i INVENTORY ' : ''}site.yml --check --diff`,
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
