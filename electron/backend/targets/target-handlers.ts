/** The calls about targets and their trials. */
import path from 'node:path';
import { toWireError, WrenchbookError } from '../../../shared/api/error.ts';
import { type Connection, connection, type ListedTarget, type Target, type TargetFacts } from '../../../shared/api/target.ts';
import type { TargetRef } from '../../../shared/api/topic.ts';
import type { EventName, EventPayload } from '../../../shared/api.ts';
import type { BackendMethod, Caller, Handlers } from '../../../shared/wire/dispatcher.ts';
import { type DoctorOptions, doctorHandlers } from '../doctor/doctor-handlers.ts';
import { requestedLook, startProbe } from '../probes/probe-handlers.ts';
import { lookText } from '../probes/probe-look.ts';
import type { Silence } from '../sessions/hops/way-watch.ts';
import { workstationShell } from '../sessions/workstation-shell.ts';
import { findTopic, procedures } from '../topics/topic-registry.ts';
import { watchHandlers } from '../watches/watch-handlers.ts';
import { findImportable, importedEntry } from './book/importable.ts';
import { KnownFacts } from './book/known-facts.ts';
import type { TargetBook } from './book/target-book.ts';
import { asOn, machineOf } from './run-machines.ts';
import { fittingTargets, runPlaces } from './run-places.ts';
import { targetOf } from './settled-target.ts';
import { localSession } from './trial/local-session.ts';
import { Trials } from './trial/trials.ts';

interface Surroundings {
  dataFolder: string;
  book: TargetBook;
  assetsFolder: string;
  /** Another ssh configuration than the client's own; known_hosts is looked for beside it. */
  sshConfig?: string | undefined;
  silence?: Silence;
  doctor: DoctorOptions;
  tell<E extends EventName>(event: E, payload: EventPayload<E>): void;
  log(line: string): void;
}
type TargetMethod = Extract<
  BackendMethod,
  `targets.${string}` | `trials.${string}` | `probes.${string}` | `doctor.${string}` | `watches.${string}` | 'topics.places' | 'topics.fitting'
>;

