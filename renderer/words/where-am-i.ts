/** Which machine a run is on, as whom, and whether that machine matters more than others. Pure. */
import type { PlannedStep } from '../../shared/api/plan.ts';
import type { RunState } from '../../shared/api/run.ts';
import type { ListedTarget } from '../../shared/api/target.ts';
import { targetOfValue, whereWas } from './where.ts';

export interface Whereabouts {
  name: string;
  /** "as root", "as anna; root by sudo", … */
  as: string;
  /** The step at hand has root's rights, or everything there has. */
  root: boolean;
  /** As somebody marked it in the list of targets. */
  production: boolean;
}

/** `step`: the one at hand. */
export function whereabouts(
  run: Pick<RunState, 'target' | 'targetLabel' | 'targetFacts' | 'machines'>,
  step: Pick<PlannedStep, 'needsRoot' | 'on'> | undefined,
  targets: readonly ListedTarget[],
): Whereabouts {
  const machine = run.machines?.find(({ id }) => id === step?.on);
  const { target, label, facts: targetFacts } = machine ?? { target: run.target, label: run.targetLabel, facts: run.targetFacts };
  const entry = run.machines && !machine ? undefined : entryOf({ target }, targets);
  const place = entry && entry.name !== label && target.kind !== 'hand' && !label.startsWith(`${entry.name} (`) ? `${entry.name} (${label})` : label;
  const name = machine ? `${machine.title}: ${place}` : place;
  const production = entry?.production ?? false;
  if (target.kind === 'hand') return { name, as: 'you type every command there', root: false, production };
  const way = 'root' in target ? target.root : undefined;
  const user = targetFacts?.user || (target.kind === 'ssh' ? target.user : undefined);
  if (targetFacts?.uid === 0 || user === 'root') return { name, as: 'as root', root: true, production };
  const root = (step?.needsRoot ?? false) && way !== undefined;
  const by = user ? `as ${user}` : 'as your user there';
  return { name, as: root ? `as root by ${way}` : way === undefined ? by : `${by}; root by ${way} in the steps that need it`, root, production };
}

function entryOf({ target }: Pick<RunState, 'target'>, targets: readonly ListedTarget[]): ListedTarget | undefined {
  if (target.kind === 'local') return targets.find(({ connection }) => connection.kind === 'local');
  const was = whereWas(target, targets);
  const chosen = was === null ? null : targetOfValue(was);
  return chosen?.kind === 'book' ? targets.find(({ id }) => id === chosen.id) : undefined;
}
