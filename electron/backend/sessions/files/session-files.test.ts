/** Files through a real session, in every shell there is; nothing is mocked but what the target's disk can do. */
import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rounds, spread } from '../../../../shared/rounds.test-kit.ts';
import { quote } from '../../../../shared/topic-kit/index.ts';
import { sumsOf } from './file-script.ts';
import { FileSite, shells } from './shells.test-kit.ts';

const root = process.getuid?.() === 0;
const every = Buffer.from(Array.from({ length: 512 }, (_, index) => (index < 256 ? index : 511 - index)));
let site: FileSite;
beforeEach(() => {
  site = new FileSite();
});
afterEach(() => site.end());
const put = (name: string, content: string | Buffer, mode = 0o644) => {
  const file = path.join(site.folder, name);
  writeFileSync(file, content);
  chmodSync(file, mode);
  return file;
};
const names = (folder = site.folder) =>
  readdirSync(folder)
    .filter((name) => name !== '.bin')
    .sort();

/** Targets that have base64(1), and those on which it can't be run. */
const targets = shells.flatMap((shell) => [[shell.join(' '), shell, 'base64'] as const, [shell.join(' '), shell, 'no base64'] as const]);
const openWithout = (shell: (typeof shells)[number]) => {
  const bin = path.join(site.folder, '.bin');
  mkdirSync(bin);
  writeFileSync(path.join(bin, 'base64'), '#!/bin/sh\nexit 127\n', { mode: 0o755 });
  return site.open(shell, { PATH: `${bin}:${process.env.PATH ?? ''}` });
};

