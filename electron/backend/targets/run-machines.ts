/** The machines of a procedure that has several: where each of them is in a run, as it was chosen and as the record has it. */
import { WrenchbookError } from '../../../shared/api/error.ts';
import type { RunMachine } from '../../../shared/api/machine.ts';
import type { ChosenTarget, OtherMachines, TargetRef } from '../../../shared/api/topic.ts';
import type { Machine, PlaceOfMachine, Rendering, Topic } from '../../../shared/topic-kit/index.ts';
import type { TargetBook } from './book/target-book.ts';
import { labMachineRendering } from './lab-target.ts';
import { type RunTarget, type RunTargetOptions, runTarget, targetRendering } from './run-target.ts';
import { settledTarget } from './settled-target.ts';

export interface SettledPlaces {
  target: TargetRef;
  rendering: Rendering;
  /** Of a procedure with several machines: those that take part, the target first, and how each is planned for. */
  machines?: RunMachine[];
  places: PlaceOfMachine[];
}
interface Chosen {
  target: ChosenTarget;
  machines?: OtherMachines | undefined;
}

/** With what the book of targets says of each. Throws `not-found`, `does-not-apply`, and `bad-parameters` for a machine too many or too few. */
export function settledPlaces(topic: Topic, { target: first, machines: others }: Chosen, book: Pick<TargetBook, 'get'>): SettledPlaces {
  const { target, name } = settledTarget(first, book);
  const known = topic.machines ?? [];
  const stranger = Object.keys(others ?? {}).find((id) => !known.slice(1).some((machine) => machine.id === id));
  if (stranger !== undefined) throw noSuchMachine(topic, stranger);
  const rendering = targetRendering(known[0] ? asOn(topic, known[0]) : topic, target, name);
  if (known.length === 0) return { target, rendering, places: [] };
  // The lab plays all of them, where nobody says which.
  const chosen: OtherMachines = others ?? (target.kind === 'lab' ? Object.fromEntries(known.slice(1).map(({ id }) => [id, { kind: 'lab' as const }])) : {});
  const settled = known.flatMap((machine, index) => {
    const where = index === 0 ? first : chosen[machine.id];
    if (where) return [{ machine, ...settledTarget(where, book) }];
    if (machine.optional) return [];
    throw new WrenchbookError('bad-parameters', `${machine.title}: no target is chosen.`, `Choose the machine that ${machine.purpose}.`);
  });
  const odd = settled.find((each) => (each.target.kind === 'lab') !== rendering.rehearsal);
  if (odd)
    throw new WrenchbookError(
      'bad-parameters',
      `${odd.machine.title}: a rehearsal has all machines in the lab, and a real run has none there.`,
      'Choose the lab for all of them, or for none.',
    );
  const places = settled.map((each) => placeOf(topic, each.machine, each.target, each.name));
  const machines = settled.map((each, index) => ({
    id: each.machine.id,
    title: each.machine.title,
    target: each.target.kind === 'lab' ? ({ kind: 'lab' } as const) : each.target,
    label: places[index]?.rendering.label ?? '',
  }));
  return { target, rendering, machines, places };
}

/** As a record has them. Throws TypeError for a machine that the procedure does not have. */
export function recordedPlaces(topic: Topic, machines: readonly RunMachine[] = []): PlaceOfMachine[] {
  const known = topic.machines ?? [];
  return machines.map(({ id, target, label }) => {
    const machine = known.find((each) => each.id === id);
    if (!machine) throw new TypeError(`the procedure has no machine "${id}"`);
    const place = placeOf(topic, machine, target, null);
    return { ...place, rendering: { ...place.rendering, label } };
  });
}

function placeOf(topic: Topic, machine: Machine, target: TargetRef, name: string | null): PlaceOfMachine {
  const { id, title } = machine;
  if (target.kind === 'lab') return { id, title, rendering: labMachineRendering };
  if (target.kind === 'console' && target.console.dialect !== 'login')
    throw new WrenchbookError(
      'does-not-apply',
      `${title}: a procedure with several machines does not use a console without a shell.`,
      'Choose a machine that can be reached with ssh, or work on it by hand.',
    );
  return { id, title, rendering: targetRendering(asOn(topic, machine), target, name) };
}

/** The procedure as far as it is about one of its machines. */
export const asOn = <T extends Pick<Topic, 'targets' | 'systems'>>(topic: T, { targets, systems }: Machine): T => ({
  ...topic,
  ...(targets && { targets }),
  ...(systems && { systems }),
});

/** Throws `bad-parameters`. */
export function machineOf(topic: Topic, id: string): Machine {
  const machine = topic.machines?.find((each) => each.id === id);
  if (!machine) throw noSuchMachine(topic, id);
  return machine;
}

function noSuchMachine({ title, machines = [] }: Topic, id: string): WrenchbookError {
  const others = machines.map((machine) => machine.id).join(', ');
  return new WrenchbookError(
    'bad-parameters',
    `"${title}" has no other machine "${id}".`,
    others === '' ? 'It has one machine: give its target only.' : `Its machines: ${others}. The first is the target itself.`,
  );
}

/** What one of a run's machines is called in its record, where there is only one. */
export const onlyMachine = '';

/** Where the scripts of each machine run, by its id. */
export function runTargets(
  created: { topicId: string; target: TargetRef; machines?: readonly RunMachine[] | undefined },
  runFolder: string,
  options: RunTargetOptions,
): ReadonlyMap<string, RunTarget> {
  const { topicId, target, machines } = created;
  if (!machines) return new Map([[onlyMachine, runTarget({ topicId, target }, runFolder, options)]]);
  return new Map(
    machines.map(({ id, title, label, target: where }) => [
      id,
      { ...runTarget({ topicId, target: where, machine: id }, runFolder, options), name: `${title} (${label})` },
    ]),
  );
}
