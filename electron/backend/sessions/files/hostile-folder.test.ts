/**
 * Root works on a file in a folder of another user's, who all the while puts links in the place of whatever appears there, of the file,
 * and of the folder itself. Nothing of root's is changed, given away or shown to them.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rounds } from '../../../../shared/rounds.test-kit.ts';
import { FileTrouble } from './file-trouble.ts';
import { FileSite } from './shells.test-kit.ts';

const root = process.getuid?.() === 0;
const nobody = 65_534;
const secret = 'root:secret\n';
const attempts = rounds({ test: 8, soak: 250 });

/** Each goes on until it is killed or nobody waits for it, and says once that it did what it is for. $ARGV: the folder, the victim's folder. */
const attacks = {
  'whatever appears in the folder': `for my $n (glob("$d/.wrenchbook-*")) {
    if (rename($n, "$n.gone") || unlink $n) { symlink($turn++ % 2 ? $v : "$v/conf", $n) and did() }
  }`,
  'the file': `unlink "$d/conf"; symlink("$v/conf", "$d/conf") and did();
    rename "$d/conf", "$d/conf.link"; if (open my $f, '>', "$d/conf") { print $f "one\\n"; close $f }`,
  'the file, by a link to a folder': `rename "$d/conf", "$d/kept"; symlink($v, "$d/conf") and did(); unlink "$d/conf"; rename "$d/kept", "$d/conf";`,
  'the folder': `rename($d, "$d.gone") and symlink($v, $d) and did(); select(undef, undef, undef, 0.002); unlink $d; rename "$d.gone", $d;`,
};
const program = (attack: string) => `my ($d, $v) = @ARGV; my ($turn, $said) = (0, 0); $| = 1;
sub did { print "did\\n" unless $said++ }
print "ready\\n"; while (getppid() == ${process.pid}) { ${attack} }`;

describe.skipIf(!root).each(Object.entries(attacks))('links in place of %s (needs root, and another user to attack it)', (_, attack) => {
  let site: FileSite;
  let attacker: ChildProcess | null = null;
  beforeEach(() => {
    site = new FileSite();
  });
  afterEach(async () => {
    attacker?.kill('SIGKILL');
    await site.end();
  });

  it(`do no harm in ${attempts} attempts`, async () => {
    chmodSync(site.folder, 0o755);
    const theirs = path.join(site.folder, 'theirs');
    const folder = path.join(theirs, 'folder');
    const file = path.join(folder, 'conf');
    const victim = path.join(site.folder, 'victim');
    for (const made of [theirs, folder]) {
      mkdirSync(made);
      chownSync(made, nobody, nobody);
    }
    mkdirSync(victim);
    // It has the content that the step expects: by that alone it can't be told apart.
    writeFileSync(path.join(victim, 'conf'), secret, { mode: 0o600 });
    const before = () => [readdirSync(victim), readFileSync(path.join(victim, 'conf'), 'utf8'), ...owner(path.join(victim, 'conf')), ...owner(victim)];
    const safe = before();

    const files = await site.open();
    let said = '';
    attacker = spawn('perl', ['-e', program(attack), folder, victim], { uid: nobody, gid: nobody, stdio: ['ignore', 'pipe', 'inherit'] });
    attacker.stdout?.on('data', (bytes) => (said += bytes));
    await expect.poll(() => said, { timeout: 20_000 }).toContain('ready');
    const target = site.at('theirs/folder/conf');
    for (let attempt = 0; attempt < attempts; attempt++) {
      for (const was of [secret, 'one\n', null]) {
        const written = Buffer.from(`written ${attempt}\n`);
        await files.write(target, was === null ? null : Buffer.from(was), written, '0666', folder).catch(onlyTrouble);
        await files.remove(target, written, folder).catch(onlyTrouble);
      }
      // What is read behind a link in the path is said to lie there; the last name of the path is no link.
      const read = await files.read(target).catch(onlyTrouble);
      if (read?.content.includes('secret')) expect(read).toMatchObject({ folder: victim, place: `${victim}/conf` });
      expect(before()).toEqual(safe);
      for (const name of [file, ...readdirSync(theirs).map((one) => path.join(theirs, one))]) {
        expect(theirText(name)).not.toContain('secret');
      }
    }
    await expect.poll(() => said, { timeout: 20_000 }).toContain('did');
  });
});

it.skipIf(!root)('is written in a folder of somebody else who leaves it alone, and in none that a link leads to instead (needs root)', async () => {
  const site = new FileSite();
  const files = await site.open();
  mkdirSync(path.join(site.folder, 'theirs'));
  chownSync(path.join(site.folder, 'theirs'), nobody, nobody);
  const folder = path.join(site.folder, 'theirs');
  // Its group is handed down, and all may write: as in Debian's /etc/bind and in /tmp.
  for (const mode of [0o2775, 0o1777, 0o3777, 0o755]) {
    chmodSync(path.join(site.folder, 'theirs'), mode);
    await files.write(site.at('theirs/group'), null, Buffer.from('one\n'), '0640', folder);
    await files.remove(site.at('theirs/group'), Buffer.from('one\n'), folder);
  }
  await files.write(site.at('theirs/f'), null, Buffer.from('one\n'), '0644', folder);
  await files.write(site.at('theirs/f'), Buffer.from('one\n'), Buffer.from('two\n'), '0644', folder);
  expect(await files.read(site.at('theirs/f'))).toMatchObject({ folder, content: Buffer.from('two\n') });
  mkdirSync(path.join(site.folder, 'other'));
  writeFileSync(path.join(site.folder, 'other/f'), 'two\n');
  rmSync(folder, { recursive: true });
  symlinkSync('other', folder);
  await expect(files.write(site.at('theirs/f'), Buffer.from('two\n'), Buffer.from('three\n'), '0644', folder)).rejects.toMatchObject({ problem: 'moved' });
  await expect(files.remove(site.at('theirs/f'), Buffer.from('two\n'), folder)).rejects.toMatchObject({ problem: 'moved' });
  expect(readFileSync(path.join(site.folder, 'other/f'), 'utf8')).toBe('two\n');
  await site.end();
});

function onlyTrouble(thrown: unknown): null {
  if (!(thrown instanceof FileTrouble)) throw thrown;
  return null;
}
/** What is in a file of theirs. Nothing where it is a link, or gone by now. */
function theirText(name: string): string {
  let fd: number;
  try {
    fd = openSync(name, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch {
    return '';
  }
  const is = fstatSync(fd);
  const text = is.isFile() && is.uid === nobody ? readFileSync(fd, 'utf8') : '';
  closeSync(fd);
  return text;
}
function owner(file: string): number[] {
  const { uid, gid, mode } = statSync(file);
  return [uid, gid, mode];
}
