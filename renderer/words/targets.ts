/** Targets, stages and facts in words. */

import { systemText } from '../../shared/api/facts-text.ts';
import { probeVerdictTitles } from '../../shared/api/probe.ts';
import { type ListedTarget, placeText, type Stage, type StageName, type TrialState } from '../../shared/api/target.ts';
import type { Tone } from './status.ts';

const stages: Record<StageName, string> = {
  console: 'Console',
  prompt: 'Prompt',
  network: 'Network',
  'host-key': 'Host key',
  authentication: 'Authentication',
  shell: 'Shell',
  facts: 'Facts',
  root: 'Root',
  probe: 'Does it apply?',
};
export const stageTitle = (name: StageName) => stages[name];

const statuses: Record<Stage['status'], { label: string; tone: Tone }> = {
  pending: { label: 'to do', tone: 'neutral' },
  running: { label: 'running', tone: 'active' },
  ok: { label: 'ok', tone: 'good' },
  failed: { label: 'failed', tone: 'bad' },
  skipped: { label: 'not tried', tone: 'neutral' },
};
export const stageStatusWords = (status: Stage['status']) => statuses[status];

export function trialText({ targetName, status, stages: all, probe }: TrialState): string {
  const looks = all.some(({ name }) => name === 'probe');
  if (probe) return `${targetName}: ${probeVerdictTitles[probe.verdict]}.`;
  if (status === 'running') return `${looks ? 'Checking' : 'Testing'} ${targetName}. Answer in the terminal what is asked there.`;
  if (status === 'ok') return `${targetName} can be reached.`;
  if (status === 'cancelled') return `The ${looks ? 'check of' : 'test of'} ${targetName} was cancelled.`;
  const failed = all.find((stage) => stage.status === 'failed');
  return `${targetName}: ${failed ? `${stageTitle(failed.name)} failed.` : 'the test failed.'}`;
}

/** Whether every word of a search is in its name, address, group, tags, note or system. */
export function fitsTarget({ name, connection, group, tags, note, facts }: ListedTarget, search: string): boolean {
  const text = [name, placeText(connection), group, ...tags.map((tag) => `#${tag}`), note, facts ? systemText(facts) : ''].join(' ').toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** How long ago, roughly: `just now`, `5 min ago`, `3 h ago`, `2 days ago`. */
export function ageText(iso: string, now: number): string {
  const minutes = Math.floor((now - Date.parse(iso)) / 60_000);
  if (Number.isNaN(minutes)) return '';
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ago`;
  return `${Math.floor(hours / 24)} days ago`;
}
