import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isFailure, judge, plistValue, renderScript, sh } from '../../topic-kit/index.ts';
import { guard, guardPlist, guardScript } from './guard.ts';
import { parameters, serviceOf } from './parameters.ts';
import { probe } from './probe.ts';
import { defineSum } from './reading.ts';
import { steps } from './steps.ts';

const usual = parameters.parse({});

it.each([
  { setting: 'DocumentRoot' },
  { setting: 'calendar:$(x)' },
  { setting: '-x:y' },
  { volume: '../etc' },
  { volume: 'a b' },
  { volume: '-x' },
  { volume: 'a/b' },
])('does not accept %j', (more) => expect(parameters.safeParse(more).success).toBe(false));
it('knows the service by its setting', () => expect(serviceOf(parameters.parse({ setting: 'mail:imap:partition-default' }))).toBe('mail'));

describe('the checksum of a folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'wb-iscsi-'));
    mkdirSync(`${folder}/a/in it`, { recursive: true });
    writeFileSync(`${folder}/a/in it/x y`, 'one');
    writeFileSync(`${folder}/a/empty`, '');
    symlinkSync('empty', `${folder}/a/link`);
    cpSync(`${folder}/a`, `${folder}/b`, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const sum = (name: string) =>
    execFileSync('sh', ['-c', `${renderScript(sh`${defineSum}`, (file) => file)}\nwb_sum "$1"`, 'sh', `${folder}/${name}`], { encoding: 'utf8' }).trim();
  it('is the same for a copy, wherever it is, and counts files', () => {
    expect(sum('a')).toMatch(/^2\/[0-9a-f]{40}$/);
    expect(sum('b')).toBe(sum('a'));
  });
  it.each([
    ['another content of the same length', () => writeFileSync(`${folder}/b/in it/x y`, 'two')],
    ['a file that is missing', () => rmSync(`${folder}/b/empty`)],
    ['a file more', () => writeFileSync(`${folder}/b/more`, '')],
    ['an empty folder more', () => mkdirSync(`${folder}/b/more`)],
    ['another mode', () => chmodSync(`${folder}/b/empty`, 0o600)],
    ['another name', () => cpSync(`${folder}/b/empty`, `${folder}/b/Empty`)],
    [
      'a link that leads elsewhere',
      () => {
        rmSync(`${folder}/b/link`);
        symlinkSync('in it', `${folder}/b/link`);
      },
    ],
  ])('is another with %s', (_, spoil) => {
    spoil();
    expect(sum('b')).not.toBe(sum('a'));
  });
  it('does not mind when a folder was read', () => {
    utimesSync(`${folder}/b/in it`, 1, 1);
    expect(sum('b')).toBe(sum('a'));
  });
  it('is nothing for a folder that is not there', () => expect(() => sum('c')).toThrow());
});

describe('the job that waits', () => {
  it('has its script in the property list, as it is', () => {
    const list = guardPlist(usual);
    expect(plistValue(list, ['ProgramArguments', 2])?.replaceAll('&amp;', '&')).toBe(`<string>${guardScript(usual)}</string>`);
    expect(plistValue(list, ['RunAtLoad'])).toBe('<true/>');
  });
  it('leaves another job alone, and its own as it should be', () => {
    const { edit } = guard(usual);
    expect(edit('<plist/>', {}, '')).toMatchObject({ rule: 'other-job' });
    expect(edit(guardPlist(usual), {}, '')).toBe(guardPlist(usual));
    expect(edit('', {}, '')).toBe(guardPlist(usual));
  });
  it('stops the service until the marker is there, and starts it then', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'wb-iscsi-'));
    const script = guardScript(usual).replaceAll('/Volumes/Calendar/', `${folder}/`);
    const said = execFileSync('sh', ['-c', `serveradmin() { echo "$*"; }\nsleep() { : >'${folder}/.wrenchbook-volume'; }\n${script}`], { encoding: 'utf8' });
    expect(said).toBe('stop calendar\nstart calendar\n');
    expect(execFileSync('sh', ['-c', `serveradmin() { echo "$*"; }\n${script}`], { encoding: 'utf8' })).toBe('start calendar\n');
    rmSync(folder, { recursive: true });
  });
});

