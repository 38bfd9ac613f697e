/** `wrenchbook fleet run|resume|undo|…`: a compiled playbook on many hosts, in a terminal. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { WrenchbookError } from '../../shared/api/error.ts';
import type { AnyHostSource, AttemptKind, FleetExportFormat, FleetRollout, FleetState, FoundHosts } from '../../shared/api/fleet.ts';
import { makeApi } from '../../shared/wire/client.ts';
import { cellWords } from '../backend/fleet/export/fleet-transcript.ts';
import { needAnsible } from '../backend/fleet/run/find-ansible.ts';
import type { Surroundings } from './commands.ts';
import { type ExitStatus, exitStatus } from './exit-status.ts';
import { print, tell } from './output.ts';
import { readPassword } from './password-fd.ts';
import { ask } from './person-decider.ts';
import { askSecrets } from './secret-values.ts';
import { showBytes } from './terminal-keys.ts';

export interface HostOptions {
  hosts?: string[];
  hostsFile?: string[];
  inventory?: string[];
  tag?: string[];
  sshConfig?: string[];
  json?: boolean;
}
export interface StartOptions {
  yes?: boolean;
  askBecome?: boolean;
  askSsh?: boolean;
  passwordFd?: string;
  secretsFd?: string;
  json?: boolean;
}

export interface RunOptions extends FleetRollout {
  check?: boolean;
}

export async function findHosts({ client }: Surroundings, options: HostOptions): Promise<ExitStatus> {
  const found = await makeApi(client.call).fleets.findHosts({ sources: sourcesOf(options) });
  if (options.json) print(JSON.stringify(found, null, 2));
  else {
    for (const { name, user, port, role, from } of found.hosts)
      print(`${user === undefined ? '' : `${user}@`}${name}${port === undefined ? '' : `:${port}`}  ${role ? `${role}, ` : ''}${from}`);
    tellHosts(found);
  }
  return found.hosts.length === 0 ? exitStatus.usage : exitStatus.done;
}

export async function listFleets({ client }: Surroundings, { json }: { json?: boolean }): Promise<ExitStatus> {
  const fleets = await makeApi(client.call).fleets.list({});
  if (json) print(JSON.stringify(fleets, null, 2));
  else for (const { runId, title, status, says } of fleets) print(`${runId}\n    ${title}: ${status}. ${says}`);
  return exitStatus.done;
}

export async function showFleet({ client }: Surroundings, runId: string, { json }: { json?: boolean }): Promise<ExitStatus> {
  const { fleets } = makeApi(client.call);
  const [state, record] = [await fleets.get({ runId }), await fleets.verify({ runId })];
  if (json) print(JSON.stringify({ ...state, record }, null, 2));
  else {
    print(matrix(state));
    print(record.ok ? `Record: intact, ${record.events} events.` : `Record: not intact: ${record.findings.join('; ')}.`);
  }
  return record.ok ? exitStatus.done : exitStatus.failure;
}

export async function exportFleet({ client }: Surroundings, runId: string, { format, out }: { format: FleetExportFormat; out: string }): Promise<ExitStatus> {
  const done = await makeApi(client.call).fleets.export({ runId, format, out: path.resolve(out) });
  print(`${done.path}: ${done.bytes} bytes`);
  return exitStatus.done;
}

/** Shows playbook and hosts, checks what would change, asks once, and runs it. */
export async function runFleet(surroundings: Surroundings, folder: string, options: HostOptions & StartOptions & RunOptions): Promise<ExitStatus> {
  const { fleets } = makeApi(surroundings.client.call);
  needSomebody(options);
  const { serial, maxFail, stopAt } = options;
  const rollout = { ...(serial !== undefined && { serial }), ...(maxFail !== undefined && { maxFail }), ...(stopAt !== undefined && { stopAt }) };
  const prepared = await fleets.prepareFolder({ folder: path.resolve(folder), sources: sourcesOf(options), sshPassword: Boolean(options.askSsh), rollout });
  const { runId, title, hosts } = prepared.state;
  tell(`Fleet run ${runId}: ${title}, on ${hosts} ${hosts === 1 ? 'host' : 'hosts'}.`);
  tellHosts(prepared);
  const secrets = await secretsFor(surroundings, prepared.state, options);
  if (!options.yes || options.check) {
    // Said before a long playbook is shown, which nobody could run then.
    needAnsible(await fleets.engine({}));
    if (!options.yes)
      for (const { path: name, text } of (await fleets.files({ runId })).files)
        if (/^(?:site|undo)\.yml$|^roles\/.*\.yml$/.test(name)) tell(`\n# ${name}\n${text}`);
    const checked = await attempt(surroundings, runId, 'check', secrets);
    await tellChanges(surroundings, runId);
    if (options.check) return report(checked, options);
    const answer = await ask(`Run it on ${hosts} ${hosts === 1 ? 'host' : 'hosts'}? Type yes to run it: `);
    if (answer !== 'yes') {
      tell(`Nothing was changed. To run it later: wrenchbook fleet resume ${runId}`);
      return exitStatus.interrupted;
    }
  }
  return report(await attempt(surroundings, runId, 'apply', secrets), options);
}

