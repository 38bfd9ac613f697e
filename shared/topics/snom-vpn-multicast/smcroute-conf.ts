/** The two lines for a group in smcroute.conf. Pure. */
import { escapeRegExp, setLine } from '../../topic-kit/index.ts';
import { type Parameters, tunnelsOf } from './parameters.ts';

/** First the membership, then the route. Other groups, and other sources of this one, stay. */
export function withGroup(old: string, values: Parameters): string {
  const { lan, group } = values;
  const of = (word: string) => new RegExp(`^\\s*${word}\\s+from\\s+${escapeRegExp(lan)}\\s+group\\s+${escapeRegExp(group)}(?:\\s|$)`);
  const member = setLine(old, of('mgroup'), `mgroup from ${lan} group ${group}`);
  return setLine(member, of('mroute'), `mroute from ${lan} group ${group} to ${tunnelsOf(values).join(' ')}`);
}
