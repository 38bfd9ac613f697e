/** `wrenchbook storage`: what the runs take up, what goes by rule or by hand, what was deleted. */
import { WrenchbookError } from '../../shared/api/error.ts';
import type { CleanResult, RetentionChoice, RetentionPlan, RetentionRule, Tombstone } from '../../shared/api/storage.ts';
import { makeApi } from '../../shared/wire/client.ts';
import type { Surroundings } from './commands.ts';
import { type ExitStatus, exitStatus } from './exit-status.ts';
import { print, progress, tell } from './output.ts';
import { ask } from './person-decider.ts';

export interface CleanOptions {
  dryRun?: boolean;
  yes?: boolean;
  json?: boolean;
}
export interface RuleOptions {
  archiveAfter?: number | 'off';
  deleteAfter?: number | 'off';
  keepBelow?: number | 'off';
  atStart?: boolean;
  json?: boolean;
}
/** One process does one thing. */
const jobId = 'terminal command';
const largest = 10;

export async function showStorage(surroundings: Surroundings, options: { json?: boolean }): Promise<ExitStatus> {
  const { storage, runs } = makeApi(surroundings.client.call);
  const [usage, plan, { rule, trouble }, log] = await watched(surroundings, 'Checked', async () => [
    await storage.usage({ jobId }),
    await storage.plan({}),
    await storage.rule({}),
    await storage.log({}),
  ]);
  const sizes = [];
  const runIds = (await runs.list({})).map(({ runId }) => runId);
  for (let at = 0; at < runIds.length; at += 100) sizes.push(...(await storage.runs({ runIds: runIds.slice(at, at + 100) })));
  if (options.json) {
    print(JSON.stringify({ usage, rule, trouble, parts: plan.parts, runs: sizes, ledger: log.ledger }, null, 2));
    return exitStatus.done;
  }
  const { runs: here, archive } = usage;
  print(
    [
      `${mb(usage.total)} in all.`,
      `  ${mb(here.bytes)}  ${count(here.count)} (journals ${mb(here.journal)}, recordings ${mb(here.recording)}, files and backups ${mb(here.files)})`,
      `  ${mb(archive.bytes)}  ${archive.count} archived, ${mb(archive.unpackedBytes)} before`,
      `  ${mb(usage.derived)}  search index and what was unpacked for reading; built again if missing`,
      `  ${mb(usage.rest)}  ledger, keys and the rest`,
      ...(sizes.length > 0 ? ['Largest:'] : []),
      ...sizes
        .sort((a, b) => b.bytes - a.bytes)
        .slice(0, largest)
        .map(({ runId, bytes, archived, kept }) => `  ${mb(bytes)}  ${runId}${archived ? '  archived' : ''}${kept ? '  kept' : ''}`),
      ...ruleLines(rule, plan),
    ].join('\n'),
  );
  if (trouble) tell(trouble);
  return exitStatus.done;
}

export async function setRule({ client }: Surroundings, { archiveAfter, deleteAfter, keepBelow, atStart, json }: RuleOptions): Promise<ExitStatus> {
  const { storage } = makeApi(client.call);
  const { rule: now } = await storage.rule({});
  const { rule } = await storage.setRule({
    archiveAfterDays: chosen(archiveAfter, now.archiveAfterDays),
    deleteAfterDays: chosen(deleteAfter, now.deleteAfterDays),
    keepBelowBytes: chosen(keepBelow, now.keepBelowBytes),
    atStart: atStart ?? now.atStart,
  });
  if (json) print(JSON.stringify(rule, null, 2));
  else print(ruleLines(rule, null).join('\n'));
  return exitStatus.done;
}

const chosen = (given: number | 'off' | undefined, now: number | null) => (given === undefined ? now : given === 'off' ? null : given);

