/** Whether a procedure applies, in words and tones. */
import type { ProbeFinding, ProbeVerdict } from '../../shared/api/probe.ts';
import type { Tone } from './status.ts';

const verdicts: Record<ProbeVerdict, Tone> = { affected: 'active', 'not-affected': 'neutral', 'already-fixed': 'good', unknown: 'warning' };
export const verdictTone = (verdict: ProbeVerdict) => verdicts[verdict];

const speaks: Record<ProbeFinding['speaks'], { label: string; tone: Tone }> = {
  for: { label: 'Points to this problem.', tone: 'active' },
  against: { label: 'Points away from it.', tone: 'neutral' },
  neither: { label: '', tone: 'neutral' },
};
export const speaksWords = (says: ProbeFinding['speaks']) => speaks[says];
