/** What people met on the way to a stick of Lion, in the words of their reports; the choice of the package is really run. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CommandStep, judge, renderScript } from '../../topic-kit/index.ts';
import { labCatalogue } from './lab.ts';
import { parameters } from './parameters.ts';
import { getLion } from './preparation-steps.ts';
import { remedies } from './remedies.ts';
import { steps } from './steps.ts';
import { topic } from './topic.ts';

const device = '/dev/disk2 |  | Ultra USB 3.0 |  | 8053063680';
const stepOf = (id: string, given: Record<string, string>) =>
  steps(parameters.parse({ device, catalogue: '/nowhere/catalogue.txt', ...given })).find((step) => step.id === id) as CommandStep;
const failures = (step: CommandStep, output: string, exitStatus = 1) =>
  judge(step.matchers, { output, exitStatus, facts: {} }).filter(({ kind }) => kind === 'failure');

describe('asr and diskutil', () => {
  const write = stepOf('write-stick', {});
  const compared = `Validating target...done\nValidating source...done\nRestoring  ....100\nVerifying  ....10....20\nChecksum failed.\nExpected 7425D663\nbut got 84E748B9\nCould not restore - Invalid argument`;

  it('L1: the end of asr’s own compare has a rule of its own, which does not say to try again', () => {
    const seen = failures(write, compared).map(({ rule, next }) => [rule, next]);
    expect(seen[0]?.[0]).toBe('asr-compare');
    expect(seen.map(([rule]) => rule)).not.toContain('unknown-error');
    expect(seen[0]?.[1]).not.toMatch(/run the step again/);
    const { script } = write;
    expect(renderScript(script, (file) => file)).toContain('--noverify');
  });

  it.each([
    ['Could not validate sizes - Operation not permitted', 'not-permitted'],
    ['Could not change the partition type for /dev/disk5s2 - Autorisation refusée', 'not-permitted'],
    ['Could not validate source - Input/output error', 'source-unreadable'],
    ['asr: Could not restore - Input/output error', 'bad-stick'],
    ['Could not validate source - image needs to be imagescanned', 'not-scanned'],
  ])('L2, L3: %j is %s, and nothing else', (said, rule) => {
    const seen = failures(write, said);
    expect(seen.map((verdict) => verdict.rule)).toEqual([rule]);
    expect(seen[0]?.noWayBack).toBe(rule === 'bad-stick');
  });

  it('L2: what is not permitted is led to Full Disk Access, and tools speak English', () => {
    expect(failures(write, 'Could not validate sizes - Operation not permitted')[0]?.next).toContain('Full Disk Access');
    expect(renderScript(write.script, (file) => file)).toMatch(/^LC_ALL=C; export LC_ALL\n/);
  });

  it('L1: the stick is compared file by file, and a difference is found', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'wb-lion-'));
    try {
      const tools = path.join(folder, 'tools');
      const [image, volume] = [path.join(folder, 'image'), path.join(folder, 'LION ESD')];
      for (const place of [image, volume]) {
        mkdirSync(path.join(place, 'Packages'), { recursive: true });
        writeFileSync(path.join(place, 'Packages/a.pkg'), 'xar! a');
      }
      mkdirSync(path.join(volume, '.Trashes'));
      mkdirSync(tools);
      const tool = (name: string, text: string) => writeFileSync(path.join(tools, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
      tool('mount', `echo "/dev/disk2s2 on ${volume} (hfs, local, nodev)"`);
      tool('hdiutil', `[ "$1" = attach ] && cp -R '${image}/.' "$5/" || rm -r "$2"/*`);
      const look = () => {
        const verify = write.verify;
        if (!verify || 'dialect' in verify.script) throw new Error('no proof');
        const { stdout, status } = spawnSync('sh', ['-c', `${renderScript(verify.script, (file) => file)} 2>&1`], {
          env: { PATH: `${tools}:${process.env.PATH}` },
          encoding: 'utf8',
        });
        return judge(verify.matchers, { output: stdout, exitStatus: status ?? 1, facts: {} })
          .filter(({ kind }) => kind === 'failure')
          .map(({ rule }) => rule);
      };
      expect(look()).toEqual([]);
      writeFileSync(path.join(volume, 'Packages/a.pkg'), 'xar! b');
      expect(look()).toEqual(['stick-differs']);
      rmSync(path.join(volume, 'Packages/a.pkg'));
      expect(look()).toEqual(['stick-differs']);
      rmSync(path.join(image, 'Packages'), { recursive: true });
      expect(look()).toContain('stick-differs');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('the package', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'wb-lion-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function pick(build: string, catalogue: string) {
    const core = path.join(folder, 'wrenchbook-lion/System/Library/CoreServices');
    mkdirSync(core, { recursive: true });
    const entry = (key: string, value: string) => `\t<key>${key}</key>\n\t<string>${value}</string>\n`;
    writeFileSync(path.join(core, 'SystemVersion.plist'), entry('ProductBuildVersion', build) + entry('ProductVersion', '10.7.3'));
    writeFileSync(path.join(folder, 'catalogue.txt'), catalogue);
    const step = stepOf('pick-package', { way: 'linux', device, workFolder: folder, catalogue: path.join(folder, 'catalogue.txt') });
    const { stdout } = spawnSync('sh', ['-c', `${renderScript(step.script, (file) => file)} 2>&1`], { encoding: 'utf8' });
    return {
      output: stdout,
      chosen: /^package=.*\/(\w+)_ServerEssentials\//m.exec(stdout)?.[1] ?? null,
      rules: failures(step, stdout, 0).map(({ rule }) => rule),
    };
  }
  const real = '<string>http://swcdn.apple.com/content/downloads/28/59/041-6014/x3gP/ServerEssentials.pkg</string>';

  it.each([
    ['11D2097', ['11D50', '11D2097', '11D2515'], '11D2097'],
    ['11D50', ['11D50', '11D2097', '11D2515'], '11D50'],
    ['11D50', ['11D2097', '11D2515'], '11D2515'],
    ['11D50', ['11A511'], null],
  ])('L4: for %s of %j it is %s', (build, products, wanted) => {
    expect(pick(build, labCatalogue(products)).chosen).toBe(wanted);
  });

  it.each([
    ['no ServerEssentials at all', '<string>http://swcdn.apple.com/content/downloads/41/041-6014/x/MacOSXUpd10.7.4Supp.pkg</string>', ['not-this-catalogue']],
    ['a page of a browser', '<!DOCTYPE html><html><head><title>404</title></head></html>', ['not-this-catalogue']],
    ['addresses without a build', real, ['no-build']],
  ])('L8: a catalogue with %s is told as that', (_, text, rules) => {
    const seen = pick('11E53', `<plist>\n${text}\n</plist>\n`);
    expect(seen.rules).toEqual(rules);
    if (rules[0] === 'no-build') expect(seen.output).toContain('041-6014/x3gP/ServerEssentials.pkg');
  });

  it('L5: says how Lion is to be had today', () => {
    expect(getLion).toContain('InstallMacOSX.dmg');
    const texts = [...stepOf('find-image', {}).matchers.flatMap(({ next = '' }) => next), ...remedies.map(({ explanation }) => explanation), ...topic.needs];
    expect(texts.filter((text) => text.includes('InstallMacOSX.dmg')).length).toBeGreaterThanOrEqual(5);
  });
});

describe('symptoms', () => {
  it.each([
    'additional components needed to install Mac OS X could not be found',
    'This copy of the Install Mac OS X Lion application can’t be verified. It may have been corrupted or tampered with',
    'asr: the source needs to be imagescanned',
    'Could not restore - Invalid argument',
  ])('recognise %j', (text) => {
    expect(topic.symptoms.some(({ pattern }) => pattern.test(text))).toBe(true);
  });
});
