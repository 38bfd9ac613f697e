/** The calls about runs and their terminals. What came of a call is told by `runs.changed`; it is under way before the answer. */
import { WrenchbookError } from '../../../shared/api/error.ts';
import type { BackendMethod, Handlers } from '../../../shared/wire/dispatcher.ts';
import type { History } from '../history/history.ts';
import { workstationShell } from '../sessions/workstation-shell.ts';
import type { TargetBook } from '../targets/book/target-book.ts';
import { comparedRun, compareRuns } from '../transcripts/compare.ts';
import { checkRun } from './run-check.ts';
import type { RunController } from './run-controller.ts';
import type { RunStore } from './run-store.ts';

interface Surroundings {
  store: RunStore;
  history: History;
  book: TargetBook;
  /** Unpacks an archived run before anything of it is read. */
  reading<T>(runId: string, read: () => T | Promise<T>): Promise<T>;
}
type RunMethod = Exclude<Extract<BackendMethod, `runs.${string}` | `terminal.${string}`>, 'runs.import'>;

export function runHandlers({ store, history, book, reading }: Surroundings): Handlers<RunMethod> {
  const change = async (runId: string, act: (run: RunController) => void): Promise<Record<string, never>> => {
    act(await store.controller(runId));
    return {};
  };
  return {
    'runs.list': () => history.list(),
    'runs.search': (search) => history.search(search),
    'runs.filters': () => history.filters(),
    'runs.compare': async ({ left, right }) => {
      const compared = (runId: string) => reading(runId, () => comparedRun(store, runId));
      return compareRuns(await compared(left), await compared(right));
    },
    'runs.attention': () => store.attention(),
    'runs.get': ({ runId }) => reading(runId, () => store.look(runId)),
    'runs.start': async (request) => {
      const { issues, inputs, plan, ...run } = await checkRun(request, book);
      const [first] = issues;
      if (!plan || first)
        throw new WrenchbookError('bad-parameters', first ? `${first.field}: ${first.message}` : 'The form is not complete.', first?.next ?? 'Fill it in.');
      const noShell = workstationShell.whyNot();
      if (noShell) throw new WrenchbookError('session', `The run was not started: ${noShell.message}`, noShell.next);
      return store.start({ ...run, plan, inputs });
    },
    'runs.advance': ({ runId, stepId, ...given }) => change(runId, (run) => run.advance(stepId, given)),
    'runs.answer': ({ runId, promptId, value }) => change(runId, (run) => run.answer(promptId, value)),
    'runs.remedy': ({ runId, remedyId, confirmation }) => change(runId, (run) => run.remedy(remedyId, confirmation)),
    'runs.skip': ({ runId, stepId, reason }) => change(runId, (run) => run.skip(stepId, reason)),
    'runs.undo': ({ runId, from }) => change(runId, (run) => run.undo(from)),
    'runs.interrupt': ({ runId }) => change(runId, (run) => run.interrupt()),
    'runs.stop': ({ runId }) => change(runId, (run) => run.stop()),
    'runs.giveSecrets': ({ runId, secrets }) => change(runId, (run) => run.giveSecrets(secrets)),
    'runs.bringPassword': ({ runId, password }) => change(runId, (run) => run.bringPassword(password)),
    'runs.leave': async ({ runId }) => {
      await store.leave(runId);
      return {};
    },
    'terminal.attach': async ({ runId }, caller) => {
      const { feed } = await store.controller(runId);
      return feed.attach(caller, (offset, bytes) => caller.emit('terminal.data', { runId, offset, bytes }));
    },
    'terminal.detach': ({ runId }, caller) => {
      store.opened(runId)?.feed.detach(caller);
      return {};
    },
    'terminal.write': ({ runId, data }) => {
      store.opened(runId)?.type(data);
      return {};
    },
    'terminal.resize': ({ runId, cols, rows }) => {
      store.opened(runId)?.resize(cols, rows);
      return {};
    },
    'terminal.acknowledge': ({ runId, offset }, caller) => {
      if (store.opened(runId)?.feed.acknowledge(caller, offset) === false)
        throw new WrenchbookError('wrong-state', 'This terminal was disconnected because it did not keep up.', 'Open it again.');
      return {};
    },
  };
}