describe.each(targets)('in %s', (_, shell, has) => {
  const open = () => (has === 'base64' ? site.open(shell) : openWithout(shell));

  it('writes and reads any bytes, shows none of them, and leaves nothing beside the file', async () => {
    const files = await open();
    let shown = '';
    site.session.onData((bytes) => (shown += bytes.toString('latin1')));
    const contents = ['', '\n', 'no end', 'end\n\n\n', '-n -e %s %d\\n\\\\ `id` $(id) "\'~\n', '\r\n\r\n', '\0\0'].map((text) => Buffer.from(text));
    let was: Buffer | null = null;
    for (const content of [...contents, every, randomBytes(300_000)]) {
      await files.write(site.at('a file'), was, content, '0640');
      const read = await files.read(site.at('a file'));
      expect(read.content.equals(content), content.toString('latin1', 0, 40)).toBe(true);
      expect(read.state).toMatchObject({ mode: '0640', size: content.length });
      was = content;
    }
    expect(names()).toEqual(['a file']);
    expect(shown).toBe('');
    expect(await site.session.run('stty -a | grep -c -- " icanon.* echo "; echo fine')).toBe(0);
    expect(shown).toContain('fine');
  });

  it('writes and reads random bytes of random sizes', async () => {
    const files = await open();
    let was: Buffer | null = null;
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), fc.constantFrom('', '\n', '\\', '%', '0'), fc.nat({ max: 40 }), async (bytes, tail, times) => {
        const content = Buffer.concat([Buffer.from(bytes), Buffer.from(tail.repeat(times))]);
        await files.write(site.at('f'), was, content, '0600');
        was = content;
        expect((await files.read(site.at('f'))).content.equals(content)).toBe(true);
      }),
      { numRuns: rounds({ test: 8, soak: 100 }) },
    );
  });

  it('leaves the file whole and nothing beside it when it is stopped in the middle', async () => {
    const files = await open();
    put('f', 'whole\n');
    const content = randomBytes(2_000_000);
    const send = site.session.send.bind(site.session);
    for (const round of spread([0, 1, 2, 3, 4, 5, 6, 7], 3)) {
      let sent = 0;
      site.session.send = (bytes) => {
        if (++sent < 5) send(bytes);
        // While nothing reads yet, while something waits, and in the middle of a piece.
        else if (round % 2 === 0) setTimeout(() => site.session.interrupt(), round * 5);
        else {
          send(bytes.subarray(0, 50_000));
          setTimeout(() => site.session.interrupt(), round);
        }
      };
      await expect(files.write(site.at('f'), Buffer.from('whole\n'), content, '0644')).rejects.toMatchObject({ problem: 'interrupted' });
      expect([readFileSync(path.join(site.folder, 'f'), 'utf8'), names()]).toEqual(['whole\n', ['f']]);
    }
    site.session.send = send;
    await files.write(site.at('f'), Buffer.from('whole\n'), content, '0644');
    expect((await files.read(site.at('f'))).content.equals(content)).toBe(true);
  });

  it('leaves the file whole and nothing beside it when the session is lost', async (context) => {
    if (shell[0] === 'ksh93') return context.skip('ksh93 dies of the hang-up before it heeds it: its temporary file stays');
    const files = await open();
    put('f', 'whole\n');
    let sent = 0;
    const send = site.session.send.bind(site.session);
    site.session.send = (bytes) => {
      if (++sent !== 5) return send(bytes);
      // As a terminal that is gone does it: more than once.
      for (let times = 0; times < 3; times++) process.kill(-site.session.pid, 'SIGHUP');
    };
    const writing = files.write(site.at('f'), Buffer.from('whole\n'), randomBytes(2_000_000), '0644');
    await expect(writing).rejects.toMatchObject({ code: expect.stringMatching(/session|file/) });
    await expect.poll(() => names(), { timeout: 10_000 }).toEqual(['f']);
    expect(readFileSync(path.join(site.folder, 'f'), 'utf8')).toBe('whole\n');
  });

  if (has !== 'base64') return;

  it('refuses what was damaged on the way, leaves the file whole, and nothing of it for whoever reads next', async () => {
    const files = await open();
    put('f', 'whole\n');
    let shown = '';
    site.session.onData((bytes) => (shown += bytes.toString('latin1')));
    const send = site.session.send.bind(site.session);
    let sent = 0;
    site.session.send = (bytes) => {
      const damaged = Buffer.from(bytes);
      if (++sent === 2) damaged.fill('!', 1000, 1010);
      send(damaged);
    };
    await expect(files.write(site.at('f'), Buffer.from('whole\n'), randomBytes(2_000_000), '0644')).rejects.toMatchObject({ problem: 'damaged' });
    expect(sent).toBe(6);
    expect([readFileSync(path.join(site.folder, 'f'), 'utf8'), names()]).toEqual(['whole\n', ['f']]);
    // Nothing of it is left for whoever reads the terminal next.
    expect(await site.session.run('stty -icanon min 0 time 1; left=$(head -c 9); echo "left <$left>"')).toBe(0);
    expect(shown).toBe('left <>\r\n');
  });

  it('reads a file without line ends, and in lines where base64 knows no other way', async () => {
    const content = randomBytes(200_000);
    put('f', content);
    expect((await (await site.open(shell)).read(site.at('f'))).content.equals(content)).toBe(true);
    await site.session.close();
    const bin = path.join(site.folder, '.bin');
    mkdirSync(bin);
    const real = '/usr/bin/base64';
    writeFileSync(path.join(bin, 'base64'), `#!/bin/sh\nif [ "$1" = -w ]; then exit 1; fi\nexec ${real} "$@"\n`, { mode: 0o755 });
    const files = await site.open(shell, { PATH: `${bin}:${process.env.PATH ?? ''}` });
    expect((await files.read(site.at('f'))).content.equals(content)).toBe(true);
  });

  it('reads and backs up several at once, in their order, and names the one that is in the way', async () => {
    const files = await site.open(shell);
    const contents = [Buffer.alloc(0), every, Buffer.from('c\n')];
    for (const [index, content] of contents.entries()) put(`f ${index}`, content, 0o640);
    const targets = [0, 1, 2].map((index) => site.at(`f ${index}`));
    const read = await files.readAll([...targets, site.at('absent')]);
    expect(read.map(({ content, state }) => [state?.size, content.toString('latin1')])).toEqual([
      ...contents.map((content) => [content.length, content.toString('latin1')]),
      [undefined, ''],
    ]);
    const to = (index: number) => ({ folder: path.join(site.folder, 'kept'), name: String(index) });
    await files.backupAll(targets.map((file, index) => ({ file, content: contents[index] as Buffer, mode: '0640', to: to(index) })));
    expect([0, 1, 2].map((index) => readFileSync(path.join(site.folder, 'kept', String(index))))).toEqual(contents);
    mkdirSync(path.join(site.folder, 'folder'));
    await expect(files.readAll([targets[0], site.at('folder'), targets[1]].flatMap((target) => target ?? []))).rejects.toMatchObject({
      problem: 'folder',
      message: expect.stringContaining('folder'),
    });
    expect(await files.readAll([])).toEqual([]);
  });

  it('makes the folders that are missing for a new file, with the owner of what they are in, and drops those that are empty', async () => {
    const files = await site.open(shell);
    if (root) chownSync(site.folder, 12_345, 54_321);
    const file = { ...site.at('-a b/c/new'), newFolders: true };
    const at = (name: string) => path.join(site.folder, name);
    const read = await files.read(file);
    expect(read).toMatchObject({ state: null, place: at('-a b/c/new'), folder: at('-a b/c'), missing: [at('-a b/c'), at('-a b')] });
    expect(names()).toEqual([]);
    await files.write(file, null, every, '0640', read.folder, read.missing);
    expect(readFileSync(at('-a b/c/new')).equals(every)).toBe(true);
    for (const folder of ['-a b', '-a b/c']) {
      const { mode, uid, gid } = statSync(at(folder));
      expect([mode & 0o7777, ...(root ? [uid, gid] : [])]).toEqual([0o755, ...(root ? [12_345, 54_321] : [])]);
    }
    expect((await files.read(file)).missing).toEqual([]);
    // Not where something has come in between.
    await expect(files.write(file, null, every, '0640', read.folder, read.missing)).rejects.toMatchObject({ problem: 'no-new-folder' });
    await files.dropFolders(file, read.missing);
    expect(names()).toEqual(['-a b']);
    await files.remove(file, every, read.folder);
    await files.dropFolders(file, read.missing);
    expect(names()).toEqual([]);
    mkdirSync(at('other'));
    symlinkSync('other', at('-a b'));
    await expect(files.write(file, null, every, '0640', read.folder, read.missing)).rejects.toMatchObject({ problem: 'no-new-folder' });
    expect(names(at('other'))).toEqual([]);
    await expect(files.read(site.at('none/new'))).rejects.toMatchObject({ problem: 'no-folder' });
  });

  it('keeps mode and owner, follows links only when told, and keeps the link', async () => {
    const files = await site.open(shell);
    mkdirSync(path.join(site.folder, 'there -> is'));
    const file = put('there -> is/real', 'old\n', 0o4751);
    if (root) chownSync(file, 12_345, 54_321);
    chmodSync(file, 0o4751);
    symlinkSync('there -> is/real', path.join(site.folder, 'second'));
    symlinkSync(path.join(site.folder, 'second'), path.join(site.folder, 'first'));
    await expect(files.read(site.at('first'))).rejects.toMatchObject({ problem: 'symlink', message: expect.stringContaining(`link to ${site.folder}/second`) });
    const link = site.at('first', { follow: true });
    const read = await files.read(link);
    expect(read).toMatchObject({ place: file, state: { mode: '4751' } });
    await files.write(link, read.content, Buffer.from('new\n'), '4751');
    expect(readFileSync(file, 'utf8')).toBe('new\n');
    const after = statSync(file);
    expect((after.mode & 0o7777).toString(8)).toBe('4751');
    if (root) expect([after.uid, after.gid]).toEqual([12_345, 54_321]);
    expect(readlinkSync(path.join(site.folder, 'second'))).toBe('there -> is/real');
    expect(lstatSync(path.join(site.folder, 'first')).isSymbolicLink()).toBe(true);
  });

  it('keeps a backup with mode, owner and time, restores it, and leaves nothing of it', async () => {
    const files = await site.open(shell);
    const file = put('app.conf', every, 0o604);
    if (root) chownSync(file, 12_345, 54_321);
    utimesSync(file, 1_000_000, 1_000_000);
    const base = path.join(site.folder, 'state/backups');
    expect(await files.backupBase(base)).toEqual({ base, missing: [base, path.dirname(base)] });
    const backup = { folder: `${base}/run-1`, name: 'step' };
    const kept = `${backup.folder}/${backup.name}`;
    await files.backupAll([{ file: site.at('app.conf'), content: every, mode: '0604', to: backup }]);
    await files.backupAll([{ file: site.at('app.conf'), content: every, mode: '0604', to: backup }]);
    expect(readFileSync(kept).equals(every)).toBe(true);
    expect(statSync(kept)).toMatchObject({ mtimeMs: 1_000_000_000, ...(root ? { uid: 12_345, gid: 54_321 } : {}) });
    expect(statSync(backup.folder).mode & 0o777).toBe(0o700);
    const changed = Buffer.from('changed\n');
    await files.write(site.at('app.conf'), every, changed, '0604');
    expect(statSync(file).mtimeMs).toBeGreaterThan(1_000_000_000);
    const restore = (was: Buffer) => files.restore(site.at('app.conf'), was, backup, sumsOf(every), '0604');
    await expect(restore(Buffer.from('another'))).rejects.toMatchObject({ problem: 'changed' });
    expect(readFileSync(file, 'utf8')).toBe('changed\n');
    await restore(changed);
    expect(readFileSync(file).equals(every)).toBe(true);
    expect(statSync(file)).toMatchObject({ mtimeMs: 1_000_000_000, ...(root ? { uid: 12_345, gid: 54_321 } : {}) });
    expect(statSync(file).mode & 0o7777).toBe(0o604);
    await files.discard(backup, [backup.folder, base, path.dirname(base)]);
    expect(names()).toEqual(['app.conf']);
    await expect(restore(every)).rejects.toMatchObject({ problem: 'no-backup' });
  });

  it('refuses what it can not do well, and says why', async () => {
    const files = await site.open(shell);
    const read = (name: string, follow = false) => files.read(site.at(name, { follow }));
    mkdirSync(path.join(site.folder, 'folder'));
    execFileSync('mkfifo', [path.join(site.folder, 'pipe')]);
    linkSync(put('one', 'x'), path.join(site.folder, 'two'));
    symlinkSync('loop', path.join(site.folder, 'loop'));
    put('large', Buffer.alloc(8 * 1024 * 1024 + 1));
    const refused = (problem: string, says: RegExp) =>
      expect.objectContaining({ problem, message: expect.stringMatching(says), next: expect.stringMatching(/\.$/) });
    await expect(read('folder')).rejects.toEqual(refused('folder', /folder can't be read: it is a folder/));
    await expect(read('pipe')).rejects.toEqual(refused('special', /device, a pipe/));
    await expect(read('two')).rejects.toEqual(refused('hard-links', /has 2 names/));
    await expect(read('loop', true)).rejects.toEqual(refused('link-loop', /circle/));
    await expect(read('no/where')).rejects.toEqual(refused('no-folder', /no folder .*\/no\./));
    await expect(read('large')).rejects.toEqual(refused('too-large', /8 MiB, and at most 8 MiB/));
    if (existsSync('/proc/version'))
      await expect(files.read({ name: 'v', place: '/proc/version', follow: false, root: '' })).rejects.toEqual(refused('special', /not a regular file/));
    expect(await read('none')).toMatchObject({ state: null, content: Buffer.alloc(0) });
    put('f', 'now');
    await expect(files.write(site.at('f'), Buffer.from('then'), Buffer.from('x'), '0644')).rejects.toEqual(refused('changed', /changed since/));
    await expect(files.write(site.at('f'), null, Buffer.from('x'), '0644')).rejects.toEqual(refused('changed', /changed since/));
    await expect(files.remove(site.at('f'), Buffer.from('then'))).rejects.toEqual(refused('changed', /changed since/));
    await files.remove(site.at('f'), Buffer.from('now'));
    expect(names()).toEqual(['folder', 'large', 'loop', 'one', 'pipe', 'two']);
  });

  it('stays in the lab in a rehearsal, wherever links lead', async () => {
    const files = await site.open(shell);
    mkdirSync(path.join(site.folder, 'root/etc'), { recursive: true });
    mkdirSync(path.join(site.folder, 'real'));
    put('root/etc/real.conf', 'of the lab');
    put('real/real.conf', 'of the machine');
    symlinkSync('/etc/real.conf', path.join(site.folder, 'root/etc/link.conf'));
    symlinkSync(path.join(site.folder, 'real'), path.join(site.folder, 'root/out'));
    const inLab = (name: string) => ({ name, place: `root${name}`, follow: true, root: 'root' });
    expect((await files.read(inLab('/etc/link.conf'))).content.toString()).toBe('of the lab');
    await expect(files.read(inLab('/out/real.conf'))).rejects.toMatchObject({ problem: 'outside' });
  });

  it('takes what a program in the background prints for what it is', async () => {
    const files = await site.open(shell);
    const content = randomBytes(3_000_000);
    put('f', content);
    // For as long as it takes, however slow the machine, and however seldom it lets the program in the background print.
    const enough = quote(path.join(site.folder, 'enough'));
    await site.session.run(`(while [ ! -e ${enough} ]; do echo zzz message; sleep 0.05; done) & `);
    let trouble: unknown = null;
    for (let tries = 0; tries < 100 && trouble === null; tries++) {
      const read = await files.read(site.at('f')).catch((thrown: unknown) => thrown);
      if (read instanceof Error) trouble = read;
      else expect((read as { content: Buffer }).content.equals(content)).toBe(true);
    }
    expect(trouble).toMatchObject({ message: expect.stringContaining('something else wrote to it') });
    await site.session.run(`: >${enough}; wait`);
    expect((await files.read(site.at('f'))).state?.size).toBe(3_000_000);
  });
});

