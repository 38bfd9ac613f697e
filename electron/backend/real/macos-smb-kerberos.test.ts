/**
 * Samba as a domain controller and file server, which writes down whom it logs in; MIT Kerberos for the tickets. The programs of a Mac stand in
 * front of that: smbutil asks the server with a ticket if there is one, else with the keychain’s password, and says what the server wrote down.
 */
import { writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RunState } from '../../../shared/api/run.ts';
import { passwordlessSudo, RealTopic, troublesOf } from './real-topic.test-kit.ts';
import { ScratchMachine, whyNoMachineWithPackages } from './scratch-machine.test-kit.ts';

const packages = ['samba', 'samba-ad-dc', 'samba-ad-provision', 'samba-dsdb-modules', 'samba-vfs-modules', 'winbind', 'smbclient', 'krb5-user', 'tdb-tools'];
const why = whyNoMachineWithPackages(packages);
if (why) console.log(`Whom a file server sees is not tried: ${why}.`);

const passwords = { alice: 'Canary-4711-a', rdpuser: 'Canary-4711-b' };
const options = ['interfaces=lo', 'bind interfaces only=yes', 'tls enabled=no', 'winbindd:use external pipes=no']
  .map((option) => `--option='${option}'`)
  .join(' ');
/** What a Mac has. A lock of the keychain is not needed: the file is read by its owner only. */
const tools = {
  smbutil: `[ "$1" = identity ] || exit 64
: >/srv/who
if klist -s; then smbclient --use-kerberos=required "$3/data" -c exit </dev/null >/tmp/said 2>&1; else smbclient --use-kerberos=off -W CORP -U "$(cat ~/keychain)" "$3/data" -c exit </dev/null >/tmp/said 2>&1; fi
if [ -s /srv/who ]; then printf 'Network User:   %s\\nNetwork Domain: CORP\\n' "$(tail -n 1 /srv/who)"; else printf 'smbutil: server rejected the connection: %s\\n' "$(tail -n 1 /tmp/said)"; fi`,
  kinit: `case $* in
*--keychain*) for last; do :; done; [ "$(tr % ' ' <~/keychain | cut -d' ' -f1)@CORP.TEST" = "$last" ] || exec /usr/bin/kinit.mit -r 7d "$last"; cut -d% -f2 <~/keychain | /usr/bin/kinit.mit -r 7d "$last" >/dev/null ;;
-R) exec /usr/bin/kinit.mit -R ;;
*) for last; do :; done; exec /usr/bin/kinit.mit -r 7d "$last" ;;
esac`,
  klist: `case $1 in
-l) now=$(/usr/bin/klist.mit 2>/dev/null | sed -n 's/^Default principal: //p')
  printf '  Name   Cache name   Expires\\n'
  /usr/bin/klist.mit -l 2>/dev/null | awk -v now="$now" 'NR > 2 { print ($1 == now ? "* " : "  ") $1 "  " $2 "  Nov 28 19:00:09 2026" }' ;;
-t) exec /usr/bin/klist.mit -s ;;
*) exec /usr/bin/klist.mit "$@" ;;
esac`,
  mount: `cat /srv/mounts`,
  umount: `text=$(grep -v -F " on $1 (" /srv/mounts); printf '%s' "$text" >/srv/mounts`,
  dsconfigad: 'exit 0',
  plutil: `printf '%s: OK\\n' "$2"`,
  sw_vers: `if [ "$1" = -productVersion ]; then echo 14.2; else printf 'ProductName:\\t\\tmacOS\\nProductVersion:\\t\\t14.2\\n'; fi`,
  launchctl: `file=$HOME/Library/LaunchAgents/org.wrenchbook.kinit.plist
case $1 in
bootstrap) touch ~/loaded; set --; while read -r word; do set -- "$@" "$word"; done <<END
$(sed -n 's#.*<string>\\(.*\\)</string>#\\1#p' "$file" | tail -n +2 | sed 's#/usr/bin/kinit#kinit#')
END
  "$@" </dev/null >/dev/null 2>&1; echo $? >~/status ;;
bootout) [ -e ~/loaded ] || exit 3; rm ~/loaded ~/status ;;
list) [ -e ~/loaded ] || exit 113; printf '{\\n\\t"LastExitStatus" = %s;\\n};\\n' "$(cat ~/status)" ;;
esac`,
};
const setUp = `${passwordlessSudo}
ln -s tdbbackup.tdbtools /usr/bin/tdbbackup
mkdir -p /var/lib/samba/private /run/samba /etc/samba /var/cache/samba /var/log/samba /srv/data
chmod 777 /srv/data; : >/srv/who; chmod 666 /srv/who
printf '127.0.0.1 localhost\\n127.0.0.1 files.corp.test files\\n' >/etc/hosts
printf '[libdefaults]\\ndefault_realm = CORP.TEST\\ndns_lookup_kdc = false\\nrdns = false\\ndefault_ccache_name = DIR:/home/wren/cc\\n[realms]\\nCORP.TEST = {\\n kdc = 127.0.0.1\\n}\\n' >/etc/krb5.conf
for name in kinit klist; do mv /usr/bin/$name /usr/bin/$name.mit; done
printf '%s' 'alice%${passwords.alice}' >/home/wren/keychain
chown wren:wren /home/wren/keychain; chmod 600 /home/wren/keychain
: >/srv/mounts; chmod 666 /srv/mounts
${Object.entries(tools)
  .map(([name, text]) => `cat >/usr/local/bin/${name} <<'TOOL'\n#!/bin/sh\n${text}\nTOOL\nchmod 755 /usr/local/bin/${name}\n`)
  .join('')}`;
const provision = `samba-tool domain provision --realm=CORP.TEST --domain=CORP --host-name=files --server-role=dc --dns-backend=NONE --adminpass='Passw0rd!x' --host-ip=127.0.0.1 ${options} >/srv/provision.log 2>&1 || { tail -n 5 /srv/provision.log >&2; exit 1; }
sed -i '/^\\[global\\]/a server services = s3fs, rpc, ldap, cldap, kdc, winbindd' /etc/samba/smb.conf
printf '[data]\\npath = /srv/data\\nread only = no\\npreexec = /bin/sh -c "echo %%U >>/srv/who"\\n' >>/etc/samba/smb.conf
for one in ${Object.entries(passwords)
  .map(([name, word]) => `${name}:${word}`)
  .join(' ')}; do samba-tool user create "\${one%%:*}" "\${one#*:}" >/dev/null; done
