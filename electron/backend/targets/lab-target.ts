/** The rehearsal lab: a folder that plays the target, with the simulated tools first on PATH. */
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ParameterValues } from '../../../shared/api/topic.ts';
import type { Rendering, Topic } from '../../../shared/topic-kit/index.ts';
import type { SessionOptions } from '../sessions/session.ts';
import { shellVariables, workstationShell } from '../sessions/workstation-shell.ts';
import { storageError } from '../storage-error.ts';

/** A rehearsal's folder, in the run's; with a machine, of several, the folder in it that plays this one. */
export const labFolder = (runFolder: string, machine = '') => path.join(runFolder, 'lab', machine);
/** Links to harmless programs of this machine, for all rehearsals: beside the runs' folder. */
const labLinks = (folder: string) => path.resolve(folder, '..', '..', '..', 'lab-links');
/** What paths of the target are below in a rehearsal, and where its backups lie; from the lab's folder. */
export const labPaths = { root: 'root', backups: 'root/var/lib/wrenchbook/backups' };

/** Value prefix of a parameter that names a file the lab brings along. */
const labFile = 'lab:';

export const labRendering = (failureTitle: string | null): Rendering => ({
  label: failureTitle ? `lab, playing: ${failureTitle}` : 'lab',
  rehearsal: true,
  mapFile: (file) => `${labPaths.root}${stayingInside(file)}`,
});

/** Of one of several machines. */
export const labMachineRendering = labRendering(null);

/** A path that goes up from the lab's root would be this machine's. */
function stayingInside(file: string): string {
  if (file.split('/').includes('..')) throw new TypeError(`The path ${JSON.stringify(file)} could lead out of the lab`);
  return file;
}

/** Parameters with `lab:x` resolved to `downloads/x`, relative to the lab folder, where the run's shell stands. Throws TypeError for one that leads out of there. */
export const resolveLabFiles = (parameters: ParameterValues): ParameterValues =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name,
      typeof value === 'string' && value.startsWith(labFile) ? `downloads/${stayingInside(value.slice(labFile.length))}` : value,
    ]),
  );

interface LabChoice {
  failure: string | null;
  parameters?: ParameterValues;
  /** Those that take part, of a topic with several. Missing: all. */
  machines?: readonly string[] | undefined;
}

/** Lays out the lab folder of a run, with a folder in it for each machine where there are several. Throws `storage`. */
export function prepareLab(folder: string, topic: Topic, { failure, parameters = {}, machines }: LabChoice): void {
  const known = topic.machines?.map(({ id }) => id) ?? [];
  const there = machines ?? known;
  try {
    for (const machine of ['', ...there]) mkdirSync(path.join(folder, machine, 'tmp'), { recursive: true, mode: 0o700 });
    mkdirSync(labLinks(folder), { recursive: true, mode: 0o700 });
    for (const { machine = known[0] ?? '', ...file } of topic.lab.files(failure, parameters)) {
      if (machine !== '' && !there.includes(machine)) continue;
      const own = path.join(folder, machine);
      const target = path.join(own, file.path);
      if (path.relative(own, target).startsWith('..')) throw new TypeError(`${file.path} leaves the lab folder`);
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, file.content, { mode: 0o600 });
      if (file.open) openUp(target, folder);
    }
  } catch (cause) {
    rmSync(folder, { recursive: true, force: true });
    throw storageError('set up', folder, cause);
  }
}

/** Whatever this process's umask. The lab folder itself stays closed, so that nobody comes there from outside. */
function openUp(file: string, lab: string): void {
  chmodSync(file, 0o644);
  for (let place = path.dirname(file); path.relative(lab, place) !== ''; place = path.dirname(place)) chmodSync(place, 0o755);
}

/** How a session in a topic's lab is started: with its simulated tools, and nothing but the lab in reach (assets/helper/lab-start.sh). Throws WrenchbookError `session` on Windows without WSL. */
export function labSession(
  folder: string,
  { topicId, assetsFolder }: { topicId: string; assetsFolder: string },
  size: { cols: number; rows: number },
  shell = workstationShell,
): Promise<SessionOptions> {
  const { WRENCHBOOK_LAB_SPEED: speed } = process.env;
  return shell.session({
    assetsFolder,
    folder,
    kept: shellVariables,
    set: speed === undefined ? {} : { WRENCHBOOK_LAB_SPEED: speed },
    folders: { WRENCHBOOK_LAB: folder, WRENCHBOOK_LAB_TOOLS: path.join(assetsFolder, 'lab', topicId), WRENCHBOOK_LAB_LINKS: labLinks(folder) },
    starter: 'lab-start.sh',
    ...size,
  });
}
