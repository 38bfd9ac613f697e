/** `wrenchbook calc`, built, as a person or a script uses it. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let folder = '';
const file = (name: string, content?: string | Buffer) => {
  if (content !== undefined) writeFileSync(path.join(folder, name), content);
  return path.join(folder, name);
};
const wrenchbook = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.resolve('scripts/wrenchbook.mjs'), ...args], {
    env: { ...process.env, WRENCHBOOK_DATA: path.join(folder, 'data') },
    encoding: 'utf8',
    input: '',
  });
  return { status, stdout, stderr };
};
const calc = (...args: string[]) => wrenchbook('calc', 'dns-spoof-odds', ...args);
const median = (stdout: string): number => JSON.parse(stdout).results.find(({ id }: { id: string }) => id === 'median').value;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'wb-calc-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('wrenchbook calc', () => {
  it('says the numbers, how they come about, and the values they are of', () => {
    const { status, stdout } = calc();
    expect(status).toBe(0);
    expect(stdout).toContain('Time to a chance of 50 %: 1.377 s');
    expect(stdout).toMatch(/^ {2}R +=+ 36000 a second/m);
    expect(stdout).toContain('Careful: One port');
  });

  it('takes values from the command line before those of a file, and prints JSON', () => {
    const answers = file('answers.yaml', 'parameters:\n  P: 64000\n  Wc: 0\n');
    expect(median(calc('--answers', answers, '--json').stdout) / 3600).toBeCloseTo(22.43, 1);
    const { status, stdout } = calc('--answers', answers, '--set', 'P=1', '--set', 'Wc=0.003', '--json');
    expect([status, median(stdout)]).toEqual([0, expect.closeTo(1.37655, 4)]);
    expect(JSON.parse(stdout)).toMatchObject({ topicId: 'dns-spoof-odds', parameters: { P: 1, R: 36_000 }, pictures: [{ id: 'chance' }] });
  });

  it('reads measured times, and saves a picture and its table', () => {
    const data = file('times', 'time\n1386\n412\n2950\n');
    const { status, stderr } = calc('--data', data, '--picture', 'histogram', '--svg', file('odds.svg'), '--csv', file('odds.csv'));
    expect([status, stderr]).toEqual([0, expect.stringContaining(`Saved to ${file('odds.svg')}`)]);
    expect(readFileSync(file('odds.svg'), 'utf8')).toMatch(/^<svg .*<\/svg>\n$/s);
    expect(readFileSync(file('odds.csv'), 'utf8')).toMatch(/^Curve,Time to success \(s\),Share of the attempts \(%\)\r\nmeasured,0,0\r\n/);
  });

  it.each([
    ['a value', ['--set', 'R=many'], 'R: This is not a number.'],
    ['an empty value', ['--set', 'R='], 'R: It is empty.'],
    ['a name', ['--set', 'Q=1'], 'There is no parameter "Q". Parameters are: R, W,'],
    ['what is no assignment', ['--set', '36000'], 'this is not name=value'],
    ['a picture', ['--svg', 'x.svg', '--picture', 'none'], 'Pictures here: chance.'],
    ['a missing file', ['--data', '/no/such/file'], '/no/such/file: it can’t be read (ENOENT)'],
    ['a folder', ['--data', '/'], '/: it can’t be read (EISDIR)'],
    ['an endless file', ['--data', '/dev/zero'], 'it is longer than 1000000 bytes'],
    ['a place that is no file', ['--svg', '/dev/null'], '/dev/null is not an ordinary file'],
  ])('refuses %s with status 2', (_, args, says) => expect(calc(...args)).toMatchObject({ status: 2, stderr: expect.stringContaining(says) }));

  it('names each line of the data that is wrong, and then calculates and saves nothing', () => {
    const data = file('times', `time\n${'x\n'.repeat(25)}`);
    mkdirSync(file('out'));
    const { status, stdout, stderr } = calc('--data', data, '--svg', file('out/odds.svg'));
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`${data}:2: “x” is not a number of milliseconds.\n`);
    expect(stderr).toContain(`${data}: 5 more lines can’t be read either.`);
    expect(() => readFileSync(file('out/odds.svg'))).toThrow('ENOENT');
    expect(calc('--data', file('bytes', Buffer.from([0xff, 0xfe])))).toMatchObject({ status: 2, stderr: expect.stringContaining('not UTF-8') });
  });

  it('is told apart from procedures, both ways, and is in the list', () => {
    expect(wrenchbook('calc', 'bootable-usb')).toMatchObject({ status: 2, stderr: expect.stringContaining('Use: wrenchbook run bootable-usb') });
    expect(wrenchbook('run', 'dns-spoof-odds')).toMatchObject({ status: 2, stderr: expect.stringContaining('wrenchbook calc dns-spoof-odds') });
    expect(wrenchbook('calc', 'nothing')).toMatchObject({ status: 2, stderr: expect.stringContaining('Known topics: dns-spoof-odds') });
    const topics: { id: string; kind: string }[] = JSON.parse(wrenchbook('topics', '--json').stdout);
    expect(topics.find(({ id }) => id === 'dns-spoof-odds')).toMatchObject({ kind: 'calculator', symptoms: expect.arrayContaining(['use-caps-for-id, 0x20']) });
  });
});
