/** What each terminal command does. Each resolves with its exit status; errors are thrown and told by the entry. */
import { WrenchbookError } from '../../shared/api/error.ts';
import type { PlannedStep } from '../../shared/api/plan.ts';
import type { ParameterValues, ProcedureDetail, TopicSummary } from '../../shared/api/topic.ts';
import { quote } from '../../shared/topic-kit/index.ts';
import { type Client, makeApi } from '../../shared/wire/client.ts';
import { plainText } from '../backend/sessions/terminal-text.ts';
import { findTopic, topicDetail } from '../backend/topics/topic-registry.ts';
import { toMarkdown } from '../backend/transcripts/markdown-export.ts';
import { type Answers, readAnswers } from './answers.ts';
import { labTemplate, targetTemplate } from './answers-template.ts';
import { answersDecider, type Decider, undoDecider } from './decider.ts';
import { drive } from './drive.ts';
import { type ExitStatus, exitStatus } from './exit-status.ts';
import { parametersLike } from './like-run.ts';
import { type ChosenMachines, parseTargets, type TargetTexts } from './machine-targets.ts';
import { type BroughtPassword, nobodyAnswers } from './nobody-there.ts';
import { print, tell } from './output.ts';
import { readPassword } from './password-fd.ts';
import { ask, personDecider } from './person-decider.ts';
import { pictureLines, runExitStatus, runReport } from './run-report.ts';
import { askSecrets, secretsFromAnswers } from './secret-values.ts';
import { passKeys, showBytes } from './terminal-keys.ts';

export interface RunOptions {
  /** A run. */
  like?: string;
  target?: TargetTexts;
  /** How root is reached on a real target. */
  root?: string;
  /** What a console speaks. */
  dialect?: string;
  answers?: string;
  /** Open file descriptor that has the password for the way to the target. */
  passwordFd?: string;
  printAnswers?: boolean;
  json?: boolean;
}
export interface Surroundings {
  client: Client;
  signal: AbortSignal;
}

export async function listTopics({ client }: Surroundings, options: { json?: boolean }): Promise<ExitStatus> {
  const topics = await makeApi(client.call).topics.list({});
  if (options.json) print(JSON.stringify(topics, null, 2));
  else for (const topic of topics) print(`${topic.id}\n    ${topic.title}: ${topic.summary}\n    ${topic.category} · ${inShort(topic)}`);
  return exitStatus.done;
}

const inShort = (topic: TopicSummary): string =>
  topic.kind === 'calculator'
    ? `calculates only: wrenchbook calc ${topic.id}`
    : `${topic.risk.level} · about ${topic.minutes} min · lab failures: ${topic.lab.failures.join(', ') || 'none'}`;

export async function runTopic(surroundings: Surroundings, topicId: string, options: RunOptions): Promise<ExitStatus> {
  const api = makeApi(surroundings.client.call);
  const topic = topicDetail(findTopic(topicId));
  const chosen = parseTargets(options.target, topic, { ...options, usual: 'lab' });
  const password = await passwordOf(options, surroundings.signal);
  const answers = options.answers === undefined ? null : readAnswers(options.answers);
  const given = { ...(await parametersLike(surroundings, topic, options.like)), ...answers?.parameters };
  const secretFields = topic.fields.filter((field) => field.secret);
  if (options.printAnswers) {
    const template =
      chosen.target.kind === 'lab' ? await filledForLab(surroundings, topic, chosen) : await forTarget(surroundings, topic, chosen, options, answers, given);
    print(template.trimEnd());
    return exitStatus.done;
  }
  if (!answers && !process.stdin.isTTY)
    throw new WrenchbookError('bad-parameters', 'There is nobody at the terminal to ask.', 'Use --answers FILE; --print-answers makes one.');
  const secrets = answers ? secretsFromAnswers(answers, secretFields, process.env) : await askSecrets(secretFields.filter((field) => !field.optional));
  const parameters = { ...given, ...secrets };
  const { issues } = await api.topics.check({ topicId, ...chosen, parameters });
  if (issues.length > 0) {
    for (const issue of issues) tell(`${issue.field}: ${issue.message} ${issue.next}`);
    return exitStatus.usage;
  }
  const { runId } = await api.runs.start({ topicId, ...chosen, parameters });
  return follow(surroundings, runId, { ...options, password }, answers);
}

async function filledForLab({ client }: Surroundings, topic: ProcedureDetail, { machines }: ChosenMachines): Promise<string> {
  const { plan, issues } = await makeApi(client.call).topics.check({ topicId: topic.id, target: { kind: 'lab' }, machines, parameters: {} });
  const [issue] = machines ? issues : [];
  if (issue) throw new WrenchbookError('bad-parameters', issue.message, issue.next);
  if (!plan) throw new WrenchbookError('internal', `The rehearsal defaults of ${topic.id} do not produce a plan.`, 'Please report this.');
  const defaults = Object.fromEntries(
    topic.fields.flatMap(({ name, default: usual, labDefault = usual }) => (labDefault === undefined ? [] : [[name, labDefault]])),
  );
  return labTemplate(topic, plan, defaults, findTopic(topic.id).lab.facts);
}

