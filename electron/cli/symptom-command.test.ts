/** The built command: lines, logs of several kinds, and a log that is followed. */
import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(path.join(tmpdir(), 'wb-symptoms-'));
const program = path.resolve('scripts/wrenchbook.mjs');
const environment = { ...process.env, WRENCHBOOK_DATA: path.join(folder, 'data') };
const symptoms = (text: string, input: string | Buffer = '') => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'symptoms', '--json', text], { env: environment, encoding: 'utf8', input });
  return { status, found: stdout ? (JSON.parse(stdout) as { id: string; because: string; captured: object; count: number }[]) : [], stderr };
};
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const line = "Nov 29 10:11:12 ns1 named[812]: client @0x7f2c 10.0.0.21#50123: update 'corp.example.com/IN' denied";
const noise = Array.from({ length: 5000 }, (_, at) => `Nov 29 10:00:00 web1 sshd[${at}]: Accepted publickey for deploy from 10.0.0.5 port 40222 ssh2\n`).join(
  '',
);
const log = `${noise}${line}\n${noise}`;
const there = (name: string, content: string | Buffer) => {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
};
const packedBy = (tool: string) => spawnSync(tool, ['-c'], { input: log, maxBuffer: 1 << 26 });

describe('wrenchbook symptoms', () => {
  it.each([
    ['a line', () => line, ''],
    ['standard input', () => '-', log],
    ['a log', () => there('syslog', log), ''],
    ['a log in gzip, of two members', () => there('syslog.2.gz', Buffer.concat([gzipSync(noise), gzipSync(`${line}\n`)])), ''],
    ['a log of Windows, in UTF-16', () => there('event.txt', Buffer.from(`\ufeff${log.replaceAll('\n', '\r\n')}`, 'utf16le')), ''],
  ])('leads from %s to the procedure, with what the line says for its form', (_what, text, input) => {
    const { status, found } = symptoms(text(), input);
    expect([status, found]).toMatchObject([0, [{ id: 'bind-ad-dns', because: expect.stringContaining('denied'), captured: { domain: 'corp.example.com' } }]]);
  });

  it('reads from a pipe that can be read once only, and from standard input what is packed', () => {
    const shell = spawnSync('bash', ['-c', `exec "$0" "$1" symptoms --json <(cat "$2")`, process.execPath, program, there('piped.log', log)], {
      env: environment,
      encoding: 'utf8',
    });
    expect([shell.status, shell.stderr]).toEqual([0, '']);
    expect(JSON.parse(shell.stdout)).toMatchObject([{ id: 'bind-ad-dns', captured: { domain: 'corp.example.com' } }]);
    expect(symptoms('-', gzipSync(log))).toMatchObject({ status: 0, found: [{ id: 'bind-ad-dns' }] });
    expect(symptoms('-', gzipSync(log).subarray(0, 200))).toMatchObject({ status: 1, stderr: expect.stringContaining('Standard input could not be unpacked') });
  });

  it.each(['xz', 'zstd', 'bzip2'])('reads a log that %s has packed, or says which program is missing', (tool) => {
    const packed = packedBy(tool);
    if (packed.error) {
      console.log(`A log packed with ${tool} is not tried: there is no ${tool} here.`);
      return;
    }
    expect(symptoms(there(`log.${tool}`, packed.stdout)).found.map(({ id }) => id)).toEqual(['bind-ad-dns']);
    expect(symptoms(there(`cut.${tool}`, packed.stdout.subarray(0, packed.stdout.length - 9)))).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/could not be unpacked/),
    });
  });

  it('says so where nothing is about it, and names what comes closest', () => {
    const { status, found, stderr } = symptoms('how do I bake sourdough bread');
    expect([status, found]).toEqual([4, []]);
    expect(symptoms(there('quiet.log', noise))).toMatchObject({ status: 4, found: [] });
    expect(stderr).toBe('');
    expect(symptoms('/no/such/file.log')).toMatchObject({ status: 2, stderr: expect.stringContaining('There is no file') });
    expect(symptoms(folder)).toMatchObject({ stderr: expect.stringContaining('is a folder') });
  });
});

describe('wrenchbook watch', () => {
  it('says once what appears, follows a rotated log, and says nothing of what was there before', { timeout: 600_000 }, async () => {
    const file = there('followed.log', `${line.replace('corp', 'old')}\n`);
    const child = spawn(process.execPath, [program, 'watch', '--json', file], { env: environment });
    let [said, told] = ['', ''];
    child.stdout.on('data', (bytes: Buffer) => (said += bytes.toString()));
    child.stderr.on('data', (bytes: Buffer) => (told += bytes.toString()));
    await expect.poll(() => told).toContain('Watching');
    // tail has to be there first: a line is added until it is seen.
    await expect
      .poll(() => {
        appendFileSync(file, `${noise.slice(0, 200)}\n${line}\n`);
        return said;
      })
      .toContain('bind-ad-dns');
    renameSync(file, `${file}.1`);
    writeFileSync(file, 'E: Hash Sum mismatch\n');
    await expect.poll(() => said, { timeout: 30_000 }).toContain('apt-size-mismatch');
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    const shown = said
      .trim()
      .split('\n')
      .map((one) => JSON.parse(one) as { id: string; captured: { domain?: string } });
    expect(shown.map(({ id }) => id)).toEqual(['bind-ad-dns', 'apt-size-mismatch']);
    expect(shown[0]?.captured.domain).toBe('corp.example.com');
  });
  it('wants a log or a unit, and names that are such', () => {
    const watch = (...words: string[]) => spawnSync(process.execPath, [program, 'watch', ...words], { env: environment, encoding: 'utf8' });
    expect(watch()).toMatchObject({ status: 2, stderr: expect.stringContaining('one of both') });
    expect(watch('--unit=x;y')).toMatchObject({ status: 2, stderr: expect.stringContaining('is not the name of a unit') });
    expect(watch(path.join(folder, 'none'))).toMatchObject({ status: 2, stderr: expect.stringContaining('There is no file') });
  });
});
