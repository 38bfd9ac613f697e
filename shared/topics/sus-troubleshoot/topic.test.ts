import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isFailure, judge, renderScript, sh } from '../../topic-kit/index.ts';
import { block } from './lab.ts';
import { defineLogReader } from './log-reader.ts';
import { misfit, parameters } from './parameters.ts';
import { probe } from './probe.ts';
import { showLog } from './reading.ts';
import { steps } from './steps.ts';

const reader = renderScript(sh`${defineLogReader}\nwb_read_log`, (file) => file);
const read = (log: string, awk = 'awk') =>
  execFileSync('sh', ['-c', `wb_awk() { ${awk} "$@"; }\n${reader.replace('C awk ', 'C wb_awk ')}`], { encoding: 'utf8', input: log, maxBuffer: 1 << 26 })
    .trim()
    .split('\n');
const host = 'http://swcdn.apple.com/content/downloads';
/** BSD’s awk is not here; whichever of these is. */
const awks = [...new Set(['awk', 'mawk', 'gawk --posix', 'original-awk', 'busybox awk'])].filter(
  (awk) => spawnSync('sh', ['-c', `${awk} 'BEGIN { exit 0 }'`]).status === 0,
);

describe('a block of the log', () => {
  it.each([
    ['folder: 11D2515_ServerEssentials downloads/10/59/a/b/ServerEssentials.dst', `${host}/10/59/a/b/ServerEssentials.dst`],
    ['folder: 11D2515_ServerEssentials downloads/10/59/a/b/X.dst', `${host}/10/59/a/b/X.dst/Resources.pkg`],
    ['folder: 11D2515_ServerEssentials downloads/10/59/a', `${host}/10/59/a/Update.pkg`],
    ['folder: 11D2515_ServerEssentials downloads/10', 'https://swcdn.apple.com/content/downloads/10/x.pkg'],
    ['strange: 11D2515_ServerEssentials', `${host}/Update.pkg`],
    ['strange: 11D2515_ServerEssentials', `${host}/../../etc/x.dst`],
    ['strange: 11D2515_ServerEssentials', `${host}/10/..`],
    ['strange: 11D2515_ServerEssentials', `${host}/10/./x.dst`],
    ['strange: 11D2515_ServerEssentials', `${host}//10/x.dst`],
    ['strange: 11D2515_ServerEssentials', `${host}/10/$(reboot)/x.dst`],
    ['strange: 11D2515_ServerEssentials', `${host}/10/a b/x.dst`],
    ['strange: 11D2515_ServerEssentials', `${host}/10/${'a'.repeat(500)}/x.dst`],
    ['strange: 11D2515_ServerEssentials', 'http://example.org/content/downloads/10/x.dst'],
    ['strange: 11D2515_ServerEssentials', 'http://swcdn.apple.com.example.org/content/downloads/10/x.dst'],
    ['strange: 11D2515_ServerEssentials', 'http://swcdn.apple.com/content/catalogs/x.dst'],
    ['strange: 11D2515_ServerEssentials', 'file:///content/downloads/10/x.dst'],
    ['strange: 11D2515_ServerEssentials', ''],
  ])('gives %s for %s', (wanted, url) => expect(read(block('11D2515_ServerEssentials', url))[0]).toBe(wanted));
  it('with another reason gives the reason, and no folder', () =>
    expect(read(block('041-1', `${host}/1/2/x.dst`, 'signature does not match.'))[0]).toBe('reason: 041-1 signature does not match.'));
  it('that is cut off gives nothing, and the next one is read', () => {
    const cut = block('041-1', `${host}/1/1/x.dst`).split('\n').slice(0, 2).join('\n');
    expect(read(`${cut}\n${block('041-2', `${host}/2/2/x.dst`)}`)).toEqual([
      'folder: 041-2 downloads/2/2/x.dst',
      'lines=6',
      'gone=0',
      'versions=0',
      'locked=0',
    ]);
    expect(read(`${cut}\n${'something else\n'.repeat(20)}*** The suspect product file will not be downloaded.\n`)[0]).toBe('lines=23');
  });
  it('is read with dates in front, Windows’ line ends and odd names', () =>
    expect(read(block("04'1;x", `${host}/1/2/x.dst`).replace(/^/gm, 'Feb 21 20:13:27 sus swupd_syncd[12]: ').replaceAll('\n', '\r\n'))[0]).toBe(
      'folder: 04?1?x downloads/1/2/x.dst',
    ));
});