async function forTarget(
  { client }: Surroundings,
  topic: ProcedureDetail,
  chosen: ChosenMachines,
  options: RunOptions,
  answers: Answers | null,
  given: ParameterValues,
): Promise<string> {
  const secrets = answers
    ? secretsFromAnswers(
        answers,
        topic.fields.filter(({ secret }) => secret),
        process.env,
      )
    : {};
  const { issues, plan } = await makeApi(client.call).topics.check({ topicId: topic.id, ...chosen, parameters: { ...given, ...secrets } });
  const words = [
    ...(options.target ?? []).map((text) => `--target ${quote(text)}`),
    ...(['root', 'dialect'] as const).flatMap((name) => (options[name] ? [`--${name} ${quote(options[name])}`] : [])),
  ];
  const { target, machines = {} } = chosen;
  const byHand = (step: PlannedStep) => (machines[step.on ?? ''] ?? target).kind === 'hand';
  return targetTemplate(topic, { place: words.join(' '), byHand, given, issues, plan });
}

/** Goes on with a run that was left or interrupted. */
export async function resumeRun(surroundings: Surroundings, runId: string, options: Omit<RunOptions, 'target'>): Promise<ExitStatus> {
  const answers = options.answers === undefined ? null : readAnswers(options.answers);
  if (!answers && !process.stdin.isTTY) throw new WrenchbookError('bad-parameters', 'There is nobody at the terminal to ask.', 'Use --answers FILE.');
  const password = await passwordOf(options, surroundings.signal);
  const api = makeApi(surroundings.client.call);
  const { missingSecrets, trouble } = await api.runs.get({ runId });
  if (trouble) throw new WrenchbookError(trouble.code, trouble.message, trouble.next);
  if (missingSecrets.length > 0) {
    const secrets = answers ? secretsFromAnswers(answers, missingSecrets, process.env) : await askSecrets(missingSecrets);
    await api.runs.giveSecrets({ runId, secrets });
  }
  return follow(surroundings, runId, { ...options, password }, answers);
}

/** Takes a run back, or its steps from one on: says what stays, and does it when that was agreed to. */
export async function undoRun(
  surroundings: Surroundings,
  runId: string,
  options: { from?: string; yes?: boolean; json?: boolean; passwordFd?: string },
): Promise<ExitStatus> {
  const password = await passwordOf(options, surroundings.signal);
  const state = await makeApi(surroundings.client.call).runs.get({ runId });
  const from = options.from ?? '';
  const offer = state.offers.find((candidate) => candidate.action === 'undo' && candidate.id === from);
  if (!offer) {
    if (state.trouble) throw new WrenchbookError(state.trouble.code, state.trouble.message, state.trouble.next);
    const possible = state.offers.filter((candidate) => candidate.action === 'undo' && candidate.id).map((candidate) => candidate.id);
    throw new WrenchbookError(
      'wrong-state',
      from ? `Run ${runId} can't be undone from "${from}" on.` : `There is nothing in run ${runId} that can be undone.`,
      possible.length > 0 ? `Possible with --from: ${possible.join(', ')}; or everything, without it.` : 'See its transcript for what was done.',
    );
  }
  tell(offer.explanation);
  if (offer.script !== null) tell(`Will run:\n${offer.script}`);
  if (!options.yes) {
    if (!process.stdin.isTTY) throw new WrenchbookError('not-confirmed', 'There is nobody at the terminal to confirm.', 'Use --yes.');
    if ((await ask('Undo? Type yes: ')) !== 'yes') return exitStatus.interrupted;
  }
  await follow(surroundings, runId, { ...options, password }, null, undoDecider(from));
  const after = await makeApi(surroundings.client.call).runs.get({ runId });
  return after.offers.some((candidate) => candidate.action === 'undo' && candidate.id === from) ? exitStatus.failure : exitStatus.done;
}

/** Before anything is begun. Throws `bad-parameters`. */
const passwordOf = async ({ passwordFd }: { passwordFd?: string }, signal: AbortSignal) =>
  passwordFd === undefined ? null : readPassword(passwordFd, signal, tell);

async function follow(
  { client, signal }: Surroundings,
  runId: string,
  options: { json?: boolean; password: BroughtPassword | null },
  answers: Answers | null,
  decider: Decider = answers ? answersDecider(answers, tell) : personDecider(tell),
): Promise<ExitStatus> {
  const { password } = options;
  const interactive = answers === null && process.stdin.isTTY;
  // With --json standard output is one document; the terminal goes where people look.
  const stream = options.json || !interactive ? process.stderr : process.stdout;
  let shown = '';
  const { state, unanswered } = await drive(runId, {
    client,
    decider,
    show: (bytes) => {
      shown = (shown + Buffer.from(bytes).toString()).slice(-2000);
      return showBytes(stream, bytes);
    },
    lastLine: () => plainText(shown).split('\n').at(-1)?.slice(-200) ?? '',
    keys: process.stdin.isTTY ? passKeys : null,
    keysFor: interactive ? 'all' : 'questions',
    password,
    say: tell,
    signal,
  });
  if (unanswered) {
    const { message, next } = nobodyAnswers(unanswered, state.targetLabel, password?.refused(unanswered.prompt) ?? false);
    tell(`\n${message} ${next}`);
  }
  if (options.json) print(JSON.stringify(runReport(state), null, 2));
  else tell(`\n${state.rehearsal ? 'Rehearsal. ' : ''}${[state.says, ...pictureLines(state), `Run ${runId}`].join('\n')}`);
  return unanswered ? exitStatus.failure : runExitStatus(state);
}

export async function showTranscript({ client }: Surroundings, runId: string, options: { json?: boolean }): Promise<ExitStatus> {
  const transcript = await makeApi(client.call).transcripts.get({ runId });
  print(options.json ? JSON.stringify(transcript, null, 2) : toMarkdown(transcript));
  return exitStatus.done;
}
