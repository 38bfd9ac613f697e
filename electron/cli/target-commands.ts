/** `wrenchbook targets`: the machines that procedures run on. */
import { WrenchbookError } from '../../shared/api/error.ts';
import { clockText } from '../../shared/api/facts-text.ts';
import {
  type ListedTarget,
  nameFor,
  placeText,
  type RootWay,
  type StageName,
  type TargetFacts,
  type TrialState,
  targetEntry,
} from '../../shared/api/target.ts';
import { targetIssues, targetIssuesText } from '../../shared/api/target-words.ts';
import { makeApi } from '../../shared/wire/client.ts';
import type { Surroundings } from './commands.ts';
import { type ExitStatus, exitStatus } from './exit-status.ts';
import { followTrial } from './follow-trial.ts';
import { print, tell } from './output.ts';
import { connectionOf, type PlaceOptions } from './target-place.ts';

export interface EntryOptions extends PlaceOptions {
  name?: string;
  root?: RootWay;
  group?: string;
  tag?: string[];
  note?: string;
  json?: boolean;
}

export async function listTargets({ client }: Surroundings, options: { group?: string; tag?: string[]; json?: boolean }): Promise<ExitStatus> {
  const api = makeApi(client.call).targets;
  const all = await api.list({});
  const { file, hidden } = await api.state({});
  for (const { number, name, why } of hidden) tell(`Entry ${number}${name && `, "${name}"`}, of ${file} is hidden. ${why} It stays there as it is.`);
  const targets = all.filter(
    ({ group, tags }) => (options.group === undefined || group === options.group) && (options.tag ?? []).every((wanted) => tags.includes(wanted)),
  );
  if (options.json) print(JSON.stringify(targets, null, 2));
  else if (all.length === 0) tell('No targets yet. "wrenchbook targets import" shows what your ssh configuration knows; "wrenchbook targets add" adds one.');
  else for (const each of targets) print(targetLine(each));
  return exitStatus.done;
}

export async function addTarget({ client }: Surroundings, options: EntryOptions): Promise<ExitStatus> {
  const connection = connectionOf(options);
  if (!connection) throw new WrenchbookError('bad-parameters', 'Where is the target?', 'Give --host HOST, --console WAY, or --local for this machine.');
  const { name = nameFor(connection), root = 'none', group = '', tag = [], note = '' } = options;
  const added = await makeApi(client.call).targets.add(checked({ name, connection, root, group, tags: tag, note }));
  return told(added, options);
}

/** Only what is given is changed. */
export async function editTarget({ client }: Surroundings, targetId: string, options: EntryOptions): Promise<ExitStatus> {
  const { targets } = makeApi(client.call);
  const { id: _id, facts: _facts, ...before } = await targets.get({ targetId });
  const { name, root, group, tag: tags, note } = options;
  const given = { name, root, group, tags, note, connection: connectionOf(options, before.connection) };
  const change = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  if (Object.keys(change).length === 0) throw new WrenchbookError('bad-parameters', 'No change was given.', 'See "wrenchbook targets edit --help".');
  checked({ ...before, ...change });
  return told(await targets.edit({ targetId, change, before }), options);
}

export async function removeTarget({ client }: Surroundings, targetId: string): Promise<ExitStatus> {
  await makeApi(client.call).targets.remove({ targetId });
  print(`Removed ${targetId}. Its runs and their records stay.`);
  return exitStatus.done;
}

/** Without names: what could be added. */
export async function importTargets({ client }: Surroundings, hosts: readonly string[], options: { json?: boolean }): Promise<ExitStatus> {
  const { targets } = makeApi(client.call);
  const found = await targets.importable({});
  for (const trouble of found.troubles) tell(trouble);
  if (hosts.length === 0) {
    if (options.json) print(JSON.stringify(found, null, 2));
    else {
      for (const each of found.candidates)
        print(`${nameOf(each)}  ${each.from}${each.detail ? `  ${each.detail}` : ''}${each.present ? '  (already a target)' : ''}`);
      tell(found.candidates.length === 0 ? 'Your ssh configuration and known_hosts name no machine.' : 'Add them by name: wrenchbook targets import HOST…');
      if (found.hashed > 0) tell(`${found.hashed} names in known_hosts are hashed and can't be shown; add those with "wrenchbook targets add --host".`);
    }
    return exitStatus.done;
  }
  const choices = hosts.map((name) => {
    const candidate = found.candidates.find((each) => nameOf(each) === name);
    if (!candidate)
      throw new WrenchbookError('not-found', `${name} is not in your ssh configuration or known_hosts.`, '"wrenchbook targets import" lists what is.');
    return { host: candidate.host, ...(candidate.port === undefined ? {} : { port: candidate.port }) };
  });
  const added = await targets.import({ choices });
  if (options.json) print(JSON.stringify(added, null, 2));
  else for (const each of added) print(targetLine(each));
  return exitStatus.done;
}

