/** The inventory beside the playbook: exactly the chosen hosts, with what ssh needs to check their keys and to ask nothing. Pure. */
import { stringify } from 'yaml';
import type { GatheredHost } from './gather-hosts.ts';

export interface SshWays {
  /** Another ssh configuration than the client's own. */
  config?: string | undefined;
  /** A password for ssh is given: asking for it must not be switched off. */
  password: boolean;
}

/** ssh takes the first value it meets: what an inventory or ansible.cfg says of host keys comes later. */
export function sshArguments({ config, password }: SshWays): string {
  return [
    '-o StrictHostKeyChecking=yes',
    ...(password ? [] : ['-o BatchMode=yes']),
    ...(config === undefined ? [] : [`-F "${config.replaceAll(/["\\]/g, '\\$&')}"`]),
    '-C -o ControlMaster=auto -o ControlPersist=60s',
  ].join(' ');
}

export function inventoryText(hosts: readonly GatheredHost[], roles: readonly string[], ways: SshWays): string {
  const args = sshArguments(ways);
  const lines = hosts.map(({ name, address, user, port, vars }) => {
    const own = typeof vars.ansible_ssh_args === 'string' ? { ansible_ssh_args: `${args} ${vars.ansible_ssh_args}` } : {};
    const given = {
      ...(address !== undefined && { ansible_host: address }),
      ...(user !== undefined && { ansible_user: user }),
      ...(port !== undefined && { ansible_port: port }),
    };
    return [name, { ...vars, ...given, ...own }] as const;
  });
  const groups = roles.map((role) => [role, { hosts: Object.fromEntries(hosts.filter((host) => host.role === role).map(({ name }) => [name, {}])) }] as const);
  const all = { vars: { ansible_ssh_args: args }, hosts: Object.fromEntries(lines), ...(groups.length > 0 && { children: Object.fromEntries(groups) }) };
  return `---\n${stringify({ all }, { lineWidth: 0 })}`;
}
