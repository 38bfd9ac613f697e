/** What each terminal command does. Each resolves with its exit status; errors are thrown and told by the entry. */
import { writeSync } from 'node:fs';
import { WrenchbookError } from '../../shared/api/error.ts';
import type { RunState } from '../../shared/api/run.ts';
import type { TargetRef } from '../../shared/api/topic.ts';
import type { ExportFormat } from '../../shared/api/transcript.ts';
import { type Client, makeApi } from '../../shared/wire/client.ts';
import { findTopic } from '../backend/topics/topic-registry.ts';
import { toMarkdown } from '../backend/transcripts/markdown-export.ts';
import { printAnswers, readAnswers } from './answers.ts';
import { answersDecider } from './decider.ts';
import { drive } from './drive.ts';
import { type ExitStatus, exitStatus } from './exit-status.ts';
import { personDecider } from './person-decider.ts';
import { runExitStatus, runReport } from './run-report.ts';
import { askSecrets, secretsFromAnswers } from './secret-values.ts';
import { passKeys, showBytes } from './terminal-keys.ts';

export interface RunOptions {
  target: string;
  answers?: string;
  printAnswers?: boolean;
  json?: boolean;
}
interface Surroundings {
  client: Client;
  signal: AbortSignal;
}

/** All of it, also into a pipe that is closed right after: nothing is left in a buffer when the process ends. */
export const print = (text: string): void => {
  const bytes = Buffer.from(`${text}\n`);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(1, bytes, at);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EAGAIN') throw cause;
    }
  }
};
export const tell = (text: string): void => void process.stderr.write(`${text}\n`);

export async function listTopics({ client }: Surroundings, options: { json?: boolean }): Promise<ExitStatus> {
  const topics = await makeApi(client.call).topics.list({});
  if (options.json) print(JSON.stringify(topics, null, 2));
  else
    for (const topic of topics)
      print(
        `${topic.id}\n    ${topic.title}: ${topic.summary}\n    ${topic.category} · ${topic.risk.level} · about ${topic.minutes} min · lab failures: ${topic.lab.failures.join(', ') || 'none'}`,
      );
  return exitStatus.done;
}

/** `lab` or `lab:failure`. Throws `bad-parameters`. */
export function parseTarget(text: string): TargetRef {
  const [kind, failure, ...more] = text.split(':');
  if (kind !== 'lab' || more.length > 0 || failure === '')
    throw new WrenchbookError(
      'bad-parameters',
      `There is no target "${text}".`,
      'Use --target lab, or lab:FAILURE with one of the failures that "wrenchbook topics" names.',
    );
  return failure === undefined ? { kind } : { kind, failure };
}

export async function runTopic(surroundings: Surroundings, topicId: string, options: RunOptions): Promise<ExitStatus> {
  const api = makeApi(surroundings.client.call);
  const target = parseTarget(options.target);
  const topic = await api.topics.get({ topicId });
  const answers = options.answers === undefined ? null : readAnswers(options.answers);
  const secretFields = topic.fields.filter((field) => field.secret);
  if (options.printAnswers) {
    const { plan } = await api.topics.check({ topicId, target: { kind: 'lab' }, parameters: {} });
    if (!plan) throw new WrenchbookError('internal', `The rehearsal defaults of ${topicId} do not make a plan.`, 'Please report this.');
    const defaults = Object.fromEntries(topic.fields.flatMap((field) => (field.default === undefined ? [] : [[field.name, field.default]])));
    print(printAnswers(topic, plan, defaults, findTopic(topicId).lab.facts).trimEnd());
    return exitStatus.done;
  }
  if (!answers && !process.stdin.isTTY)
    throw new WrenchbookError('bad-parameters', 'There is nobody at the terminal to ask.', 'Use --answers FILE; --print-answers makes one.');
  const secrets = answers ? secretsFromAnswers(answers, secretFields, process.env) : await askSecrets(secretFields.filter((field) => !field.optional));
  const parameters = { ...answers?.parameters, ...secrets };
  const { issues } = await api.topics.check({ topicId, target, parameters });
  if (issues.length > 0) {
    for (const issue of issues) tell(`${issue.field}: ${issue.message} ${issue.next}`);
    return exitStatus.usage;
  }
  const { runId } = await api.runs.start({ topicId, target, parameters });
  return follow(surroundings, runId, options, answers);
}