/** By the saved rule; `choice`: what was named by hand. */
export async function cleanStorage(surroundings: Surroundings, choice: RetentionChoice | undefined, options: CleanOptions): Promise<ExitStatus> {
  const { storage } = makeApi(surroundings.client.call);
  const plan = await watched(surroundings, 'Checked', () => storage.plan({ jobId, ...(choice ? { choice } : {}) }));
  if (options.dryRun) {
    print(options.json ? JSON.stringify(plan, null, 2) : planLines(plan).join('\n'));
    return exitStatus.done;
  }
  if (plan.entries.length === 0) {
    if (options.json) print(JSON.stringify({ done: [], skipped: plan.spared, freed: 0, cancelled: false } satisfies CleanResult, null, 2));
    else print(planLines(plan).join('\n'));
    return choice ? exitStatus.usage : exitStatus.done;
  }
  if (!options.yes) {
    tell(planLines(plan).join('\n'));
    await agree(plan);
  }
  const result = await watched(surroundings, 'Done', () =>
    storage.clean({ planId: plan.planId, jobId, ...(plan.confirm === null ? {} : { confirmation: plan.confirm }) }),
  );
  if (options.json) print(JSON.stringify(result, null, 2));
  else {
    for (const { runId, action, freed } of result.done) print(`${action === 'archive' ? 'archived' : 'deleted'}  ${runId}  ${mb(freed)} freed`);
    for (const { runId, why } of [...plan.spared, ...result.skipped]) print(`left alone  ${runId}  ${why}`);
    print(`${mb(result.freed)} freed.${result.cancelled ? ' Cancelled: the rest is unchanged.' : ''}`);
  }
  if (result.cancelled) return exitStatus.interrupted;
  return result.skipped.length > 0 ? exitStatus.failure : exitStatus.done;
}

export async function restoreRun(surroundings: Surroundings, runId: string): Promise<ExitStatus> {
  await watched(surroundings, 'Unpacked', () => makeApi(surroundings.client.call).storage.restore({ runId, jobId }));
  tell(`Run ${runId} is restored.`);
  return exitStatus.done;
}

export async function keepRun({ client }: Surroundings, runId: string, kept: boolean): Promise<ExitStatus> {
  await makeApi(client.call).storage.keep({ runId, kept });
  tell(kept ? `Rules ignore run ${runId} from now on.` : `Run ${runId} is subject to the rules again.`);
  return exitStatus.done;
}

export async function showLog({ client }: Surroundings, options: { json?: boolean }): Promise<ExitStatus> {
  const log = await makeApi(client.call).storage.log({});
  if (options.json) print(JSON.stringify(log, null, 2));
  else if (log.tombstones.length === 0) tell('No run was deleted.');
  else for (const stone of log.tombstones) print(tombstoneLine(stone));
  for (const finding of log.ledger.findings) tell(`NOT intact: ${finding}`);
  return log.ledger.findings.length > 0 ? exitStatus.ledgerDamaged : exitStatus.done;
}

/** Sets a damaged ledger aside. Says what was wrong with it first, and asks. */
export async function renewLedger({ client }: Surroundings, options: { yes?: boolean }): Promise<ExitStatus> {
  const { storage } = makeApi(client.call);
  if (!options.yes) {
    if (!process.stdin.isTTY) throw new WrenchbookError('not-confirmed', 'There is nobody at the terminal to confirm.', 'Use --yes.');
    const { ledger } = await storage.log({});
    for (const finding of ledger.findings) tell(`NOT intact: ${finding}`);
    tell('A new ledger is started with the runs that are intact on their own. What only the old one knew, such as a missing end, is lost.');
    if ((await ask('Start a new one? Type yes: ')) !== 'yes') return exitStatus.interrupted;
  }
  const { aside, adopted } = await storage.renewLedger({});
  tell(`Runs in the new ledger: ${adopted}.${aside ? ` The old one is kept: ${aside}` : ''}`);
  return exitStatus.done;
}

