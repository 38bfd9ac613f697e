/** Runs that change many files at once, with the real engine, sessions and files. */
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunState } from '../../../shared/api/run.ts';
import { rounds } from '../../../shared/rounds.test-kit.ts';
import { file, sh } from '../../../shared/topic-kit/index.ts';
import { treeContents } from '../conformance/rehearsal.test-kit.ts';
import { readJournal } from '../runs/journal.ts';
import { SmallRun } from '../runs/small-run.test-kit.ts';
import { longestDiff, longestDiffs } from './change-diff.ts';
import { allSites } from './files-topic.test-kit.ts';

let run: SmallRun;
let folder: string;
let before: Record<string, string>;
beforeEach(() => begin({ 'a.conf': 'mode old\n', 'more/b c.conf': '# ünï\r\nmode old\r\nmode old', 'c.conf': 'mode new\n', 'd.conf': '' }));
afterEach(() => run.end());

function begin(files: Readonly<Record<string, string>>, step = allSites): void {
  run = new SmallRun([step]);
  folder = path.join(run.lab, 'root/etc/sites');
  for (const [name, content] of Object.entries(files)) put(name, content);
  mkdirSync(path.join(run.lab, 'tmp'), { recursive: true }); // the session's own, which it would make
  before = treeContents(run.lab);
}
function put(name: string, content: string | Buffer): void {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), content);
}
const text = (name: string) => readFileSync(path.join(folder, name), 'utf8');
const step = () => run.state.steps[0];
const offer = () => run.state.offers.find(({ action }) => action === 'advance' || action === 'retry');
const go = (): Promise<RunState> => run.act((controller) => controller.advance('sites', { shown: offer()?.change?.shown }));
const back = () => run.act((controller) => controller.undo(''));
const failure = () => step()?.verdicts.find(({ kind }) => kind === 'failure');
const kept = () => {
  const place = path.join(run.lab, 'root/var/lib/wrenchbook/backups', run.state.runId);
  return existsSync(place) ? readdirSync(place) : [];
};