/** Tries to reach it, with its questions answered in this terminal, if there is one. */
export async function testTarget(surroundings: Surroundings, targetId: string, options: { json?: boolean }): Promise<ExitStatus> {
  const { trials } = makeApi(surroundings.client.call);
  const state = await followTrial(surroundings, () => trials.start({ targetId }), 'Testing');
  if (options.json) print(JSON.stringify(state, null, 2));
  else print(trialLines(state).join('\n'));
  return state.status === 'ok' ? exitStatus.done : state.status === 'cancelled' ? exitStatus.interrupted : exitStatus.failure;
}

export async function showFacts({ client }: Surroundings, targetId: string, options: { json?: boolean }): Promise<ExitStatus> {
  const { facts, name } = await makeApi(client.call).targets.get({ targetId });
  if (!facts) throw new WrenchbookError('wrong-state', `${name} was never reached.`, `Reach it first: wrenchbook targets test ${targetId}`);
  print(options.json ? JSON.stringify(facts, null, 2) : factLines(facts).join('\n'));
  return exitStatus.done;
}

/** Said field by field, before a call that would be refused. */
function checked(entry: unknown) {
  const issues = targetIssues(entry);
  if (issues.length === 0) return targetEntry.parse(entry);
  throw new WrenchbookError('bad-parameters', targetIssuesText(issues), 'Correct it and try again.');
}

function told(target: ListedTarget, { json }: { json?: boolean }): ExitStatus {
  print(json ? JSON.stringify(target, null, 2) : targetLine(target));
  return exitStatus.done;
}

const nameOf = ({ host, port }: { host: string; port?: number | undefined }) => (port === undefined ? host : `${host}:${port}`);

function targetLine({ id, name, connection, root, group, tags, facts }: ListedTarget): string {
  const seen = facts ? `${facts.os.name} ${facts.os.version} (${facts.readAt.slice(0, 10)})` : 'never reached';
  return [id, name, placeText(connection), root === 'none' ? '' : `root: ${root}`, group, tags.map((each) => `#${each}`).join(' '), seen]
    .filter(Boolean)
    .join('  ');
}

const stageTitles: Record<StageName, string> = {
  console: 'Console',
  prompt: 'Prompt',
  network: 'Network',
  'host-key': 'Host key',
  authentication: 'Authentication',
  shell: 'Shell',
  facts: 'Facts',
  root: 'Root',
  probe: 'Does it apply',
};

export const stageLines = ({ stages }: TrialState): string[] =>
  stages.flatMap(({ name, machine, status, trouble }, index) => [
    ...(machine !== undefined && machine !== stages[index - 1]?.machine ? [machine] : []),
    `${stageTitles[name].padEnd(16)}${status === 'skipped' ? 'not tried' : status}`,
    ...(trouble ? [`    ${trouble.cause}`, `    ${trouble.next}`] : []),
  ]);

const trialLines = (state: TrialState): string[] => [...stageLines(state), ...(state.facts ? factLines(state.facts) : [])];

function factLines({ os, kernel, architecture, hostName, user, uid, loginShell, tools, clockSkewSeconds, readAt }: TargetFacts): string[] {
  const present = Object.entries(tools).flatMap(([tool, where]) => (where === null ? [] : [tool]));
  return [
    `System          ${os.name} ${os.version}, ${kernel}, ${architecture}`,
    `Host name       ${hostName}`,
    `User            ${user} (${uid ?? '?'}), ${loginShell}`,
    `Tools           ${present.join(' ') || 'none of those checked'}`,
    `Clock           ${clockText(clockSkewSeconds)}`,
    `Read            ${readAt}`,
  ];
}
