/** What the router’s answer to the new address means. */
import type { Matcher } from '../../topic-kit/index.ts';

/** Said only where there is such an address: else its lack is the news. */
export const reached = (given: RegExp): Matcher[] => [
  {
    kind: 'failure',
    id: 'not-reached',
    pattern: /^reach=no$/,
    given,
    means: 'The router does not answer when it is asked from this address.',
    next: 'If it answers to no ping at all, ping from another host instead, and skip this step with that as the reason. Else check its filters.',
  },
  {
    kind: 'warning',
    id: 'no-router',
    pattern: /^reach=untried$/,
    given,
    means: 'There is no router to ask, so nothing outside the Mac was seen.',
    next: 'Ping the Mac from another host.',
  },
  { kind: 'harmless', id: 'reached', pattern: /^reach=yes from \S+$/, text: 'reach=yes from …', means: 'The router answers to this address.' },
];
