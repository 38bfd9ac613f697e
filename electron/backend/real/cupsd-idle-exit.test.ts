/**
 * A real cupsd under a small supervisor that does what launchd does with a job's sockets: it holds them, and starts cupsd when somebody connects.
 * The programs of a Mac (launchctl, plutil, sw_vers, csrutil, netstat) stand in front of it; no Mac is here. Property lists are real ones.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { jobPlist } from '../../../shared/topics/cupsd-idle-exit/lab.ts';
import { plist } from '../../../shared/topics/cupsd-idle-exit/parameters.ts';
import { passwordlessSudo, RealTopic, troublesOf } from './real-topic.test-kit.ts';
import { ScratchMachine, whyNoMachineWithPackages } from './scratch-machine.test-kit.ts';

const packages = ['cups-daemon', 'cups-client', 'libplist-utils', 'curl', 'procps'];
const why = whyNoMachineWithPackages(packages);
if (why) console.log(`cupsd under a supervisor is not tried: ${why}.`);

/** Takes one command at a time from a file. Only IPv4: a listener of ::1 is passed over. */
const supervisor = `use strict; use IO::Socket::INET; use POSIX ();
my (@held, $pid);
sub load {
  my $text = qx(plistutil -i "$_[0]" -f xml); my @items = split /<dict>/, $text;
  for my $item (grep { /SockServiceName/ } @items) {
    my ($node) = $item =~ m{<key>SockNodeName</key>\\s*<string>([^<]*)<}; next if defined $node && $node =~ /:/;
    my $socket = IO::Socket::INET->new(LocalAddr => $node // '0.0.0.0', LocalPort => 631, Listen => 20, ReuseAddr => 1) or next;
    push @held, $socket;
  }
}
sub ended { return unless $pid; if (waitpid($pid, POSIX::WNOHANG()) == $pid) { $pid = undef } }
sub end { return unless $pid; kill 'TERM', $pid; waitpid($pid, 0); $pid = undef }
sub start {
  $pid = fork; return if $pid;
  my @fds = map { POSIX::dup(fileno $_) } @held; POSIX::dup2($fds[$_], 40 + $_) for 0 .. $#fds;
  POSIX::dup2(40 + $_, 3 + $_) for 0 .. $#fds;
  POSIX::close($_) for 3 + @fds .. 60;
  $ENV{LISTEN_PID} = $$; $ENV{LISTEN_FDS} = @fds;
  exec '/usr/sbin/cupsd', '-l'; exit 1;
}
while (1) {
  ended();
  if (open my $in, '<', '/run/launchd/command') {
    my $said = <$in> // ''; close $in;
    if ($said =~ /\\n/) {
      my ($do, $what) = split ' ', $said; my $answer = '';
      if ($do eq 'load') { load($what) } elsif ($do eq 'unload') { end(); close $_ for @held; @held = () } elsif ($do eq 'stop') { end() } elsif ($do eq 'start') { start() unless $pid }
      else { $answer = @held ? 'loaded' : '' }
      unlink '/run/launchd/command'; open my $out, '>', '/run/launchd/answer.new'; print $out "$answer\\n"; close $out; rename '/run/launchd/answer.new', '/run/launchd/answer';
    }
  }
  if ($pid) { select undef, undef, undef, 0.05 }
  else { my $bits = ''; vec($bits, fileno $_, 1) = 1 for @held; start() if @held && select($bits, undef, undef, 0.05) > 0; select undef, undef, undef, 0.05 unless @held }
}
`;
const tools = {
  launchctl: `command=$1; shift; [ "$command" != list ] || set -- list
rm -f /run/launchd/answer; printf '%s %s\\n' "$command" "\${1:-x}" >/run/launchd/command
until [ -e /run/launchd/answer ]; do sleep 0.02; done
[ "$command" != list ] || grep -q loaded /run/launchd/answer || { echo 'launchctl list returned unknown response' >&2; exit 113; }`,
  plutil: `case "$1 $2 $3" in
'-convert xml1 -o') plistutil -i "$5" -f xml ;;
'-convert xml1 '*) plistutil -i "$3" -f xml -o "$3.xml" && cat "$3.xml" >"$3" && rm "$3.xml" ;;
'-lint '*) plistutil -i "$2" -f xml >/dev/null && echo "$2: OK" ;;
esac`,
  sw_vers: `if [ "$1" = -productVersion ]; then cat /srv/version; else printf 'ProductName:\\tMac OS X\\nProductVersion:\\t%s\\n' "$(cat /srv/version)"; fi`,
  csrutil: `printf 'System Integrity Protection status: %s.\\n' "$(cat /srv/sip)"`,
  netstat: `awk '$4 == "0A" && $2 ~ /:0277$/ { print "tcp4  0  0 " ($2 ~ /^00000000/ ? "*" : "127.0.0.1") ".631  *.*  LISTEN" }' /proc/net/tcp`,
};
const setUp = `${passwordlessSudo}
ip address add 192.0.2.1/32 dev lo
mkdir -p /run/launchd /run/cups /var/db /var/log/cups /var/cache/cups /var/spool/cups/tmp /System/Library/LaunchDaemons
chgrp -R lp /var/spool/cups && chmod 710 /var/spool/cups && chmod 1770 /var/spool/cups/tmp
getent group lpadmin >/dev/null || groupadd -r lpadmin
printf '%s\\n' 'LogLevel warn' 'ServerAlias *' 'Browsing No' 'IdleExitTimeout 3600' '<Location />' 'Order allow,deny' 'Allow all' '</Location>' >/etc/cups/cupsd.conf
printf 'Oct 26 07:14:33 mac kernel[0]: memorystatus_thread: idle exiting pid 4901 [cupsd]\\n' >/var/log/system.log
${Object.entries(tools)
  .map(([name, text]) => `cat >/usr/local/bin/${name} <<'END'\n#!/bin/sh\n${text}\nEND\nchmod 755 /usr/local/bin/${name}\n`)
  .join('')}