describe('a step', () => {
  const sum = `2/${'a'.repeat(40)}`;
  const rules = (id: string, output: string) => {
    const step = steps(usual).find((each) => each.id === id);
    const matchers = step?.kind === 'command' ? [...step.matchers, ...(step.verify?.matchers ?? [])] : [];
    return judge(matchers, { output, exitStatus: 0, facts: { sum, old: '/old' } }).flatMap((verdict) => (isFailure([verdict]) ? [verdict.rule] : []));
  };
  const seen = 'state=RUNNING\npath=/Library/x\nplace=elsewhere\nmounted=yes\njournaled=yes\nowners=Enabled\nroom=yes';
  const copied = `old-sum=${sum}\nnew-sum=${sum}\nmarker=there`;
  it.each([
    ['look', seen, []],
    ['look', seen.replace('elsewhere', 'volume'), ['already']],
    ['look', seen.replace('elsewhere', 'none'), ['no-setting']],
    ['look', seen.replace('mounted=yes', 'mounted=no'), ['not-mounted']],
    ['look', seen.replace('Enabled', 'Disabled'), ['owners']],
    ['look', seen.replace('journaled=yes', 'journaled=no'), ['journal']],
    ['look', seen.replace('room=yes', 'room=no'), ['room']],
    ['look', `${seen}\nsecond=yes`, ['second']],
    ['look', `${seen}\ntarget=there`, ['target']],
    ['look', `${seen}\nlink=yes`, ['link']],
    ['look', '', ['internal', 'mounted', 'owned']],
    ['copy', copied, []],
    ['copy', copied.replace('new-sum=2', 'new-sum=1'), ['copy-same']],
    ['copy', copied.replace('old-sum=2', 'old-sum=3'), ['old-same']],
    ['copy', 'ditto: /x: Input/output trouble', ['ditto', 'old-same', 'copy-same'].slice(0, 1)],
    ['copy', '', ['old-same', 'copy-same', 'marker']],
    ['switch', 'place=volume', []],
    ['switch', 'place=elsewhere', ['place']],
    ['start', 'state=RUNNING\nplace=volume\nmarker=there', []],
    ['start', 'state=RUNNING\nplace=volume\nmarker=missing', ['marker']],
    ['left', 'left: 4 KB in /etc/certificates (private keys)\nlooked=yes', []],
    ['left', '', ['looked']],
  ])('%s: %j', (id, output, wanted) => expect(rules(id, output)).toEqual(expect.arrayContaining(wanted)));
  it.each([
    ['look', seen],
    ['copy', copied],
    ['start', 'state=RUNNING\nplace=volume\nmarker=there'],
  ])('%s finds nothing wrong with what is right', (id, output) => expect(rules(id, output)).toEqual([]));
  it('deletes nothing before the copy is proved, and the original never', () => {
    const texts = steps(usual).map((step) => (step.kind === 'command' ? JSON.stringify(step.script) : ''));
    expect(texts.join()).toContain('ditto');
    expect(texts.join()).not.toMatch(/\brm\b|\bmv\b|srm|secureErase/);
  });
  it('has two lists to print, with the service and the volume', () => {
    const cards = steps(parameters.parse({ setting: 'mail:imap:partition-default', volume: 'Mail' })).flatMap((step) =>
      step.kind === 'manual' ? (step.cards ?? []) : [],
    );
    expect(cards.map(({ title }) => title)).toEqual(['Before the Mac goes to repair', 'When the Mac is back']);
    expect(cards[0]?.lines).toContain('sudo serveradmin stop mail');
    expect(cards[1]?.lines.join()).toContain('/Volumes/Mail/.wrenchbook-volume');
  });
});

describe('the check', () => {
  const look = (output: string) => probe.judge({ output, exitStatus: 0 }, usual);
  it.each([
    ['affected', 'path=/Library/x\nplace=elsewhere\nmounted=yes'],
    ['affected', 'path=/Library/x\nplace=elsewhere\nmounted=no'],
    ['already-fixed', 'path=/Volumes/Calendar/x\nplace=volume\nmounted=yes'],
    ['unknown', 'path=/Volumes/Calendar/x\nplace=volume\nmounted=no'],
    ['unknown', 'path=\nplace=none\nmounted=yes'],
    ['unknown', ''],
    ['not-affected', 'serveradmin=missing\nmounted=no'],
  ])('says %s for %j', (verdict, output) => expect(look(output)).toMatchObject({ verdict }));
  it('proposes the only setting with a path', () => {
    expect(look('place=none\ncandidate: calendar:DocumentRoot = "/x"').proposes).toMatchObject([{ field: 'setting', value: 'calendar:DocumentRoot' }]);
    expect(look('place=none\ncandidate: calendar:a = "/x"\ncandidate: calendar:b = "/y"').proposes).toEqual([]);
  });
});
