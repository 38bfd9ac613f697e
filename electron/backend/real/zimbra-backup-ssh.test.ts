/** OpenSSH 9.2, which refuses DSA, and the same with DSA switched on, as an old one was. Zimbra’s own commands are simulated, with the real ssh-keygen. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { passwordlessSudo, RealTopic, troublesOf } from './real-topic.test-kit.ts';
import { ScratchMachine, whyNoScratchMachine } from './scratch-machine.test-kit.ts';

/** OpenSSH 10 no longer knows the type. */
const noDsa = () => (spawnSync('ssh', ['-Q', 'key'], { encoding: 'utf8' }).stdout.split('\n').includes('ssh-dss') ? null : 'this OpenSSH has no DSA');
const why = whyNoScratchMachine ?? noDsa();
if (why) console.log(`No real sshd refuses a DSA key: ${why}.`);

/** What zmsshkeygen, zmupdateauthkeys and zmprov do, with a file in the place of LDAP. The forced command waits for lines, as zmrcd does. */
const zimbra = `#!/bin/sh
ldap=/opt/zimbra/ldap
case \${0##*/} in
zmhostname) echo localhost ;;
zmcontrol) printf 'Host localhost\\n\\tldap                    Running\\n' ;;
zmprov)
  [ "$1" != -l ] || shift
  case "$1 $3" in
  'gs zimbraSshPublicKey') printf '# name localhost\\nzimbraSshPublicKey: %s\\n' "$(cat $ldap)" ;;
  'gs zimbraRemoteManagementPort') printf '# name localhost\\nzimbraRemoteManagementPort: 22\\n' ;;
  'ms zimbraSshPublicKey') printf '%s\\n' "$4" >$ldap ;;
  esac
  ;;
zmsshkeygen)
  rm -f ~/.ssh/zimbra_identity
  ssh-keygen -f ~/.ssh/zimbra_identity -N '' -t "\${1:-dsa}" -C localhost
  /opt/zimbra/bin/zmprov -l ms localhost zimbraSshPublicKey "$(cat ~/.ssh/zimbra_identity.pub)"
  ;;
zmupdateauthkeys) printf 'command="/opt/zimbra/libexec/zmrcd" %s\\n' "$(cat $ldap)" >~/.ssh/authorized_keys; chmod 644 ~/.ssh/authorized_keys; echo 'Updating /opt/zimbra/.ssh/authorized_keys' ;;
zmrcd) while read -r line; do echo "STARTCMD: $line"; done ;;
esac
`;
const setUp = `${passwordlessSudo}
useradd -m -d /opt/zimbra -s /bin/sh zimbra
usermod -p '*' zimbra
mkdir -p /opt/zimbra/bin /opt/zimbra/libexec /opt/zimbra/.ssh
cat >/opt/zimbra/bin/zmhostname <<'END'
${zimbra}END
chmod 755 /opt/zimbra /opt/zimbra/bin /opt/zimbra/bin/zmhostname
for name in zmcontrol zmprov zmsshkeygen zmupdateauthkeys; do ln -s zmhostname /opt/zimbra/bin/$name; done
ln -s ../bin/zmhostname /opt/zimbra/libexec/zmrcd
ssh-keygen -q -t dsa -m PEM -N '' -C localhost -f /opt/zimbra/.ssh/zimbra_identity
cp /opt/zimbra/.ssh/zimbra_identity.pub /opt/zimbra/ldap
chown -R zimbra /opt/zimbra
chmod 700 /opt/zimbra/.ssh
su -l zimbra -c /opt/zimbra/bin/zmupdateauthkeys >/dev/null
printf 'Port 22\\nListenAddress 127.0.0.1\\nListenAddress ::1\\nHostKey /etc/ssh/host-key\\nUsePAM no\\nPidFile /run/zimbra-sshd.pid\\n' >/etc/ssh/zimbra_sshd
/usr/sbin/sshd -f /etc/ssh/zimbra_sshd
`;

describe.skipIf(why)('the key of a Zimbra', () => {
  let machine: ScratchMachine;
  let topic: RealTopic;
  beforeAll(async () => {
    machine = await ScratchMachine.start(setUp);
    machine.know();
  }, 600_000);
  afterAll(() => machine?.stop());
  afterEach(async () => {
    await topic?.end();
  });
  /** The login that the backup makes; DSA is offered too. */
  const login = () =>
    machine.asRoot(
      "echo here | su -l zimbra -c 'ssh -i ~/.ssh/zimbra_identity -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o PubkeyAcceptedAlgorithms=+ssh-dss localhost 2>&1' || true",
    );
  const keys = () => machine.asRoot('cd /opt/zimbra/.ssh && ls -A && cat zimbra_identity.pub authorized_keys && cat /opt/zimbra/ldap');

  it('is DSA and refused; RSA and accepted after the run, and in its old state once that was undone', { timeout: 600_000 }, async () => {
    const before = keys();
    expect(login()).toContain('Permission denied');
    topic = new RealTopic(machine, 'zimbra-backup-ssh', {});
    expect(await topic.look()).toMatchObject({ verdict: 'affected', proposes: [expect.objectContaining({ field: 'host', value: 'localhost' })] });
    let state = await topic.run();
    expect(state.says, troublesOf(state)).toBe('Done and verified.');
    expect(login()).toContain('STARTCMD: here');
    expect(machine.asRoot('head -n 1 /opt/zimbra/.ssh/zimbra_identity; stat -c %a:%U /opt/zimbra/.ssh/zimbra_identity')).toBe(
      '-----BEGIN RSA PRIVATE KEY-----\n600:zimbra\n',
    );
    expect(topic.runs.shown, 'no private key is shown').not.toMatch(/[A-Za-z0-9+/]{60}\n[A-Za-z0-9+/]{60}/);
    expect(await topic.look()).toMatchObject({ verdict: 'already-fixed' });
    state = await topic.undo(state);
    expect([state.status, keys()], troublesOf(state)).toEqual(['undone', before]);
    expect(readdirSync(`${machine.root}/opt/zimbra`, { encoding: 'utf8' }).filter((name) => name.startsWith('.ssh'))).toEqual(['.ssh']);
    expect(login()).toContain('Permission denied');
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
  });

  it('is still refused where no new one was made, or where the new one was not accepted', { timeout: 600_000 }, async () => {
    topic = new RealTopic(machine, 'zimbra-backup-ssh', {});
    let state = await topic.run({ without: ['make'] });
    expect([state.current, state.status], troublesOf(state)).toEqual(['authorize', 'failed']);
    expect(login()).toContain('Permission denied');
    state = await topic.undo(state);
    state = await topic.run({ without: ['authorize'] });
    expect([state.status, login()], troublesOf(state)).toEqual(['done', expect.stringContaining('Permission denied')]);
    state = await topic.undo(state);
    expect(state.status, troublesOf(state)).toBe('undone');
  });

  it('is left alone where sshd accepts DSA, as one before 7.0 does', { timeout: 600_000 }, async () => {
    machine.asRoot("printf 'PubkeyAcceptedAlgorithms +ssh-dss\\n' >>/etc/ssh/zimbra_sshd; kill -HUP $(cat /run/zimbra-sshd.pid); sleep 1");
    expect(login()).toContain('STARTCMD: here');
    topic = new RealTopic(machine, 'zimbra-backup-ssh', {});
    const state = await topic.run();
    expect([state.current, state.steps.find(({ id }) => id === state.current)?.verdicts.map(({ rule }) => rule)], troublesOf(state)).toEqual([
      'login-before',
      ['accepted'],
    ]);
  });
});