cat >/srv/supervisor.pl <<'END'
${supervisor}END
perl /srv/supervisor.pl </dev/null >/srv/supervisor.log 2>&1 &
`;

describe.skipIf(why)('cupsd that is started when somebody connects', () => {
  let machine: ScratchMachine;
  let topic: RealTopic;
  let binary: Buffer;
  beforeAll(async () => {
    machine = await ScratchMachine.start(setUp, [], { packages });
    machine.know();
  }, 600_000);
  afterAll(() => machine?.stop());
  beforeEach(() => {
    writeFileSync(`${machine.root}/srv/job.xml`, jobPlist(true));
    machine.asRoot(
      `launchctl unload ${plist}; plistutil -i /srv/job.xml -o ${plist} -f bin; echo 10.10.5 >/srv/version; echo enabled >/srv/sip; launchctl load ${plist}`,
    );
    binary = readFileSync(`${machine.root}${plist}`);
  });
  afterEach(() => topic?.end());
  const begin = (more: Record<string, string>) => {
    topic = new RealTopic(machine, 'cupsd-idle-exit', { host: '192.0.2.1', ...more }, { other: { kind: 'ssh', host: 'machine' } });
  };
  /** Ends cupsd as memory pressure does, and then connects to this address. */
  const wakes = (address: string) =>
    machine.asRoot(`pkill -x cupsd; while pgrep -x cupsd >/dev/null; do sleep 0.05; done; sleep 0.2
curl -s -o /dev/null -m 10 -w '%{http_code}' http://${address}:631/ || :`) !== '000';

  it('is woken by this machine only, by others after the run, and not any more once that was undone', { timeout: 600_000 }, async () => {
    expect(binary.subarray(0, 6).toString()).toBe('bplist');
    expect([wakes('127.0.0.1'), wakes('192.0.2.1')]).toEqual([true, false]);
    begin({ way: 'listen', system: 'older' });
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
    const done = await topic.run();
    expect(done.says, troublesOf(done)).toBe('Done and verified.');
    expect([wakes('127.0.0.1'), wakes('192.0.2.1')]).toEqual([true, true]);
    expect(readFileSync(`${machine.root}${plist}`, 'utf8')).not.toContain('SockNodeName');
    expect(await topic.look()).toMatchObject({ verdict: 'already-fixed' });
    const undone = await topic.undo(done);
    expect(readFileSync(`${machine.root}${plist}`).equals(binary), troublesOf(undone)).toBe(true);
    expect([wakes('127.0.0.1'), wakes('192.0.2.1')]).toEqual([true, false]);
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
  });

  it('is found out not to be woken by others when its job was not changed', { timeout: 600_000 }, async () => {
    begin({ way: 'listen', system: 'older' });
    const state = await topic.run({ without: ['change'] });
    expect([state.status, state.current], troublesOf(state)).toEqual(['failed', 'ask']);
  });

  it('has EnablePressuredExit off in a list that plistutil reads as the same but for that, with the protection off meanwhile', {
    timeout: 600_000,
  }, async () => {
    machine.asRoot('echo 10.11.6 >/srv/version');
    const sip = (to: string) => machine.asRoot(`echo ${to} >/srv/sip`);
    const before = machine.asRoot(`plistutil -i ${plist} -f xml`);
    begin({ way: 'pressure' });
    const done = await topic.run({
      before: (step) => {
        if (step === 'sip-off') sip('disabled');
        if (step === 'sip-on') sip('enabled');
      },
    });
    expect(done.says, troublesOf(done)).toBe('Done and verified.');
    expect(machine.asRoot(`plistutil -i ${plist} -f xml`)).toBe(before.replace(/(<key>EnablePressuredExit<\/key>\s*)<true\/>/, '$1<false/>'));
    expect(await topic.look()).toMatchObject({ verdict: 'already-fixed' });
  });
});
