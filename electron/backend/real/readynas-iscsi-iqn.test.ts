/**
 * ietd.conf on a machine that is reached by ssh, which a stand-in for the box's web pages writes anew; and what an initiator is told whose name
 * a target does not know, with tgt and libiscsi. There is no ReadyNAS, and IET is a module that today's kernels do not have.
 */
import { execFileSync } from 'node:child_process';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { passwordlessSudo, RealTopic, troublesOf } from './real-topic.test-kit.ts';
import { ScratchMachine, whyNoMachineWithPackages } from './scratch-machine.test-kit.ts';

const packages = ['tgt', 'libiscsi-bin'];
const why = whyNoMachineWithPackages(packages);
if (why) console.log(`A box that removes initiators is not tried: ${why}.`);

const canaries = ['Canary-4711-abcd', 'Canary-8122'];
const conf = '/e/config/ietd.conf';
const target = 'iqn.2010-01.com.example:nas';
const initiator = 'iqn.2010-05.com.example:server1';
const wanted = `Target ${target}.one\n\tInitiator ${initiator}\nTarget ${target}.two\n\tInitiator ${initiator}`;
const setUp = `${passwordlessSudo}
mkdir -p /e/config
ln -s ${conf} /etc/ietd.conf
cat >${conf} <<'END'
# Written by the box
Target ${target}.one
\tLun 0 Path=/e/one,Type=fileio,ScsiSN=RN293R60037B-003,IOMode=wb
\tHeaderDigest CRC32,None
\tInitiator ${initiator}
\tIncomingUser mac ${canaries[0]}

target ${target}.two
\tLun 0 Path=/e/two,\\
\t  Type=fileio
\tInitiator ${initiator}
\tOutgoingUser box ${canaries[1]}
END
chmod 600 ${conf}
printf '#!/bin/sh\\nsed -i "/Initiator/d" ${conf}\\n' >/usr/local/bin/make-a-target
chmod 755 /usr/local/bin/make-a-target
`;

describe.skipIf(why)('a box that removes the initiators of its targets', () => {
  let machine: ScratchMachine;
  let topic: RealTopic;
  beforeAll(async () => {
    machine = await ScratchMachine.start(setUp, [], { packages });
    machine.know();
  }, 600_000);
  afterAll(() => machine?.stop());
  afterEach(() => topic?.end());

  const text = () => machine.asRoot(`cat ${conf}; stat -c '%a %U' ${conf}; readlink /etc/ietd.conf`);
  /** Where a password is in all that Wrenchbook keeps and shows. */
  const leaks = () => {
    const files = canaries.map((canary) => execFileSync('sh', ['-c', 'grep -r -l -a -F -e "$0" "$1" || true', canary, topic.runs.data], { encoding: 'utf8' }));
    return [...files.filter(Boolean), ...canaries.filter((canary) => [topic.runs.shown, topic.runs.log.join()].join().includes(canary))];
  };

  it('has its lines back, loses them when a target is made, and has them back again', { timeout: 600_000 }, async () => {
    topic = new RealTopic(machine, 'readynas-iscsi-iqn', { wanted });
    const whole = text();
    expect(await topic.look()).toMatchObject({ verdict: 'already-fixed' });
    machine.asRoot('make-a-target');
    const stripped = text();
    expect(await topic.look()).toMatchObject({ verdict: 'affected', because: '2 of 2 wanted lines are missing.' });
    const left = await topic.run({ without: ['put-back'] });
    expect([left.status, left.current], troublesOf(left)).toEqual(['failed', 'after']);
    await topic.runs.api.runs.leave({ runId: left.runId });
    const done = await topic.run();
    expect(done.says, troublesOf(done)).toBe('Done and verified.');
    expect(text()).toBe(whole);
    expect(await topic.look()).toMatchObject({ verdict: 'already-fixed' });
    const undone = await topic.undo(done);
    expect(undone.status, troublesOf(undone)).toBe('undone');
    expect(text()).toBe(stripped);
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
    const again = await topic.run();
    expect(again.says, troublesOf(again)).toBe('Done and verified.');
    machine.asRoot('make-a-target');
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
    const third = await topic.run();
    expect([third.says, text()], troublesOf(third)).toEqual(['Done and verified.', whole]);
    expect(leaks()).toEqual([]);
    expect(machine.asRoot("find /var/lib/wrenchbook -type f -exec stat -c '%a %U' {} + | sort -u").trim()).toBe('600 root');
  });

  it('tells an initiator that is not on its list that there is no such target', { timeout: 600_000 }, () => {
    const ask = (name: string) => machine.asRoot(`timeout 10 iscsi-inq -i ${name} iscsi://127.0.0.1/${target}.one/1 2>&1 || true`);
    machine.asRoot(`truncate -s 4M /srv/lun
tgtd --iscsi portal=127.0.0.1:3260 >/dev/null 2>&1
n=0; until tgtadm --lld iscsi --op show --mode sys >/dev/null 2>&1 || [ $n -ge 50 ]; do sleep 0.1; n=$((n + 1)); done
tgtadm --lld iscsi --op new --mode target --tid 1 -T ${target}.one
tgtadm --lld iscsi --op new --mode logicalunit --tid 1 --lun 1 -b /srv/lun
tgtadm --lld iscsi --op bind --mode target --tid 1 -Q ${initiator}`);
    expect(ask(initiator)).toContain('Vendor:');
    expect(ask('iqn.2010-05.com.example:server2')).toContain('Target not found(515)');
  });
});
