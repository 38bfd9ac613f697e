/** The calls of the doctor: it goes to a machine as a trial of it does, and looks for all that it knows. */
import { type DoctorRequest, doctorRequest } from '../../../shared/api/doctor.ts';
import { toWireError, WrenchbookError } from '../../../shared/api/error.ts';
import type { TrialState } from '../../../shared/api/target.ts';
import type { BackendMethod, Handlers } from '../../../shared/wire/dispatcher.ts';
import { placedTarget } from '../probes/probe-handlers.ts';
import { probeLook } from '../probes/probe-look.ts';
import { namedForSession } from '../runs/session-names.ts';
import { workstationShell } from '../sessions/workstation-shell.ts';
import type { TargetBook } from '../targets/book/target-book.ts';
import { settledPlaces } from '../targets/run-machines.ts';
import { settledTarget } from '../targets/settled-target.ts';
import { localSession } from '../targets/trial/local-session.ts';
import type { Trials } from '../targets/trial/trials.ts';
import { procedures } from '../topics/topic-registry.ts';
import { DoctorLook, type DoctorTopic } from './doctor-look.ts';

interface Surroundings {
  trials: Trials;
  book: Pick<TargetBook, 'get'>;
  assetsFolder: string;
  sshConfig: string | undefined;
  onChange(state: TrialState): void;
}
type DoctorMethod = Extract<BackendMethod, `doctor.${string}`>;

export function doctorHandlers({ trials, book, assetsFolder, sshConfig, onChange }: Surroundings): Handlers<DoctorMethod> {
  const looks = new Map<string, DoctorLook>();
  return {
    'doctor.start': async (request) => {
      await workstationShell.look();
      const { target, deep = false } = doctorRequest.parse(request);
      if (!['local', 'ssh'].includes(settledTarget(target, book).target.kind))
        throw new WrenchbookError('does-not-apply', 'The doctor looks at machines that it reaches with a shell.', 'Choose this machine, or one over ssh.');
      // As long as its trial is there, so long is what it found.
      for (const trialId of looks.keys()) if (!trials.find(trialId)) looks.delete(trialId);
      const look = new DoctorLook(await topicsFor(request, book), deep);
      const placed = placedTarget(target, deep, book);
      const state = trials.start({
        target: { ...placed, id: `doctor ${placed.name}`.slice(0, 400), group: '', tags: [], note: '' },
        look: look.look,
        sshConfig,
        session: (size) => localSession(assetsFolder, size),
        onChange,
        onFacts: () => undefined,
      });
      looks.set(state.trialId, look);
      return state;
    },
    'doctor.findings': ({ trialId }) => {
      const look = looks.get(trialId);
      if (!look || !trials.find(trialId)) throw new WrenchbookError('not-found', 'This look is over and was removed.', 'Look again.');
      return { findings: look.findings };
    },
  };
}

/** Those of the category that have a look of their own, on one machine. */
async function topicsFor({ target, category }: DoctorRequest, book: Pick<TargetBook, 'get'>): Promise<DoctorTopic[]> {
  const wanted = procedures().filter((topic) => topic.probe && (category === undefined || topic.category === category));
  if (wanted.length === 0)
    throw new WrenchbookError(
      'not-found',
      `No procedure of the category "${category}" has a check.`,
      `Categories: ${[...new Set(procedures().map((topic) => topic.category))].sort().join(', ')}.`,
    );
  const { kind } = settledTarget(target, book).target;
  return Promise.all(
    wanted.map(async (topic): Promise<DoctorTopic> => {
      const runsOn: readonly string[] = topic.machines?.[0]?.targets ?? topic.targets ?? [];
      if (!runsOn.includes(kind)) return { topic, look: { elsewhere: `It runs on ${runsOn.join(' or ') || 'no'} targets.` } };
      try {
        const { machines: [first, ...others] = [], probe } = topic;
        if ((probe?.machines?.length ?? 1) > 1 || others.some(({ optional }) => !optional))
          throw new WrenchbookError('does-not-apply', 'It is about several machines.', `Check it by itself: wrenchbook check ${topic.id}`);
        const { rendering, places } = settledPlaces({ ...topic, machines: first ? [first] : [] }, { target }, book);
        return { topic, look: probeLook(topic, await namedForSession(topic, {}), rendering, places) };
      } catch (thrown) {
        const { message, next } = toWireError(thrown);
        return { topic, look: { whyNot: { message, next } } };
      }
    }),
  );
}