describe.each(awks)('100,000 lines, read by %s', (awk) => {
  it('are counted by product, each once', () => {
    const lines = Array.from({ length: 25_000 }, (_, at) => {
      if (at % 500 === 0) return block(`P${at % 2000}`, `${host}/10/${at % 2000}/k/S.dst`);
      if (at % 100 === 1) return `Product 041-${at % 300} is no longer available and has no replacement\n`.repeat(4);
      if (at % 1000 === 2) return '*** Missing version string for product 061-7\nrename: Permission denied\nx\nx\n';
      return `${at}: downloading\n`.repeat(4);
    }).join('');
    expect(lines.split('\n').length - 1).toBe(100_000);
    const out = read(lines, awk);
    expect(out.filter((line) => line.startsWith('folder: '))).toEqual([0, 500, 1000, 1500].map((at) => `folder: P${at} downloads/10/${at}/k/S.dst`));
    expect(out.slice(-4)).toEqual(['lines=100000', 'gone=3', 'versions=1', 'locked=25']);
  });
  it('of nothing but odd bytes are passed over', () => expect(read(`${'\u00ff\u0000"*'.repeat(30)}\n`.repeat(1000), awk)[0]).toBe('lines=1000'));
});

describe('the log beside a server’s content', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'wb-sus-'));
    mkdirSync(`${folder}/root/html/content/downloads/10/there`, { recursive: true });
    mkdirSync(`${folder}/notes/var/db/wrenchbook/swupdate`, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const look = () => {
    const script = renderScript(showLog('/log'), (file) => (file === '/log' ? `${folder}/log` : `${folder}/notes${file}`));
    return execFileSync('sh', ['-c', `serveradmin() { echo 'swupdate:updatesDocRoot = "${folder}/root/"'; }\n${script}`], { encoding: 'utf8' });
  };
  it('names what is missing of what it names', () => {
    writeFileSync(`${folder}/log`, block('A', `${host}/10/there/x.pkg`) + block('B', `${host}/10/not there/x.pkg`) + block('C', `${host}/10/gone/x.pkg`));
    expect(look()).toMatch(/^strange: B\n[\s\S]*named=2\nmissing: C downloads\/10\/gone\nfolders=1\n$/m);
  });
  it('reads rotated ones too', () => {
    writeFileSync(`${folder}/log`, 'new\n');
    writeFileSync(`${folder}/log.0`, block('C', `${host}/10/gone/x.pkg`));
    writeFileSync(`${folder}/log.strange`, block('D', `${host}/10/never/x.pkg`));
    expect(look()).toMatch(/missing: C downloads\/10\/gone\nfolders=1\n$/);
  });
  it('says of versions only what is newer than catalogues that were fetched again, and of folders everything', () => {
    const old = `${block('C', `${host}/10/gone/x.pkg`)}*** Missing version string for product 041-1\n`;
    writeFileSync(`${folder}/log`, old);
    expect(look()).toMatch(/versions=1[\s\S]*folders=1\n$/);
    const inode = execFileSync('ls', ['-i', `${folder}/log`], { encoding: 'utf8' })
      .trim()
      .split(' ')[0];
    writeFileSync(`${folder}/notes/var/db/wrenchbook/swupdate/log-mark`, `${inode} ${old.length}\n`);
    expect(look()).toMatch(/versions=0[\s\S]*folders=1\nrebuilt=yes\n$/);
  });
  it('says that it was not read where it was not', () => expect(look()).toMatch(/log=unread\n$/));
});

it('wants something to be chosen', () => {
  expect(misfit(parameters.parse({ folders: false }))).toMatchObject({ field: 'folders' });
  expect(misfit(parameters.parse({}))).toBeNull();
});
it.each(['relative', '/a b', '/x;y', '/x$(y)'])('does not accept the log %j', (log) => expect(parameters.safeParse({ log }).success).toBe(false));
it('fixes catalogues first, then folders, and syncs once', () => {
  const ids = (more: object) => steps(parameters.parse(more)).map(({ id }) => id);
  expect(ids({ catalog: true, enable: true })).toEqual(['look', 'catalogues', 'folders', 'sync', 'enable']);
  expect(ids({})).toEqual(['look', 'folders', 'sync']);
  expect(ids({ folders: false, enable: true })).toEqual(['look', 'enable']);
});

