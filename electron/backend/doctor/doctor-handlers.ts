/** The calls of the doctor: it goes to a machine as a trial of it does, looks for all that it knows, and keeps what it found. */
import { randomBytes } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { type CheckUp, doctorRequest } from '../../../shared/api/doctor.ts';
import { toWireError, WrenchbookError } from '../../../shared/api/error.ts';
import type { TrialState } from '../../../shared/api/target.ts';
import type { BackendMethod, Handlers } from '../../../shared/wire/dispatcher.ts';
import { placedTarget } from '../probes/probe-handlers.ts';
import { workstationShell } from '../sessions/workstation-shell.ts';
import type { TargetBook } from '../targets/book/target-book.ts';
import { settledTarget } from '../targets/settled-target.ts';
import { localSession } from '../targets/trial/local-session.ts';
import type { Trials } from '../targets/trial/trials.ts';
import { procedures } from '../topics/topic-registry.ts';
import { CheckUpRecording } from './check-up-recording.ts';
import type { CheckUpStore } from './check-up-store.ts';
import { compareCheckUps } from './compare-check-ups.ts';
import { DoctorLook } from './doctor-look.ts';
import { setUpsFor, topicsFor } from './doctor-topics.ts';
import { identified, placeFolder, placeKey } from './finding-identity.ts';
import type { IgnoredFindings } from './ignored-findings.ts';
import type { RunsThere } from './runs-there.ts';

export interface DoctorOptions {
  store: CheckUpStore;
  ignored: IgnoredFindings;
  runs: RunsThere;
  version: string;
  /** Something was kept, or is ignored or not from now on. */
  changed(place: string): void;
}
interface Surroundings extends DoctorOptions {
  trials: Trials;
  book: Pick<TargetBook, 'get'>;
  assetsFolder: string;
  sshConfig: string | undefined;
  onChange(state: TrialState): void;
}
type DoctorMethod = Extract<BackendMethod, 'doctor.start' | 'doctor.findings'>;
interface Answer {
  checkUp: CheckUp;
  trouble: string;
}

const size = { cols: 100, rows: 24 };

export function doctorHandlers(around: Surroundings): Handlers<DoctorMethod> {
  const { trials, book, assetsFolder, sshConfig, onChange, runs } = around;
  const answers = new Map<string, Answer>();
  return {
    'doctor.start': async (given) => {
      await workstationShell.look();
      const request = doctorRequest.parse(given);
      const { target, deep = false, category = null } = request;
      const machine = checkedMachine(settledTarget(target, book).target);
      // As long as its trial is there, so long is what it found.
      for (const trialId of answers.keys()) if (!trials.find(trialId)) answers.delete(trialId);
      const topics = await topicsFor(request, book);
      const setUps = await setUpsFor(request, await runs.setUps(machine), book);
      const there = await runs.of(machine);
      const look = new DoctorLook([...topics, ...setUps], deep);
      const placed = placedTarget(target, deep, book);
      const recording = new CheckUpRecording(
        size,
        procedures().flatMap(({ secretPatterns = [] }) => [...secretPatterns]),
      );
      return trials.start({
        target: { ...placed, id: `doctor ${placed.name}`.slice(0, 400), group: '', tags: [], note: '' },
        look: look.look,
        sshConfig,
        session: (given) => localSession(assetsFolder, given),
        onOutput: (bytes) => recording.take(bytes),
        onChange: (state) => {
          if (state.status === 'ok' && !answers.has(state.trialId))
            answers.set(
              state.trialId,
              finish({ place: placeKey(machine), name: placed.name, deep, category, facts: state.facts, runs: there }, look, recording),
            );
          onChange(state);
        },
        onFacts: () => undefined,
      });
    },
    'doctor.findings': ({ trialId }) => {
      const answer = answers.get(trialId);
      if (answer) return answer;
      if (trials.find(trialId)) throw new WrenchbookError('wrong-state', 'This check-up has not ended.', 'Wait for it, or cancel it.');
      throw new WrenchbookError('not-found', 'This look is over and was removed.', 'Look again.');
    },
  };

  function finish(about: Pick<CheckUp, 'place' | 'name' | 'deep' | 'category' | 'facts' | 'runs'>, look: DoctorLook, recording: CheckUpRecording): Answer {
    const troubles: string[] = [];
    /** What was found is worth more than what can't be added to it. */
    const orElse = <T>(otherwise: T, make: () => T): T => {
      try {
        return make();
      } catch (thrown) {
        const { message, next } = toWireError(thrown);
        troubles.push(`${message} ${next}`);
        return otherwise;
      }
    };
    const { place, deep, category } = about;
    const at = new Date();
    const findings = identified(place, look.findings);
    const earlier = orElse({ checkUps: [], troubles: [] }, () => around.store.list(place));
    const last = earlier.checkUps.find((each) => each.deep === deep && each.category === category);
    const checkUp: CheckUp = {
      ...about,
      id: `${at.toISOString().replaceAll(/[-:]/g, '').replace('T', '-').slice(0, 15)}-${placeFolder(place)}-${randomBytes(2).toString('hex')}`,
      at: at.toISOString(),
      seconds: recording.seconds,
      by: { wrenchbook: around.version, host: hostname(), user: userInfo().username },
      findings,
      ignored: orElse([], () => around.ignored.of(place)).filter(({ id }) => findings.some((finding) => finding.id === id)),
      drift: look.drift,
      since: last ? compareCheckUps(last, { findings }) : null,
      notCompared: last ? '' : (earlier.troubles[0] ?? 'No earlier check-up of this machine looked at the same.'),
    };
    orElse(undefined, () => around.store.save({ version: 1, checkUp, screen: recording.end() }));
    around.changed(place);
    return { checkUp, trouble: troubles.join(' ') };
  }
}

/** Throws `does-not-apply`. */
export function checkedMachine(target: ReturnType<typeof settledTarget>['target']) {
  if (target.kind === 'local' || target.kind === 'ssh') return target;
  throw new WrenchbookError('does-not-apply', 'The doctor looks at machines that it reaches with a shell.', 'Choose this machine, or one over ssh.');
}
