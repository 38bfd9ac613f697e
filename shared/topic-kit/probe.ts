/** The look at a target before anything is planned there: does the procedure apply? It only reads, and it is shown as it is run. */
import type { ProbeFinding, ProbeProposal, ProbeVerdict } from '../api/probe.ts';
import type { Script } from './script.ts';

/** What a probe makes of what it saw. */
export interface ProbeJudgement {
  verdict: ProbeVerdict;
  /** Why, in one or two sentences. */
  because: string;
  /** What to do now. */
  next: string;
  findings: readonly ProbeFinding[];
  /** How the form would fit what was seen, where it does not. */
  proposes?: readonly ProbeProposal[];
}
export interface ProbeSeen {
  /** What the terminal showed, as plain lines. */
  output: string;
  exitStatus: number;
  /** Where it looked at several machines: what each showed, by its id. One that is not there, or is not reached, is missing. */
  machines?: Readonly<Record<string, { output: string; exitStatus: number }>>;
}
/** `Values`: of the whole form. */
export interface Probe<Values = Record<string, unknown>> {
  /** What it looks at, each as a phrase: "the ageing time of the bridge". */
  looksAt: readonly string[];
  /** Fields without which it can't look; the others are not given to it. */
  uses: readonly (keyof Values & string)[];
  /** Some of it can be read by root only. */
  needsRoot?: true;
  /** Of a topic with several machines: those it looks at, in this order. Missing: the first. */
  machines?: readonly string[];
  /** Reads, and prints one `name=value` a line, for `readings`. `machine`: which of several it is for. */
  script(values: Values, context: { rehearsal: boolean; machine?: string }): Script;
  /** Pure. Of several machines, `output` is what all of them showed, one after the other, and `exitStatus` the first that is not 0. What could not be read makes the verdict `unknown`. */
  judge(seen: ProbeSeen, values: Values): ProbeJudgement;
}

/** The `name=value` lines of an output; of a name that comes twice, the last. Names are letters, digits, `_`, `.` and `-`. */
export function readings(output: string): ReadonlyMap<string, string> {
  return new Map(
    output.split('\n').flatMap((line) => {
      const [, name, value] = /^([A-Za-z0-9_.-]+)=(.*)$/.exec(line.trim()) ?? [];
      return name === undefined ? [] : [[name, (value ?? '').trim()] as const];
    }),
  );
}
