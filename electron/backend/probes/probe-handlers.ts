/** The calls that check whether a procedure applies to a target. What they need of the way there is a trial of it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { WrenchbookError } from '../../../shared/api/error.ts';
import { machinesLabel, type RunMachine } from '../../../shared/api/machine.ts';
import { type Connection, longestName, type Target, type TrialState } from '../../../shared/api/target.ts';
import type { ChosenTarget, OtherMachines, ParameterValues, TargetRef } from '../../../shared/api/topic.ts';
import type { Topic } from '../../../shared/topic-kit/index.ts';
import { namedForSession } from '../runs/session-names.ts';
import { workstationShell } from '../sessions/workstation-shell.ts';
import { storageError } from '../storage-error.ts';
import type { TargetBook } from '../targets/book/target-book.ts';
import { labSession, prepareLab } from '../targets/lab-target.ts';
import { settledPlaces } from '../targets/run-machines.ts';
import { settledTarget } from '../targets/settled-target.ts';
import { localSession } from '../targets/trial/local-session.ts';
import type { TrialOptions, TrialPlace } from '../targets/trial/trial.ts';
import type { Trials } from '../targets/trial/trials.ts';
import { findTopic } from '../topics/topic-registry.ts';
import { type ProbeLook, probeLook } from './probe-look.ts';

interface ProbeRequest {
  topicId: string;
  target: ChosenTarget;
  machines?: OtherMachines | undefined;
  parameters: ParameterValues;
}
interface Surroundings {
  trials: Trials;
  book: Pick<TargetBook, 'get'>;
  assetsFolder: string;
  sshConfig: string | undefined;
  onChange(state: TrialState): void;
}

/** Throws WrenchbookError `not-found`, `does-not-apply`, `bad-parameters`. */
export async function requestedLook({ topicId, parameters, ...chosen }: ProbeRequest, book: Pick<TargetBook, 'get'>) {
  const topic = findTopic(topicId);
  await workstationShell.look();
  const { target, rendering, machines, places } = settledPlaces(topic, chosen, book);
  const label = machines ? machinesLabel(machines) : rendering.label;
  return { topic, target, machines, label, look: probeLook(topic, await namedForSession(topic, parameters), rendering, places) };
}

/** What comes of it is told as that of a trial. Throws as `requestedLook` does. */
export async function startProbe(request: ProbeRequest, around: Surroundings): Promise<TrialState> {
  const { topic, target, machines, label, look } = await requestedLook(request, around.book);
  const named = { id: `${topic.id} ${label}`.slice(0, 400), name: label.slice(0, longestName), group: '', tags: [], note: '' };
  const places = machines && placesOf(look, machines, around.book);
  const common = { look, ...(places && { places }), onChange: around.onChange, onFacts: () => undefined };
  around.trials.checkRoom(named.id);
  if (target.kind === 'lab') {
    const folder = labForLook(topic, { failure: target.failure ?? null, parameters: request.parameters, machines: machines?.map(({ id }) => id) });
    return around.trials.start({
      ...common,
      rehearsal: true,
      target: { ...named, connection: { kind: 'local' }, root: 'none' },
      session: (size) => labSession(folder, { topicId: topic.id, assetsFolder: around.assetsFolder }, size),
      onEnd: () => rmSync(folder, { recursive: true, force: true }),
    });
  }
  return around.trials.start({
    ...common,
    target: { ...named, ...(places?.[0] ?? placeOf(target, look.parts[0]?.needsRoot ?? false, around.book)) },
    sshConfig: around.sshConfig,
    session: (size) => localSession(around.assetsFolder, size),
  } satisfies Omit<TrialOptions, 'trialId'>);
}

/** Where each part looks. */
function placesOf({ parts }: ProbeLook, machines: readonly RunMachine[], book: Pick<TargetBook, 'get'>): TrialPlace[] {
  return parts.flatMap(({ machine, needsRoot }) => {
    const target = machines.find(({ id }) => id === machine?.id)?.target;
    if (!machine || !target) return [];
    const title = `${machine.title} (${machine.rendering.label})`;
    if (target.kind === 'lab') return [{ title, connection: { kind: 'local' }, root: 'none', way: { kind: 'lab', machine: machine.id } }];
    if (target.kind === 'console')
      throw new WrenchbookError(
        'does-not-apply',
        `${title} is a console, and consoles are not checked together with other machines.`,
        'Start the run: its first steps check.',
      );
    return [{ title, ...placeOf(target, needsRoot, book) }];
  });
}

/** A target as a trial of it is made, with its name. */
export function placedTarget(chosen: ChosenTarget, needsRoot: boolean, book: Pick<TargetBook, 'get'>): Pick<Target, 'connection' | 'root' | 'name'> {
  const { target, name } = settledTarget(chosen, book);
  if (target.kind === 'lab') throw new TypeError('The lab is no machine');
  const title = target.kind === 'ssh' ? `${target.user === undefined ? '' : `${target.user}@`}${target.host}` : 'This machine';
  return { name: (name ?? title).slice(0, longestName), ...placeOf(target, needsRoot, book) };
}

function placeOf(target: Exclude<TargetRef, { kind: 'lab' }>, needsRoot: boolean, book: Pick<TargetBook, 'get'>): Pick<Target, 'connection' | 'root'> {
  if (target.kind === 'hand')
    throw new WrenchbookError('does-not-apply', 'Wrenchbook does not reach a machine that you work on by hand.', 'Start the run: its first steps check.');
  return { connection: connectionOf(target, book), root: needsRoot ? (target.root ?? 'sudo') : 'none' };
}

/** Throws `storage`. */
function labForLook(topic: Topic, choice: Parameters<typeof prepareLab>[2]): string {
  const beginning = path.join(tmpdir(), 'wrenchbook-look-');
  let folder: string;
  try {
    folder = mkdtempSync(beginning);
  } catch (cause) {
    throw storageError('make a folder beginning with', beginning, cause);
  }
  prepareLab(folder, topic, choice);
  return folder;
}

function connectionOf(target: Exclude<TargetRef, { kind: 'lab' | 'hand' }>, book: Pick<TargetBook, 'get'>): Connection {
  if (target.kind === 'local') return { kind: 'local' };
  if (target.kind === 'ssh') return target;
  const { console: ref } = target;
  if (ref.dialect !== 'login')
    throw new WrenchbookError('does-not-apply', 'A console without a shell can’t be checked before a run.', 'Start the run: its first steps check.');
  return 'entry' in ref ? book.get(ref.entry).connection : { kind: 'console', ...ref };
}