/** Goes on with a run that was left or interrupted. */
export async function resumeRun(surroundings: Surroundings, runId: string, options: Omit<RunOptions, 'target'>): Promise<ExitStatus> {
  const answers = options.answers === undefined ? null : readAnswers(options.answers);
  if (!answers && !process.stdin.isTTY) throw new WrenchbookError('bad-parameters', 'There is nobody at the terminal to ask.', 'Use --answers FILE.');
  const api = makeApi(surroundings.client.call);
  const { missingSecrets } = await api.runs.get({ runId });
  if (missingSecrets.length > 0) {
    const secrets = answers ? secretsFromAnswers(answers, missingSecrets, process.env) : await askSecrets(missingSecrets);
    await api.runs.giveSecrets({ runId, secrets });
  }
  return follow(surroundings, runId, options, answers);
}

async function follow(
  { client, signal }: Surroundings,
  runId: string,
  options: { json?: boolean },
  answers: ReturnType<typeof readAnswers> | null,
): Promise<ExitStatus> {
  const interactive = answers === null;
  // With --json standard output is one document; the terminal goes where people look.
  const stream = options.json || !interactive ? process.stderr : process.stdout;
  const state: RunState = await drive(runId, {
    client,
    decider: answers ? answersDecider(answers) : personDecider(tell),
    show: (bytes) => showBytes(stream, bytes),
    keys: interactive ? passKeys : null,
    say: tell,
    signal,
  });
  if (options.json) print(JSON.stringify(runReport(state), null, 2));
  else tell(`\n${state.rehearsal ? 'Rehearsal. ' : ''}${state.says}\nRun ${runId}`);
  return runExitStatus(state);
}

export async function listTranscripts({ client }: Surroundings, options: { json?: boolean }): Promise<ExitStatus> {
  const runs = await makeApi(client.call).runs.list({});
  if (options.json) print(JSON.stringify(runs, null, 2));
  else if (runs.length === 0) tell('No runs yet. Start a rehearsal: wrenchbook run perc-h200-crossflash --target lab');
  else for (const run of runs) print(`${run.runId}  ${run.status}  ${run.stepsDone}/${run.stepsTotal}  ${run.targetLabel}  ${run.topicTitle}`);
  return exitStatus.done;
}

export async function showTranscript({ client }: Surroundings, runId: string, options: { json?: boolean }): Promise<ExitStatus> {
  const transcript = await makeApi(client.call).transcripts.get({ runId });
  print(options.json ? JSON.stringify(transcript, null, 2) : toMarkdown(transcript));
  return exitStatus.done;
}

export async function exportTranscript({ client }: Surroundings, runId: string, options: { format: ExportFormat; out: string }): Promise<ExitStatus> {
  const { path, bytes } = await makeApi(client.call).transcripts.export({ runId, format: options.format, out: options.out });
  tell(`${path}: ${bytes} bytes`);
  return exitStatus.done;
}

export async function verifyTranscript({ client }: Surroundings, runId: string, options: { json?: boolean }): Promise<ExitStatus> {
  const result = await makeApi(client.call).transcripts.verify({ runId });
  if (options.json) print(JSON.stringify(result, null, 2));
  else
    print(
      result.ok
        ? `${runId}: the journal and the recording are as they were written.`
        : `${runId}: not intact.\n${result.findings.map((finding) => `  ${finding}`).join('\n')}`,
    );
  return result.ok ? exitStatus.done : exitStatus.failure;
}
