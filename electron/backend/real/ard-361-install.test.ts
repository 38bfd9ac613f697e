/**
 * A stand-in of Remote Desktop as a real binary property list, which an installer checks and replaces. defaults, installer and codesign are
 * small programs over Python’s plistlib; no Mac is here, and nothing of Apple’s.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { offerOf } from '../conformance/rehearsal.test-kit.ts';
import { passwordlessSudo, RealTopic, troublesOf } from './real-topic.test-kit.ts';
import { ScratchMachine, whyNoMachineWithPackages } from './scratch-machine.test-kit.ts';

const packages = ['python3', 'libplist-utils'];
const why = whyNoMachineWithPackages(packages);
if (why) console.log(`A stand-in of Remote Desktop is not tried: ${why}.`);

const app = '/Applications/Remote Desktop.app';
const plist = `${app}/Contents/Info.plist`;
const pkg = '/Volumes/Remote Desktop/RemoteDesktopAdmin.pkg';
const python = (text: string) => `exec python3 - "$@" <<'PYTHON'\nimport sys, os, plistlib, shutil\n${text}PYTHON`;
const tools = {
  sw_vers: `if [ "$1" = -productVersion ]; then echo 10.8.5; else printf 'ProductName:\\tMac OS X\\nProductVersion:\\t10.8.5\\n'; fi`,
  defaults: python(`verb, name, key = sys.argv[1:4]
path = name + '.plist'
if verb == 'read':
    try:
        value = plistlib.load(open(path, 'rb'))[key]
    except Exception:
        sys.exit('The domain/default pair of (%s, %s) does not exist' % (name, key))
    print(int(value) if isinstance(value, float) and value.is_integer() else value)
else:
    kind, text = sys.argv[4:6]
    values = plistlib.load(open(path, 'rb')) if os.path.exists(path) else {}
    values[key] = float(text) if kind == '-float' else text
    plistlib.dump(values, open(path, 'wb'), fmt=plistlib.FMT_BINARY)
`),
  pkgutil: `case $1 in --pkgs) echo com.apple.pkg.RemoteDesktopAdmin36 ;; *) printf 'Package:\\n   Status: signed Apple Software\\n' ;; esac`,
  installer: python(`app = '${app}'
try:
    found = plistlib.load(open('${plist}', 'rb'))['CFBundleShortVersionString']
    fits = isinstance(found, str) if os.path.exists('/srv/texts') else float(found) >= 3
except Exception:
    fits = False
if not fits:
    print('installer: Error - Remote Desktop 3 or newer is not installed on this volume.')
    sys.exit(1)
shutil.rmtree(app)
os.makedirs(app + '/Contents/MacOS')
open(app + '/Contents/MacOS/Remote Desktop', 'w').write('program')
plistlib.dump({'CFBundleIdentifier': 'com.apple.RemoteDesktop', 'CFBundleShortVersionString': '3.6.1'}, open('${plist}', 'wb'))
print('installer: The upgrade was successful.')
`),
  codesign: `[ -f "$2/Contents/MacOS/Remote Desktop" ] || { echo "$2: code object is not signed at all"; exit 1; }`,
};
const setUp = `${passwordlessSudo}
mkdir -p /Applications '/Volumes/Remote Desktop'
: >'${pkg}'
${Object.entries(tools)
  .map(([name, text]) => `cat >/usr/local/bin/${name} <<'END'\n#!/bin/sh\n${text}\nEND\nchmod 755 /usr/local/bin/${name}\n`)
  .join('')}`;

describe.skipIf(why)('an update that wants an older version', () => {
  let machine: ScratchMachine;
  let topic: RealTopic;
  beforeAll(async () => {
    machine = await ScratchMachine.start(setUp, [], { packages });
    machine.know();
  }, 600_000);
  afterAll(() => machine?.stop());
  beforeEach(() => {
    machine.asRoot(`rm -rf '${app}' /srv/texts`);
  });
  afterEach(() => topic?.end());
  const begin = () => {
    topic = new RealTopic(machine, 'ard-361-install', { package: pkg, licence: true });
  };
  const installs = () => machine.asRoot(`installer -pkg '${pkg}' -target / || :`).includes('was successful');

  it('does not install before, nor after an undo, and does after the run', { timeout: 600_000 }, async () => {
    expect(installs()).toBe(false);
    begin();
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
    let state = await topic.run({ without: ['stand-in'] });
    expect([state.status, state.current], troublesOf(state)).toEqual(['failed', 'install']);
    await topic.runs.api.runs.leave({ runId: state.runId });
    state = await topic.runs.startOn({ kind: 'ssh', host: 'machine' }, 'ard-361-install', { package: pkg, licence: true });
    while (state.current !== 'install') state = await topic.take(state, offerOf(state, 'advance'));
    const type = `python3 -c "import plistlib; v = plistlib.load(open('${plist}', 'rb')); print(v, type(v['CFBundleShortVersionString']).__name__)"`;
    expect(machine.asRoot(`head -c 6 '${plist}'; ${type}; plistutil -i '${plist}' -f xml | grep -o '<real>3'`)).toBe(
      "bplist{'CFBundleShortVersionString': 3.0} float\n<real>3\n",
    );
    state = await topic.undo(state);
    expect(machine.asRoot('ls -A /Applications'), troublesOf(state)).toBe('');
    expect(installs()).toBe(false);
    state = await topic.run();
    expect(state.says, troublesOf(state)).toBe('Done and verified.');
    expect(await topic.look()).toMatchObject({ verdict: 'already-fixed' });
    await topic.undo(state);
    expect(await topic.look(), 'what is installed is not removed with the stand-in').toMatchObject({ verdict: 'already-fixed' });
  });

  it('that compares texts refuses a number, and installs over a text', { timeout: 600_000 }, async () => {
    machine.asRoot('touch /srv/texts');
    begin();
    let state = await topic.run();
    expect([state.status, state.current], troublesOf(state)).toEqual(['failed', 'install']);
    state = await topic.take(state, offerOf(state, 'remedy'));
    state = await topic.take(state, offerOf(state, 'advance'));
    expect(state.steps.find(({ id }) => id === 'install')?.status, troublesOf(state)).toBe('done');
  });

  it('installs over a real copy by itself, and nothing is written into that', { timeout: 600_000 }, async () => {
    machine.asRoot(`mkdir -p '${app}/Contents'; defaults write '${app}/Contents/Info' CFBundleShortVersionString -string 3.2
defaults write '${app}/Contents/Info' CFBundleIdentifier -string com.apple.RemoteDesktop`);
    const sum = () => machine.asRoot(`find '${app}' -type f -exec cksum {} +`);
    const before = sum();
    begin();
    expect(await topic.look()).toMatchObject({ verdict: 'not-affected' });
    const state = await topic.run();
    expect([state.status, state.current, sum()], troublesOf(state)).toEqual(['failed', 'look', before]);
    expect(installs()).toBe(true);
  });
});
