/** The calls about fleets. */
import path from 'node:path';
import { WrenchbookError } from '../../../shared/api/error.ts';
import type { FleetStatus } from '../../../shared/api/fleet.ts';
import { checkUpTopic } from '../../../shared/api/fleet-doctor.ts';
import type { EventName, EventPayload } from '../../../shared/api.ts';
import type { BackendMethod, Caller, Handlers } from '../../../shared/wire/dispatcher.ts';
import type { KeyRing } from '../keys/key-ring.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { TargetBook } from '../targets/book/target-book.ts';
import { compilability } from './compile/compilable-topics.ts';
import { checkForm } from './compile/compile-form.ts';
import { checkUpFindings, checkUpPlaybook } from './doctor/fleet-check-up.ts';
import { exportFleetBundle } from './export/fleet-bundle.ts';
import { exportFleet } from './export/fleet-export.ts';
import { FleetStore, type StoreOptions } from './fleet-store.ts';
import { readInventory } from './hosts/read-inventory.ts';
import { findAnsible, needAnsible } from './run/find-ansible.ts';
import { findNode } from './run/find-node.ts';

interface Surroundings {
  dataFolder: string;
  assetsFolder: string;
  /** Rules of each procedure, for compiling; without it those of the build beside the assets. */
  rulesFolder?: string | undefined;
  version: string;
  sshConfig?: string | undefined;
  keys: KeyRing;
  ledger: Ledger;
  book: TargetBook;
  /** Names in the ssh client's configuration. */
  sshHosts(): Promise<readonly string[]>;
  tell<E extends EventName>(event: E, payload: EventPayload<E>): void;
  /** Archived and deleted ones. */
  elsewhere: StoreOptions['elsewhere'];
  /** Something was written to it that the list of runs shows. */
  noted(runId: string): void;
  log(line: string): void;
}
type FleetMethod = Extract<BackendMethod, `fleets.${string}`>;

export function fleetHandlers({ book, sshHosts, tell, noted, assetsFolder, rulesFolder, ...rest }: Surroundings): {
  handlers: Handlers<FleetMethod>;
  forgetViewer(caller: Caller): void;
  close(): Promise<void>;
} {
  /** As the list of runs has them. */
  const listed = new Map<string, FleetStatus>();
  const store = new FleetStore({
    ...rest,
    folders: { rules: rulesFolder ?? path.join(assetsFolder, '../out/fleet'), assets: assetsFolder },
    pluginFolder: path.join(assetsFolder, 'fleet', 'callback'),
    onNews: (news) => {
      tell('fleets.changed', news);
      if (listed.get(news.runId) !== news.status) noted(news.runId);
      listed.set(news.runId, news.status);
    },
    places: { targets: () => book.list(), sshHosts, inventory: (file) => readInventory(file) },
  });
  return {
    handlers: {
      'fleets.engine': async () => ({ ...(await findAnsible(rest.dataFolder)), ...(await findNode()) }),
      'fleets.list': () => store.list(),
      'fleets.get': ({ runId }) => store.state(runId),
      'fleets.choices': async () => {
        const targets = book.list().filter(({ connection }) => connection.kind === 'ssh');
        const sorted = (names: readonly string[]) => [...new Set(names)].filter((name) => name !== '').sort();
        return { tags: sorted(targets.flatMap(({ tags }) => tags)), groups: sorted(targets.map(({ group }) => group)), sshConfig: sorted(await sshHosts()) };
      },
      'fleets.hosts': ({ sources }) => store.hosts(sources),
      'fleets.findHosts': ({ sources }) => store.hosts(sources),
      'fleets.compilable': () => compilability(),
      'fleets.checkForm': (form) => checkForm(form),
      'fleets.readFolder': ({ folder }) => store.about(folder),
      'fleets.prepareForm': ({ form, sources, sshPassword }) => store.prepareForm(form, sources, sshPassword),
      'fleets.prepareFolder': ({ folder, sources, ...how }) => store.prepare(folder, sources, how),
      'fleets.prepareCheckUp': async ({ sources, category = null, deep, sshPassword }) =>
        store.prepare(await checkUpPlaybook(book, { category, deep }), sources, { sshPassword }),
      'fleets.findings': async ({ runId }) => checkUpFindings(book, await store.reading(runId)),
      'fleets.files': async ({ runId }) => ({ files: (await store.reading(runId)).files() }),
      'fleets.changes': async ({ runId }) => {
        const { fold } = await store.reading(runId);
        return { groups: fold.changeGroups(), unseen: fold.unseenByCheck() };
      },
      'fleets.cell': async ({ runId, host, step }) => {
        const detail = (await store.reading(runId)).fold.detail(host, step);
        if (!detail) throw new WrenchbookError('not-found', `This fleet run has no host "${host}" with a step "${step}".`, 'Open the fleet run again.');
        return detail;
      },
      'fleets.start': async ({ runId, kind, secrets, becomePassword, sshPassword, cols, rows }) => {
        const run = store.working(runId);
        const ansible = needAnsible(await findAnsible(rest.dataFolder));
        await run.begin({ kind, ansible, secrets, passwords: { become: becomePassword, ssh: sshPassword }, cols, rows });
        return {};
      },
      'fleets.stop': ({ runId, kill }) => {
        store.run(runId).stop(kill);
        return {};
      },
      'fleets.verify': ({ runId }) => store.verify(runId),
      'fleets.savePlaybook': ({ runId, folder }) => store.savePlaybook(runId, folder),
      'fleets.export': async ({ runId, format, out }) => {
        const run = await store.reading(runId);
        if (format === 'bundle') return exportFleetBundle(store, run, out, { key: rest.keys.signing, version: rest.version });
        const findings = run.fold.created?.topicId === checkUpTopic ? await checkUpFindings(book, run) : null;
        return exportFleet(store, run, findings, format, out);
      },
      'fleets.attach': ({ runId }, caller) => store.run(runId).feed.attach(caller, (offset, bytes) => caller.emit('fleets.data', { runId, offset, bytes })),
      'fleets.detach': ({ runId }, caller) => {
        store.run(runId).feed.detach(caller);
        return {};
      },
      'fleets.resize': ({ runId, cols, rows }) => {
        store.run(runId).resize(cols, rows);
        return {};
      },
      'fleets.acknowledge': ({ runId, offset }, caller) => {
        if (!store.run(runId).feed.acknowledge(caller, offset))
          throw new WrenchbookError('wrong-state', 'This terminal was disconnected because it did not keep up.', 'Open it again.');
        return {};
      },
    },
    forgetViewer: (caller) => {
      for (const run of store.opened) run.feed.detach(caller);
    },
    close: () => store.close(),
  };
}
