/** What a target said of itself, in words: the same in the window, in the terminal and in transcripts. */
import type { TargetFacts } from './target.ts';

export const systemText = ({ os }: Pick<TargetFacts, 'os'>): string => `${os.name} ${os.version}`.trim();

/** How a target's clock differs from this one. */
export function clockText(seconds: number | null): string {
  if (seconds === null) return 'not reported';
  return seconds === 0 ? 'right' : `${Math.abs(seconds)} s ${seconds > 0 ? 'ahead' : 'behind'}`;
}

/** In one line. */
export function factsText(facts: TargetFacts): string {
  const { kernel, architecture, hostName, user, uid, loginShell, clockSkewSeconds } = facts;
  return [
    `${hostName || 'a machine without a name'}: ${systemText(facts)}`,
    [kernel, architecture].filter(Boolean).join(' '),
    `user ${user || '?'} (${uid ?? '?'})`,
    loginShell,
    `clock ${clockText(clockSkewSeconds)}`,
  ]
    .filter(Boolean)
    .join(', ');
}
