/** The calls about one machine: what is known of it, what is ignored there, and its check-ups handed out and verified. */
import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { ignoreReason } from '../../../shared/api/doctor.ts';
import { toWireError, WrenchbookError } from '../../../shared/api/error.ts';
import type { TargetFacts } from '../../../shared/api/target.ts';
import type { ChosenTarget, TargetRef } from '../../../shared/api/topic.ts';
import type { BackendMethod, Handlers } from '../../../shared/wire/dispatcher.ts';
import type { KeyRing } from '../keys/key-ring.ts';
import { targetName } from '../targets/run-target.ts';
import type { settledTarget } from '../targets/settled-target.ts';
import type { ExportJobs } from '../transcripts/export-jobs.ts';
import { exportCheckUp } from './check-up-export.ts';
import { readRecord, shownWith } from './check-up-record.ts';
import { summaryOf } from './check-up-store.ts';
import { checkedMachine, type DoctorOptions } from './doctor-handlers.ts';
import { placeKey } from './finding-identity.ts';

interface Surroundings extends DoctorOptions {
  keys: KeyRing;
  exports: ExportJobs;
  settle(target: ChosenTarget): ReturnType<typeof settledTarget>;
  /** What an entry of the list said of itself last. */
  factsOf(target: TargetRef): TargetFacts | null;
}
type MachineMethod = Extract<BackendMethod, `machines.${string}`>;

/** A file of a check-up is about so large at most; another one is none. In bytes. */
const mostBytes = 64 * 1024 * 1024;

export function machineHandlers({ store, ignored, runs, keys, exports, changed, settle, factsOf }: Surroundings): Handlers<MachineMethod> {
  const placeOf = (target: ChosenTarget) => placeKey(checkedMachine(settle(target).target));
  const ignoredNow = (place: string, troubles: string[]) => {
    try {
      return ignored.of(place);
    } catch (thrown) {
      const { message, next } = toWireError(thrown);
      troubles.push(`${message} ${next}`);
      return [];
    }
  };
  return {
    'machines.get': async ({ target }) => {
      const { target: settled, name } = settle(target);
      const machine = checkedMachine(settled);
      const place = placeKey(machine);
      const { checkUps, troubles } = store.list(place);
      const known = ignoredNow(place, troubles);
      const [last] = checkUps;
      const facts = [last?.facts ?? null, factsOf(machine)].filter((each) => each !== null).sort((one, other) => other.readAt.localeCompare(one.readAt));
      return {
        place,
        name: name ?? targetName(machine),
        facts: facts[0] ?? null,
        checkUp: last ? { ...last, ignored: known.filter(({ id }) => last.findings.some((finding) => finding.id === id)) } : null,
        checkUps: checkUps.map(summaryOf),
        troubles,
        runs: await runs.of(machine),
        ignored: known,
      };
    },
    'machines.checkUp': ({ checkUpId }) => {
      const record = store.intact(checkUpId);
      return shownWith(record, ignoredNow(record.checkUp.place, []));
    },
    'machines.ignore': ({ target, findingId, because }) => {
      const place = placeOf(target);
      const finding = store
        .list(place)
        .checkUps.flatMap(({ findings }) => findings)
        .find(({ id }) => id === findingId);
      if (!finding || !['affected', 'unknown', 'not-looked'].includes(finding.verdict))
        throw new WrenchbookError(
          'not-found',
          `No check-up of this machine that is kept has a finding ${findingId} that can be ignored.`,
          'Check the machine; each finding has its id behind it.',
        );
      const { topicId, title } = finding;
      ignored.ignore({ id: findingId, place, topicId, title, because: ignoreReason.parse(because), since: new Date().toISOString(), by: userInfo().username });
      changed(place);
      return {};
    },
    'machines.unignore': ({ target, findingId }) => {
      const place = placeOf(target);
      ignored.unignore(place, findingId);
      changed(place);
      return {};
    },
    'machines.export': ({ checkUpId, format, out, outside = false, exportId }) =>
      exports.run(exportId, async ({ signal }) => {
        const record = store.intact(checkUpId);
        const checkUp = shownWith(record, ignoredNow(record.checkUp.place, []));
        return exportCheckUp({ record: { ...record, checkUp }, bytes: () => store.bytes(checkUpId), format, out, outside }, signal);
      }),
    'machines.verifyFile': ({ path, key }) => {
      const { verification } = readRecord(recordFile(path), (fingerprint) => (key === undefined ? keys.knows(fingerprint) : fingerprint === key));
      return verification;
    },
  };
}

function recordFile(path: string): string {
  try {
    const bytes = readFileSync(path);
    if (bytes.length <= mostBytes) return bytes.toString();
  } catch (cause) {
    throw new WrenchbookError('file', `${path} could not be read: ${(cause as Error).message}`, 'Check its name and who may read it.', { cause });
  }
  throw new WrenchbookError('file', `${path} is too large for the record of a check-up.`, 'Name a file that was exported as a signed record (.wbcheck).');
}
