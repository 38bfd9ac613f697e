/**
 * A Samba domain controller in a folder, and a file with Apple’s classes as ADSchemaAnalyzer writes it. What Windows refuses Samba takes, so
 * what is seen here is the file, the order, the words and the way; that category 0 is wrong is what the check of the file knows.
 */
import { writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { RunState } from '../../../shared/api/run.ts';
import { passwordlessSudo, RealTopic, troublesOf } from './real-topic.test-kit.ts';
import { ScratchMachine, whyNoMachineWithPackages } from './scratch-machine.test-kit.ts';

const packages = ['samba', 'samba-ad-dc', 'samba-ad-provision', 'samba-dsdb-modules', 'samba-vfs-modules', 'winbind', 'ldb-tools', 'tdb-tools'];
const why = whyNoMachineWithPackages(packages);
if (why) console.log(`A schema of Samba is not changed: ${why}.`);

const base = 'DC=corp,DC=test';
const password = 'Passw0rd!x';
const options = ['interfaces=lo', 'bind interfaces only=yes', 'server services=ldap', 'tls enabled=no'].map((option) => `--option='${option}'`).join(' ');
const setUp = `${passwordlessSudo}
ln -s tdbbackup.tdbtools /usr/bin/tdbbackup
mkdir -p /var/lib/samba/private /run/samba /etc/samba /var/cache/samba /var/log/samba /var/backups
`;
/** Once the machine is there: this takes longer than a machine may take to start. */
const provision = `samba-tool domain provision --realm=CORP.TEST --domain=CORP --host-name=dc1 --server-role=dc --dns-backend=NONE --adminpass='${password}' --host-ip=127.0.0.1 ${options} >/srv/provision.log 2>&1 || { tail -n 5 /srv/provision.log >&2; exit 1; }
samba -D </dev/null >/dev/null 2>&1`;
const database = '/var/lib/samba/private/sam.ldb';
const schema = 'cn=Schema,cn=Configuration,dc=X';
const list = (name: string, oid: string, attribute: string) => `dn: cn=${name},${schema}
changetype: ntdsSchemaAdd
objectClass: classSchema
governsID: ${oid}
lDAPDisplayName: ${name}
subClassOf: top
objectClassCategory: 0
mayContain: ${attribute}
`;
const attribute = (name: string, oid: string) => `dn: cn=${name},${schema}
changetype: ntdsSchemaAdd
objectClass: attributeSchema
attributeID: ${oid}
attributeSyntax: 2.5.5.12
oMSyntax: 64
isSingleValued: FALSE
lDAPDisplayName: ${name}
`;
const apple = '1.3.6.1.4.1.63.1000.1.1';
/** Classes first, category 0, the placeholder, ldifde’s words, no schemaUpdateNow. */
const exported = [
  list('apple-computer-list', `${apple}.2.11`, 'apple-computers'),
  list('apple-user', `${apple}.2.1`, 'apple-computers'),
  attribute('apple-computers', `${apple}.1.11.3`),
]
  .join('\n')
  .replaceAll('\n', '\r\n');

describe.skipIf(why)('Apple’s classes and the schema of a real Samba', () => {
  let machine: ScratchMachine;
  let topic: RealTopic;
  beforeAll(async () => {
    machine = await ScratchMachine.start(setUp, [], { packages });
    machine.know();
    machine.asRoot(provision);
  }, 600_000);
  afterAll(() => machine?.stop());
  afterEach(async () => {
    await topic?.end();
  });
  const begin = (more: Record<string, string> = {}) => {
    topic = new RealTopic(machine, 'ad-schema-apple', { base, auxiliary: 'apple-user', ...more });
    return topic;
  };
  const ofClass = (name: string) => {
    const said = machine.asRoot(`ldbsearch -H ${database} -b CN=Schema,CN=Configuration,${base} '(lDAPDisplayName=${name})' objectClassCategory`);
    return /^objectClassCategory: (\d)$/m.exec(said)?.[1] ?? 'none';
  };
  const modify = (ldif: string) => machine.asRoot(`ldbmodify -H ${database} --option='dsdb:schema update allowed=true' 2>&1 <<'END'\n${ldif}END`);
  const rulesOf = (state: RunState) =>
    state.steps.find(({ id }) => id === state.current)?.verdicts.flatMap(({ kind, rule }) => (kind === 'failure' ? [rule] : []));

  it('are not imported from a file that was not repaired, and are there to be used from one that was', { timeout: 600_000 }, async () => {
    writeFileSync(`${machine.root}/root/apple.ldf`, exported);
    expect(await begin().look()).toMatchObject({ verdict: 'affected' });
    let state = await topic.run({ without: ['repair'] });
    expect([state.current, rulesOf(state)], troublesOf(state)).toEqual(['try', expect.arrayContaining(['wrong-words'])]);
    expect(ofClass('apple-computer-list'), 'the copy alone was tried').toBe('none');
    await topic.runs.api.runs.leave({ runId: state.runId });
    await topic.end();
    state = await begin().run();
    expect(state.says, troublesOf(state)).toBe('Done and verified.');
    expect([ofClass('apple-computer-list'), ofClass('apple-user')]).toEqual(['1', '3']);
    expect(
      machine.asRoot(
        `printf 'dn: CN=Mac OS X,${base}\\nobjectClass: container\\n\\ndn: CN=List,CN=Mac OS X,${base}\\nobjectClass: apple-computer-list\\n' | ldbadd -H ${database}`,
      ),
    ).toContain('Added 2 records successfully');
    expect(await topic.look()).toMatchObject({ verdict: 'already-fixed' });
    expect(machine.asRoot('ls -l /var/backups')).toMatch(/^-rw------- .*samba-backup-/m);
  });

  it('get another category where the class is there with 0, and the old one back', { timeout: 600_000 }, async () => {
    const plain = list('x-list', '1.3.6.1.4.1.99999.2.1', 'description').replaceAll('dc=X', base).replace('ntdsSchemaAdd', 'add');
    expect(modify(plain)).toContain('Modified 1 records successfully');
    begin({ task: 'broken', structural: 'x-list' });
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
    let state = await topic.run();
    expect([state.says, ofClass('x-list')], troublesOf(state)).toEqual(['Done and verified.', '1']);
    expect(await topic.look()).toMatchObject({ verdict: 'already-fixed' });
    state = await topic.undo(state);
    expect([state.status, ofClass('x-list')], troublesOf(state)).toEqual(['undone', '0']);
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
  });

  it('are read back over LDAP, with a password that is shown nowhere: category 0 is told', { timeout: 600_000 }, async () => {
    writeFileSync(`${machine.root}/root/apple.ldf`, list('x-list', '1.3.6.1.4.1.99999.2.1', 'description'));
    begin({ dc: 'windows', task: 'import', structural: 'x-list', auxiliary: '', server: 'ldap://127.0.0.1', account: 'administrator' });
    const { api, client } = topic.runs;
    let asked = false;
    client.on('runs.changed', ({ runId, prompt }) => {
      if (!prompt || asked) return;
      asked = true;
      void api.terminal.write({ runId, data: `${password}\n` });
    });
    const state = await topic.run();
    expect([state.current, rulesOf(state)], troublesOf(state)).toEqual(['read-back', expect.arrayContaining(['still-zero'])]);
    expect(asked).toBe(true);
    expect(topic.runs.shown).not.toContain(password);
  });
});
