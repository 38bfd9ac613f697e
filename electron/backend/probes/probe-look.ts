/** A probe as it is run on a target: its text, made from the fields that it uses, and what its output means. */
import { WrenchbookError } from '../../../shared/api/error.ts';
import { asSentence, fieldIssueWords, type Issue } from '../../../shared/api/issue-words.ts';
import type { ProbeProposal, ProbeResult } from '../../../shared/api/probe.ts';
import type { TargetFacts } from '../../../shared/api/target.ts';
import type { ParameterValues } from '../../../shared/api/topic.ts';
import {
  fieldWords,
  type PlaceOfMachine,
  type Probe,
  type ProbeSeen,
  type Rendering,
  renderText,
  type Topic,
  whyNotOn,
} from '../../../shared/topic-kit/index.ts';
import { resolveLabFiles } from '../targets/lab-target.ts';
import { asOn, machineOf } from '../targets/run-machines.ts';
import { checkParameters } from '../topics/topic-registry.ts';

/** What is looked at on one machine. */
export interface ProbePart {
  /** Which of several. */
  machine?: PlaceOfMachine;
  /** Byte for byte what runs. */
  script: string;
  needsRoot: boolean;
  /** Programs that the target is asked for. */
  tools: readonly string[];
  /** Answered by what the target is, where that is enough; null where the script has to be run. */
  without(facts: TargetFacts): ProbeResult | null;
}
export interface ProbeLook {
  /** One, or one a machine. */
  parts: readonly ProbePart[];
  /** What each part showed, in the same order. */
  judge(seen: readonly { output: string; exitStatus: number }[]): ProbeResult;
}

/** All that runs, with the name of each machine where there are several. */
export const lookText = ({ parts }: ProbeLook): string =>
  parts.map(({ machine, script }) => (machine ? `# ${machine.title} (${machine.rendering.label})\n${script}` : script)).join('\n');

/**
 * `places`: those of several machines that take part. Throws WrenchbookError `does-not-apply` for a topic without a probe, and where none of the
 * machines it looks at is reached; `bad-parameters` where a field that it uses is not filled in.
 */
export function probeLook(topic: Topic, parameters: ParameterValues, rendering: Rendering, places: readonly PlaceOfMachine[] = []): ProbeLook {
  const { probe } = topic;
  if (!probe)
    throw new WrenchbookError(
      'does-not-apply',
      `"${topic.title}" has no check of its own.`,
      'Read on its page how to recognise the problem, and what is needed.',
    );
  const values = usedValues(topic, probe, parameters, rendering.rehearsal);
  const partOn = (machine?: PlaceOfMachine): ProbePart => {
    const { systems = {} } = machine ? asOn(topic, machineOf(topic, machine.id)) : topic;
    const own = machine?.rendering ?? rendering;
    return {
      ...(machine && { machine }),
      script: renderText(probe.script(values, { rehearsal: own.rehearsal, ...(machine && { machine: machine.id }) }), own).script,
      needsRoot: probe.needsRoot ?? false,
      tools: (systems.tools ?? []).map(({ name }) => name),
      without: (facts) => {
        const because = whyNotOn(systems, facts);
        return because && { verdict: 'not-affected', because: because.message, next: because.next, findings: [], proposes: [] };
      },
    };
  };
  const parts = places.length === 0 ? [partOn()] : lookedAt(topic, probe, places).map(partOn);
  return {
    parts,
    judge: (seen) => {
      const { verdict, because, next, findings, proposes = [] } = probe.judge(together(parts, seen), values);
      return { verdict, because, next, findings: [...findings], proposes: proposes.filter((each) => isTaken(topic, each)) };
    },
  };
}

/** Those of the probe's machines that are reached. */
function lookedAt({ title, machines = [] }: Topic, probe: Probe, places: readonly PlaceOfMachine[]): PlaceOfMachine[] {
  const ids = probe.machines ?? machines.slice(0, 1).map(({ id }) => id);
  const reached = ids.flatMap((id) => places.filter((place) => place.id === id && !place.rendering.byHand));
  if (reached.length > 0) return reached;
  throw new WrenchbookError(
    'does-not-apply',
    `The check of "${title}" reaches none of its machines: they are worked on by hand.`,
    'Start the run: its first steps check.',
  );
}

function together(parts: readonly ProbePart[], seen: readonly { output: string; exitStatus: number }[]): ProbeSeen {
  const named = parts.flatMap(({ machine }, index) => (machine && seen[index] ? [[machine.id, seen[index]] as const] : []));
  return {
    output: seen.map(({ output }) => output).join(''),
    exitStatus: seen.find(({ exitStatus }) => exitStatus !== 0)?.exitStatus ?? 0,
    ...(named.length > 0 && { machines: Object.fromEntries(named) }),
  };
}

/** What was read there may be anything: only what the form takes is proposed. Throws TypeError for a field that there is not. */
function isTaken({ parameters }: Topic, { field, value }: ProbeProposal): boolean {
  const schema = parameters.shape[field];
  if (!schema) throw new TypeError(`The check proposes a value for "${field}", which is not a field`);
  return schema.safeParse(value).success;
}

function usedValues(topic: Topic, probe: Probe, parameters: ParameterValues, rehearsal: boolean): Record<string, unknown> {
  const { values } = checkParameters(topic, parameters, rehearsal);
  const given = rehearsal ? resolveLabFiles(values) : values;
  const words = fieldWords(topic.parameters, topic.labDefaults);
  return Object.fromEntries(
    probe.uses.map((name) => {
      const field = words.get(name) ?? { label: name };
      const parsed = topic.parameters.shape[name]?.safeParse(given[name], { error: (issue: Issue) => fieldIssueWords(issue, field) });
      if (parsed?.success) return [name, parsed.data];
      throw new WrenchbookError(
        'bad-parameters',
        `To check, fill in "${field.label}". ${asSentence(parsed?.error?.issues[0]?.message ?? 'There is no such field')}`,
        'Fill in that field.',
      );
    }),
  );
}
