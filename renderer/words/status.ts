/** States of runs and steps in words, with the tone that colours them. */
import type { RunStatus, StepStatus, VerdictKind } from '../../shared/api/run.ts';

export type Tone = 'neutral' | 'active' | 'asking' | 'good' | 'harmless' | 'warning' | 'bad';

const runs: Record<RunStatus, { label: string; tone: Tone }> = {
  waiting: { label: 'waiting for you', tone: 'active' },
  running: { label: 'running', tone: 'active' },
  asks: { label: 'asks you', tone: 'asking' },
  failed: { label: 'stopped by a failure', tone: 'bad' },
  'dead-end': { label: 'failed, cannot continue', tone: 'bad' },
  interrupted: { label: 'interrupted', tone: 'warning' },
  stopped: { label: 'stopped by you', tone: 'neutral' },
  done: { label: 'done and verified', tone: 'good' },
  undone: { label: 'undone', tone: 'neutral' },
};
const steps: Record<StepStatus, { label: string; tone: Tone }> = {
  pending: { label: 'to do', tone: 'neutral' },
  running: { label: 'running', tone: 'active' },
  done: { label: 'done', tone: 'good' },
  failed: { label: 'failed', tone: 'bad' },
  interrupted: { label: 'interrupted', tone: 'warning' },
  skipped: { label: 'skipped', tone: 'neutral' },
  undone: { label: 'undone', tone: 'neutral' },
};
const verdicts: Record<VerdictKind, { label: string; tone: Tone }> = {
  expected: { label: 'expected', tone: 'good' },
  harmless: { label: 'harmless', tone: 'harmless' },
  warning: { label: 'warning', tone: 'warning' },
  failure: { label: 'failure', tone: 'bad' },
};
const colors: Record<Tone, string> = {
  neutral: 'var(--wb-quiet)',
  active: 'var(--wb-changes)',
  asking: 'var(--wb-asking)',
  good: 'var(--wb-good)',
  harmless: 'var(--wb-harmless)',
  warning: 'var(--wb-warning)',
  bad: 'var(--wb-bad)',
};

export const runStatusWords = (status: RunStatus) => runs[status];
export const stepStatusWords = (status: StepStatus) => steps[status];
export const verdictWords = (kind: VerdictKind) => verdicts[kind];
export const toneColor = (tone: Tone) => colors[tone];
