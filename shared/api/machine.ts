/** The machines of a procedure that has several: which there are, and where each is in a run. One machine needs no word of this. */
import { z } from 'zod';
import type { PlannedStep } from './plan.ts';
import { type TargetRef, targetRef } from './topic.ts';

/** One of them, as it was chosen for a run. */
export const runMachine = z.object({ id: z.string(), title: z.string(), target: targetRef, label: z.string() });
export type RunMachine = z.infer<typeof runMachine>;

type On = Pick<PlannedStep, 'on'>;
const machineOf = <M extends { id: string }>({ on }: On, machines: readonly M[] = []): M | undefined => machines.find(({ id }) => id === on);

/** Where a step runs, in the procedure's words and, where there are several machines, by the name of this one. */
export function whereText(step: Pick<PlannedStep, 'runsOn' | 'on'>, machines?: readonly Pick<RunMachine, 'id' | 'label'>[]): string {
  const machine = machineOf(step, machines);
  return machine ? `${step.runsOn} (${machine.label})` : step.runsOn;
}

/** The target of one step of a run. */
export const targetOfStep = (run: { target: TargetRef; machines?: readonly RunMachine[] | undefined }, step: On): TargetRef =>
  machineOf(step, run.machines)?.target ?? run.target;
/** What the machine of one step is called; null where there is one machine only. */
export const machineTitle = (run: { machines?: readonly RunMachine[] | undefined }, step: On): string | null => {
  const machine = machineOf(step, run.machines);
  return machine ? `${machine.title} (${machine.label})` : null;
};

/** All machines of a run in one line. */
export const machinesLabel = (machines: readonly Pick<RunMachine, 'title' | 'label'>[]): string =>
  machines.map(({ title, label }) => `${title}: ${label}`).join(', ');