/** `resume`: all hosts that are not done; `retry`: those that failed; `undo`: those that were changed. */
export async function continueFleet(
  surroundings: Surroundings,
  runId: string,
  wanted: 'resume' | 'retry' | 'undo',
  options: StartOptions,
): Promise<ExitStatus> {
  const { fleets } = makeApi(surroundings.client.call);
  needSomebody(options);
  let state = await fleets.get({ runId });
  if (state.live === 'outlived') {
    tell('Ansible of this fleet run is still running; it was started by a Wrenchbook that has ended. Waiting for its end; Ctrl-C stops it.');
    state = await ended(surroundings, runId);
  }
  const kind = wanted === 'resume' && state.offers.some((offer) => offer.kind === 'apply') ? 'apply' : wanted;
  const offer = state.offers.find((each) => each.kind === kind);
  if (!offer) {
    tell(`There is nothing to ${wanted}. ${state.says}`);
    return report(state, options);
  }
  const question = `${kind === 'undo' ? 'Undo it' : 'Run it'} on ${offer.hosts} ${offer.hosts === 1 ? 'host' : 'hosts'}? Type yes: `;
  if (!options.yes && (await ask(question)) !== 'yes') return exitStatus.interrupted;
  return report(await attempt(surroundings, runId, kind, await secretsFor(surroundings, state, options)), options);
}

export async function stopFleet({ client }: Surroundings, runId: string, { kill }: { kill?: boolean }): Promise<ExitStatus> {
  await makeApi(client.call).fleets.stop({ runId, kill: Boolean(kill) });
  return exitStatus.done;
}

interface Given {
  secrets: Record<string, string>;
  becomePassword?: string;
  sshPassword?: string;
}

export async function secretsFor({ signal }: Surroundings, state: FleetState, options: StartOptions): Promise<Given> {
  const brought = options.passwordFd === undefined ? null : await readPassword(options.passwordFd, signal, tell);
  if (options.secretsFd !== undefined) {
    const line = (await readPassword(options.secretsFd, signal, tell)).password;
    return { secrets: parsedSecrets(line), ...(brought && { becomePassword: brought.password }) };
  }
  const fields = [
    ...state.secrets.map((name) => ({ name: `secret ${name}`, label: name })),
    ...(options.askSsh ? [{ name: 'ssh', label: 'Password for ssh, the same on all hosts' }] : []),
    ...(options.askBecome ? [{ name: 'become', label: 'Password for sudo, the same on all hosts' }] : []),
  ];
  const values = fields.length === 0 ? {} : await askSecrets(fields);
  const secrets = Object.fromEntries(state.secrets.flatMap((name) => (values[`secret ${name}`] === undefined ? [] : [[name, values[`secret ${name}`] ?? '']])));
  const become = brought?.password ?? values.become;
  return { secrets, ...(become && { becomePassword: become }), ...(values.ssh && { sshPassword: values.ssh }) };
}

function parsedSecrets(line: string): Record<string, string> {
  try {
    return Object.fromEntries(Object.entries(JSON.parse(line) as object).map(([name, value]) => [name, String(value)]));
  } catch {
    throw new WrenchbookError('bad-parameters', 'What came over --secrets-fd is not one line of JSON.', 'For example: {"db_password":"…"}');
  }
}

/** Runs one attempt to its end; Ctrl-C stops Ansible, and what it did until then is recorded. */
export async function attempt(surroundings: Surroundings, runId: string, kind: AttemptKind, given: Given): Promise<FleetState> {
  const { client } = surroundings;
  const { fleets } = makeApi(client.call);
  const { columns, rows } = process.stderr;
  const person = process.stderr.isTTY === true;
  const stop = client.on('fleets.data', ({ offset, bytes, ...data }) => {
    if (data.runId !== runId) return;
    const shown = person ? showBytes(process.stderr, bytes) : Promise.resolve();
    void shown.then(() => fleets.acknowledge({ runId, offset: offset + bytes.length })).catch(() => undefined);
  });
  try {
    await fleets.attach({ runId });
    await fleets.start({ runId, kind, ...given, ...(person && columns >= 20 && rows >= 5 && { cols: Math.min(columns, 500), rows: Math.min(rows, 200) }) });
    return await ended(surroundings, runId);
  } finally {
    stop();
  }
}