describe('an edit of many files', () => {
  it('shows all that change in one diff, writes them at one word, and takes all back, last first', async () => {
    chmodSync(path.join(folder, 'more/b c.conf'), 0o604);
    expect(offer()).toMatchObject({ title: 'Show the change', script: expect.stringContaining('find root/etc/sites') });
    let state = await go();
    expect([state.status, kept(), treeContents(run.lab)]).toEqual(['waiting', [], before]);
    expect(offer()?.title).toBe('Write 2 files');
    expect(offer()?.explanation).toContain('1 more were found and are already correct');
    expect(offer()?.change?.diff).toBe(
      [
        ...['--- /etc/sites/a.conf', '+++ /etc/sites/a.conf', '@@ -1,1 +1,1 @@', '-mode old', '+mode new'],
        ...['--- /etc/sites/more/b c.conf', '+++ /etc/sites/more/b c.conf', '@@ -1,3 +1,3 @@', ' # ünï<CR>', '-mode old<CR>', '-mode old'],
        ...['\\ No newline at end of file', '+mode new<CR>', '+mode new', '\\ No newline at end of file'],
      ].join('\n'),
    );
    state = await go();
    expect([state.status, state.says]).toEqual(['done', 'Done and verified.']);
    put('more/b c.conf', `${text('more/b c.conf')}by hand`);
    expect((await back()).status).toBe('failed');
    expect(text('a.conf')).toBe('mode old\n');
    expect(run.state.says).toContain('/etc/sites/more/b c.conf was changed since this run wrote it');
    expect(run.state.says).toContain('1 of 2 files were put back');
    put('more/b c.conf', text('more/b c.conf').slice(0, -'by hand'.length));
    expect([(await back()).status, treeContents(run.lab)]).toEqual(['undone', before]);
    expect(statSync(path.join(folder, 'more/b c.conf')).mode & 0o777).toBe(0o604);
    expect(existsSync(path.join(run.folder, 'backups'))).toBe(false);
  });

  it('knows each file in its journal before it is written', async () => {
    await go();
    await go();
    const told = readJournal(run.folder).events.flatMap((event) =>
      event.type === 'file-backed-up' || event.type === 'file-written' ? [`${event.type} ${event.name}`] : [],
    );
    const [a, b] = ['/etc/sites/a.conf', '/etc/sites/more/b c.conf'];
    expect(told).toEqual([`file-backed-up ${a}`, `file-backed-up ${b}`, `file-written ${a}`, `file-written ${b}`]);
    expect(kept()).toHaveLength(2);
    await back();
    const restored = readJournal(run.folder).events.flatMap((event) => (event.type === 'file-restored' ? [event.name] : []));
    expect(restored).toEqual([b, a]);
  });

  it('shows everything anew when a file has changed since, or another one has come', async () => {
    const first = (await go()).offers[0]?.change?.shown;
    put('a.conf', 'mode old\nmore\n');
    await go();
    expect([step()?.edit?.again, kept(), text('more/b c.conf')]).toEqual([true, [], '# ünï\r\nmode old\r\nmode old']);
    await expect(async () => run.act((controller) => controller.advance('sites', { shown: first }))).rejects.toMatchObject({ code: 'wrong-state' });
    put('z.conf', 'mode old\n');
    await go();
    expect([step()?.edit?.again, step()?.edit?.files.length, kept()]).toEqual([true, 3, []]);
    await go();
    expect([text('a.conf'), text('z.conf'), kept().length]).toEqual(['mode new\nmore\n', 'mode new\n', 3]);
  });

  it('names the file that it refuses, and writes none', async () => {
    put('m.conf', 'managed\nmode old\n');
    await go();
    expect(failure()).toMatchObject({ rule: 'managed', means: '/etc/sites/m.conf: A program manages it.', next: 'Change /etc/sites/m.conf there.' });
    put('m.conf', Buffer.from('mode old\n# \xfc\n', 'latin1'));
    await go();
    expect(failure()).toMatchObject({ rule: 'not-utf8', means: expect.stringContaining('/etc/sites/m.conf') });
    expect([kept(), text('a.conf')]).toEqual([[], 'mode old\n']);
    rmSync(folder, { recursive: true });
    await go();
    expect(failure()).toMatchObject({ rule: 'no-sites' });
  });

  it('leaves links alone, and has nothing to take back where all is as wanted', async () => {
    symlinkSync('a.conf', path.join(folder, 'link.conf'));
    await go();
    expect(step()?.edit?.files.map(({ file }) => file)).toEqual(['/etc/sites/a.conf', '/etc/sites/more/b c.conf']);
    put('a.conf', 'mode new\n');
    put('more/b c.conf', 'mode new\n');
    const state = await go();
    expect([state.status, step()?.verdicts[0]?.means]).toEqual(['done', 'All 3 files that were found are already as wanted: nothing was written.']);
    expect(state.offers.some(({ action }) => action === 'undo')).toBe(false);
  });

  it('goes on with the rest when it was stopped in between, and still takes all back', { timeout: 600_000 }, async () => {
    await run.end();
    const names = Array.from({ length: 60 }, (_, number) => `s${number + 10}.conf`);
    begin({ ...Object.fromEntries(names.map((name) => [name, 'mode old\n'])), '../../var/lib/.keep': '' });
    await go();
    // One of the second batch can't be backed up, as something else lies there.
    const backup = step()?.edit?.files[55]?.backup;
    const foreign = path.join(run.lab, backup?.folder ?? '', backup?.name ?? '');
    mkdirSync(path.dirname(foreign), { recursive: true });
    writeFileSync(foreign, 'something else');
    await go();
    expect([failure()?.rule, text('s59.conf'), text('s60.conf')]).toEqual(['file-foreign-backup', 'mode new\n', 'mode old\n']);
    expect(failure()?.means).toContain('50 of 60 files were written before it; the others are unchanged.');
    rmSync(foreign);
    await go();
    expect(step()?.edit?.files.map(({ file }) => path.basename(file))).toEqual(names.slice(50));
    const state = await go();
    expect([state.status, state.offers[0]?.explanation]).toEqual(['done', expect.stringContaining('60 files are restored from their backups')]);
    expect([(await back()).status, treeContents(run.lab)]).toEqual(['undone', before]);
  });

  it('does what has to be done once the files are back, and tries that again', async () => {
    await run.end();
    begin({ 'a.conf': 'mode old\n' }, { ...allSites, undo: sh`cp ${file('/etc/sites/a.conf')} reloaded && [ -e ready ]` });
    await go();
    expect((await go()).offers[0]).toMatchObject({ action: 'undo', script: expect.stringContaining('reloaded') });
    expect([(await back()).status, readFileSync(path.join(run.lab, 'reloaded'), 'utf8')]).toEqual(['failed', 'mode old\n']);
    writeFileSync(path.join(run.lab, 'ready'), '');
    expect([(await back()).status, text('a.conf')]).toEqual(['undone', 'mode old\n']);
  });

  it('shows more than 450 changed sites of one folder for one word', { timeout: 600_000 }, async () => {
    await run.end();
    begin(Object.fromEntries(Array.from({ length: 460 }, (_, number) => [`s${number}.conf`, `# ${number}\n# ${'x'.repeat(220)}\nmode old\n`])));
    await go();
    expect([failure(), step()?.edit?.files.length]).toEqual([undefined, 460]);
    expect(step()?.edit?.diff.length, 'more than one file may have').toBeGreaterThan(longestDiff);
  });

  it('writes as many and takes them back to the last byte', { timeout: 900_000 }, async () => {
    const count = rounds({ test: 20, soak: 460 });
    await run.end();
    begin(Object.fromEntries(Array.from({ length: count }, (_, number) => [`s${number}.conf`, `# ${number}\nmode old\n`])));
    const untouched = treeContents(run.lab);
    await go();
    const written = await go();
    expect([written.status, step()?.edit?.files.filter((one) => one.written).length]).toEqual(['done', count]);
    const state = await run.act((controller) => controller.undo(''));
    expect([state.status, treeContents(run.lab)]).toEqual(['undone', untouched]);
  });

  it('stays quick with 2,000 sites of which 40 change, and refuses what nobody can look through', { timeout: 600_000 }, async () => {
    await run.end();
    const many = (old: (number: number) => boolean, more = '') =>
      Object.fromEntries(
        Array.from({ length: 2000 }, (_, number) => [`s${number}.conf`, `# site ${number}\n${more}${old(number) ? 'mode old' : 'no mode'}\n`]),
      );
    begin(many((number) => number % 50 === 0));
    const start = performance.now();
    await go();
    expect([step()?.edit?.files.length, step()?.edit?.found]).toEqual([40, 40]);
    const state = await go();
    console.log(`40 of 2,000 files: shown and written in ${Math.round(performance.now() - start)} ms`);
    expect(state.status).toBe('done');
    await run.end();
    begin(many(() => true, `# ${'x'.repeat(250)}\n`));
    const from = performance.now();
    await go();
    console.log(`2,000 files: refused in ${Math.round(performance.now() - from)} ms`);
    expect([failure()?.rule, kept()]).toEqual(['too-much', []]);
    expect(2000 * 250).toBeLessThan(longestDiffs);
    expect(2000 * (250 + 80)).toBeGreaterThan(longestDiffs);
  });
});
