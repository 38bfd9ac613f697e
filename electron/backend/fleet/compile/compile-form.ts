/** A filled-in form as a playbook: checked as that of a run, planned, compiled. The window and the terminal command both use it. */
import { randomBytes } from 'node:crypto';
import { WrenchbookError } from '../../../../shared/api/error.ts';
import type { CheckedFleetForm, FleetForm, FleetQuestion } from '../../../../shared/api/fleet-form.ts';
import type { Plan } from '../../../../shared/api/plan.ts';
import { secretMark } from '../../../../shared/api/secret-mark.ts';
import { type Step, secretFields, type Topic } from '../../../../shared/topic-kit/index.ts';
import { checkRun } from '../../runs/run-check.ts';
import { checkParameters, findTopic } from '../../topics/topic-registry.ts';
import { compileTopic } from './compile-topic.ts';
import { allAnswered, fleetPlan, fleetTarget } from './fleet-plan.ts';
import { type FleetFolders, rolePrograms } from './role-programs.ts';
import type { CompiledFiles } from './script-files.ts';
import { obstacles } from './uncompilable.ts';

/** What is wrong with the form, and what keeps it from being compiled. Throws `not-found`, `does-not-apply`, `bad-parameters`. */
export const checkForm = async (form: FleetForm): Promise<CheckedFleetForm> => checked(form, await plannedForm(form));

/** All files of the playbook, by path; null where something is in the way. Nothing is written. `inventory`: one that the commands name. Throws as checkForm, and `storage`. */
export async function compileForm(form: FleetForm, folders: FleetFolders, inventory?: string): Promise<CheckedFleetForm & { files: CompiledFiles | null }> {
  const all = await plannedForm(form);
  const { topic, values, planned } = all;
  const answer = checked(form, all);
  if (!planned || 'obstacles' in planned || !values || answer.obstacles.length > 0) return { ...answer, files: null };
  const compiled = compileTopic({
    ...{ topic, ...planned, values, resolved: form },
    rollout: { serial: form.serial, maxFailPercentage: form.maxFailPercentage, stopAt: form.stopAt },
    ...(inventory !== undefined && { inventory }),
    programs: rolePrograms(topic.id, folders),
  });
  return { ...answer, files: 'files' in compiled ? compiled.files : null };
}

function checked(form: FleetForm, { issues, planned }: Awaited<ReturnType<typeof plannedForm>>): CheckedFleetForm {
  if (!planned || 'obstacles' in planned) return { issues, plan: null, questions: [], obstacles: planned?.obstacles ?? [] };
  const { plan, steps } = planned;
  return { issues, plan, questions: questions(plan, steps), obstacles: obstacles(plan.steps, steps, form) };
}

async function plannedForm(form: FleetForm) {
  const topic = findTopic(form.topicId);
  const machines = machinesOf(topic, form.without)?.map(({ id }) => id);
  const secrets = secretFields(topic.parameters).map(({ name }) => name);
  const parameters = {
    ...form.parameters,
    // They are asked for when the playbook runs: anything will do here.
    ...Object.fromEntries(secrets.map((name) => [name, randomBytes(12).toString('hex')])),
  };
  const others = Object.fromEntries((machines ?? []).slice(1).map((id) => [id, { kind: 'ssh' as const, host: id }]));
  const { issues } = await checkRun({ topicId: topic.id, target: fleetTarget, ...(topic.machines && { machines: others }), parameters }, noBook);
  if (issues.length > 0) return { topic, issues, values: null, planned: null };
  const given = topic.parameters.parse(checkParameters(topic, parameters, false).values) as Record<string, unknown>;
  const values = { ...given, ...Object.fromEntries(secrets.map((name) => [name, secretMark])) };
  return { topic, issues, values, planned: fleetPlan(topic, values, machines) };
}

/** Those that take part. Throws `bad-parameters` for one that there is not, or that can't be left out. */
function machinesOf({ machines, title }: Topic, without: readonly string[]) {
  for (const id of without) {
    const machine = machines?.find((each) => each.id === id);
    if (machine?.optional) continue;
    throw new WrenchbookError(
      'bad-parameters',
      `"${title}" can't do without a machine "${id}".`,
      `Can be left out: ${machines?.flatMap((each) => (each.optional ? [each.id] : [])).join(', ') || 'none'}.`,
    );
  }
  return machines?.filter(({ id }) => !without.includes(id));
}

/** Obstacles that an answer removes. Asked also where they have been answered. */
function questions(plan: Plan, steps: readonly Step[]): FleetQuestion[] {
  const unanswered = obstacles(plan.steps, steps, { done: [], confirmations: {} });
  const stubborn = new Set(obstacles(plan.steps, steps, allAnswered(plan)).map(({ stepId }) => stepId));
  return unanswered.flatMap(({ stepId }) => {
    const step = plan.steps.find(({ id }) => id === stepId);
    if (!step || stubborn.has(stepId)) return [];
    const { number, title, confirm } = step;
    return [{ stepId, number, title, ...(confirm ? { kind: 'confirmation' as const, ask: confirm.ask } : { kind: 'done' as const, ask: '' }) }];
  });
}

/** A fleet's target is nobody's entry. */
const noBook = {
  get(id: string): never {
    throw new WrenchbookError('not-found', `The hosts of a fleet are not the target "${id}".`, 'Choose hosts.');
  },
};
