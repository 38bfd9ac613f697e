/** Variables of an inventory that are secrets are not copied to the written one; they are asked for when the run starts. Pure. */
import type { HostTrouble } from '../../../../shared/api/fleet.ts';
import type { GatheredHost } from './gather-hosts.ts';

const secretName = /(?:^|_)pass(?:w(?:or)?d|phrase)?$|(?:^|_)pass_|password|secret|token|private_key$|api_?key/i;

export function withoutSecrets(hosts: readonly GatheredHost[]): { hosts: GatheredHost[]; troubles: HostTrouble[] } {
  const left = new Map<string, number>();
  const cleaned = hosts.map((host) => {
    const kept = Object.entries(host.vars).filter(([name, value]) => {
      const isSecret = secretName.test(name) || isVaulted(value);
      if (isSecret) left.set(name, (left.get(name) ?? 0) + 1);
      return !isSecret;
    });
    return { ...host, vars: Object.fromEntries(kept) };
  });
  const troubles = [...left].map(([name, count]) => ({
    entry: name,
    why: `this variable of ${count} ${count === 1 ? 'host' : 'hosts'} looks like a secret and is not copied; passwords are asked for when the run starts`,
  }));
  return { hosts: cleaned, troubles };
}

const isVaulted = (value: unknown) => typeof value === 'object' && value !== null && '__ansible_vault' in value;