/** Resolves when nothing runs any more. */
async function ended({ client, signal }: Surroundings, runId: string): Promise<FleetState> {
  const { fleets } = makeApi(client.call);
  const halt = () => void fleets.stop({ runId }).catch(() => undefined);
  signal.addEventListener('abort', halt);
  let stop: (() => void) | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      stop = client.on('fleets.changed', (news) => {
        if (news.runId === runId && news.live === 'no') resolve();
      });
      fleets.get({ runId }).then(({ live }) => live === 'no' && resolve(), reject);
    });
    return await fleets.get({ runId });
  } finally {
    signal.removeEventListener('abort', halt);
    stop?.();
  }
}

async function tellChanges({ client }: Surroundings, runId: string): Promise<void> {
  const { groups, unseen } = await makeApi(client.call).fleets.changes({ runId });
  if (groups.length === 0) tell('\nThe check shows no change. Commands are not run by a check, so what they would do is not in it.');
  for (const { hosts, steps } of groups) {
    tell(`\n${hosts.length} ${hosts.length === 1 ? 'host' : 'hosts'} would change so: ${hosts.join(', ')}`);
    for (const { title, diff } of steps) tell(`${title}\n${diff.trimEnd()}`);
  }
  if (unseen.length > 0) tell(`\n${unseen.length} ${unseen.length === 1 ? 'host' : 'hosts'} could not be checked. What would change there is not known:`);
  for (const { host, why } of unseen) tell(`  ${host}: ${why.split('\n')[0]}`);
}

export function tellHosts({ troubles, twice }: Pick<FoundHosts, 'troubles' | 'twice'>): void {
  for (const { entry, why } of troubles) tell(`Left out: ${entry}: ${why}.`);
  if (twice.length > 0) tell(`Named twice, taken once: ${twice.join(', ')}.`);
}

function report(state: FleetState, { json }: { json?: boolean }): ExitStatus {
  if (json) print(JSON.stringify(state, null, 2));
  else print(matrix(state));
  const last = state.attempts.at(-1);
  switch (state.status) {
    case 'planned':
      // After a check that failed it is still only planned.
      return last?.kind === 'check' && last.status !== 0 ? exitStatus.failure : exitStatus.done;
    case 'failed':
      return exitStatus.failure;
    case 'stopped':
    case 'interrupted':
    case 'running':
      return exitStatus.interrupted;
    default:
      return exitStatus.done;
  }
}

/** Hosts below one another, steps by their numbers. */
function matrix({ runId, title, says, steps, hostRows, cells }: FleetState): string {
  const width = Math.max(4, ...hostRows.map(({ name }) => name.length));
  const words = Math.max(...Object.values(cellWords).map((word) => word.length));
  const line = (name: string, values: readonly string[]) => `${name.padEnd(width)}  ${values.map((value) => value.padEnd(words)).join(' ')}`.trimEnd();
  return [
    `${title}: ${says} (${runId})`,
    ...steps.map((step, at) => `${at + 1}. ${step.title}`),
    line(
      '',
      steps.map((_, at) => String(at + 1)),
    ),
    ...hostRows.map(
      ({ name, says: why }, at) =>
        `${line(
          name,
          (cells[at] ?? []).map((status) => cellWords[status]),
        )}${why ? `  ${why.split('\n')[0]}` : ''}`,
    ),
  ].join('\n');
}

function needSomebody({ yes, secretsFd }: StartOptions & { check?: boolean }): void {
  if (process.stdin.isTTY || yes || secretsFd !== undefined) return;
  throw new WrenchbookError('bad-parameters', 'There is nobody at the terminal to ask.', 'Use --yes, and --secrets-fd or --password-fd for what is secret.');
}

/** `ROLE=` before a list is for procedures with several machines. */
export function sourcesOf({ hosts = [], hostsFile = [], inventory = [], tag = [], sshConfig = [] }: HostOptions): AnyHostSource[] {
  const parted = (text: string) => {
    const [, role = '', rest = text] = /^([a-z][a-z0-9-]*)=(.+)$/s.exec(text) ?? [];
    return { role, rest };
  };
  return [
    ...hosts.map(parted).map(({ role, rest }) => ({ kind: 'list' as const, text: rest, role })),
    ...hostsFile.map(parted).map(({ role, rest }) => ({ kind: 'list' as const, text: textOf(rest), role })),
    ...inventory.map(parted).map(({ role, rest }) => {
      const [, file = rest, group = 'all'] = /^(.+)#([^#]+)$/.exec(rest) ?? [];
      return { kind: 'inventory' as const, path: path.resolve(file), group, role };
    }),
    ...tag.map(parted).map(({ role, rest }) => ({ kind: 'tag' as const, tag: rest, role })),
    ...sshConfig.map(parted).map(({ role, rest }) => ({ kind: 'ssh-config' as const, pattern: rest, role })),
  ];
}

function textOf(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (cause) {
    throw new WrenchbookError(
      'bad-parameters',
      `The list of hosts ${file} can't be read: ${(cause as Error).message}`,
      'Give a file with one host a line, or - for standard input.',
      {
        cause,
      },
    );
  }
}
