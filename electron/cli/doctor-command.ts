/** `wrenchbook doctor`: all procedures that could be about a machine, looked for in one go. */
import { type CheckUp, type ComparedFinding, doctorGroups, driftGroups, type IdentifiedFinding } from '../../shared/api/doctor.ts';
import { WrenchbookError } from '../../shared/api/error.ts';
import { quote } from '../../shared/topic-kit/index.ts';
import { makeApi } from '../../shared/wire/client.ts';
import type { Surroundings } from './commands.ts';
import { type ExitStatus, exitStatus } from './exit-status.ts';
import { followTrial } from './follow-trial.ts';
import { print, tell } from './output.ts';
import { stageLines } from './target-commands.ts';
import { parseTarget } from './target-words.ts';

export interface DoctorOptions {
  target?: string;
  root?: string;
  category?: string;
  deep?: boolean;
  json?: boolean;
  /** Shows what is ignored, too. */
  all?: boolean;
  /** A finding's id; nothing is looked at then. */
  ignore?: string;
  because?: string;
  unignore?: string;
}

/**
 * Status 0: nothing to do; 4: something applies; 5: nothing applies, and something could not be looked at; 3: the machine was not reached. What is
 * ignored does not count.
 */
export async function doctor(surroundings: Surroundings, options: DoctorOptions): Promise<ExitStatus> {
  const { target = 'local', root, category, deep, json, all, ignore, because, unignore } = options;
  const api = makeApi(surroundings.client.call);
  if (ignore !== undefined || unignore !== undefined || because !== undefined) return setIgnored(api, parseTarget(target), options);
  const request = { target: parseTarget(target, root), ...(category !== undefined && { category }), ...(deep && { deep }) };
  const state = await followTrial(surroundings, () => api.doctor.start(request), 'Looking at');
  if (state.status !== 'ok') {
    tell(stageLines(state).join('\n'));
    return state.status === 'cancelled' ? exitStatus.interrupted : exitStatus.failure;
  }
  const { checkUp, trouble } = await api.doctor.findings({ trialId: state.trialId });
  if (json) print(JSON.stringify(checkUpJson(checkUp), null, 2));
  else print(checkUpLines(checkUp, target, all).join('\n'));
  if (trouble !== '') tell(`\nNot all of this was kept: ${trouble}`);
  return statusOf(checkUp);
}

async function setIgnored(api: ReturnType<typeof makeApi>, target: ReturnType<typeof parseTarget>, { ignore, because, unignore }: DoctorOptions) {
  if ((ignore === undefined) === (unignore === undefined) || (ignore !== undefined) !== (because !== undefined))
    throw new WrenchbookError(
      'bad-parameters',
      'A finding is ignored with --ignore and --because, or shown again with --unignore.',
      'For example: wrenchbook doctor --ignore 3f9a0c2b71de --because "the other server does this"',
    );
  if (unignore !== undefined) {
    await api.machines.unignore({ target, findingId: unignore });
    tell(`${unignore} is shown again from the next check-up on.`);
  } else {
    await api.machines.ignore({ target, findingId: ignore ?? '', because: because ?? '' });
    tell(`${ignore} is ignored on this machine for as long as the same is found. --unignore ${ignore} undoes it.`);
  }
  return exitStatus.done;
}

/** `ignored` beside each finding: null, or why. */
const checkUpJson = ({ findings, ignored, ...rest }: CheckUp) => ({
  target: rest.name,
  ...rest,
  ignored,
  findings: findings.map((finding) => ({ ...finding, ignored: ignored.find(({ id }) => id === finding.id)?.because ?? null })),
});

type Counted = Pick<CheckUp, 'findings' | 'ignored' | 'drift'>;
export function statusOf({ findings, ignored, drift }: Counted): ExitStatus {
  const counted = findings.filter(({ id }) => !ignored.some((each) => each.id === id));
  if (counted.some(({ verdict }) => verdict === 'affected') || drift.some(({ verdict }) => verdict === 'drifted')) return exitStatus.doesNotApply;
  const open = counted.some(({ verdict }) => verdict === 'unknown' || verdict === 'not-looked') || drift.some(({ verdict }) => verdict === 'open');
  return open ? exitStatus.interrupted : exitStatus.done;
}

type Told = Counted & Pick<CheckUp, 'since' | 'notCompared'>;
/** `target`: as it was given, so that what comes next can be typed. `all`: what is ignored, too. */
export function checkUpLines({ findings, ignored, drift, since, notCompared }: Told, target: string, all = false): string[] {
  const isIgnored = ({ id }: IdentifiedFinding) => ignored.some((each) => each.id === id);
  const isNew = ({ id }: IdentifiedFinding) => since?.fresh.some((each) => each.id === id) ?? false;
  const lines = doctorGroups.flatMap(([verdict, title]) => {
    const own = findings.filter((each) => each.verdict === verdict && !isIgnored(each));
    if (own.length === 0) return [];
    return ['', `${title}: ${own.length}`, ...own.flatMap((each) => (verdict === 'affected' ? wholeFinding(each, target, isNew(each)) : shortFinding(each)))];
  });
  const drifting = driftGroups.flatMap(([verdict, title]) => {
    const own = drift.filter((each) => each.verdict === verdict);
    return own.length === 0 ? [] : ['', `${title}: ${own.length}`, ...own.map((each) => `  ${each.topicId}: ${each.because} (run ${each.runId})`)];
  });
  const elsewhere = findings.filter(({ verdict }) => verdict === 'elsewhere').length;
  return [
    ...lines,
    ...drifting,
    ...(since ? sinceLines(since.at, since) : ['', notCompared]),
    ...ignoredLines(ignored, all),
    ...(elsewhere > 0 ? ['', `For other systems: ${elsewhere}`] : []),
  ].slice(1);
}

function sinceLines(at: string, { fresh, gone, unclear }: NonNullable<CheckUp['since']>): string[] {
  const part = (title: string, own: readonly ComparedFinding[]) => (own.length === 0 ? [] : [`  ${title}: ${own.map(({ topicId }) => topicId).join(', ')}`]);
  const parts = [...part('New', fresh), ...part('Gone', gone), ...part('Could not be looked at again', unclear)];
  return parts.length === 0 ? ['', `Since ${at}: nothing is new and nothing is gone.`] : ['', `Since ${at}:`, ...parts];
}

function ignoredLines(ignored: CheckUp['ignored'], all: boolean): string[] {
  if (ignored.length === 0) return [];
  const head = ['', `Ignored here: ${ignored.length}${all ? '' : ' (--all shows them)'}`];
  return all ? [...head, ...ignored.map(({ id, topicId, because, since }) => `  ${topicId} [${id}]: ${because} (since ${since})`)] : head;
}

const canBeIgnored = ({ verdict }: IdentifiedFinding) => verdict === 'unknown' || verdict === 'not-looked';
const shortFinding = (finding: IdentifiedFinding): string[] => [`  ${finding.topicId}${canBeIgnored(finding) ? ` [${finding.id}]` : ''}: ${finding.because}`];
const wholeFinding = ({ id, topicId, title, because, next, findings, proposes }: IdentifiedFinding, target: string, isNew: boolean): string[] => [
  `  ${topicId} [${id}]: ${title}${isNew ? ' (new)' : ''}`,
  `      ${because} ${next}`.trimEnd(),
  ...findings.filter(({ speaks }) => speaks === 'for').map(({ label, value, means }) => `      ${label}: ${value || 'could not be read'}. ${means}`),
  ...proposes.map(({ field, value }) => `      In the form: ${field}: ${value}`),
  `      Next: wrenchbook run ${topicId} --target ${quote(target)}`,
];