it('sends its functions to a level once: a small edit over a line of 9600 baud takes seconds', async () => {
  const files = await site.open();
  put('f', 'a = 1\n');
  let bytes = 0;
  const { pty } = site.session as unknown as { pty: { write(data: string | Buffer): void } };
  const write = pty.write.bind(pty);
  pty.write = (data) => {
    bytes += data.length;
    write(data);
  };
  const backup = { folder: path.join(site.folder, 'kept'), name: 'f' };
  const edit = async (was: string, now: string) => {
    bytes = 0;
    await files.read(site.at('f'));
    await files.backupBase(backup.folder);
    await files.backupAll([{ file: site.at('f'), content: Buffer.from(was), mode: '0644', to: { ...backup, name: now } }]);
    await files.write(site.at('f'), Buffer.from(was), Buffer.from(now), '0644');
    await files.read(site.at('f'));
    return bytes / 960;
  };
  expect(await edit('a = 1\n', 'a = 2\n')).toBeLessThan(15);
  expect(await edit('a = 2\n', 'a = 3\n')).toBeLessThan(5);
});

it('goes through a terminal within the terminal, as hops make one (needs script of util-linux)', async (context) => {
  if (!spawnSync('script', ['--version']).stdout?.toString().includes('util-linux')) return context.skip('script of util-linux is not installed');
  const files = await site.open(['sh', '-c', `exec script -qfec "/bin/sh '$0'" /dev/null`]);
  const content = Buffer.concat([every, randomBytes(1_000_000)]);
  await files.write(site.at('f'), null, content, '0600');
  expect((await files.read(site.at('f'))).content.equals(content)).toBe(true);
});

