/** The calls about targets and their trials. */
import { homedir } from 'node:os';
import path from 'node:path';
import { WrenchbookError } from '../../../shared/api/error.ts';
import type { ListedTarget, Target, TargetFacts } from '../../../shared/api/target.ts';
import type { EventName, EventPayload } from '../../../shared/api.ts';
import type { BackendMethod, Caller, Handlers } from '../../../shared/wire/dispatcher.ts';
import { findImportable, importedEntry } from './book/importable.ts';
import { KnownFacts } from './book/known-facts.ts';
import { TargetBook } from './book/target-book.ts';
import { localSession } from './trial/local-session.ts';
import { Trials } from './trial/trials.ts';

interface Surroundings {
  dataFolder: string;
  assetsFolder: string;
  /** Another ssh configuration than the client's own; known_hosts is looked for beside it. */
  sshConfig?: string | undefined;
  tell<E extends EventName>(event: E, payload: EventPayload<E>): void;
  log(line: string): void;
}
type TargetMethod = Extract<BackendMethod, `targets.${string}` | `trials.${string}`>;

export function targetHandlers({ dataFolder, assetsFolder, sshConfig, tell, log }: Surroundings): {
  handlers: Handlers<TargetMethod>;
  forgetViewer(caller: Caller): void;
  close(): Promise<void>;
} {
  const book = new TargetBook(dataFolder);
  const known = new KnownFacts(dataFolder);
  const trials = new Trials();
  const configFile = sshConfig ?? path.join(homedir(), '.ssh', 'config');
  const listed = (target: Target): ListedTarget => ({ ...target, facts: known.all()[target.id] ?? null });
  const changed = <T>(result: T): T => {
    tell('targets.changed', {});
    return result;
  };
  /** Facts are an extra: a trial that went well stays well when they could not be kept. */
  const noteFacts = (id: string, facts: TargetFacts | null) => {
    try {
      known.note(id, facts);
    } catch (thrown) {
      log(`targets: facts of ${id} were not kept: ${(thrown as Error).message}`);
    }
  };

  return {
    handlers: {
      'targets.list': () => {
        const facts = known.all();
        return book.list().map((target) => ({ ...target, facts: facts[target.id] ?? null }));
      },
      'targets.get': ({ targetId }) => listed(book.get(targetId)),
      'targets.add': (entry) => changed(listed(book.add([entry])[0] as Target)),
      'targets.edit': ({ targetId, change, before }) => {
        const { connection } = book.get(targetId);
        const edited = book.edit(targetId, change, before);
        // Another machine may stand behind another address.
        if (JSON.stringify(edited.connection) !== JSON.stringify(connection)) noteFacts(targetId, null);
        return changed(listed(edited));
      },
      'targets.remove': ({ targetId }) => {
        book.remove(targetId);
        noteFacts(targetId, null);
        return changed({});
      },
      'targets.importable': () => findImportable(configFile, book.list()),
      'targets.import': ({ choices }) => {
        const { candidates } = findImportable(configFile, book.list());
        const chosen = choices.map(({ host, port }) => {
          const found = candidates.find((each) => each.host === host && each.port === port);
          if (!found || found.present)
            throw new WrenchbookError(
              'not-found',
              found ? `${host} is a target already.` : `${host} is not in your ssh configuration or known_hosts.`,
              'See "wrenchbook targets import" or the import dialog for what can be added.',
            );
          return importedEntry(found);
        });
        return changed(book.add(chosen).map(listed));
      },
      'trials.start': ({ targetId }) => {
        const target = book.get(targetId);
        return trials.start({
          target,
          sshConfig,
          session: (size) => localSession(assetsFolder, size),
          onChange: (state) => tell('trials.changed', state),
          onFacts: (facts) => {
            noteFacts(targetId, facts);
            changed(facts);
          },
        });
      },
      'trials.get': ({ trialId }) => trials.get(trialId).state,
      'trials.cancel': ({ trialId }) => {
        trials.find(trialId)?.cancel();
        return {};
      },
      'trials.attach': ({ trialId }, caller) =>
        trials.get(trialId).feed.attach(caller, (offset, bytes) => caller.emit('trials.data', { trialId, offset, bytes })),
      'trials.detach': ({ trialId }, caller) => {
        trials.find(trialId)?.feed.detach(caller);
        return {};
      },
      'trials.write': ({ trialId, data }) => {
        trials.find(trialId)?.type(data);
        return {};
      },
      'trials.resize': ({ trialId, cols, rows }) => {
        trials.find(trialId)?.resize(cols, rows);
        return {};
      },
      'trials.acknowledge': ({ trialId, offset }, caller) => {
        if (trials.find(trialId)?.feed.acknowledge(caller, offset) === false)
          throw new WrenchbookError('wrong-state', 'This terminal was cut off, as it did not keep up.', 'Attach it again.');
        return {};
      },
    },
    forgetViewer: (caller) => trials.forgetViewer(caller),
    close: () => trials.close(),
  };
}
