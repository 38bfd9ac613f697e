/**
 * A sync that really can’t write where a folder is missing or is not its own: it runs as _softwareupdate, over files of a real disk. serveradmin
 * and swupd_syncd are stand-ins that do what is known of the real ones; no Mac is here. The log has 100,000 lines before it begins.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { offerOf } from '../conformance/rehearsal.test-kit.ts';
import { passwordlessSudo, RealTopic, troublesOf } from './real-topic.test-kit.ts';
import { ScratchMachine, whyNoMachineWithPackages } from './scratch-machine.test-kit.ts';

const packages = ['bzip2'];
const why = whyNoMachineWithPackages(packages);
if (why) console.log(`A sync of updates is not tried: ${why}.`);

const content = '/var/db/swupd/html/content';
const log = '/var/log/swupd/swupd_syncd_log';
const place = 'downloads/10/59/11D2515_ServerEssentials/xajda/ServerEssentials.dst';
const rotated = 'downloads/10/60/061-0002/k';
const tools = {
  sw_vers: `if [ "$1" = -productVersion ]; then echo 10.6.8; else printf 'ProductName:\\tMac OS X Server\\nProductVersion:\\t10.6.8\\n'; fi`,
  serveradmin: `state() { printf 'swupdate:state = "%s"\\n' "$(cat /srv/state)"; }
case "$*" in
'settings swupdate:updatesDocRoot') echo 'swupdate:updatesDocRoot = "/var/db/swupd/"' ;;
'settings swupdate') cat /srv/settings ;;
settings) while IFS= read -r line; do sed -i "s|^\${line% = *} = .*|$line|" /srv/settings; echo "$line"; done ;;
'fullstatus swupdate') state; grep -c ':enable = ' /srv/settings | sed 's/^/swupdate:numOfMirroredPkg = /'; grep -c ':enable = yes$' /srv/settings | sed 's/^/swupdate:numOfEnabledPkg = /' ;;
'stop swupdate') echo STOPPED >/srv/state; state ;;
'start swupdate') echo RUNNING >/srv/state; state ;;
esac`,
  swupd_syncd: `[ "$1" = -sync ] || exit 2
exec >>${log} 2>&1
echo "Starting sync as $(id -un)"
if [ ! -d ${content}/catalogs ]; then mkdir ${content}/catalogs && echo good >${content}/catalogs/index.sucatalog; fi
grep -q good ${content}/catalogs/index.sucatalog || echo '*** Missing version string for product 041-0001'
while read -r product place; do
  if [ -d "${content}/$place" ]; then echo package >"${content}/$place/$product.pkg"; else
    printf '*** Product file URL contains possible security violation.\\n*** Product ID: "%s"; file URL: "http://swcdn.apple.com/content/%s"\\n' "$product" "$place/$product.pkg"
    printf '*** Reason: file download path cannot be reached / does not exist.\\n*** The suspect product file will not be downloaded.\\n'
  fi
done </srv/wanted
echo 'Sync complete'`,
};
const setUp = `${passwordlessSudo}
useradd -r -s /usr/sbin/nologin _softwareupdate
mkdir -p ${content}/catalogs ${content}/downloads/10 /var/log/swupd /var/db
printf '11D2515_ServerEssentials %s\\n061-0002 %s\\n' ${place} ${rotated} >/srv/wanted
${Object.entries(tools)
  .map(([name, text]) => `cat >/usr/local/bin/${name} <<'END'\n#!/bin/sh\n${text}\nEND\nchmod 755 /usr/local/bin/${name}\n`)
  .join('')}
awk 'BEGIN { for (i = 0; i < 100000; i++) print "swupd_syncd: checked product " i " of the catalogue, nothing to fetch" }' >/srv/long
`;

describe.skipIf(why)('an update server whose sync refuses files', () => {
  let machine: ScratchMachine;
  let topic: RealTopic;
  beforeAll(async () => {
    machine = await ScratchMachine.start(setUp, [], { packages });
    machine.know();
  }, 600_000);
  afterAll(() => machine?.stop());
  beforeEach(() => {
    machine.asRoot(`rm -rf ${content}/downloads/10/* ${content}/catalogs* /var/db/wrenchbook ${log}*
mkdir ${content}/catalogs; echo good >${content}/catalogs/index.sucatalog; cp /srv/long ${log}; chown -R _softwareupdate ${content} /var/log/swupd
echo RUNNING >/srv/state
printf 'swupdate:autoEnable = no\\nswupdate:x:041-0001:enable = yes\\nswupdate:x:061-0002:enable = no\\nswupdate:x:11D2515_ServerEssentials:enable = no\\n' >/srv/settings`);
  });
  afterEach(() => topic?.end());
  const begin = (more: Record<string, boolean> = {}) => {
    topic = new RealTopic(machine, 'sus-troubleshoot', more);
  };
  const syncs = () => {
    machine.asRoot('sudo -u _softwareupdate swupd_syncd -sync');
    return machine.asRoot(`find ${content}/downloads -name '*.pkg' | sort`).trim().split('\n').filter(Boolean).length;
  };

  it('fetches them after the run, from a log of 100,000 lines and a rotated one, and refuses them again once that is undone', {
    timeout: 600_000,
  }, async () => {
    expect(syncs()).toBe(0);
    machine.asRoot(`grep -A3 -B1 061-0002 ${log} | bzip2 >${log}.0.bz2; sed -i '/061-0002/d' ${log}; chown _softwareupdate ${log}`);
    begin();
    expect(await topic.look()).toMatchObject({ verdict: 'affected', because: expect.stringContaining('2 folders') });
    const before = machine.asRoot(`find ${content} -printf '%p %m %u\\n' | sort`);
    let state = await topic.run({ without: ['sync'] });
    expect(state.says, troublesOf(state)).not.toBe('');
    expect(machine.asRoot(`find ${content}/downloads/10 -mindepth 1 -printf '%m %u\\n' | sort -u`)).toBe('755 _softwareupdate\n');
    state = await topic.undo(state);
    expect(machine.asRoot(`find ${content} -printf '%p %m %u\\n' | sort`), troublesOf(state)).toBe(before);
    expect(syncs()).toBe(0);
    state = await topic.run();
    expect(state.says, troublesOf(state)).toBe('Done and verified.');
    expect(machine.asRoot(`find ${content}/downloads -name '*.pkg' -printf '%u\\n'`)).toBe('_softwareupdate\n_softwareupdate\n');
    expect(await topic.look()).toMatchObject({ verdict: 'already-fixed' });
  });

  it('is found out to refuse them still when no folder was made', { timeout: 600_000 }, async () => {
    syncs();
    begin();
    const state = await topic.run({ without: ['folders'] });
    expect([state.status, state.current], troublesOf(state)).toEqual(['failed', 'sync']);
    expect(state.steps.find(({ id }) => id === 'sync')?.verdicts.map(({ rule }) => rule)).toContain('again');
  });

  it('is denied access after a sync as root, and fetches once the owner is repaired', { timeout: 600_000 }, async () => {
    syncs();
    machine.asRoot(`mkdir -p ${content}/${place}; echo old >${content}/${place}/11D2515_ServerEssentials.pkg`);
    begin();
    const state = await topic.run();
    expect([state.status, state.current], troublesOf(state)).toEqual(['failed', 'sync']);
    const repaired = await topic.take(state, offerOf(state, 'remedy'));
    const synced = await topic.take(repaired, offerOf(repaired, 'advance'));
    expect(synced.says, troublesOf(synced)).toBe('Done and verified.');
    expect(machine.asRoot(`cat ${content}/${place}/*.pkg`)).toBe('package\n');
  });

  it('has its catalogues fetched again and every update enabled, and both as before once that is undone', { timeout: 600_000 }, async () => {
    machine.asRoot(`echo bad >${content}/catalogs/index.sucatalog; mkdir -p ${content}/${place} ${content}/${rotated}; chown -R _softwareupdate ${content}`);
    syncs();
    const settings = machine.asRoot('cat /srv/settings');
    begin({ catalog: true, folders: false, enable: true });
    expect(await topic.look()).toMatchObject({ verdict: 'affected', because: expect.stringContaining('without a version') });
    const done = await topic.run();
    expect(done.says, troublesOf(done)).toBe('Done and verified.');
    expect(machine.asRoot(`cat ${content}/catalogs/index.sucatalog; grep -c 'enable = no$' /srv/settings || :`)).toBe('good\n0\n');
    expect(await topic.look()).toMatchObject({ verdict: 'already-fixed' });
    const undone = await topic.undo(done);
    expect(machine.asRoot(`cat ${content}/catalogs/index.sucatalog; ls ${content}; ls /var/db/wrenchbook 2>&1 || :`), troublesOf(undone)).toMatch(
      /^bad\ncatalogs\ndownloads\nls: .*No such file/,
    );
    expect(machine.asRoot('cat /srv/settings')).toBe(settings);
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
  });
});
