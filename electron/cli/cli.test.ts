/** The built terminal command, as a person or a script uses it. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PtyProcess } from '../backend/sessions/pty-process.ts';
import { plainText } from '../backend/sessions/terminal-text.ts';

const command = path.resolve('scripts/wrenchbook.mjs');
let data = '';
let answers = '';
const environment = (more = {}): Record<string, string> => ({
  ...(process.env as Record<string, string>),
  WRENCHBOOK_DATA: path.join(data, 'data'),
  WRENCHBOOK_LAB_SPEED: '0',
  ...more,
});
const wrenchbook = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], { env: environment(), encoding: 'utf8', input: '' });
  return { status, stdout, stderr };
};
const run = (target: string, file = answers) => {
  const { status, stdout, stderr } = wrenchbook('run', 'perc-h200-crossflash', '--target', target, '--answers', file, '--json');
  return { status, stderr, report: stdout ? JSON.parse(stdout) : null };
};

beforeEach(() => {
  data = mkdtempSync(path.join(tmpdir(), 'wb-cli-'));
  answers = path.join(data, 'answers.yaml');
  writeFileSync(answers, wrenchbook('run', 'perc-h200-crossflash', '--print-answers').stdout);
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

describe('wrenchbook', () => {
  it('lists topics with their lab failures', () => {
    const topics: { id: string; lab: { scenarios: string[]; failures: string[] } }[] = JSON.parse(wrenchbook('topics', '--json').stdout);
    const topic = topics.find(({ id }) => id === 'perc-h200-crossflash');
    expect(topic).toMatchObject({
      title: expect.any(String),
      category: expect.any(String),
      platforms: expect.any(Array),
      risk: { level: 'irreversible' },
    });
    expect(topic?.lab.scenarios).toHaveLength(1);
    expect(topic?.lab.failures).toHaveLength(7);
    expect(wrenchbook('topics').stdout).toContain('perc-h200-crossflash');
  });

  it('runs the happy path from its own printed answers, and exports what happened', () => {
    const { status, report } = run('lab');
    expect(status).toBe(0);
    expect(report).toMatchObject({ outcome: 'done', exitStatus: 0, rehearsal: true });
    expect(new Set(report.steps.map((step: { status: string }) => step.status))).toEqual(new Set(['done']));
    const { runId } = report;
    expect(JSON.parse(wrenchbook('transcripts', 'list', '--json').stdout)).toMatchObject([{ runId, status: 'done' }]);
    expect(wrenchbook('transcripts', 'show', runId).stdout).toContain('# Crossflash a Dell PERC H200');
    expect(wrenchbook('transcripts', 'verify', runId).status).toBe(0);
    for (const format of ['md', 'html', 'cast', 'txt', 'json']) {
      const out = path.join(data, `t.${format}`);
      expect(wrenchbook('transcripts', 'export', runId, '--format', format, '--out', out).status).toBe(0);
      expect(readFileSync(out, 'utf8').length).toBeGreaterThan(1000);
    }
    const recording = path.join(data, 'data', 'runs', runId, 'recording.cast');
    writeFileSync(recording, readFileSync(recording, 'utf8').replace('Successful', 'Succesfull'));
    expect(wrenchbook('transcripts', 'verify', runId)).toMatchObject({ status: 3, stdout: expect.stringContaining('recording was changed') });
  });

  it('takes a run back, or a part of it, after saying what that does', () => {
    const { report } = run('lab');
    const undo = (...more: string[]) => wrenchbook('undo', report.runId, ...more);
    expect(undo('--yes', '--from', 'no-such-step')).toMatchObject({ status: 2, stderr: expect.stringContaining('--from: ') });
    expect(undo()).toMatchObject({ status: 2, stderr: expect.stringContaining('Will run:') });
    const part = undo('--yes', '--from', 'boot-server');
    expect(part).toMatchObject({ status: 0, stderr: expect.stringContaining('Not undone: ') });
    expect(undo('--yes')).toMatchObject({ status: 0 });
    expect(undo('--yes')).toMatchObject({ status: 2, stderr: expect.stringContaining('nothing') });
    expect(wrenchbook('transcripts', 'verify', report.runId).status).toBe(0);
  });

  it('hands a run on as a signed bundle, which another workstation checks, takes in and goes on with', () => {
    const stopped = run('lab:no-adapter').report;
    const bundle = path.join(data, 'run.wbrun');
    expect(wrenchbook('transcripts', 'export', stopped.runId, '--format', 'bundle', '--out', bundle).status).toBe(0);
    expect(wrenchbook('transcripts', 'verify', bundle)).toMatchObject({ status: 0, stdout: expect.stringContaining('intact') });
    const { own } = JSON.parse(wrenchbook('keys', '--json').stdout);
    const there = (...args: string[]) =>
      spawnSync(process.execPath, [command, ...args], { env: environment({ WRENCHBOOK_DATA: path.join(data, 'there') }), encoding: 'utf8', input: '' });
    expect(there('transcripts', 'verify', bundle)).toMatchObject({ status: 3, stdout: expect.stringContaining('wrong key') });
    expect(there('import', bundle)).toMatchObject({ status: 2, stderr: expect.stringContaining(own.fingerprint) });
    expect(there('import', bundle, '--key', own.fingerprint, '--once')).toMatchObject({ status: 0, stderr: expect.stringContaining('for this run only') });
    expect(there('keys').stdout).toContain(`only for run ${stopped.runId}`);
    expect(there('transcripts', 'verify', bundle)).toMatchObject({ status: 3, stdout: expect.stringContaining('wrong key') });
    expect(there('transcripts', 'verify', stopped.runId).status).toBe(0);
    expect(there('keys', 'forget', own.fingerprint).status).toBe(0);
    expect(there('transcripts', 'verify', stopped.runId)).toMatchObject({ status: 3, stdout: expect.stringContaining('not known here') });
    expect(there('keys', 'forget', own.fingerprint)).toMatchObject({ status: 2, stderr: expect.stringContaining('No key with the fingerprint') });
    expect(there('keys', 'trust', own.publicKey, '--name', 'them').status).toBe(0);
    expect(there('transcripts', 'verify', bundle).status).toBe(0);
    const wayOut = path.join(data, 'way-out.yaml');
    writeFileSync(wayOut, `${readFileSync(answers, 'utf8')}\nremedies:\n  list-controllers: reseat-card\n`);
    expect(there('resume', stopped.runId, '--answers', wayOut).status).toBe(0);
    expect(there('transcripts', 'verify', stopped.runId).status).toBe(0);
  });

  it('stops at a failure with 3, and goes the way out that the answers name', () => {
    const stopped = run('lab:no-adapter');
    expect(stopped).toMatchObject({ status: 3, report: { outcome: 'failed' } });
    const withWayOut = path.join(data, 'way-out.yaml');
    writeFileSync(withWayOut, `${readFileSync(answers, 'utf8')}\nremedies:\n  list-controllers: reseat-card\n`);
    expect(run('lab:no-adapter', withWayOut)).toMatchObject({ status: 0, report: { outcome: 'done' } });
    // The stopped run can be taken up as well.
    const resumed = wrenchbook('resume', stopped.report.runId, '--answers', withWayOut, '--json');
    expect(JSON.parse(resumed.stdout)).toMatchObject({ runId: stopped.report.runId, outcome: 'done' });
  });

  it('takes the answers from standard input', () => {
    const { status, stdout } = spawnSync(process.execPath, [command, 'run', 'perc-h200-crossflash', '--target', 'lab', '--answers', '-', '--json'], {
      env: environment(),
      encoding: 'utf8',
      input: readFileSync(answers, 'utf8'),
    });
    expect([status, JSON.parse(stdout).outcome]).toEqual([0, 'done']);
  });

  it('says interrupted for a power cut, and that there is no way back after looking again', () => {
    const cut = run('lab:power-cut-step-8');
    expect(cut).toMatchObject({ status: 5, report: { outcome: 'interrupted' } });
    const again = path.join(data, 'again.yaml');
    writeFileSync(again, `${readFileSync(answers, 'utf8')}\nretry: [write-dell]\n`);
    const { status, stdout } = wrenchbook('resume', cut.report.runId, '--answers', again, '--json');
    expect([status, JSON.parse(stdout).outcome]).toEqual([3, 'dead-end']);
  });

  it.each([
    ['an unknown topic', ['run', 'no-such-topic', '--target', 'lab', '--answers', 'ANSWERS'], /no topic "no-such-topic"/],
    ['a target there is not', ['run', 'perc-h200-crossflash', '--target', 'mars', '--answers', 'ANSWERS'], /no target "mars"/],
    ['a failure the lab does not play', ['run', 'perc-h200-crossflash', '--target', 'lab:flood', '--answers', 'ANSWERS'], /does not play "flood"/],
    ['a missing answers file', ['run', 'perc-h200-crossflash', '--answers', '/nowhere.yaml'], /no such file/],
    ['an answers file that is a folder', ['run', 'perc-h200-crossflash', '--answers', '/tmp'], /not a file/],
    ['an unknown run', ['transcripts', 'show', '20260101-000000-gone'], /no run/],
    ['a name that is no run id', ['transcripts', 'show', '../../etc/passwd'], /runId/],
    ['a bundle that is not there', ['transcripts', 'verify', '../../no-such.wbrun'], /no-such.wbrun/],
    ['a key that is none', ['keys', 'trust', 'abc', '--name', 'me'], /fingerprint/],
    ['nobody to ask', ['run', 'perc-h200-crossflash'], /nobody at the terminal/],
    ['an unknown command', ['frobnicate'], /unknown command/],
    ['an unknown format', ['transcripts', 'export', '20260101-000000-gone', '--format', 'doc', '--out', 'x'], /doc/],
  ])('answers %s with 2 and a plain message', (_, args, message) => {
    const { status, stderr } = wrenchbook(...args.map((arg) => (arg === 'ANSWERS' ? answers : arg)));
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n {4}at /);
    expect(status).toBe(2);
  });

  it.each([
    ['parameters: {card: m1015}', /M1015/i],
    ['parameters: {colour: red}', /no parameter "colour"/],
    ['parameters: {dellImage: 7}', /dellImage/],
    ['parameters: {dellImage: /dev/zero}', /dellImage.*device/],
    ['parameters: {sasAddress: "123"}', /sasAddress/],
    ['answers: [', /./],
    ['anwsers: {}', /anwsers/],
  ])('refuses the answers %s by name', (yaml, message) => {
    const file = path.join(data, 'bad.yaml');
    writeFileSync(file, yaml);
    const { status, stderr } = run('lab', file);
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
    expect(JSON.parse(wrenchbook('transcripts', 'list', '--json').stdout)).toEqual([]);
  });

  it('answers a real target that the procedure does not run on with 4, and begins no run', () => {
    const { status, stderr } = wrenchbook('run', 'bootable-usb', '--target', 'ssh:greta@stor9', '--answers', answers);
    expect(stderr).toMatch(/does not run on greta@stor9: it runs on local targets\./);
    expect(status).toBe(4);
    expect(existsSync(path.join(data, 'data', 'runs'))).toBe(false);
  });

  it('prints for a real target a file to be filled, with nothing of the lab, and fills it up from what was filled in', () => {
    const file = path.join(data, 'local.yaml');
    const print = (...more: string[]) => wrenchbook('run', 'bootable-usb', '--target', 'local', '--print-answers', ...more);
    const first = print();
    expect(first, first.stderr).toMatchObject({ status: 0, stdout: expect.stringMatching(/^ {2}folder: ""$[\s\S]*^ {2}device: ""$/m) });
    expect(first.stdout).not.toMatch(/lab:|SanDisk/);
    writeFileSync(file, first.stdout);
    const { status, stderr } = wrenchbook('run', 'bootable-usb', '--target', 'local', '--answers', file);
    expect([status, stderr]).toEqual([2, expect.stringMatching(/^folder: Name the folder with the files\./)]);
    const filled = first.stdout
      .replace('  folder: ""', `  folder: ${data}`)
      .replace('  to: device', '  to: file')
      .replace('  imageFile: ""', `  imageFile: ${data}/stick.img`);
    writeFileSync(file, filled);
    const second = print('--answers', file);
    expect(second, second.stderr).toMatchObject({ status: 0, stdout: expect.stringContaining(`  imageFile: ${data}/stick.img`) });
    expect(second.stdout).not.toContain('adds what the steps ask for');
    expect(wrenchbook('run', 'bootable-usb', '--target', 'ssh:greta@stor9', '--print-answers')).toMatchObject({ status: 4, stdout: '' });
    expect(existsSync(path.join(data, 'data', 'runs'))).toBe(false);
  });

  it('runs nothing irreversible without its confirmation', () => {
    const unconfirmed = path.join(data, 'unconfirmed.yaml');
    writeFileSync(unconfirmed, readFileSync(answers, 'utf8').replace(/erase: .*/, 'erase: wrong'));
    expect(run('lab', unconfirmed)).toMatchObject({ status: 2, stderr: expect.stringContaining('was not confirmed') });
    writeFileSync(unconfirmed, readFileSync(answers, 'utf8').replace(/ {2}erase: .*/, ''));
    expect(run('lab', unconfirmed).report).toMatchObject({ outcome: 'waiting' });
  });

  it('survives kill -9 in a step: the run is interrupted there, and repeats nothing by itself', async () => {
    const child = spawn(process.execPath, [command, 'run', 'perc-h200-crossflash', '--target', 'lab', '--answers', answers], {
      env: environment({ WRENCHBOOK_LAB_SPEED: '1' }),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let seen = '';
    await new Promise<void>((resolve) => {
      child.stderr.on('data', (bytes) => {
        seen += bytes;
        if (/Erasing Flash/.test(seen)) resolve();
      });
    });
    child.kill('SIGKILL');
    const [runId = ''] = readdirSync(path.join(data, 'data', 'runs'));
    await expect.poll(() => JSON.parse(wrenchbook('transcripts', 'list', '--json').stdout)[0].status).toBe('interrupted');
    expect(JSON.parse(wrenchbook('transcripts', 'show', runId, '--json').stdout).run.steps.find((step: { id: string }) => step.id === 'erase').status).toBe(
      'interrupted',
    );
    const { status, stdout } = wrenchbook('resume', runId, '--answers', answers, '--json');
    const report = JSON.parse(stdout);
    expect([status, report.outcome]).toEqual([5, 'interrupted']);
    expect(report.steps.find((step: { id: string }) => step.id === 'erase')).toMatchObject({ status: 'interrupted', attempts: 1 });
    const goOn = path.join(data, 'go-on.yaml');
    writeFileSync(goOn, `${readFileSync(answers, 'utf8')}\nretry: [erase]\n`);
    expect(JSON.parse(wrenchbook('resume', runId, '--answers', goOn, '--json').stdout)).toMatchObject({ outcome: 'done' });
    expect(wrenchbook('transcripts', 'verify', runId).status).toBe(0);
  });

  it('asks a person at a terminal, and takes their keys to the running tool', async () => {
    const pty = new PtyProcess({
      program: process.execPath,
      args: [command, 'run', 'perc-h200-crossflash'],
      folder: process.cwd(),
      environment: environment(),
      cols: 120,
      rows: 40,
    });
    let text = '';
    let from = 0;
    pty.onData((bytes) => {
      text += bytes.toString();
    });
    const ended = new Promise<number>((resolve) => pty.onExit(({ status }) => resolve(status)));
    const answer = async (question: RegExp, keys: string) => {
      await expect.poll(() => plainText(text.slice(from)).trimEnd(), { interval: 5, timeout: 15_000 }).toMatch(question);
      from = text.length;
      pty.write(keys);
    };
    for (let step = 1; step <= 6; step++) await answer(new RegExp(`Step ${step} of 14[\\s\\S]*Choose \\[1\\]:$`), '\r');
    await answer(/Step 7 of 14[\s\S]*Cannot be undone:[\s\S]*Choose \[1\]:$/, '1\r');
    await answer(/This affects:[\s\S]*Type the SAS address[\s\S]*$/, '5782bcb-0-1234-5600\r');
    for (let step = 8; step <= 10; step++) await answer(new RegExp(`Step ${step} of 14[\\s\\S]*Choose \\[1\\]:$`), '\r');
    await answer(/flash anyway \[y\/n\]\?$/, 'y\r');
    for (let step = 11; step <= 14; step++) await answer(new RegExp(`Step ${step} of 14[\\s\\S]*Choose \\[1\\]:$`), '\r');
    expect(await ended).toBe(0);
    expect(text).toContain('Rehearsal. Done and verified.');
  });

  it('leaves the run open when the person presses Ctrl-C at a question', async () => {
    const pty = new PtyProcess({
      program: process.execPath,
      args: [command, 'run', 'perc-h200-crossflash'],
      folder: process.cwd(),
      environment: environment(),
      cols: 120,
      rows: 40,
    });
    let text = '';
    pty.onData((bytes) => {
      text += bytes.toString();
    });
    const ended = new Promise<number>((resolve) => pty.onExit(({ status }) => resolve(status)));
    await expect.poll(() => plainText(text).trimEnd(), { timeout: 15_000 }).toMatch(/Choose \[1\]:$/);
    pty.write('\x03');
    expect(await ended).toBe(5);
    expect(JSON.parse(wrenchbook('transcripts', 'list', '--json').stdout)).toMatchObject([{ status: 'waiting' }]);
  });
});
