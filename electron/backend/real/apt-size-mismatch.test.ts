/**
 * A real apt behind a real apt-cacher-ng, and a repository that makes a package again under the same version. The client and the proxy are
 * one machine, gone to twice: the run enters it for each of them.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { compiled } from '../fleet/compile/compiled.test-kit.ts';
import { writeCompiled } from '../fleet/compile/compiled-folder.ts';
import { bundleRules } from '../fleet/rules/rules-bundle.ts';
import { findTopic } from '../topics/topic-registry.ts';
import { ansible, inventoryOf, whyNoAnsible } from './ansible.test-kit.ts';
import { passwordlessSudo, RealTopic, troublesOf } from './real-topic.test-kit.ts';
import { ScratchMachine, whyNoMachineWithPackages } from './scratch-machine.test-kit.ts';

const packages = ['apt-cacher-ng', 'curl', 'python3-minimal'];
const why = whyNoMachineWithPackages(packages);
if (why) console.log(`A proxy that keeps an old package is not tried: ${why}.`);
if (!why && whyNoAnsible) console.log(`The proxy is not tried by Ansible: ${whyNoAnsible}.`);

/** Makes the package with so much in it, and the index of what is there. */
const publish = `publish() {
  mkdir -p /srv/pkg/DEBIAN /srv/pkg/usr/share/demo /srv/repo/pool
  printf 'Package: demo\\nVersion: 1.0\\nArchitecture: all\\nMaintainer: x <x@example.org>\\nDescription: demo\\n' >/srv/pkg/DEBIAN/control
  head -c "$1" /dev/urandom >/srv/pkg/usr/share/demo/data
  dpkg-deb -Zxz -b /srv/pkg /srv/repo/pool/demo_1.0_all.deb >/dev/null
  cd /srv/repo
  set -- $(sha256sum pool/demo_1.0_all.deb) $(wc -c <pool/demo_1.0_all.deb)
  { cat /srv/pkg/DEBIAN/control; printf 'Filename: pool/demo_1.0_all.deb\\nSize: %s\\nMD5sum: %s\\nSHA256: %s\\n\\n' "$3" "$(md5sum <pool/demo_1.0_all.deb | cut -d' ' -f1)" "$1"; } >Packages
  set -- $(sha256sum Packages) $(wc -c <Packages)
  printf 'Date: %s\\nSHA256:\\n %s %s Packages\\n' "$(date -u -R)" "$1" "$3" >Release
  # Each one later than the one before: what has the same second counts as not changed.
  tick=$(($(cat /srv/tick 2>/dev/null || echo 0) + 1))
  echo "$tick" >/srv/tick
  touch -d "@$((1767225600 + tick * 60))" Packages Release
}
`;
const setUp = `${passwordlessSudo}
rm -rf /etc/apt/sources.list /etc/apt/sources.list.d /etc/apt/apt.conf /etc/apt/apt.conf.d /var/lib/apt/lists /var/cache/apt-cacher-ng
mkdir -p /etc/apt/apt.conf.d /var/lib/apt/lists/partial /var/cache/apt/archives/partial /var/cache/apt-cacher-ng /var/log/apt-cacher-ng
printf 'deb [trusted=yes] http://127.0.0.1:8099/ ./\\n' >/etc/apt/sources.list
printf 'Acquire::http::Proxy "http://127.0.0.1:3142";\\nAPT::Sandbox::User "root";\\n' >/etc/apt/apt.conf.d/01proxy
${publish}publish 20000
cd /srv/repo
python3 -m http.server 8099 --bind 127.0.0.1 </dev/null >/srv/origin.log 2>&1 &
apt-cacher-ng -c /etc/apt-cacher-ng ForeGround=1 Port=3142 BindAddress=127.0.0.1 AllowUserPorts=0 DlMaxRetries=100 FreshIndexMaxAge=0 SocketPath=/run/acng.sock PidFile=/run/acng.pid </dev/null >/srv/acng.log 2>&1 &
until curl -s -f -o /dev/null http://127.0.0.1:3142/acng-report.html && curl -s -f -o /dev/null http://127.0.0.1:8099/Release; do sleep 0.1; done
cd /
`;
/** What an administrator does on the page of apt-cacher-ng, as its forms send it. */
const onThePage = `page=http://127.0.0.1:3142/acng-report.html
blob() { tr '\\n' ' ' | sed -n 's/.*name="blob"[^>]*value="\\([^"]*\\)".*/\\1/p' | head -n 1; }
first=$(curl -s "$page?abortOnErrors=aOe&byPath=bP&byChecksum=bS&doExpire=Start+Scan+and%2For+Expiration" | blob)
[ -n "$first" ] || exit 7
second=$(curl -s -G "$page" --data-urlencode kf=0 --data-urlencode "blob=$first" --data-urlencode 'doDelete=Delete selected files' --data-urlencode byPath=bP --data-urlencode byChecksum=bS | blob)
curl -s -G "$page" --data-urlencode kf=0 --data-urlencode "blob=$second" --data-urlencode 'doDeleteYes=Delete now' >/dev/null`;

