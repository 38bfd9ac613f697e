/** `wrenchbook doctor` and `wrenchbook machine`, whole: ignoring, what is new, drift of what a run set up, exports that can be verified. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleCli } from './cli-with-topics.test-kit.ts';

describe('a machine that is checked in the terminal', () => {
  let cli: Awaited<ReturnType<typeof bundleCli>>;
  let folder = '';
  const wrenchbook = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli.program, ...args], {
      env: { ...process.env, WRENCHBOOK_DATA: path.join(folder, 'data') },
      encoding: 'utf8',
      input: '',
    });
    return { status, stdout, stderr };
  };
  const doctor = (...args: string[]) => {
    const { status, stdout, stderr } = wrenchbook('doctor', '--json', ...args);
    expect(stderr).not.toMatch(/not kept|defect/i);
    return { status, ...JSON.parse(stdout) };
  };
  beforeAll(async () => {
    cli = await bundleCli(path.resolve('electron/cli/machine-topics.test-program.ts'));
    folder = mkdtempSync(path.join(tmpdir(), 'wb-machine-command-'));
  });
  afterAll(() => {
    cli?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it('ignores by identity, says what is new and what has changed since it was set up, and hands that out', { timeout: 600_000 }, () => {
    const file = path.join(folder, 'lines.txt');
    const answers = path.join(folder, 'answers.yaml');
    writeFileSync(file, 'first\n');
    writeFileSync(answers, `parameters:\n  place: ${file}\n  line: wrench\n`);

    const first = doctor();
    expect(first.status).toBe(4);
    const { id } = first.findings.find(({ topicId }: { topicId: string }) => topicId === 'always-here');
    expect(first.findings.find(({ topicId }: { topicId: string }) => topicId === 'put-line')).toMatchObject({ verdict: 'not-looked' });

    expect(wrenchbook('doctor', '--ignore', id)).toMatchObject({ status: 2, stderr: expect.stringContaining('--because') });
    expect(wrenchbook('doctor', '--ignore', id, '--because', 'it is meant to be')).toMatchObject({ status: 0 });
    const second = wrenchbook('doctor', '--all');
    expect(second).toMatchObject({ status: 5, stdout: expect.stringContaining(`Ignored here: 1\n  always-here [${id}]: it is meant to be`) });
    expect(second.stdout).toContain(`Since ${first.at}: nothing is new and nothing is gone.`);

    const ran = wrenchbook('run', 'put-line', '--target', 'local', '--answers', answers, '--json');
    expect(ran.status, ran.stderr).toBe(0);
    const { runId } = JSON.parse(ran.stdout);
    expect(doctor()).toMatchObject({
      status: 5,
      ignored: [{ id }],
      drift: [{ runId, topicId: 'put-line', verdict: 'stands' }],
      runs: [{ runId, status: 'done' }],
    });
    writeFileSync(file, 'first\n');
    expect(doctor()).toMatchObject({ status: 4, drift: [{ runId, verdict: 'drifted', because: 'The line is not there.' }] });
    // A record that somebody changed is nothing to look with.
    const journal = path.join(folder, 'data', 'runs', runId, 'journal.jsonl');
    const whole = readFileSync(journal, 'utf8');
    writeFileSync(file, 'first\nwrench\n');
    writeFileSync(journal, whole.replaceAll('"line":"wrench"', '"line":"first"'));
    expect(doctor().drift).toMatchObject([{ runId, verdict: 'open', because: expect.stringMatching(/intact|changed|fit/) }]);
    writeFileSync(journal, whole);

    const out = path.join(folder, 'x.wbcheck');
    expect(wrenchbook('machine', 'local', '--export', 'signed', '--out', out).status).toBe(0);
    expect(wrenchbook('transcripts', 'verify', out)).toMatchObject({ status: 0, stdout: expect.stringContaining('intact') });
    writeFileSync(out, readFileSync(out, 'utf8').replace('always-here', 'never-there'));
    expect(wrenchbook('transcripts', 'verify', out)).toMatchObject({ status: 3, stdout: expect.stringContaining('NOT intact') });
    expect(readdirSync(folder).filter((name) => name.startsWith('.wrenchbook-export'))).toEqual([]);
  });
});
