/** A target that is waited for, in words that go on by the second. */
import type { LinkState } from '../../shared/api/link.ts';
import { durationText } from './amounts.ts';

export const linkTitle = ({ kind }: LinkState): string => (kind === 'restarting' ? 'Waiting for the target to restart' : 'The connection is lost');

/** `now`: ms since 1970. */
export function linkWait({ since, nextTryAt, until, tries }: LinkState, now: number): string {
  const waited = `Waiting for ${seconds(now - Date.parse(since))}.`;
  const left = until === null ? '' : ` It stops in ${seconds(Date.parse(until) - now)}.`;
  const toNext = nextTryAt === null ? 0 : Date.parse(nextTryAt) - now;
  const next = toNext > 0 ? ` Next try in ${seconds(toNext)}.` : ` Trying now${tries > 1 ? `, for the ${ordinal(tries)} time` : ''}.`;
  return `${waited}${next}${left}`;
}

const seconds = (ms: number) => (ms < 10_000 ? `${Math.max(0, Math.round(ms / 1000))} s` : durationText(ms));

function ordinal(n: number): string {
  const end = n % 100 >= 11 && n % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${end}`;
}