describe.skipIf(why)('a package that was made again, behind apt-cacher-ng', () => {
  let machine: ScratchMachine;
  let topic: RealTopic;
  beforeAll(async () => {
    machine = await ScratchMachine.start(setUp, [], { packages });
    machine.know();
  }, 600_000);
  afterAll(() => machine?.stop());

  /** The state in which people meet it: the old file is in the proxy's cache, and the index names the new one. */
  const meet = () =>
    machine.asRoot(`${publish}publish 20000
rm -rf /var/lib/wrenchbook /var/cache/apt/archives/*.deb
dpkg -P demo >/dev/null 2>&1
# The proxy goes on with a file that it has open, though its copy was deleted: until there is a copy of this very package.
tries=0
until find /var/cache/apt-cacher-ng -name 'demo_*' -delete; cd /tmp; apt-get update >/dev/null && apt-get download demo >/dev/null && rm -f demo_*.deb &&
  cmp -s "$(find /var/cache/apt-cacher-ng -name demo_1.0_all.deb)" /srv/repo/pool/demo_1.0_all.deb; do
  tries=$((tries + 1))
  [ "$tries" -lt 60 ] || { echo "the proxy keeps no copy" >&2; exit 1; }
  sleep 0.5
done
publish 12000
# Nor does it ask for a list again at once each time.
tries=0
until apt-get update >/dev/null && cat /var/lib/apt/lists/*Packages | cmp -s - /srv/repo/Packages; do
  tries=$((tries + 1))
  [ "$tries" -lt 60 ] || { echo "the proxy keeps an old list" >&2; exit 1; }
  sleep 0.5
done`);
  beforeEach(() => void meet(), 180_000);
  afterEach(() => topic?.end());
  const begin = (way: string, proxy = way === 'remove') => {
    topic = new RealTopic(machine, 'apt-size-mismatch', { pkg: 'demo', way }, proxy ? { proxy: { kind: 'ssh', host: 'machine' } } : {});
  };
  /** Whether apt installs it as it usually does; what it said where it does not. */
  const install = () =>
    machine.asRoot('apt-get -y --reinstall install demo 2>&1 && echo INSTALLED; dpkg -P demo >/dev/null 2>&1; rm -f /var/cache/apt/archives/*.deb');
  const copies = () => machine.asRoot("find /var/cache/apt-cacher-ng -name 'demo_*' -exec sha256sum {} + | sort");

  it('does not install before', () => {
    expect(install()).toMatch(/File has unexpected size \(\d+ != \d+\)/);
    expect(install()).not.toContain('INSTALLED');
  });

  it('installs once the copy was moved away on the proxy, and does not once it was put back', { timeout: 600_000 }, async () => {
    begin('remove');
    const before = copies();
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
    const done = await topic.run();
    expect(done.says, troublesOf(done)).toBe('Done and verified.');
    expect(await topic.look()).toMatchObject({ verdict: 'already-fixed' });
    expect(install()).toContain('INSTALLED');
    const undone = await topic.undo(done);
    expect([undone.status, copies()], troublesOf(undone)).toEqual(['undone', before]);
    expect(machine.asRoot('ls /var/lib/wrenchbook 2>&1 || :')).toContain('No such file');
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
    expect(install()).not.toContain('INSTALLED');
  });

  it.skipIf(whyNoAnsible)('the same by Ansible, with client and proxy as groups of an inventory', { timeout: 600_000 }, async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'wb-fleet-'));
    const play = (book: string) => ansible('ansible-playbook', folder, ['-i', inventory, book]);
    const topicHere = findTopic('apt-size-mismatch');
    const values = topicHere.parameters.parse({ pkg: 'demo', way: 'remove' }) as Record<string, unknown>;
    const made = compiled(topicHere, { values, rules: await bundleRules(topicHere.id) });
    if ('obstacles' in made) throw new Error(JSON.stringify(made.obstacles));
    const book = writeCompiled(path.join(folder, 'book'), made.files);
    const inventory = inventoryOf(folder, { c1: machine, p1: machine }, '[client]\nc1\n[proxy]\np1\n');
    const before = copies();
    const first = await play(path.join(book, 'site.yml'));
    expect([first.status, first.hosts.p1?.changed === 0], first.said).toEqual([0, false]);
    expect(install()).toContain('INSTALLED');
    const second = await play(path.join(book, 'site.yml'));
    expect([second.status, second.hosts.c1?.changed, second.hosts.p1?.changed], second.said).toEqual([0, 0, 0]);
    const undone = await play(path.join(book, 'undo.yml'));
    expect([undone.status, copies()], undone.said).toEqual([0, before]);
    expect(machine.asRoot('ls /var/lib/wrenchbook 2>&1 || :')).toContain('No such file');
    expect(install()).not.toContain('INSTALLED');
    rmSync(folder, { recursive: true, force: true });
  });

  it('installs once it was expired on the page of the proxy', { timeout: 600_000 }, async () => {
    begin('expire');
    const done = await topic.run({ before: (stepId) => void (stepId === 'expire' && machine.asRoot(onThePage)) });
    expect(done.says, troublesOf(done)).toBe('Done and verified.');
    expect(install()).toContain('INSTALLED');
  });

  it('installs once it was fetched past the proxy, which stays as it is', { timeout: 600_000 }, async () => {
    begin('bypass');
    const before = copies();
    const done = await topic.run();
    expect([done.says, copies()], troublesOf(done)).toEqual(['Done and verified.', before]);
    const undone = await topic.undo(done);
    expect(undone.status, troublesOf(undone)).toBe('undone');
    expect(machine.asRoot('ls /var/cache/apt/archives')).not.toContain('demo');
    expect(install()).not.toContain('INSTALLED');
    const again = await topic.run();
    expect(again.says, troublesOf(again)).toBe('Done and verified.');
    expect(install()).toContain('INSTALLED');
  });

  it('does not install when only the copy was left where it is', { timeout: 600_000 }, async () => {
    begin('remove');
    const state = await topic.run({ without: ['remove'] });
    expect([state.status, state.current], troublesOf(state)).toEqual(['failed', 'proof']);
  });

  it('removes and installs nothing where the repository serves a file that its index does not name', { timeout: 600_000 }, async () => {
    begin('remove');
    // Of the same size as what was signed, with other content.
    machine.asRoot(`cd /srv/repo/pool && size=$(wc -c <demo_1.0_all.deb) && head -c "$size" /dev/urandom >forged && mv forged demo_1.0_all.deb`);
    const before = copies();
    expect(await topic.look()).toMatchObject({ verdict: 'not-affected' });
    let state = await topic.run();
    const rules = () => state.steps.flatMap(({ verdicts }) => verdicts.filter(({ kind }) => kind === 'failure').map(({ rule }) => rule));
    expect([state.status, state.current, rules()], troublesOf(state)).toEqual(['failed', 'compare', ['origin-differs']]);
    // The index is read again, and nothing else is offered as a fix.
    expect(state.offers.flatMap(({ action, id }) => (action === 'remedy' ? [id] : []))).toEqual(['update']);
    const update = state.offers.find(({ action }) => action === 'remedy');
    if (update) state = await topic.take(state, update);
    for (const _ of ['try', 'compare']) {
      const next = state.offers.find(({ action }) => action === 'advance');
      if (next) state = await topic.take(state, next);
    }
    expect([state.status, state.current, rules(), copies()], troublesOf(state)).toEqual(['failed', 'compare', ['origin-differs'], before]);
    expect(install()).not.toContain('INSTALLED');
  });
});