export function targetHandlers({ dataFolder, book, assetsFolder, sshConfig, silence, doctor, tell, log }: Surroundings): {
  handlers: Handlers<TargetMethod>;
  /** What a run's target said of itself: kept for every entry that leads there. */
  noteFacts(target: TargetRef, facts: TargetFacts): void;
  /** What an entry that leads there said of itself last; null where none did. */
  factsOf(target: TargetRef): TargetFacts | null;
  forgetViewer(caller: Caller): void;
  /** Names in the ssh client's configuration, whether they are targets or not. */
  sshHosts(): Promise<string[]>;
  close(): Promise<void>;
} {
  const known = new KnownFacts(dataFolder);
  const trials = new Trials(silence);
  const importable = async () => {
    await workstationShell.look();
    const configFile = sshConfig === undefined ? path.join(workstationShell.home(), '.ssh', 'config') : workstationShell.here(sshConfig);
    // Whichever file it is given: what is relative in it is so to this folder, for ssh.
    return findImportable(configFile, book.list(), path.join(workstationShell.home(), '.ssh'));
  };
  /** Where the file is damaged, this machine and the lab can still be chosen; the page says what is wrong. */
  const usableTargets = () => {
    try {
      return book.list();
    } catch (thrown) {
      log(`targets: ${toWireError(thrown).message}`);
      return [];
    }
  };
  const listed = (target: Target): ListedTarget => ({ ...target, facts: known.all().get(target.id) ?? null });
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
      'topics.places': async ({ topicId, machine }) => {
        const topic = findTopic(topicId);
        await workstationShell.look();
        const about = machine === undefined ? topic : asOn(topic, machineOf(topic, machine));
        return runPlaces(about, usableTargets(), known.all(), workstationShell.whyNot());
      },
      'topics.fitting': () => {
        const [targets, facts] = [book.list(), known.all()];
        return procedures().map((topic) => ({ topicId: topic.id, targetIds: fittingTargets(topic, targets, facts) }));
      },
      'targets.list': () => {
        const facts = known.all();
        return book.list().map((target) => ({ ...target, facts: facts.get(target.id) ?? null }));
      },
      'targets.state': () => {
        try {
          return { file: book.file, hidden: book.hidden(), damaged: null };
        } catch (thrown) {
          return { file: book.file, hidden: [], damaged: toWireError(thrown).message };
        }
      },
      'targets.moveAway': () => changed({ path: book.moveAway() }),
      'targets.get': ({ targetId }) => listed(book.get(targetId)),
      'targets.add': (entry, caller) => {
        refuseProgram(entry.connection, caller);
        return changed(listed(book.add([entry])[0] as Target));
      },
      'targets.edit': ({ targetId, change, before }, caller) => {
        const { connection } = book.get(targetId);
        if (change.connection && !sameConnection(change.connection, connection)) refuseProgram(change.connection, caller);
        const edited = book.edit(targetId, change, before);
        // Another machine may stand behind another address.
        if (!sameConnection(edited.connection, connection)) noteFacts(targetId, null);
        return changed(listed(edited));
      },
      'targets.remove': ({ targetId }) => {
        book.remove(targetId);
        noteFacts(targetId, null);
        return changed({});
      },
      'targets.importable': importable,
      'targets.import': async ({ choices }) => {
        const { candidates } = await importable();
        const chosen = choices.map(({ host, port }) => {
          const found = candidates.find((each) => each.host === host && each.port === port);
          if (!found || found.present)
            throw new WrenchbookError(
              'not-found',
              found ? `${host} is already a target.` : `${host} is not in your ssh configuration or known_hosts.`,
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
      ...doctorHandlers({ ...doctor, trials, book, assetsFolder, sshConfig, onChange: (state) => tell('trials.changed', state) }),
      ...watchHandlers({
        trials,
        book,
        assetsFolder,
        sshConfig,
        onChange: (state) => tell('trials.changed', state),
        tell: (state) => tell('watches.changed', state),
      }),
      'probes.start': (request) => startProbe(request, { trials, book, assetsFolder, sshConfig, onChange: (state) => tell('trials.changed', state) }),
      'probes.script': async (request) => ({ script: lookText((await requestedLook(request, book)).look) }),
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
          throw new WrenchbookError('wrong-state', 'This terminal was disconnected because it did not keep up.', 'Open it again.');
        return {};
      },
    },
    noteFacts: (reached, facts) => {
      if (reached.kind === 'lab' || reached.kind === 'hand') return;
      const same = usableTargets().filter((entry) => sameTarget(targetOf(entry), reached));
      for (const { id } of same) noteFacts(id, facts);
      if (same.length > 0) changed(facts);
    },
    sshHosts: async () => (await importable()).candidates.flatMap(({ host, from }) => (from === 'config' ? [host] : [])),
    factsOf: (there) => {
      if (there.kind === 'lab' || there.kind === 'hand') return null;
      const entry = usableTargets().find((each) => sameTarget(targetOf(each), there));
      return (entry && known.all().get(entry.id)) ?? null;
    },
    forgetViewer: (caller) => trials.forgetViewer(caller),
    close: () => trials.close(),
  };
}

type RealTarget = Exclude<TargetRef, { kind: 'lab' | 'hand' }>;
/** Whatever way to root was chosen. */
const sameTarget = ({ root: _one, ...one }: RealTarget, { root: _other, ...other }: RealTarget) => JSON.stringify(one) === JSON.stringify(other);
const sameConnection = (one: Connection, other: Connection) => JSON.stringify(connection.parse(one)) === JSON.stringify(connection.parse(other));

/** Words that become a program come from somebody at a terminal of this machine, never from a page. */
function refuseProgram(to: Connection, { audience }: Caller): void {
  if (audience === 'cli' || to.kind !== 'console' || to.way.by !== 'command') return;
  throw new WrenchbookError(
    'not-allowed',
    'A console behind a program of your own can be added in a terminal only.',
    'Type: wrenchbook targets add --name NAME --dialect DIALECT --console-command PROGRAM ARGUMENT…',
  );
}