samba -D </dev/null >/dev/null 2>&1
n=0; until smbclient -U 'alice%${passwords.alice}' //files.corp.test/data -c exit >/srv/first.log 2>&1 || [ $n -ge 100 ]; do sleep 0.2; n=$((n + 1)); done
[ $n -lt 100 ] || { cat /srv/first.log /var/log/samba/log.samba >&2; exit 1; }`;

describe.skipIf(why)('a file server that sees one account or another', () => {
  let machine: ScratchMachine;
  let topic: RealTopic;
  beforeAll(async () => {
    machine = await ScratchMachine.start(setUp, [], { packages });
    machine.know();
    machine.asRoot(provision);
  }, 600_000);
  afterAll(() => machine?.stop());
  afterEach(() => topic?.end());
  const mounted = '//alice@files.corp.test/data on /Volumes/data (smbfs, nodev, nosuid, mounted by alice)\n';
  const asWren = (command: string) => machine.asRoot(`su - wren -c '${command.replaceAll("'", "'\\''")}' </dev/null`);
  beforeEach(() => {
    machine.asRoot('rm -rf /home/wren/cc /home/wren/Library /home/wren/loaded; su wren -c "mkdir -m 700 /home/wren/cc"');
    writeFileSync(`${machine.root}/srv/mounts`, mounted);
  });
  /** What Remote Desktop does: a ticket of its account, which becomes the default. */
  const session = () => asWren(`echo ${passwords.rdpuser} | kinit.mit rdpuser@CORP.TEST >/dev/null`);
  /** Files made by an account belong to it on the server. */
  const serverSees = () => /^Network User: +(\S+)/m.exec(asWren('smbutil identity -N //files.corp.test'))?.[1];
  const begin = (more: Record<string, string | boolean> = {}) => {
    topic = new RealTopic(machine, 'macos-smb-kerberos', { server: 'files.corp.test', principal: 'alice@CORP.TEST', home: '/home/wren', ...more } as Record<
      string,
      string
    >);
  };
  const byHand = (withSession: string) => ({
    before: (step: string) => {
      if (step === 'open') writeFileSync(`${machine.root}/srv/mounts`, mounted);
      if (step === 'with-session') asWren(withSession);
    },
  });
  const rulesOf = (state: RunState) => [
    state.current,
    ...(state.steps.find(({ id }) => id === state.current)?.verdicts.flatMap(({ kind, rule }) => (kind === 'failure' ? [rule] : [])) ?? []),
  ];

  it('sees the keychain’s, then that of the session; with its own ticket the right one also with a session open, and after the undo the other again', {
    timeout: 600_000,
  }, async () => {
    expect(serverSees()).toBe('alice');
    session();
    expect(serverSees(), 'Kerberos comes before the keychain').toBe('rdpuser');
    begin();
    expect(await topic.look()).toMatchObject({ verdict: 'affected', because: 'The server sees rdpuser, not alice@CORP.TEST.' });
    const done = await topic.run(byHand('true'));
    expect(done.says, troublesOf(done)).toBe('Done and verified.');
    expect([serverSees(), asWren('klist.mit').includes('cifs/files.corp.test@CORP.TEST')]).toEqual(['alice', true]);
    expect(asWren('cat ~/Library/LaunchAgents/org.wrenchbook.kinit.plist')).toContain('<string>alice@CORP.TEST</string>');
    expect(await topic.look()).toMatchObject({ verdict: 'already-fixed' });
    expect(topic.runs.shown).not.toContain('Canary');
    const undone = await topic.undo(done);
    expect(undone.status, troublesOf(undone)).toBe('undone');
    expect(serverSees()).toBe('rdpuser');
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
  });

  it('is found out to see another account where no ticket was got, and where the session makes its ticket the default', { timeout: 600_000 }, async () => {
    session();
    begin();
    let state = await topic.run({ ...byHand('true'), without: ['ticket', 'renew', 'agent'] });
    expect(rulesOf(state), troublesOf(state)).toEqual(['open', 'user']);
    await topic.runs.api.runs.leave({ runId: state.runId });
    await topic.end();
    begin({ renew: 'none' });
    const { api, client } = topic.runs;
    let answered = false;
    client.on('runs.changed', ({ runId, prompt }) => {
      if (prompt && !answered) void api.terminal.write({ runId, data: `${passwords.alice}\n` });
      answered = prompt !== null;
    });
    state = await topic.run(byHand(`echo ${passwords.rdpuser} | kinit.mit rdpuser@CORP.TEST >/dev/null`));
    expect(rulesOf(state), troublesOf(state)).toEqual(['with-session', 'user']);
    expect(topic.runs.shown).not.toContain('Canary');
  });

  it('takes no password any more where NTLM is off, and tickets as before', { timeout: 600_000 }, () => {
    const files = machine.asRoot('cat /etc/samba/smb.conf');
    machine.asRoot("sed -i '/^\\[global\\]/a ntlm auth = disabled' /etc/samba/smb.conf; smbcontrol all reload-config");
    expect(asWren('smbutil identity -N //files.corp.test')).toContain('NT_STATUS_NTLM_BLOCKED');
    asWren(`echo ${passwords.alice} | kinit.mit alice@CORP.TEST >/dev/null`);
    expect(serverSees()).toBe('alice');
    writeFileSync(`${machine.root}/etc/samba/smb.conf`, files);
  });
});
