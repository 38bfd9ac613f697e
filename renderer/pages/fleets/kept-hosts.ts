/** Hosts that were typed for a new fleet run, kept over a reload as other forms keep what was typed. Inventories are chosen again: what they name may be another by then. */
import { keepValues, keptValues } from '../../stores/kept-form.ts';
import { type HostPick, type HostPicks, noPick } from './host-picks.ts';

const route = 'new-fleet hosts';
const field = { name: 'hosts', secret: false, control: 'text' } as const;
const none = '{}';

/** A list names hosts and nothing else. What looks like a variable may be a password, and is not kept. */
const withoutVariables = (text: string) =>
  text
    .split('\n')
    .filter((line) => !line.includes('='))
    .join('\n');

/** By machine, without inventories. */
export function keptHosts(): HostPicks {
  const { hosts = none } = keptValues(route, [field]);
  try {
    const kept: unknown = JSON.parse(String(hosts));
    return typeof kept === 'object' && kept !== null ? Object.fromEntries(Object.entries(kept).map(([role, pick]) => [role, pickOf(pick)])) : {};
  } catch {
    return {};
  }
}

export function keepHosts(picks: HostPicks): void {
  const typed = Object.entries(picks).flatMap(([role, { text, tags, pattern }]) =>
    text.trim() !== '' || tags.length > 0 || pattern.trim() !== '' ? [[role, { text: withoutVariables(text), tags, pattern: withoutVariables(pattern) }]] : [],
  );
  keepValues(route, [field], { hosts: typed.length === 0 ? none : JSON.stringify(Object.fromEntries(typed)) }, { hosts: none });
}

function pickOf(kept: unknown): HostPick {
  const { text, tags, pattern } = (typeof kept === 'object' && kept !== null ? kept : {}) as Record<string, unknown>;
  return {
    ...noPick,
    ...(typeof text === 'string' && { text }),
    ...(typeof pattern === 'string' && { pattern }),
    ...(Array.isArray(tags) && { tags: tags.filter((tag) => typeof tag === 'string') }),
  };
}
