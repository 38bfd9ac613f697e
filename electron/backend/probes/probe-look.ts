/** A probe as it is run on a target: its text, made from the fields that it uses, and what its output means. */
import { WrenchbookError } from '../../../shared/api/error.ts';
import { asSentence, fieldIssueWords, type Issue } from '../../../shared/api/issue-words.ts';
import type { ProbeProposal, ProbeResult } from '../../../shared/api/probe.ts';
import type { TargetFacts } from '../../../shared/api/target.ts';
import type { ParameterValues } from '../../../shared/api/topic.ts';
import { fieldWords, type Probe, type Rendering, renderText, type Topic, whyNotOn } from '../../../shared/topic-kit/index.ts';
import { resolveLabFiles } from '../targets/lab-target.ts';
import { checkParameters } from '../topics/topic-registry.ts';

export interface ProbeLook {
  /** Byte for byte what runs. */
  script: string;
  needsRoot: boolean;
  /** Programs that the target is asked for. */
  tools: readonly string[];
  /** Answered by what the target is, where that is enough; null where the script has to be run. */
  without(facts: TargetFacts): ProbeResult | null;
  judge(seen: { output: string; exitStatus: number }): ProbeResult;
}

/** Throws WrenchbookError `does-not-apply` for a topic without a probe, `bad-parameters` where a field that it uses is not filled in. */
export function probeLook(topic: Topic, parameters: ParameterValues, rendering: Rendering): ProbeLook {
  const { probe, systems = {} } = topic;
  if (!probe)
    throw new WrenchbookError(
      'does-not-apply',
      `"${topic.title}" has no check of its own.`,
      'Read on its page how to recognise the problem, and what is needed.',
    );
  const values = usedValues(topic, probe, parameters, rendering.rehearsal);
  return {
    script: renderText(probe.script(values, { rehearsal: rendering.rehearsal }), rendering).script,
    needsRoot: probe.needsRoot ?? false,
    tools: (systems.tools ?? []).map(({ name }) => name),
    without: (facts) => {
      const because = whyNotOn(systems, facts);
      return because && { verdict: 'not-affected', because: because.message, next: because.next, findings: [], proposes: [] };
    },
    judge: (seen) => {
      const { verdict, because, next, findings, proposes = [] } = probe.judge(seen, values);
      return { verdict, because, next, findings: [...findings], proposes: proposes.filter((each) => isTaken(topic, each)) };
    },
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
