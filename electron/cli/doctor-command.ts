/** `wrenchbook doctor`: all procedures that could be about a machine, looked for in one go. */
import { type DoctorFinding, doctorGroups } from '../../shared/api/doctor.ts';
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
}

/** Status 0: nothing to do; 4: something applies; 5: nothing applies, and something could not be looked at; 3: the machine was not reached. */
export async function doctor(surroundings: Surroundings, { target = 'local', root, category, deep, json }: DoctorOptions): Promise<ExitStatus> {
  const api = makeApi(surroundings.client.call);
  const request = { target: parseTarget(target, root), ...(category !== undefined && { category }), ...(deep && { deep }) };
  const state = await followTrial(surroundings, () => api.doctor.start(request), 'Looking at');
  if (state.status !== 'ok') {
    tell(stageLines(state).join('\n'));
    return state.status === 'cancelled' ? exitStatus.interrupted : exitStatus.failure;
  }
  const { findings } = await api.doctor.findings({ trialId: state.trialId });
  if (json) print(JSON.stringify({ target: state.targetName, facts: state.facts, findings }, null, 2));
  else print(findingLines(findings, target).join('\n'));
  return statusOf(findings);
}

export function statusOf(findings: readonly DoctorFinding[]): ExitStatus {
  if (findings.some(({ verdict }) => verdict === 'affected')) return exitStatus.doesNotApply;
  return findings.some(({ verdict }) => verdict === 'unknown' || verdict === 'not-looked') ? exitStatus.interrupted : exitStatus.done;
}

/** `target`: as it was given, so that what comes next can be typed. */
export function findingLines(findings: readonly DoctorFinding[], target: string): string[] {
  const lines = doctorGroups.flatMap(([verdict, title]) => {
    const own = findings.filter((each) => each.verdict === verdict);
    return own.length === 0 ? [] : ['', `${title}: ${own.length}`, ...own.flatMap(verdict === 'affected' ? wholeFinding(target) : shortFinding)];
  });
  const elsewhere = findings.filter(({ verdict }) => verdict === 'elsewhere').length;
  return [...lines.slice(1), ...(elsewhere > 0 ? ['', `For other systems: ${elsewhere}`] : [])];
}

const shortFinding = ({ topicId, because }: DoctorFinding): string[] => [`  ${topicId}: ${because}`];
const wholeFinding =
  (target: string) =>
  ({ topicId, title, because, next, findings, proposes }: DoctorFinding): string[] => [
    `  ${topicId}: ${title}`,
    `      ${because} ${next}`.trimEnd(),
    ...findings.filter(({ speaks }) => speaks === 'for').map(({ label, value, means }) => `      ${label}: ${value || 'could not be read'}. ${means}`),
    ...proposes.map(({ field, value }) => `      In the form: ${field}: ${value}`),
    `      Next: wrenchbook run ${topicId} --target ${quote(target)}`,
  ];
