/** The calls about logs that are watched. Each has a trial of its target as its session; questions on the way there are answered in its terminal. */
import { WrenchbookError } from '../../../shared/api/error.ts';
import type { TrialState } from '../../../shared/api/target.ts';
import { type WatchState, watchedText } from '../../../shared/api/watch.ts';
import type { BackendMethod, Handlers } from '../../../shared/wire/dispatcher.ts';
import { placedTarget } from '../probes/probe-handlers.ts';
import { workstationShell } from '../sessions/workstation-shell.ts';
import type { TargetBook } from '../targets/book/target-book.ts';
import { settledTarget } from '../targets/settled-target.ts';
import { localSession } from '../targets/trial/local-session.ts';
import type { Trials } from '../targets/trial/trials.ts';
import { LogWatch } from './log-watch.ts';

interface Surroundings {
  trials: Trials;
  book: Pick<TargetBook, 'get'>;
  assetsFolder: string;
  sshConfig: string | undefined;
  onChange(state: TrialState): void;
  tell(state: WatchState): void;
}
type WatchMethod = Extract<BackendMethod, `watches.${string}`>;

export function watchHandlers({ trials, book, assetsFolder, sshConfig, onChange, tell }: Surroundings): Handlers<WatchMethod> {
  const watches = new Map<string, { watch: LogWatch; target: WatchState['target']; last: TrialState }>();
  const stateOf = (watchId: string): WatchState | null => {
    const found = watches.get(watchId);
    return found ? found.watch.state(found.last, found.target) : null;
  };
  return {
    'watches.start': async ({ target, log, deep = false }) => {
      await workstationShell.look();
      if (!['local', 'ssh'].includes(settledTarget(target, book).target.kind))
        throw new WrenchbookError('does-not-apply', 'Logs are watched on machines that are reached with a shell.', 'Choose this machine, or one over ssh.');
      const watch = new LogWatch(log);
      const placed = placedTarget(target, deep, book);
      const id = `watch ${placed.name}: ${watchedText(log)}`.slice(0, 400);
      // The same log again: the one before has ended with its trial.
      for (const [trialId, { last }] of watches) if (last.targetId === id) watches.delete(trialId);
      const note = (state: TrialState) => {
        watches.set(state.trialId, { watch, target, last: state });
        tell(watch.state(state, target));
      };
      let trial: TrialState | null = null;
      const started = trials.start({
        target: { ...placed, id, group: '', tags: [], note: '' },
        look: watch.look(deep),
        endless: true,
        sshConfig,
        session: (size) => localSession(assetsFolder, size),
        onOutput: (bytes) => {
          if (watch.take(bytes) && trial) note(trial);
        },
        onChange: (state) => {
          onChange(state);
          // A watch that another one took the place of says nothing any more.
          if (trial && !watches.has(state.trialId)) return;
          trial = state;
          note(state);
        },
        onFacts: () => undefined,
      });
      trial ??= started;
      note(trial);
      return watch.state(trial, target);
    },
    'watches.list': () => ({ watches: [...watches.keys()].flatMap((watchId) => stateOf(watchId) ?? []) }),
    'watches.stop': ({ watchId }) => {
      trials.find(watchId)?.cancel();
      return {};
    },
    'watches.forget': ({ watchId }) => {
      trials.find(watchId)?.cancel();
      watches.delete(watchId);
      return {};
    },
  };
}