describe('a step', () => {
  const rules = (id: string, output: string, more: object = {}) => {
    const step = steps(parameters.parse({ catalog: true, enable: true, ...more })).find((each) => each.id === id);
    const matchers = step?.kind === 'command' ? [...step.matchers, ...(step.verify?.matchers ?? []), ...(step.before?.matchers ?? [])] : [];
    return judge(matchers, { output, exitStatus: 0, facts: {} }).flatMap((verdict) => (isFailure([verdict]) ? [verdict.rule] : []));
  };
  const seen = 'content=/x\nfree=400\nlines=6\nversions=0\nlocked=0\nmissing: A downloads/1\nfolders=1';
  const synced = 'lines=9\nlocked=0\nversions=0\ncatalogues=there';
  it.each([
    ['look', seen, []],
    ['look', seen.replace('folders=1', 'folders=0'), ['nothing-missing']],
    ['look', `${seen.replace('folders=1', 'folders=0')}\nreason: A checksum`, ['only-other']],
    ['look', `${seen}\nreason: A checksum`, []],
    ['look', `${seen}\nstrange: A`, ['strange']],
    ['look', 'serveradmin=missing', ['not-server']],
    ['look', 'content=none', ['no-content']],
    ['look', 'log=unread', ['no-log']],
    ['look', '', ['read']],
    ['catalogues', 'state=RUNNING\nold=yes', ['old-there']],
    ['catalogues', 'state=STOPPED', ['running', 'old']],
    ['folders', 'there: a', []],
    ['folders', 'there: a\nother owner: b', ['other-owner']],
    ['folders', 'mkdir: a: No space left on device', ['not-made']],
    ['folders', '', ['there']],
    ['sync', synced, []],
    ['sync', synced.replace('locked=0', 'locked=3'), ['owner']],
    ['sync', `again: A downloads/1\n${synced}`, ['again']],
    ['sync', synced.replace('versions=0', 'versions=2'), ['still-corrupt']],
    ['sync', synced.replace('lines=9', 'lines=0'), ['synced']],
    ['sync', synced.replace('there', 'missing'), ['catalogues']],
    ['enable', 'disabled=0\noffered=all', []],
    ['enable', 'disabled=3', ['none-off']],
    ['enable', 'disabled=unread', ['none-off']],
  ])('%s: %j', (id, output, wanted) => expect(rules(id, output)).toEqual(wanted));
});

describe('the check', () => {
  const base = { content: '/x', state: 'RUNNING', disabled: '0', lines: '9', gone: '1', versions: '0', named: '1', folders: '0' };
  const look = (more: Partial<Record<keyof typeof base | 'log' | 'serveradmin' | 'rebuilt', string>>, values: object = {}) =>
    probe.judge(
      {
        output: Object.entries({ ...base, ...more })
          .map(([name, value]) => `${name}=${value}\n`)
          .join(''),
        exitStatus: 0,
      },
      parameters.parse(values),
    );
  it.each([
    ['affected', { folders: '2' }, {}],
    ['affected', { versions: '1' }, {}],
    ['affected', { disabled: '3' }, { enable: true }],
    ['already-fixed', { disabled: '3' }, {}],
    ['already-fixed', { named: '0', rebuilt: 'yes' }, {}],
    ['not-affected', { named: '0' }, {}],
    ['not-affected', { serveradmin: 'missing' }, {}],
    ['unknown', { gone: '40' }, {}],
    ['unknown', { log: 'unread' }, {}],
    ['unknown', { content: 'none' }, {}],
    ['unknown', { folders: '' }, {}],
    ['unknown', { disabled: 'unread' }, { enable: true }],
  ])('says %s with %j, %j', (verdict, more, values) => expect(look(more, values)).toMatchObject({ verdict }));
  it('says nothing where nothing was read', () =>
    expect(probe.judge({ output: '', exitStatus: 1 }, parameters.parse({}))).toMatchObject({ verdict: 'unknown' }));
  it('proposes what the log calls for', () => {
    const proposed = (more: Parameters<typeof look>[0], values: object = {}) => look(more, values).proposes?.map(({ field, value }) => `${field}=${value}`);
    expect(proposed({ versions: '1', folders: '2' })).toEqual(['catalog=true']);
    expect(proposed({ versions: '1' })).toEqual(['folders=false', 'catalog=true']);
    expect(proposed({ folders: '2' }, { folders: false, enable: true })).toEqual(['folders=true']);
  });
});
