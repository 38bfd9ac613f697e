/** What is looked at before a run exists: the form, the files it names, the plan. Runs no command and writes nothing. */
import path from 'node:path';
import { WrenchbookError } from '../../../shared/api/error.ts';
import type { RunMachine } from '../../../shared/api/machine.ts';
import type { InputFile, Plan } from '../../../shared/api/plan.ts';
import { secretMark } from '../../../shared/api/secret-mark.ts';
import type { ChosenTarget, OtherMachines, ParameterIssue, ParameterValues, TargetRef } from '../../../shared/api/topic.ts';
import { makePlan, secretFields, stepsFor, type Topic } from '../../../shared/topic-kit/index.ts';
import { deviceIssues } from '../media/devices/chosen-devices.ts';
import { listDevices } from '../media/devices/list-devices.ts';
import { partSecrets, RunSecrets } from '../redaction/run-secrets.ts';
import { workstationShell } from '../sessions/workstation-shell.ts';
import type { TargetBook } from '../targets/book/target-book.ts';
import { resolveLabFiles } from '../targets/lab-target.ts';
import { settledPlaces } from '../targets/run-machines.ts';
import { checkParameters, findTopic } from '../topics/topic-registry.ts';
import { checkFile } from './file-check.ts';
import { namedForSession } from './session-names.ts';

interface RunRequest {
  topicId: string;
  target: ChosenTarget;
  machines?: OtherMachines | undefined;
  parameters: ParameterValues;
}
interface CheckedRun {
  topic: Topic;
  /** With what the book of targets says of it. */
  target: TargetRef;
  /** Of a procedure with several: those that take part. */
  machines?: RunMachine[];
  /** With defaults put in; `lab:` names still unresolved; secrets are marked. */
  parameters: ParameterValues;
  issues: ParameterIssue[];
  inputs: InputFile[];
  /** Values of the secret ones, by name; never written. */
  secrets: Record<string, string>;
  /** Null when something is wrong. */
  plan: Plan | null;
}

/** Throws WrenchbookError `not-found` for an unknown topic, `does-not-apply` for a target it can't run on, `bad-parameters` for an unknown lab failure. */
export async function checkRun({ topicId, target: asked, machines: others, parameters }: RunRequest, book: Pick<TargetBook, 'get'>): Promise<CheckedRun> {
  const topic = findTopic(topicId);
  await workstationShell.look();
  const { target, rendering, machines, places } = settledPlaces(topic, { target: asked, machines: others }, book);
  const checkedValues = checkParameters(topic, await namedForSession(topic, parameters), rendering.rehearsal);
  const { parameters: values, secrets } = partSecrets(topic, checkedValues.values);
  const own = new RunSecrets(topic);
  own.give(secrets);
  const issues = [...checkedValues.issues.map((issue) => ({ ...issue, message: own.text(issue.message) })), ...marksFor(topic, checkedValues.values)];
  const run = { topic, target, ...(machines && { machines }), parameters: values, secrets };
  if (issues.length > 0) return { ...run, issues, inputs: [], plan: null };
  const resolved = topic.parameters.parse(rendering.rehearsal ? safely(() => resolveLabFiles(values)) : values);
  const context = { target, rehearsal: rendering.rehearsal, ...(machines && { machines: machines.map(({ id }) => id) }) };
  const lacks = context.machines ? (topic.lacks?.(resolved, context.machines) ?? null) : null;
  const misfit = lacks ?? (target.kind === 'lab' ? null : (topic.misfit?.(resolved, target) ?? null));
  if (misfit) return { ...run, issues: [misfit], inputs: [], plan: null };
  const steps = stepsFor(topic, resolved, context);
  // Files the lab brings exist only in a run's folder: they are read by the step itself.
  const named = steps.flatMap((step) => (step.kind === 'verify' ? step.files : [])).filter((check) => path.isAbsolute(check.path));
  const checked = await Promise.all(named.map((check) => checkFile(check, '/')));
  const unfit = checked.flatMap(({ check, problem }) => (problem ? [{ field: check.field, message: problem.means, next: problem.next }] : []));
  const problems = [...unfit, ...(target.kind === 'local' ? await deviceIssues(topic, values, listDevices) : [])];
  return {
    ...run,
    issues: problems,
    inputs: checked.flatMap(({ input }) => input ?? []),
    plan:
      problems.length > 0 ? null : safely(() => makePlan(topic, resolved, target, { ...rendering, holdsSecret: (text) => own.text(text) !== text }, places)),
  };
}

/** The mark is what is shown of a secret; sent back as its value it means that nobody typed one. */
const marksFor = (topic: Topic, values: ParameterValues): ParameterIssue[] =>
  secretFields(topic.parameters).flatMap(({ name, label }) =>
    values[name] === secretMark ? [{ field: name, message: `The value of "${label}" is needed.`, next: 'Type it in.' }] : [],
  );

function safely<T>(make: () => T): T {
  try {
    return make();
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new WrenchbookError(
      'bad-parameters',
      `No safe command can be made from these values: ${cause.message}.`,
      'Use names without control characters, and in a rehearsal paths without "..".',
      {
        cause,
      },
    );
  }
}