/** `12`, `12MB`, `5GB`; decimal. Throws `bad-parameters`. */
export function parseSize(text: string): number {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)\s*(B|kB|MB|GB|TB)?$/i.exec(text) ?? [];
  const factor = { '': 1, b: 1, kb: 1e3, mb: 1e6, gb: 1e9, tb: 1e12 }[unit.toLowerCase()];
  if (amount === undefined || factor === undefined)
    throw new WrenchbookError('bad-parameters', `"${text}" is not a size.`, 'Give one such as 500MB or 20GB, or off.');
  return Math.round(Number(amount) * factor);
}

async function agree({ confirm }: RetentionPlan): Promise<void> {
  if (!process.stdin.isTTY)
    throw new WrenchbookError('not-confirmed', 'There is nobody at the terminal to confirm.', 'Use --yes; --dry-run only says what would be done.');
  const wanted = confirm ?? 'yes';
  if ((await ask(confirm === null ? 'Archive? Type yes: ' : `This cannot be undone. Type "${wanted}": `)) !== wanted)
    throw new WrenchbookError('cancelled', 'That was not confirmed.', 'Nothing was changed.');
}

/** Ctrl-C calls it off; where a person watches, a line says how far it is. */
async function watched<T>({ client, signal }: Surroundings, what: string, work: () => Promise<T>): Promise<T> {
  const { storage } = makeApi(client.call);
  const line = (text: string) => process.stderr.isTTY && progress(text);
  const stop = client.on('storage.progress', ({ done, total }) => line(`${what}: ${total === 0 ? 100 : Math.floor((100 * done) / total)}%. Ctrl-C cancels.`));
  const callOff = () => void storage.cancel({ jobId });
  signal.addEventListener('abort', callOff);
  try {
    return await work();
  } finally {
    line('');
    stop();
    signal.removeEventListener('abort', callOff);
  }
}

function planLines({ entries, spared, archive, delete: deleted }: RetentionPlan): string[] {
  return [
    ...entries.map(
      ({ action, runId, bytes, why, topicTitle, targetLabel, status }) =>
        `${action.padEnd(7)}  ${mb(bytes)}  ${runId}  ${topicTitle}, ${targetLabel}, ${status}  (${why})`,
    ),
    ...spared.map(({ runId, why }) => `left alone  ${runId}  ${why}`),
    entries.length === 0
      ? 'Nothing would be archived or deleted.'
      : `${count(archive.runs)} to archive (${mb(archive.bytes)}, frees about ${mb(archive.frees)}), ${count(deleted.runs)} to delete (${mb(deleted.bytes)}).`,
  ];
}

function ruleLines(rule: RetentionRule, plan: RetentionPlan | null): string[] {
  const parts = [
    ['archiveAfterDays', rule.archiveAfterDays, `Finished runs are archived after ${rule.archiveAfterDays} days`],
    ['deleteAfterDays', rule.deleteAfterDays, `Finished runs are deleted after ${rule.deleteAfterDays} days`],
    ['keepBelowBytes', rule.keepBelowBytes, `The oldest finished runs are deleted while all take up more than ${mb(rule.keepBelowBytes ?? 0)}`],
  ] as const;
  const lines = parts.flatMap(([part, value, text]) => {
    const now = plan?.parts.find((each) => each.part === part);
    return value === null ? [] : [`${text}${now ? `: now ${count(now.runs)}, about ${mb(now.frees)}` : ''}.`];
  });
  if (lines.length === 0) return ['No rule: nothing is archived or deleted automatically.'];
  return [...lines, rule.atStart ? 'Applied whenever the app starts, and by "wrenchbook storage clean".' : 'Applied by "wrenchbook storage clean" only.'];
}

const tombstoneLine = ({ at, runId, topicTitle, target, outcome, bytes, why, by, stillHere }: Tombstone) =>
  `${at}  ${runId}  ${topicTitle}, ${target}, ${outcome}, ${mb(bytes)}  by ${by} (${why})${stillHere ? '  IS HERE: deleting was interrupted, or it was imported again' : ''}`;
const mb = (bytes: number) => `${(bytes / 1e6).toFixed(bytes < 1e5 ? 3 : 1)} MB`;
const count = (runs: number) => `${runs} ${runs === 1 ? 'run' : 'runs'}`;
