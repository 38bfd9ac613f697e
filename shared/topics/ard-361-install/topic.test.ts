import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isFailure, judge, renderScript, type Script } from '../../topic-kit/index.ts';
import { labPackage } from './lab.ts';
import { misfit, parameters } from './parameters.ts';
import { probe } from './probe.ts';
import { showApp, showPackage } from './reading.ts';
import { steps } from './steps.ts';

const values = parameters.parse({ package: labPackage, licence: true });

describe('the form', () => {
  it.each(['', 'relative.pkg', '/x/../y.pkg', '/x/y.dmg', "/x/'y'.pkg", '/x/$(y).pkg', '/x\ny.pkg', '/..pkg/..'])('does not accept the package %j', (text) =>
    expect(parameters.safeParse({ package: text }).success).toBe(false),
  );
  it.each([labPackage, '/Volumes/Remote Desktop Admin Update 3.6.1/RemoteDesktopAdmin361.mpkg', '/a (1).pkg'])('accepts the package %j', (text) =>
    expect(parameters.safeParse({ package: text }).success).toBe(true),
  );
  it('wants a licence', () => {
    expect(misfit(values)).toBeNull();
    expect(misfit(parameters.parse({ package: labPackage }))).toMatchObject({ field: 'licence' });
  });
});

describe('what is in Applications', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'wb-ard-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const run = (script: Script, functions = '') =>
    execFileSync('sh', ['-c', `${functions}\n${renderScript(script, (file) => `${folder}${file}`)}`], { encoding: 'utf8' });
  /** Says the version and the identifier of every property list; nothing for an empty one. */
  const defaults = (version: string, identifier: string) =>
    `defaults() { case $3 in CFBundleIdentifier) echo '${identifier}' ;; *) echo '${version}' ;; esac | grep . || { echo 'does not exist' >&2; return 1; }; }`;
  const put = (...files: string[]) => {
    for (const file of files) {
      mkdirSync(path.dirname(`${folder}/Applications/Remote Desktop.app/${file}`), { recursive: true });
      writeFileSync(`${folder}/Applications/Remote Desktop.app/${file}`, 'x');
    }
  };
  it.each([
    ['none', [], '', ''],
    ['stub', ['Contents/Info.plist'], '3', ''],
    ['real', ['Contents/Info.plist', 'Contents/MacOS/Remote Desktop'], '3.2', 'com.apple.RemoteDesktop'],
    ['real', ['Contents/Info.plist'], '3.2', 'com.apple.RemoteDesktop'],
    ['other', ['Contents/Info.plist', 'Contents/MacOS/x'], '3', ''],
    ['other', ['Contents/Info.plist'], '1', 'org.example.remote'],
    ['other', ['Info.plist'], '', ''],
  ])('is %s with %j of version %j and identifier %j', (wanted, files, version, identifier) => {
    put(...files);
    expect(run(showApp, defaults(version, identifier))).toContain(`app=${wanted}\n`);
  });
  it.each([
    ['apple', '   Status: signed Apple Software'],
    ['expired', '   Status: signed by a certificate that has since expired'],
    ['none', '   Status: no signature'],
    ['other', '   Status: signed by a developer certificate issued by Apple'],
    ['unread', 'pkgutil: unrecognized option'],
  ])('is a package that is signed: %s', (wanted, line) => {
    writeFileSync(`${folder}/x.pkg`, '');
    expect(run(showPackage('/x.pkg'), `pkgutil() { echo '${line}'; }`)).toMatch(new RegExp(`package=there\n(?:.*\n)?signature=${wanted}\n$`));
  });
  it('is no package', () => expect(run(showPackage('/x.pkg'))).toBe('package=missing\n'));
});

describe('a step', () => {
  const rules = (id: string, output: string) => {
    const step = steps(values).find((each) => each.id === id);
    const matchers = step?.kind === 'command' ? [...step.matchers, ...(step.verify?.matchers ?? [])] : [];
    return judge(matchers, { output, exitStatus: 0, facts: {} }).flatMap((verdict) => (isFailure([verdict]) ? [verdict.rule] : []));
  };
  const seen = 'system=10.8.5\napp=none\npackage=there\nsignature=apple';
  const done = 'installer: The upgrade was successful.\napp=real\nversion=3.6.1\nseal=whole';
  it.each([
    ['look', seen, []],
    ['look', seen.replace('app=none', 'version=3\napp=stub'), []],
    ['look', seen.replace('app=none', 'version=3.2\napp=real'), ['real-copy']],
    ['look', seen.replace('app=none', 'version=3.9.7\napp=real'), ['newer']],
    ['look', seen.replace('app=none', 'app=other'), ['other']],
    ['look', seen.replace('app=none', ''), ['looked']],
    ['look', seen.replace('=there\nsignature=apple', '=missing'), ['no-package']],
    ['look', seen.replace('apple', 'expired'), ['expired']],
    ['look', seen.replace('apple', 'none'), ['unsigned']],
    ['look', seen.replace('apple', 'unread'), []],
    ['look', seen.replace('10.8.5', '14.4'), []],
    ['stand-in', 'version=3\napp=stub', []],
    ['stand-in', 'version=3.0\napp=stub', []],
    ['stand-in', 'version=30\napp=stub', ['version']],
    ['stand-in', 'version=3\napp=other', ['stub']],
    ['install', done, []],
    ['install', done.replace('upgrade', 'install'), []],
    ['install', 'installer: Error - no volume', ['refused']],
    ['install', 'installer: The install failed (…)', ['failed']],
    ['install', done.replace('3.6.1', '3.2'), ['version']],
    ['install', done.replace('whole', 'broken'), ['seal']],
    ['install', '', ['successful', 'real', 'version', 'seal']],
  ])('%s: %j', (id, output, wanted) => expect(rules(id, output)).toEqual(wanted));
  it('writes the version as it was chosen', () => {
    const written = (as: 'float' | 'string') => {
      const step = steps({ ...values, as }).find(({ id }) => id === 'stand-in');
      return step?.kind === 'command' ? renderScript(step.script, (file) => file) : '';
    };
    expect(written('float')).toContain("defaults write '/Applications/Remote Desktop.app/Contents/Info' CFBundleShortVersionString -float 3.0");
    expect(written('string')).toContain('-string 3.0');
  });
});

describe('the check', () => {
  it.each([
    ['affected', 'system=10.8.5\napp=none'],
    ['affected', 'system=10.6.8\nversion=3\napp=stub'],
    ['already-fixed', 'system=10.8.5\nversion=3.6.1\napp=real'],
    ['already-fixed', 'system=14.4\nversion=3.10\napp=real'],
    ['not-affected', 'system=10.8.5\nversion=3.2\napp=real'],
    ['not-affected', 'system=10.8.5\nversion=\napp=real'],
    ['unknown', 'system=10.8.5\napp=other'],
    ['unknown', 'system=14.4\napp=none'],
    ['unknown', 'system=10.8.5'],
    ['unknown', ''],
  ])('says %s for %j', (verdict, output) => expect(probe.judge({ output, exitStatus: 0 }, values)).toMatchObject({ verdict }));
});
