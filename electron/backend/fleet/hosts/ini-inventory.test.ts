import { describe, expect, it } from 'vitest';
import { readIniInventory, readYamlInventory } from './ini-inventory.ts';

describe('an INI inventory', () => {
  const { hosts, groups, troubles, twice } = readIniInventory(`mail.example.com ansible_port=2222 note="a b" # the old one
-oProxyCommand=x
[web]
web[01:03] ansible_user=admin
web02
bad"quote
[db]
db1:5022
[all:vars]
ntp=here
[web:vars]
tier = 'front'
[site:children]
web
db
[odd:thing]
x
`);
  it('has hosts with their variables, ranges and ports', () => {
    expect(hosts.map(({ name }) => name)).toEqual(['mail.example.com', 'web01', 'web02', 'web03', 'db1']);
    expect(hosts[0]?.vars).toEqual({ ntp: 'here', ansible_port: 2222, note: 'a b' });
    expect(hosts[1]?.vars).toEqual({ ntp: 'here', tier: 'front', ansible_user: 'admin' });
    expect(hosts[4]?.vars).toEqual({ ntp: 'here', ansible_port: 5022 });
  });
  it('has groups with those in them', () => {
    expect(groups.get('site')).toEqual(['web01', 'web02', 'web03', 'db1']);
    expect(groups.get('all')).toHaveLength(5);
  });
  it('loses only its bad lines, names them, and says which hosts are there twice', () => {
    expect(troubles.map(({ entry }) => entry.replace(/:.*/, ''))).toEqual(['line 2', 'line 6', 'line 16']);
    expect(twice).toEqual(['web02']);
  });
});

describe('a YAML inventory', () => {
  it('has the same, and loses only its bad entries', () => {
    const { hosts, groups, troubles } = readYamlInventory(
      'all:\n  children:\n    web:\n      hosts:\n        web[1:2]: {ansible_port: 22}\n        "we b": {}\n      vars: {tier: front}\n    db:\n      hosts: [x]\n    none:\n',
    );
    expect(hosts).toEqual([
      { name: 'web1', vars: { tier: 'front', ansible_port: 22 } },
      { name: 'web2', vars: { tier: 'front', ansible_port: 22 } },
    ]);
    expect(groups.get('web')).toEqual(['web1', 'web2']);
    expect(troubles.map(({ entry }) => entry)).toEqual(['web: we b', 'db: hosts']);
  });
});
