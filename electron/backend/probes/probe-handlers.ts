/** The calls that check whether a procedure applies to a target. What they need of the way there is a trial of it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { WrenchbookError } from '../../../shared/api/error.ts';
import type { Connection, TrialState } from '../../../shared/api/target.ts';
import type { ChosenTarget, ParameterValues, TargetRef } from '../../../shared/api/topic.ts';
import type { Topic } from '../../../shared/topic-kit/index.ts';
import { namedForSession } from '../runs/session-names.ts';
import { workstationShell } from '../sessions/workstation-shell.ts';
import { storageError } from '../storage-error.ts';
import type { TargetBook } from '../targets/book/target-book.ts';
import { labSession, prepareLab } from '../targets/lab-target.ts';
import { targetRendering } from '../targets/run-target.ts';
import { settledTarget } from '../targets/settled-target.ts';
import { localSession } from '../targets/trial/local-session.ts';
import type { TrialOptions } from '../targets/trial/trial.ts';
import type { Trials } from '../targets/trial/trials.ts';
import { findTopic } from '../topics/topic-registry.ts';
import { probeLook } from './probe-look.ts';

interface ProbeRequest {
  topicId: string;
  target: ChosenTarget;
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
export async function requestedLook({ topicId, target: asked, parameters }: ProbeRequest, book: Pick<TargetBook, 'get'>) {
  const topic = findTopic(topicId);
  const { target, name } = settledTarget(asked, book);
  await workstationShell.look();
  const rendering = targetRendering(topic, target, name);
  return { topic, target, label: rendering.label, look: probeLook(topic, await namedForSession(topic, parameters), rendering) };
}

/** What comes of it is told as that of a trial. Throws as `requestedLook` does. */
export async function startProbe(request: ProbeRequest, around: Surroundings): Promise<TrialState> {
  const { topic, target, label, look } = await requestedLook(request, around.book);
  const common = { look, onChange: around.onChange, onFacts: () => undefined };
  const named = { id: `${topic.id} ${label}`.slice(0, 400), name: label, group: '', tags: [], note: '' };
  around.trials.checkRoom(named.id);
  if (target.kind === 'lab') {
    const folder = labForLook(topic, target.failure ?? null, request.parameters);
    return around.trials.start({
      ...common,
      rehearsal: true,
      target: { ...named, connection: { kind: 'local' }, root: 'none' },
      session: (size) => labSession(folder, { topicId: topic.id, assetsFolder: around.assetsFolder }, size),
      onEnd: () => rmSync(folder, { recursive: true, force: true }),
    });
  }
  if (target.kind === 'hand')
    throw new WrenchbookError('does-not-apply', 'Wrenchbook does not reach a machine that you work on by hand.', 'Start the run: its first steps check.');
  return around.trials.start({
    ...common,
    target: { ...named, connection: connectionOf(target, around.book), root: look.needsRoot ? (target.root ?? 'sudo') : 'none' },
    sshConfig: around.sshConfig,
    session: (size) => localSession(around.assetsFolder, size),
  } satisfies Omit<TrialOptions, 'trialId'>);
}

/** Throws `storage`. */
function labForLook(topic: Topic, failure: string | null, parameters: ParameterValues): string {
  const beginning = path.join(tmpdir(), 'wrenchbook-look-');
  let folder: string;
  try {
    folder = mkdtempSync(beginning);
  } catch (cause) {
    throw storageError('make a folder beginning with', beginning, cause);
  }
  prepareLab(folder, topic, failure, parameters);
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
