/**
 * All probes that can look at one machine, as one look: made once the machine has said what it is, and judged one by one. What could not be
 * looked at is a finding of its own.
 */
import { randomBytes } from 'node:crypto';
import type { DoctorFinding, DriftFinding } from '../../../shared/api/doctor.ts';
import { toWireError, WrenchbookError } from '../../../shared/api/error.ts';
import type { ProbeResult } from '../../../shared/api/probe.ts';
import type { TargetFacts } from '../../../shared/api/target.ts';
import type { Topic } from '../../../shared/topic-kit/index.ts';
import type { ProbeLook, ProbePart } from '../probes/probe-look.ts';
import { doctorScript, takenApart } from './doctor-script.ts';

/** One probe has so long, in seconds. */
const secondsEach = 10;
/** A shell that was ended by one has a greater status. */
const byASignal = 128;

export interface DoctorTopic {
  topic: Topic;
  /** Its look; or why there is none; or why it is for other machines. */
  look: ProbeLook | { whyNot: { message: string; next: string } } | { elsewhere: string };
  /** Whose values it looks with, to see whether what it set up still stands. */
  run?: { runId: string; title: string; endedAt: string };
}

export class DoctorLook {
  /** In the order of the topics; empty until it was judged. */
  findings: DoctorFinding[] = [];
  drift: DriftFinding[] = [];
  private readonly topics: readonly DoctorTopic[];
  private readonly deep: boolean;
  private readonly mark = randomBytes(8).toString('hex');
  /** What is known without a look. */
  private readonly answered = new Map<DoctorTopic, DoctorFinding>();
  private script = ':';

  /** `deep`: root's rights are taken, and probes that need them look too. */
  constructor(topics: readonly DoctorTopic[], deep: boolean) {
    this.topics = topics;
    this.deep = deep;
  }

  get look(): ProbeLook {
    const self = this;
    const part: ProbePart = {
      // Made of what the machine has said.
      get script() {
        return self.script;
      },
      needsRoot: this.deep,
      tools: [...new Set(this.topics.flatMap(({ look }) => ('parts' in look ? look.parts.flatMap(({ tools }) => tools) : [])))],
      without: (facts) => {
        this.prepare(facts);
        return null;
      },
    };
    return { parts: [part], judge: ([seen]) => this.judge(seen?.output ?? '', seen?.exitStatus ?? 0) };
  }

  private prepare(facts: TargetFacts): void {
    const parts = this.topics.flatMap((each) => {
      const { topic, look } = each;
      const whyNot = this.whyNotLooked(look, facts);
      if (whyNot) this.answered.set(each, { ...about(topic), ...whyNot });
      else if ('parts' in look) return [{ id: partId(each), script: look.parts[0]?.script ?? ':' }];
      return [];
    });
    this.script = doctorScript(parts, this.mark, secondsEach);
  }

  private whyNotLooked(look: DoctorTopic['look'], facts: TargetFacts): Pick<DoctorFinding, 'verdict' | 'because' | 'next'> | null {
    if ('elsewhere' in look) return { verdict: 'elsewhere', because: look.elsewhere, next: '' };
    if ('whyNot' in look) return { verdict: 'not-looked', because: look.whyNot.message, next: look.whyNot.next };
    const [part] = look.parts;
    const other = part?.without(facts);
    if (other) return { verdict: 'elsewhere', because: other.because, next: other.next };
    if (part?.needsRoot && !this.deep && facts.uid !== 0)
      return { verdict: 'not-looked', because: 'Only root can look.', next: 'Run the doctor again with --deep.' };
    return null;
  }

  /** Throws `cancelled` where it was interrupted: what was not looked at then says nothing of the machine. */
  private judge(output: string, exitStatus: number): ProbeResult {
    if (exitStatus > byASignal) throw new WrenchbookError('cancelled', 'The check-up was interrupted.', 'Nothing was kept. Check the machine again.');
    const seen = takenApart(output, this.mark);
    const judged = this.topics.map((each) => ({ each, finding: this.findingOf(each, seen) }));
    this.findings = judged.flatMap(({ each, finding }) => (each.run ? [] : [finding]));
    this.drift = judged.flatMap(({ each, finding }) => driftOf(each, finding));
    const affected = this.findings.filter(({ verdict }) => verdict === 'affected').length;
    return {
      verdict: affected > 0 ? 'affected' : 'not-affected',
      because:
        affected === 0 ? 'No procedure applies here, as far as was looked.' : `${affected} ${affected === 1 ? 'procedure applies' : 'procedures apply'} here.`,
      next: '',
      findings: [],
      proposes: [],
    };
  }

  private findingOf(each: DoctorTopic, seen: ReturnType<typeof takenApart>): DoctorFinding {
    const { topic, look } = each;
    const known = this.answered.get(each);
    if (known) return known;
    const own = seen.get(partId(each));
    if (!own || !('parts' in look)) return notLooked(topic, 'The machine did not say what came of it.', 'Check this procedure by itself.');
    if (own.ended === 'late') return notLooked(topic, `It took longer than ${secondsEach} seconds and was ended.`, 'Check this procedure by itself.');
    if (own.ended === 'cut') return notLooked(topic, 'It printed too much and was ended.', 'Check this procedure by itself.');
    try {
      const { verdict, because, next, findings, proposes } = look.judge([own]);
      return { ...about(topic), verdict, because, next, findings, proposes };
    } catch (thrown) {
      return notLooked(topic, `What it showed could not be judged: ${toWireError(thrown).message}`, 'Please report this.');
    }
  }
}

const partId = ({ topic, run }: DoctorTopic) => (run ? `${topic.id}@${run.runId}` : topic.id);

/** A procedure that does not apply any more says nothing of what it once set up. */
function driftOf({ topic, run }: DoctorTopic, { verdict, because }: DoctorFinding): DriftFinding[] {
  if (!run) return [];
  const now = verdict === 'already-fixed' ? 'stands' : verdict === 'affected' ? 'drifted' : 'open';
  return [{ runId: run.runId, topicId: topic.id, title: run.title, endedAt: run.endedAt, verdict: now, because }];
}

const about = ({ id, title, category }: Topic) => ({ topicId: id, title, category, findings: [], proposes: [] });
const notLooked = (topic: Topic, because: string, next: string): DoctorFinding => ({ ...about(topic), verdict: 'not-looked', because, next });
