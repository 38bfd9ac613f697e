/** The kit's steps on throw-away machines: systemd, SysV init scripts and apt as they are, over ssh and sudo. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { RunState } from '../../../shared/api/run.ts';
import {
  generatedFileStep,
  logSince,
  movedAwayStep,
  packageStep,
  type Step,
  serviceStep,
  sh,
  sysctlStep,
  untilItAnswers,
} from '../../../shared/topic-kit/index.ts';
import { SmallRun } from '../runs/small-run.test-kit.ts';
import { passwordlessSudo } from './real-topic.test-kit.ts';
import { ScratchMachine, whyNoMachineThatBoots, whyNoScratchMachine } from './scratch-machine.test-kit.ts';

const words = { id: 'it', title: 'Do it', intro: '', runsOn: 'the server' };
let machine: ScratchMachine;
let run: SmallRun | undefined;
afterEach(async () => {
  await run?.end();
  run = undefined;
});
function begin(step: Step): void {
  run = new SmallRun(
    [step, { ...words, id: 'end', kind: 'manual', danger: 'reads', instructions: [] }],
    undefined,
    { kind: 'ssh', host: 'machine' },
    { sshConfig: machine.configFile },
  );
}
async function advance(): Promise<RunState> {
  const small = run as SmallRun;
  let state = small.state;
  do {
    const offer = state.offers.find(({ action }) => action === 'advance' || action === 'retry');
    state = await small.act((controller) => controller.advance('it', { shown: offer?.change?.shown }));
    if (state.trouble) throw new Error(`${state.trouble.message} ${state.trouble.next}`);
  } while (state.steps[0]?.edit?.stage === 'shown' && state.steps[0].status !== 'failed');
  return state;
}
const undo = () => (run as SmallRun).act((controller) => controller.undo(''));
const done = (state: RunState) => [
  state.steps[0]?.status,
  state.steps[0]?.verdicts.filter(({ kind }) => kind === 'failure' || kind === 'warning').map(({ rule, line }) => `${rule}: ${line}`),
];
const well = ['done', []];

if (whyNoMachineThatBoots()) console.log(`Steps for systemd and apt are not tried for real: ${whyNoMachineThatBoots()}.`);
describe.skipIf(whyNoMachineThatBoots())('on a machine with systemd', () => {
  const repository = `mkdir -p /srv/repo && cd /srv/repo
for package in wb-lib wb-tool wb-other; do
  mkdir -p $package/DEBIAN
  printf 'Package: %s\\nVersion: 1.0\\nArchitecture: all\\nMaintainer: x <x@example.net>\\nDescription: x\\n' $package >$package/DEBIAN/control
  [ $package = wb-lib ] || echo 'Depends: wb-lib' >>$package/DEBIAN/control
  dpkg-deb -b $package $package.deb >/dev/null
  cat $package/DEBIAN/control >>Packages
  printf 'Filename: ./%s.deb\\nSize: %s\\nSHA256: %s\\n\\n' $package $(stat -c %s $package.deb) $(sha256sum $package.deb | cut -d ' ' -f 1) >>Packages
done
rm -rf /etc/apt/sources.list /etc/apt/sources.list.d/*
echo 'deb [trusted=yes] file:/srv/repo ./' >/etc/apt/sources.list
apt-get -o APT::Sandbox::User=root -q update
cd /
`;
  beforeAll(async () => {
    const unit =
      'printf \'[Service]\\nExecStart=/bin/sh -c "cat /etc/demo.conf && exec sleep infinity"\\n[Install]\\nWantedBy=multi-user.target\\n\' >/etc/systemd/system/demo.service; echo ready >/etc/demo.conf';
    machine = await ScratchMachine.start(`${passwordlessSudo}\n${repository}\n${unit}`, [], {
      boot: { units: ['systemd-journald.service'], powerOn: 'mount -o remount,bind,rw /proc/sys' },
    });
    machine.know();
  }, 600_000);
  afterAll(() => machine?.stop());
  const show = (property: string) => machine.asRoot(`systemctl show -p ${property} --value demo.service`).trim();
  const service = { systemd: 'demo.service' };
  const ready = [{ kind: 'expected' as const, id: 'ready', pattern: /^ready$/, means: 'Ready.', missing: 'It did not say so.' }];

  it('a unit is started, has logged since, and is stopped again by the undo', async () => {
    machine.asRoot('systemctl stop demo; echo ready >/etc/demo.conf');
    const serves = untilItAnswers({ command: sh`pgrep -f 'sleep infinity'`, tries: 5, means: 'It runs.', missing: 'It does not.', next: 'Look.' });
    begin(
      serviceStep({
        ...words,
        service,
        now: 'restart',
        atBoot: true,
        serves,
        log: { ...logSince('log', { unit: 'demo.service' }), matchers: ready },
        next: 'Look.',
      }),
    );
    expect(done(await advance())).toEqual(well);
    expect([show('ActiveState'), show('UnitFileState')]).toEqual(['active', 'enabled']);
    expect((await undo()).status).toBe('undone');
    expect([show('ActiveState'), show('UnitFileState')]).toEqual(['inactive', 'disabled']);
  });
  it('a unit that ran is started anew, and is left running by the undo', async () => {
    machine.asRoot('echo ready >/etc/demo.conf; systemctl start demo');
    const before = show('MainPID');
    begin(serviceStep({ ...words, service, now: 'restart', next: 'Look.' }));
    expect(done(await advance())).toEqual(well);
    const now = show('MainPID');
    expect(now).not.toBe(before);
    expect([(await undo()).status, show('MainPID')]).toEqual(['undone', now]);
  });
  it('a unit that says nothing new is not taken for ready, and one that fails runs again after the undo', async () => {
    machine.asRoot('echo ready >/etc/demo.conf; systemctl restart demo; sleep 1; rm /etc/demo.conf');
    begin(serviceStep({ ...words, service, now: 'restart', log: { ...logSince('log', { unit: 'demo.service' }), matchers: ready }, next: 'Look.' }));
    const failed = (await advance()).steps[0]?.verdicts.filter(({ kind }) => kind === 'failure').map(({ rule }) => rule) ?? [];
    expect(failed).toEqual(expect.arrayContaining(['runs', 'ready']));
    expect(failed).not.toContain('log-unread');
    machine.asRoot('echo ready >/etc/demo.conf');
    expect([(await undo()).status, show('ActiveState')]).toEqual(['undone', 'active']);
  });
  it('a unit that is not there is left alone', async () => {
    begin(serviceStep({ ...words, service: { systemd: 'nothing.service' }, now: 'start', next: 'Look.' }));
    expect((await advance()).steps[0]?.verdicts.map(({ rule }) => rule)).toEqual(['service-missing']);
  });

  it('a kernel parameter of its own network is set now and for boots, and comes back', async () => {
    const ttl = () => machine.asRoot('sysctl -n net.ipv4.ip_default_ttl').trim();
    const was = ttl();
    begin(sysctlStep({ ...words, name: '90-wb', settings: { 'net.ipv4.ip_default_ttl': '77' } }));
    expect(done(await advance())).toEqual(well);
    expect([ttl(), machine.asRoot('cat /etc/sysctl.d/90-wb.conf')]).toEqual(['77', 'net.ipv4.ip_default_ttl = 77\n']);
    expect([(await undo()).status, ttl(), machine.asRoot('ls /etc/sysctl.d').includes('90-wb')]).toEqual(['undone', was, false]);
  });

  const installed = () => machine.asRoot(`dpkg -l 'wb-*' 2>/dev/null | awk '$1 == "ii" { print $2 }' | tr '\\n' ' '`).trim();
  const tool = packageStep({ ...words, names: { apt: 'wb-tool' }, what: 'The tool' });
  it('a package is installed, and goes with what came with it', async () => {
    begin(tool);
    expect(done(await advance())).toEqual(well);
    expect(installed()).toBe('wb-lib wb-tool');
    expect([(await undo()).status, installed()]).toEqual(['undone', '']);
  });
  it('a package stays where something else needs what came with it', async () => {
    begin(tool);
    await advance();
    machine.asRoot('apt-get -y -q install wb-other');
    expect([(await undo()).status, installed()]).toEqual(['failed', 'wb-lib wb-other wb-tool']);
    machine.asRoot('apt-get -y -q purge wb-other');
    expect([(await undo()).status, installed()]).toEqual(['undone', '']);
  });
  it('a package that apt does not know changes nothing', async () => {
    begin(packageStep({ ...words, names: { apt: 'wb-nothing' }, what: 'Nothing' }));
    expect((await advance()).steps[0]?.verdicts.map(({ rule }) => rule)).toEqual(['unknown-package']);
  });

  it('a folder moves away and back, with owners and modes', async () => {
    machine.asRoot('mkdir -p "/srv/a b"; echo x >"/srv/a b/c"; chown wren "/srv/a b/c"; chmod 640 "/srv/a b/c"');
    const list = () => machine.asRoot('ls -lR "/srv/a b" 2>&1 || true');
    const before = list();
    begin(movedAwayStep({ ...words, path: '/srv/a b' }));
    expect(done(await advance())).toEqual(well);
    expect(list()).toContain('No such file');
    expect([(await undo()).status, list()]).toEqual(['undone', before]);
  });
  it('a secret is made for its owner only', async () => {
    begin(generatedFileStep({ ...words, path: '/srv/secret', mode: '0640', owner: 'root:wren', content: { randomBytes: 24 } }));
    expect(done(await advance())).toEqual(well);
    expect(machine.asRoot('stat -c "%U %G %a" /srv/secret; base64 -d /srv/secret | wc -c')).toBe('root wren 640\n24\n');
    expect([(await undo()).status, machine.asRoot('ls /srv/secret 2>&1 || true')]).toEqual(['undone', expect.stringContaining('No such file')]);
  });
});

if (whyNoScratchMachine) console.log(`Steps for SysV init scripts are not tried for real: ${whyNoScratchMachine}.`);
describe.skipIf(whyNoScratchMachine)('on a machine with SysV init scripts', () => {
  beforeAll(async () => {
    const script = `#!/bin/sh
### BEGIN INIT INFO
# Provides: demo
# Required-Start:
# Required-Stop:
# Default-Start: 2 3 4 5
# Default-Stop: 0 1 6
### END INIT INFO
pid=/run/demo.pid
case $1 in
start) [ -e /etc/demo.conf ] || exit 1; [ -e $pid ] && kill -0 $(cat $pid) 2>/dev/null || { sleep 1000 </dev/null >/dev/null 2>&1 & echo $! >$pid; } ;;
stop) [ ! -e $pid ] || kill $(cat $pid); rm -f $pid ;;
restart) $0 stop; $0 start ;;
status) [ -e $pid ] && kill -0 $(cat $pid) 2>/dev/null || exit 3 ;;
esac
`;
    machine = await ScratchMachine.start(
      `${passwordlessSudo}\ncat >/etc/init.d/demo <<'DEMO'\n${script}DEMO\nchmod 755 /etc/init.d/demo; touch /etc/demo.conf; update-rc.d demo defaults; update-rc.d demo disable`,
    );
    machine.know();
  }, 600_000);
  afterAll(() => machine?.stop());
  const service = { sysv: 'demo', pidFile: '/run/demo.pid' };
  const status = () => machine.asRoot('service demo status >/dev/null 2>&1 && cat /run/demo.pid || echo stopped').trim();
  const links = () => machine.asRoot('cd /etc/rc3.d; ls [SK]*demo').trim();

  it('one is started for now and for boots, and both are taken back', async () => {
    machine.asRoot('service demo stop');
    begin(serviceStep({ ...words, service, now: 'start', atBoot: true, next: 'Look.' }));
    expect(done(await advance())).toEqual(well);
    expect([status(), links()]).toEqual([expect.stringMatching(/^\d+$/), expect.stringMatching(/^S/)]);
    expect([(await undo()).status, status(), links()]).toEqual(['undone', 'stopped', expect.stringMatching(/^K/)]);
  });
  it('one that ran is started anew; one that does not come up fails the step', async () => {
    machine.asRoot('service demo start');
    const before = status();
    begin(serviceStep({ ...words, service, now: 'restart', next: 'Look.' }));
    expect(done(await advance())).toEqual(well);
    expect(status()).not.toBe(before);
    await run?.end();
    machine.asRoot('rm /etc/demo.conf');
    begin(serviceStep({ ...words, service, now: 'restart', next: 'Look.' }));
    expect((await advance()).steps[0]?.status).toBe('failed');
    machine.asRoot('touch /etc/demo.conf');
    expect([(await undo()).status, status()]).toEqual(['undone', expect.stringMatching(/^\d+$/)]);
  });
});
