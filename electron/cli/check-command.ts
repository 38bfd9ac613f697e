/** `wrenchbook check`: whether a procedure applies to a target, and why. */
import { WrenchbookError } from '../../shared/api/error.ts';
import { type ProbeResult, probeVerdictTitles } from '../../shared/api/probe.ts';
import type { TrialState } from '../../shared/api/target.ts';
import { makeApi } from '../../shared/wire/client.ts';
import { findTopic, topicDetail } from '../backend/topics/topic-registry.ts';
import { readAnswers } from './answers.ts';
import type { Surroundings } from './commands.ts';
import { type ExitStatus, exitStatus } from './exit-status.ts';
import { followTrial } from './follow-trial.ts';
import { parametersLike } from './like-run.ts';
import { parseTargets, type TargetTexts } from './machine-targets.ts';
import { print, tell } from './output.ts';
import { stageLines } from './target-commands.ts';

interface CheckOptions {
  target?: TargetTexts;
  root?: string;
  answers?: string;
  /** A run. */
  like?: string;
  json?: boolean;
}

/** Status 0: it applies; 4: it does not, or has been done; 3: that can't be told, or the target was not reached. */
export async function checkTopic(surroundings: Surroundings, topicId: string, options: CheckOptions): Promise<ExitStatus> {
  const { probes } = makeApi(surroundings.client.call);
  const topic = topicDetail(findTopic(topicId));
  const request = {
    topicId,
    ...parseTargets(options.target, topic, { usual: 'local', root: options.root }),
    parameters: {
      ...(await parametersLike(surroundings, topic, options.like)),
      ...(options.answers === undefined ? {} : readAnswers(options.answers).parameters),
    },
  };
  let state: TrialState;
  try {
    if (!options.json) {
      const { script } = await probes.script(request);
      tell(`This only reads. It runs:\n${script.replaceAll(/^/gm, '    ')}`);
    }
    state = await followTrial(surroundings, () => probes.start(request), 'Checking');
  } catch (cause) {
    // That nobody can look from here says nothing of whether it applies there.
    if (!(cause instanceof WrenchbookError) || cause.code !== 'does-not-apply') throw cause;
    tell(`Could not check whether it applies. ${cause.message} ${cause.next}`);
    return exitStatus.failure;
  }
  if (options.json) print(JSON.stringify(state, null, 2));
  else print((state.probe ? probeLines(state.probe) : stageLines(state)).join('\n'));
  return statusOf(state);
}

function statusOf({ status, probe }: TrialState): ExitStatus {
  if (status === 'cancelled') return exitStatus.interrupted;
  if (probe?.verdict === 'affected') return exitStatus.done;
  return probe && probe.verdict !== 'unknown' ? exitStatus.doesNotApply : exitStatus.failure;
}

const signs = { for: '!', against: '-', neither: ' ' } as const;
const probeLines = ({ verdict, because, next, findings, proposes }: ProbeResult): string[] => [
  `${probeVerdictTitles[verdict]}. ${because}`,
  next,
  ...proposes.map(({ field, value, because: why }) => `  Give ${field}: ${value}. ${why}`),
  ...findings.map(({ label, value, means, speaks }) => `  ${signs[speaks]} ${label}: ${value || 'could not be read'}. ${means}`),
];
