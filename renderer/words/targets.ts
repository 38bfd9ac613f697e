/** Targets, stages and facts in words. */
import type { Connection, Stage, StageName, TargetFacts, TrialState } from '../../shared/api/target.ts';
import type { Tone } from './status.ts';

const stages: Record<StageName, string> = {
  network: 'Network',
  'host-key': 'Host key',
  authentication: 'Authentication',
  shell: 'Shell',
  facts: 'Facts',
  root: 'Root',
};
export const stageTitle = (name: StageName) => stages[name];

const statuses: Record<Stage['status'], { label: string; tone: Tone }> = {
  pending: { label: 'to do', tone: 'neutral' },
  running: { label: 'under way', tone: 'active' },
  ok: { label: 'ok', tone: 'good' },
  failed: { label: 'failed', tone: 'bad' },
  skipped: { label: 'not tried', tone: 'neutral' },
};
export const stageStatusWords = (status: Stage['status']) => statuses[status];

export function trialText({ targetName, status, stages: all }: TrialState): string {
  if (status === 'running') return `Testing ${targetName}. Answer in the terminal what is asked there.`;
  if (status === 'ok') return `${targetName} can be reached.`;
  if (status === 'cancelled') return `The test of ${targetName} was cancelled.`;
  const failed = all.find((stage) => stage.status === 'failed');
  return `${targetName}: ${failed ? `${stageTitle(failed.name)} failed.` : 'the test failed.'}`;
}

export function placeText(connection: Connection): string {
  if (connection.kind === 'local') return 'this machine';
  const { host, user, port } = connection;
  return `${user === undefined ? '' : `${user}@`}${host}${port === undefined ? '' : `:${port}`}`;
}

export function clockText(seconds: number | null): string {
  if (seconds === null) return 'not told';
  return seconds === 0 ? 'right' : `${Math.abs(seconds)} s ${seconds > 0 ? 'ahead' : 'behind'}`;
}

export const systemText = ({ os }: TargetFacts) => `${os.name} ${os.version}`.trim();

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
