/**
 * Data of a service that is really copied to a mounted volume and compared there, with files of several owners; and a volume that is really
 * unmounted. serveradmin, ditto and diskutil are stand-ins; no Mac and no iSCSI disk is here.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { passwordlessSudo, RealTopic, troublesOf } from './real-topic.test-kit.ts';
import { ScratchMachine, whyNoScratchMachine } from './scratch-machine.test-kit.ts';

const why = whyNoScratchMachine;
if (why) console.log(`Data of a service on another volume is not tried: ${why}.`);

const old = '/Library/CalendarServer/Documents';
const volume = '/Volumes/Calendar';
const tools = {
  sw_vers: `if [ "$1" = -productVersion ]; then echo 10.6.8; else printf 'ProductName:\\tMac OS X Server\\nProductVersion:\\t10.6.8\\n'; fi`,
  serveradmin: `state() { printf 'calendar:state = "%s"\\n' "$(cat /srv/state)"; }
path() { printf 'calendar:DocumentRoot = "%s"\\n' "$(cat /srv/path)"; }
case "$*" in
'fullstatus calendar') state ;;
'settings calendar' | 'settings calendar:DocumentRoot') path ;;
'settings calendar:DocumentRoot = '*) echo "$4" >/srv/path; path ;;
'stop calendar') echo STOPPED >/srv/state; state ;;
'start calendar') mkdir -p "$(cat /srv/path)"; echo RUNNING >/srv/state; state ;;
esac`,
  mount: `/bin/mount | sed -n 's/^\\([^ ]*\\) on \\(.*\\) type tmpfs .*/\\1 on \\2 (hfs, local, journaled)/p'`,
  ditto: `mkdir -p "$2" && cp -a "$1/." "$2"; [ ! -e /srv/spoil ] || sh /srv/spoil "$1" "$2"`,
  diskutil: `printf '   Owners:                   Enabled\\n'`,
  plutil: `grep -q '</plist>' "$2" && echo "$2: OK"`,
};
const setUp = `${passwordlessSudo}
useradd -r -s /usr/sbin/nologin _calendar
mkdir -p ${old}/calendars '${old}/with blanks' ${volume} /Library/LaunchDaemons /etc/certificates
for n in 1 2 3 4 5 6 7 8 9; do head -c 70000 /dev/urandom >"${old}/calendars/$n.ics"; done
: >'${old}/with blanks/é  x'; ln -s ../calendars/1.ics '${old}/with blanks/link'
chown -R -h _calendar ${old}; chown root ${old}/calendars/2.ics; chmod 640 ${old}/calendars/3.ics
echo key >/etc/certificates/server.key.pem
${Object.entries(tools)
  .map(([name, text]) => `cat >/usr/local/bin/${name} <<'END'\n#!/bin/sh\n${text}\nEND\nchmod 755 /usr/local/bin/${name}\n`)
  .join('')}`;

describe.skipIf(why)('data of a service that moves to a volume', () => {
  let machine: ScratchMachine;
  let topic: RealTopic;
  beforeAll(async () => {
    machine = await ScratchMachine.start(setUp);
    machine.know();
  }, 600_000);
  afterAll(() => machine?.stop());
  beforeEach(() => {
    machine.asRoot(`umount ${volume} 2>/dev/null; rm -rf ${volume}/* /srv/spoil /Library/LaunchDaemons/*; /bin/mount -t tmpfs -o size=20m calendar ${volume}
echo RUNNING >/srv/state; echo ${old} >/srv/path`);
  });
  afterEach(() => topic?.end());
  const begin = () => {
    topic = new RealTopic(machine, 'osx-server-iscsi', {});
  };
  const list = (folder: string) => machine.asRoot(`cd ${folder} && find . -printf '%p %m %u %y %l\\n' | sort; find . -type f -exec sha256sum {} + | sort`);
  const now = () => machine.asRoot('cat /srv/state /srv/path').trim().split('\n');

  it('is the same there, in use after the run, and where it was once that is undone', { timeout: 600_000 }, async () => {
    const before = list(old);
    begin();
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
    const done = await topic.run();
    expect(done.says, troublesOf(done)).toBe('Done and verified.');
    expect([list(`${volume}/Documents`), list(old)]).toEqual([before, before]);
    expect(now()).toEqual(['RUNNING', `${volume}/Documents`]);
    expect(topic.runs.shown).toContain('KB in /etc/certificates (private keys)');
    expect(await topic.look()).toMatchObject({ verdict: 'already-fixed' });
    machine.asRoot(`umount ${volume}`);
    expect(await topic.look(), 'without its disk').toMatchObject({ verdict: 'unknown', because: expect.stringContaining('not mounted') });
    machine.asRoot(`/bin/mount -t tmpfs -o size=20m calendar ${volume}; cp -a ${old} ${volume}/Documents; : >${volume}/.wrenchbook-volume`);
    const undone = await topic.undo(done);
    expect(undone.status, troublesOf(undone)).toBe('undone');
    expect([list(old), now()]).toEqual([before, ['RUNNING', old]]);
    expect(machine.asRoot(`ls -A ${volume} /Library/LaunchDaemons`)).toBe(`/Library/LaunchDaemons:\n\n${volume}:\n`);
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
  });

  it('is found out not to be in use there when the setting was not changed', { timeout: 600_000 }, async () => {
    begin();
    const state = await topic.run({ without: ['switch'] });
    expect([state.status, state.current], troublesOf(state)).toEqual(['failed', 'start']);
    await topic.undo(state);
    expect(now()).toEqual(['RUNNING', old]);
  });

  it.each([
    ['one byte is another', 'printf X | dd of="$2/calendars/4.ics" bs=1 seek=69000 conv=notrunc 2>/dev/null', 'copy-same'],
    ['a file has another owner', 'chown _calendar "$2/calendars/2.ics"', 'copy-same'],
    ['somebody writes to the original meanwhile', 'echo new >"$1/calendars/new.ics"', 'old-same'],
  ])('stops where %s, and keeps the original', { timeout: 600_000 }, async (_, spoil, rule) => {
    machine.asRoot(`cat >/srv/spoil <<'END'\n${spoil}\nEND`);
    begin();
    const state = await topic.run();
    expect([state.status, state.current], troublesOf(state)).toEqual(['failed', 'copy']);
    expect(
      state.steps
        .find(({ id }) => id === 'copy')
        ?.verdicts.filter(({ kind }) => kind === 'failure')
        .map((one) => one.rule),
    ).toContain(rule);
    expect(now()).toEqual(['STOPPED', old]);
    machine.asRoot(`rm -f ${old}/calendars/new.ics`);
    const undone = await topic.undo(state);
    expect(undone.status, troublesOf(undone)).toBe('undone');
    expect(now()).toEqual(['RUNNING', old]);
  });
});
