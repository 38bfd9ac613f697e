/** `--target`, once for each machine of a procedure that has several: `proxy=ssh:cache1`. Without a name it is the first one's. */
import { Option } from 'commander';
import { WrenchbookError } from '../../shared/api/error.ts';
import type { ChosenTarget, OtherMachines, ProcedureDetail } from '../../shared/api/topic.ts';
import { parseTarget } from './target-words.ts';

/** As commander gathers it; undefined where it is not given. */
export type TargetTexts = readonly string[] | undefined;

export const targetOption = (about: string, usual: string) =>
  new Option('--target <target>', `${about}; with several machines MACHINE=TARGET, once for each`)
    .argParser<TargetTexts>((text, before) => [...(before ?? []), text])
    .default(undefined, usual);

export interface ChosenMachines {
  target: ChosenTarget;
  machines?: OtherMachines;
}

/**
 * `usual`: where it is not given. A rehearsal that names no machine has them all. `root` is for those targets that take it. Throws
 * `bad-parameters`.
 */
export function parseTargets(
  texts: TargetTexts,
  { title, machines = [] }: Pick<ProcedureDetail, 'title' | 'machines'>,
  { usual, root, dialect }: { usual: string; root?: string | undefined; dialect?: string | undefined },
): ChosenMachines {
  const given = (texts ?? [usual]).map((text) => named(text, machines[0]?.id));
  const [alone] = given;
  if (machines.length === 0) {
    const odd = given.find(({ machine }) => machine !== undefined);
    if (odd || given.length > 1) throw bad(`"${title}" runs on one machine.`, 'Give one --target, without a name before it.');
    return { target: parseTarget(alone?.text ?? usual, root, dialect) };
  }
  const names = machines.map(({ id, optional }) => `${id}${optional ? ' (may be left out)' : ''}`).join(', ');
  const known = `The machines of "${title}": ${names}.`;
  const stranger = given.find(({ machine }) => !machines.some(({ id }) => id === machine));
  if (stranger) throw bad(`There is no machine "${stranger.machine}".`, known);
  const twice = given.find(({ machine }, index) => given.findIndex((other) => other.machine === machine) !== index);
  if (twice) throw bad(`The machine "${twice.machine}" has two targets.`, 'Give one for each machine.');
  const chosen = new Map(given.map(({ machine, text }) => [machine, parseTarget(text, takesRoot(text) ? root : undefined, dialectFor(text, dialect))]));
  const target = chosen.get(machines[0]?.id);
  const missing = machines.find(({ id, optional }) => !optional && !chosen.has(id));
  if (alone && target && !alone.spelled && given.length === 1 && target.kind === 'lab') return { target };
  if (!target || missing) throw bad(`No target is given for the machine "${missing?.id ?? machines[0]?.id}".`, known);
  return { target, machines: Object.fromEntries(machines.slice(1).flatMap(({ id }) => (chosen.has(id) ? [[id, chosen.get(id)]] : []))) as OtherMachines };
}

/** `spelled`: it was named, and is not the first by default. */
function named(text: string, first: string | undefined): { machine: string | undefined; text: string; spelled: boolean } {
  const [, machine, rest] = /^([a-z][a-z0-9-]*)=(.+)$/.exec(text) ?? [];
  return machine === undefined || rest === undefined ? { machine: first, text, spelled: false } : { machine, text: rest, spelled: true };
}

const takesRoot = (text: string) => text !== 'hand' && !/^lab(:|$)/.test(text);
const dialectFor = (text: string, dialect: string | undefined) => (text.startsWith('console:') ? dialect : undefined);
const bad = (message: string, next: string) => new WrenchbookError('bad-parameters', message, next);
