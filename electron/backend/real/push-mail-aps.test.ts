/**
 * A real Dovecot with TLS, asked by the real openssl: before and after login. serveradmin is a stand-in that does what the real one is known to do:
 * it writes Dovecot’s configuration, lets it be read again, and echoes the setting; no OS X Server is here.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { passwordlessSudo, RealTopic, troublesOf } from './real-topic.test-kit.ts';
import { ScratchMachine, whyNoMachineWithPackages } from './scratch-machine.test-kit.ts';

const packages = ['dovecot-imapd', 'openssl', 'perl-base'];
const why = whyNoMachineWithPackages(packages);
if (why) console.log(`Dovecot and its capabilities are not tried: ${why}.`);

const password = 'Canary "4711\\%s';
const guid = '3F2504E0-4F89-41D3-9A0C-0305E82C3301';
const map = '/Library/Server/Mail/Data/mta/guid_device_maps.plist';
const tools = {
  sw_vers: `if [ "$1" = -productVersion ]; then echo 10.10.5; else printf 'ProductName:\\tMac OS X\\nProductVersion:\\t10.10.5\\n'; fi`,
  serveradmin: `key=mail:imap:aps_topic_enabled
case "$*" in
"settings $key") echo "$key = $(cat /srv/setting)" ;;
"settings $key = "*)
  echo "$4" >/srv/setting
  if [ "$4" = yes ] && [ ! -e /srv/deaf ]; then echo 'imap_capability = +XAPPLEPUSHSERVICE' >/srv/push.conf; else : >/srv/push.conf; fi
  doveadm -c /srv/dovecot.conf reload
  echo "$key = $4" ;;
esac`,
  PlistBuddy: 'cat "$3"',
};
const setUp = `${passwordlessSudo}
for name in dovecot dovenull vmail; do id $name >/dev/null 2>&1 || useradd -r -s /usr/sbin/nologin $name; done
mkdir -p /srv/run /srv/mail $(dirname ${map}) /Library/Logs/Mail
chown vmail /srv/mail
printf 'Feb 21 20:13:27 mail push_notify[1]: ApplePushServiceProvider: Warning: no device map found for ${guid}\\n' >/Library/Logs/Mail/push_notify.log
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout /srv/key.pem -out /srv/cert.pem -days 2 -subj /CN=mail.example.org 2>/dev/null
: >/srv/push.conf
printf 'anna:{PLAIN}%s\\nbert:{PLAIN}%s::::::userdb_uid=vmail userdb_gid=vmail userdb_home=/srv/mail/bert userdb_imap_capability=+XAPPLEPUSHSERVICE\\n' '${password}' '${password}' >/srv/users
cat >/srv/dovecot.conf <<'END'
protocols = imap
base_dir = /srv/run
state_dir = /srv/run
log_path = /srv/dovecot.log
ssl = required
ssl_cert = </srv/cert.pem
ssl_key = </srv/key.pem
mail_location = maildir:/srv/mail/%u
passdb {
  driver = passwd-file
  args = /srv/users
}
userdb {
  driver = prefetch
}
userdb {
  driver = static
  args = uid=vmail gid=vmail home=/srv/mail/%u
}
service imap-login {
  inet_listener imap {
    port = 0
  }
  inet_listener imaps {
    address = 127.0.0.1
    port = 993
    ssl = yes
  }
}
!include /srv/push.conf
END
${Object.entries(tools)
  .map(([name, text]) => `cat >/usr/local/bin/${name} <<'END'\n#!/bin/sh\n${text}\nEND\nchmod 755 /usr/local/bin/${name}\n`)
  .join('')}
# Takes the connection and is silent.
perl -MIO::Socket::INET -e '$s = IO::Socket::INET->new(LocalAddr => "127.0.0.1:9930", Listen => 5, ReuseAddr => 1) or die; while ($c = $s->accept) { push @all, $c }' </dev/null >/dev/null 2>&1 &
dovecot -c /srv/dovecot.conf
`;

describe.skipIf(why)('an IMAP server that does not offer push', () => {
  let machine: ScratchMachine;
  let topic: RealTopic;
  beforeAll(async () => {
    machine = await ScratchMachine.start(setUp, [], { packages });
    machine.know();
  }, 600_000);
  afterAll(() => machine?.stop());
  beforeEach(() => {
    machine.asRoot(`rm -f /srv/deaf; echo no >/srv/setting; : >/srv/push.conf; echo '<plist/>' >${map}; doveadm -c /srv/dovecot.conf reload`);
  });
  afterEach(() => topic?.end());
  const begin = (more: Record<string, string> = {}) => {
    topic = new RealTopic(machine, 'push-mail-aps', { guid, ...more });
    const { api, client } = topic.runs;
    let asked = '';
    client.on('runs.changed', ({ runId, prompt, current }) => {
      if (!prompt || asked === current) return;
      asked = current ?? '';
      void api.terminal.write({ runId, data: `${password}\n` });
    });
  };
  /** A phone that registers where the server offers push. */
  const phone = (step: string) => {
    if (step === 'phone') machine.asRoot(`! grep -q XAPPLE /srv/push.conf || echo '<plist>${guid} token Secret-token-1</plist>' >${map}`);
  };

  it('offers it after the run, before login and after it, and no longer once that was undone', { timeout: 600_000 }, async () => {
    begin({ user: 'anna' });
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
    const done = await topic.run({ before: phone });
    expect(done.says, troublesOf(done)).toBe('Done and verified.');
    expect(topic.runs.shown).toContain('after-login=yes');
    expect(await topic.look()).toMatchObject({ verdict: 'already-fixed' });
    for (const secret of [password, 'Secret-token-1', Buffer.from(`\0anna\0${password}`).toString('base64')]) expect(topic.runs.shown).not.toContain(secret);
    const undone = await topic.undo(done);
    expect(undone.says, troublesOf(undone)).toMatch(/^Undone/);
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
  });

  it('is found out not to offer it when Dovecot does not take the setting', { timeout: 600_000 }, async () => {
    machine.asRoot('touch /srv/deaf');
    begin();
    const state = await topic.run({ before: phone });
    expect([state.status, state.current], troublesOf(state)).toEqual(['failed', 'after']);
  });

  it('is found to offer it already where it does so after login only', { timeout: 600_000 }, async () => {
    begin({ user: 'bert' });
    const state = await topic.run();
    expect([state.current, state.steps[0]?.verdicts.map(({ rule }) => rule)], troublesOf(state)).toEqual(['look', ['already']]);
    expect(topic.runs.shown).toContain('before-login=no');
  });

  it('is unknown where the server takes the connection and is silent, and that ends', { timeout: 600_000 }, async () => {
    begin({ port: '9930' });
    expect(await topic.look()).toMatchObject({ verdict: 'unknown' });
  });
});
