/** What is looked at before a run exists: the form, the files it names, the plan. Runs no command and writes nothing. */
import path from 'node:path';
import { WrenchbookError } from '../../../shared/api/error.ts';
import type { InputFile, Plan } from '../../../shared/api/plan.ts';
import type { ParameterIssue, ParameterValues, TargetRef } from '../../../shared/api/topic.ts';
import { makePlan, type Topic } from '../../../shared/topic-kit/index.ts';
import { labRendering, resolveLabFiles } from '../targets/lab-target.ts';
import { checkParameters, findTopic, labFailureTitle } from '../topics/topic-registry.ts';
import { checkFile } from './file-check.ts';

interface RunRequest {
  topicId: string;
  target: TargetRef;
  parameters: ParameterValues;
}
interface CheckedRun {
  topic: Topic;
  /** With defaults put in; `lab:` names still unresolved. */
  parameters: ParameterValues;
  issues: ParameterIssue[];
  inputs: InputFile[];
  /** Null when something is wrong. */
  plan: Plan | null;
}

/** Throws WrenchbookError `not-found` for an unknown topic and `bad-parameters` for an unknown lab failure. */
export async function checkRun({ topicId, target, parameters }: RunRequest): Promise<CheckedRun> {
  const topic = findTopic(topicId);
  const rendering = labRendering(labFailureTitle(topic, target));
  const { values, issues } = checkParameters(topic, parameters);
  if (issues.length > 0) return { topic, parameters: values, issues, inputs: [], plan: null };
  const resolved = topic.parameters.parse(resolveLabFiles(values));
  const steps = topic.steps(resolved, { target, rehearsal: rendering.rehearsal });
  // Files the lab brings exist only in a run's folder: they are read by the step itself.
  const named = steps.flatMap((step) => (step.kind === 'verify' ? step.files : [])).filter((check) => path.isAbsolute(check.path));
  const checked = await Promise.all(named.map((check) => checkFile(check, '/')));
  const problems = checked.flatMap(({ check, problem }) => (problem ? [{ field: check.field, message: problem.means, next: problem.next }] : []));
  return {
    topic,
    parameters: values,
    issues: problems,
    inputs: checked.flatMap(({ input }) => input ?? []),
    plan: problems.length > 0 ? null : planOrThrow(topic, resolved, target, rendering),
  };
}

function planOrThrow(topic: Topic, parameters: Record<string, unknown>, target: TargetRef, rendering: ReturnType<typeof labRendering>): Plan {
  try {
    return makePlan(topic, parameters, target, rendering);
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new WrenchbookError('bad-parameters', `No safe command can be made from these values: ${cause.message}.`, 'Use names without control characters.', {
      cause,
    });
  }
}