describe('a target that is poor', () => {
  it('has no head: dd reads byte by byte', async () => {
    const bin = path.join(site.folder, 'bin');
    mkdirSync(bin);
    for (const tool of ['ls', 'od', 'cksum', 'dd', 'cp', 'mv', 'ln', 'rm', 'df', 'stty', 'id', 'uname', 'sync', 'chmod', 'mkdir', 'rmdir', 'sh'])
      symlinkSync(
        execFileSync('sh', ['-c', `command -v ${tool}`])
          .toString()
          .trim(),
        path.join(bin, tool),
      );
    const files = await site.open(['sh'], { PATH: bin });
    await files.write(site.at('f'), null, every, '0600');
    expect((await files.read(site.at('f'))).content.equals(every)).toBe(true);
  });

  const disk = (options: string) => {
    const folder = path.join(site.folder, 'disk');
    mkdirSync(folder, { recursive: true });
    return process.platform === 'linux' && spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]).status === 0;
  };
  it('has no room, or is mounted read-only (needs the right to mount)', async (context) => {
    if (!disk('size=300k')) return context.skip('no file system can be mounted here');
    try {
      const files = await site.open();
      const old = randomBytes(100_000);
      put('disk/f', old);
      await expect(files.write(site.at('disk/f'), old, randomBytes(400_000), '0644')).rejects.toMatchObject({
        problem: 'no-space',
        message: expect.stringMatching(/only \d+ KiB are free in .*\/disk\.$/),
        next: expect.stringContaining('Make room'),
      });
      expect(names(path.join(site.folder, 'disk'))).toEqual(['f']);
      // What df did not see coming: the disk fills up while the file arrives.
      const send = site.session.send.bind(site.session);
      site.session.send = (bytes) => {
        spawnSync('sh', ['-c', `head -c 250000 /dev/zero > ${site.folder}/disk/ballast`]);
        send(bytes);
      };
      await expect(files.write(site.at('disk/f'), old, randomBytes(150_000), '0644')).rejects.toMatchObject({ problem: 'no-space' });
      expect(names(path.join(site.folder, 'disk'))).toEqual(['ballast', 'f']);
      rmSync(path.join(site.folder, 'disk/ballast'));
      spawnSync('mount', ['-o', 'remount,ro', path.join(site.folder, 'disk')]);
      await expect(files.write(site.at('disk/f'), old, Buffer.from('x'), '0644')).rejects.toMatchObject({
        problem: 'no-temp',
        next: expect.stringContaining('mount it writable'),
      });
      expect(readFileSync(path.join(site.folder, 'disk/f')).equals(old)).toBe(true);
    } finally {
      spawnSync('umount', [path.join(site.folder, 'disk')]);
    }
  });

  it('belongs to somebody else (needs root, to become another user)', async (context) => {
    if (!root || spawnSync('setpriv', ['--version']).status !== 0) return context.skip('needs root and setpriv');
    chmodSync(site.folder, 0o777);
    const files = await site.open(['setpriv', '--reuid=12345', '--regid=12345', '--clear-groups', 'sh']);
    put('closed', 'x', 0o600);
    await expect(files.read(site.at('closed'))).rejects.toMatchObject({ problem: 'unreadable' });
    put('open', 'old', 0o666);
    await expect(files.write(site.at('open'), Buffer.from('old'), Buffer.from('new'), '0666')).rejects.toMatchObject({
      problem: 'attributes',
      next: expect.stringContaining('as root or as the owner'),
    });
    mkdirSync(path.join(site.folder, 'theirs'));
    put('theirs/f', 'old');
    await expect(files.write(site.at('theirs/f'), Buffer.from('old'), Buffer.from('new'), '0644')).rejects.toMatchObject({
      problem: 'no-temp',
      next: expect.stringContaining('a user who may write'),
    });
    put('read-only', 'old', 0o444);
    chownSync(path.join(site.folder, 'read-only'), 12_345, 12_345);
    await files.write(site.at('read-only'), Buffer.from('old'), Buffer.from('new'), '0444');
    expect(statSync(path.join(site.folder, 'read-only')).mode & 0o777).toBe(0o444);
    expect(await files.backupBase(null)).toMatchObject({ base: `${site.folder}/.local/state/wrenchbook/backups` });
    expect(names().filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('has extended attributes, which stay (needs a way to set them)', async (context) => {
    const file = put('f', 'old');
    const set = spawnSync('python3', ['-c', 'import os,sys; os.setxattr(sys.argv[1], "user.note", b"kept")', file]).status === 0;
    const gnu = spawnSync('cp', ['--version']).stdout?.toString().includes('GNU');
    if (!set || !gnu) return context.skip('no extended attributes can be set here, or cp does not copy them');
    const files = await site.open();
    await files.write(site.at('f'), Buffer.from('old'), Buffer.from('new'), '0644');
    const note = execFileSync('python3', ['-c', 'import os,sys; print(os.getxattr(sys.argv[1], "user.note").decode())', file]).toString().trim();
    expect(note).toBe('kept');
  });
});
