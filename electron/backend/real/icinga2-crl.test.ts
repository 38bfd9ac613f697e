/** A real Icinga 2 under systemd with its CA, and nodes whose certificates are found at the node, in a request and in a file. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { passwordlessSudo, RealTopic, troublesOf } from './real-topic.test-kit.ts';
import { ScratchMachine, whyNoMachineThatBoots } from './scratch-machine.test-kit.ts';

const packages = ['icinga2-bin', 'icinga2-common', 'openssl'];
const why = whyNoMachineThatBoots(packages);
if (why) console.log(`Nodes of a real Icinga are not revoked: ${why}.`);

const lib = '/var/lib/icinga2';
const setUp = `${passwordlessSudo}
useradd -r nagios
getent group www-data >/dev/null || groupadd -r www-data
mkdir -p ${lib}/certs ${lib}/certificate-requests /srv/keys
chown -R nagios:nagios ${lib} /var/cache/icinga2 /var/log/icinga2 /srv/keys
icinga2 pki new-ca >/dev/null
sign() { openssl req -new -newkey rsa:2048 -nodes -keyout "$2/$1.key" -subj "/CN=$1" -out /srv/keys/$1.csr 2>/dev/null; icinga2 pki sign-csr --csr /srv/keys/$1.csr --cert "$2/$1.crt" >/dev/null; chown nagios "$2/$1.key"; }
sign master ${lib}/certs
for name in sat1 sat2 sat3 good; do sign $name /srv/keys; done
cp ${lib}/ca/ca.crt ${lib}/certs/
printf '{"cert_response":"%s","subject":"CN = sat2"}\\n' "$(sed ':a;N;$!ba;s/\\n/\\\\n/g' /srv/keys/sat2.crt)" >${lib}/certificate-requests/2.json
printf 'const NodeName = "master"\\nconst ZoneName = NodeName\\nconst TicketSalt = "a"\\n' >/etc/icinga2/constants.conf
printf 'object Endpoint "master" { }\\nobject Zone "master" { endpoints = [ "master" ] }\\n' >/etc/icinga2/zones.conf
printf 'include "constants.conf"\\ninclude "zones.conf"\\ninclude "features-enabled/*.conf"\\n' >/etc/icinga2/icinga2.conf
printf 'object ApiListener "api" {\\n  bind_host = "127.0.0.1"\\n\\n  ticket_salt = TicketSalt\\n}\\n' >/etc/icinga2/features-available/api.conf
rm -f /etc/icinga2/features-enabled/*
ln -s ../features-available/api.conf ../features-available/mainlog.conf /etc/icinga2/features-enabled/
printf '[Service]\\nExecStart=/usr/bin/openssl s_server -accept 127.0.0.2:5665 -cert /srv/keys/sat1.crt -key /srv/keys/sat1.key -quiet\\n' >/etc/systemd/system/sat1.service
sed 's/127.0.0.2/127.0.0.4/; s/sat1/sat3/g' /etc/systemd/system/sat1.service >/etc/systemd/system/sat3.service
`;
const nodes = 'sat1=127.0.0.2\nsat2=127.0.0.3\nsat3=127.0.0.4';

describe.skipIf(why)('nodes of a real Icinga', () => {
  let machine: ScratchMachine;
  let topic: RealTopic;
  beforeAll(async () => {
    machine = await ScratchMachine.start(setUp, [], { packages, boot: { units: ['icinga2.service', 'sat1.service', 'sat3.service'] } });
    machine.know();
  }, 600_000);
  afterAll(() => machine?.stop());
  afterEach(async () => {
    await topic?.end();
  });
  const begin = (more: Record<string, string> = {}) => {
    topic = new RealTopic(machine, 'icinga2-crl', { nodes, ...more });
    return topic;
  };
  /** What Icinga logs of a connection with the node's own key and certificate. */
  const answerTo = (name: string) =>
    machine
      .asRoot(`log=/var/log/icinga2/icinga2.log; size=$(wc -c <$log)
timeout 5 openssl s_client -connect 127.0.0.1:5665 -cert /srv/keys/${name}.crt -key /srv/keys/${name}.key </dev/null >/dev/null 2>&1
for n in 1 2 3 4 5 6 7 8 9 10; do line=$(tail -c +$((size + 1)) $log | grep -F "identity '${name}'" | head -n 1); [ -n "$line" ] && break; sleep 0.2; done
case $line in *'code 23: certificate revoked'*) echo refused ;; *'no Endpoint object'*) echo accepted ;; *) printf '%s\\n' "$line" ;; esac`)
      .trim();
  const answers = () => ['sat1', 'sat2', 'sat3', 'good'].map(answerTo);

  it('are accepted before, refused in a handshake after, one of them accepted again, and all of them once it was undone', { timeout: 600_000 }, async () => {
    expect(answers()).toEqual(['accepted', 'accepted', 'accepted', 'accepted']);
    expect(await begin().look()).toMatchObject({ verdict: 'affected' });
    let state = await topic.run();
    expect(state.says, troublesOf(state)).toBe('Done and verified.');
    expect(answers()).toEqual(['refused', 'refused', 'refused', 'accepted']);
    expect(await topic.look()).toMatchObject({ verdict: 'already-fixed' });
    const done = state;
    const first = topic;
    const crl = () => machine.asRoot(`cksum ${lib}/certs/crl.pem ${lib}/ca/crl/index.txt`);
    const written = crl();
    state = await begin().run();
    expect([state.says, crl()], troublesOf(state)).toEqual(['Done and verified.', written]);
    await topic.end();
    // One of three is let in again, and refused again.
    state = await begin({ task: 'restore', nodes: 'sat2' }).run();
    expect([state.says, ...answers()], troublesOf(state)).toEqual(['Done and verified.', 'refused', 'accepted', 'refused', 'accepted']);
    state = await topic.undo(state);
    expect([state.status, answerTo('sat2')], troublesOf(state)).toEqual(['undone', 'refused']);
    await topic.end();
    topic = first;
    state = await topic.undo(done);
    expect(state.status, troublesOf(state)).toBe('undone');
    expect(answers()).toEqual(['accepted', 'accepted', 'accepted', 'accepted']);
    expect(machine.asRoot(`ls ${lib}/ca ${lib}/certs /etc/systemd/system`)).not.toMatch(/crl/);
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
  });

  it('are accepted still where the configuration was not changed: the certificate that was made to be revoked shows it', { timeout: 600_000 }, async () => {
    machine.asRoot(`mkdir -p ${lib}/ca/crl/nodes && cp /srv/keys/sat3.crt ${lib}/ca/crl/nodes/`);
    begin({ nodes: 'sat3' });
    const state = await topic.run({ without: ['config'] });
    expect([state.status, answerTo('sat3')], troublesOf(state)).toEqual(['done', 'accepted']);
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
    // The reminder fails while the CRL is good for fewer days than it wants.
    expect(machine.asRoot('systemctl start icinga2-crl-reminder.service; systemctl show -p Result --value icinga2-crl-reminder.service').trim()).toBe(
      'success',
    );
    expect(
      machine
        .asRoot(`openssl ca -config ${lib}/ca/crl/ca.cnf -gencrl -crldays 30 -out ${lib}/certs/crl.pem 2>/dev/null
systemctl start icinga2-crl-reminder.service 2>/dev/null; systemctl show -p Result --value icinga2-crl-reminder.service`)
        .trim(),
    ).toBe('exit-code');
  });
});
