/** Debian’s sa-update 4.0.1 behind a script that calls it as zmsaupdate does. Zimbra itself is simulated. */
import { writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { passwordlessSudo, RealTopic, troublesOf } from './real-topic.test-kit.ts';
import { ScratchMachine, whyNoMachineWithPackages } from './scratch-machine.test-kit.ts';

const packages = ['spamassassin'];
const why = whyNoMachineWithPackages(packages);
if (why) console.log(`A real sa-update is not called: ${why}.`);

const file = '/opt/zimbra/libexec/zmsaupdate';
/** Status 4 and more is the missing network of this machine: it is taken for "nothing new". Names are asked for once only. */
const setUp = `${passwordlessSudo}
useradd -d /opt/zimbra -s /bin/sh zimbra
mkdir -p /opt/zimbra/bin /opt/zimbra/libexec /opt/zimbra/common/bin /opt/zimbra/common/lib/perl5 /var/lib/spamassassin
chown -R zimbra /opt/zimbra/bin /var/lib/spamassassin
cat >/opt/zimbra/common/bin/sa-update <<'END'
#!/bin/sh
RES_OPTIONS='retrans:1 retry:1' timeout 20 /usr/bin/sa-update "$@"
status=$?
[ $status -lt 4 ] || exit 1
exit $status
END
printf '#!/bin/sh\\necho true\\n' >/opt/zimbra/bin/zmlocalconfig
chmod 755 /opt/zimbra/common/bin/sa-update /opt/zimbra/bin/zmlocalconfig
`;
const script = `#!/usr/bin/perl
use strict;
die "Error: must be run as zimbra user\\n" if getpwuid($<) ne 'zimbra';
my $sa="/opt/zimbra/common/bin/sa-update -v --allowplugins --refreshmirrors >/dev/null 2>&1";
system($sa);
my $status = $? >> 8;
print "zmsaupdate: Error code downloading update: $status\\n" if $status > 1;
`;

describe.skipIf(why)('the rules of a Zimbra with a newer sa-update', () => {
  let machine: ScratchMachine;
  let topic: RealTopic;
  beforeAll(async () => {
    machine = await ScratchMachine.start(setUp, [], { packages });
    machine.know();
    writeFileSync(`${machine.root}${file}`, script, { mode: 0o755 });
  }, 600_000);
  afterAll(() => machine?.stop());
  afterEach(async () => {
    await topic?.end();
  });
  const update = () => machine.asRoot(`su -l zimbra -c ${file} 2>&1`).trim();
  const refused = 'zmsaupdate: Error code downloading update: 2';

  it('are not updated before, nor where the script was not changed; they are after, and are not once that was undone', { timeout: 600_000 }, async () => {
    expect(update()).toBe(refused);
    topic = new RealTopic(machine, 'zimbra-zmsaupdate', {});
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
    let state = await topic.run({ without: ['repair'] });
    expect([state.current, update()], troublesOf(state)).toEqual(['run', refused]);
    await topic.runs.api.runs.leave({ runId: state.runId });
    state = await topic.run();
    expect([state.says, update()], troublesOf(state)).toEqual(['Done and verified.', '']);
    expect(machine.asRoot(`stat -c %a:%U ${file}; cat ${file}`)).toBe(`755:root\n${script.replace(' --allowplugins', '')}`);
    expect(await topic.look()).toMatchObject({ verdict: 'already-fixed' });
    state = await topic.undo(state);
    expect([update(), machine.asRoot(`cat ${file}`)], troublesOf(state)).toEqual([refused, script]);
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
  });
});
