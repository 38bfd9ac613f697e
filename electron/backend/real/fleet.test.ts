/** Fleets by the built terminal command and Debian's ansible-core on real sshds. WRENCHBOOK_FLEET_HOSTS=25 is the large one (npm run soak). */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FleetState, FleetSummary } from '../../../shared/api/fleet.ts';
import { rounds } from '../../../shared/rounds.test-kit.ts';
import { outlivingPids } from '../fleet/run/outliving.ts';
import { writeSmallPlaybook } from '../fleet/small-playbook.test-kit.ts';
import { FleetHosts, whyNoFleetHosts } from './fleet-hosts.test-kit.ts';

const command = path.resolve('out/main/cli.cjs');
const why = whyNoFleetHosts ?? (existsSync(command) ? null : 'the terminal command is not built');
if (why) console.log(`Fleets are not tried for real: ${why}.`);

const count = Number(process.env.WRENCHBOOK_FLEET_HOSTS ?? rounds({ test: 4, soak: 25 }));
const down = count >= 25 ? [3, 11, 19] : [3];
const broken = count >= 25 ? [7, 16] : [4];
const secret = 'quokka-{{ 7 * 7 }}-9';
/** The last of them is up, and its key is not known. */
const stranger = down.at(-1) ?? 0;

describe.skipIf(why)(`a fleet of ${count} hosts`, () => {
  let hosts: FleetHosts;
  let playbook = '';
  beforeAll(async () => {
    hosts = await FleetHosts.start(
      Array.from({ length: count }, (_, at) => ({
        down: down.includes(at + 1) && at + 1 !== stranger,
        unknown: at + 1 === stranger,
        setUp: broken.includes(at + 1) ? 'touch /srv/data/broken' : at + 1 === count ? 'touch /srv/data/slow' : '',
      })),
    );
    playbook = writeSmallPlaybook(path.join(hosts.folder, 'playbook'));
  }, 600_000);
  afterAll(() => hosts?.stop());

  const data = (name: string) => path.join(hosts.folder, name);
  const begin = (folder: string, ...args: string[]): { child: ChildProcess; done: Promise<{ status: number | null; out: string; err: string }> } => {
    const child = spawn(process.execPath, [command, 'fleet', ...args], {
      env: { ...hosts.environment, WRENCHBOOK_DATA: data(folder), WRENCHBOOK_DEBUG: '1' },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
    });
    const said = { out: '', err: '' };
    child.stdout?.on('data', (bytes) => (said.out += bytes));
    child.stderr?.on('data', (bytes) => (said.err += bytes));
    const give = (fd: number, text: string) => (child.stdio[fd] as NodeJS.WritableStream).on('error', () => undefined).end(`${text}\n`);
    give(3, 'sesame');
    give(4, JSON.stringify({ db_password: secret }));
    return { child, done: new Promise((resolve) => child.on('close', (status) => resolve({ status, ...said }))) };
  };
  const given = ['--yes', '--json', '--password-fd', '3', '--secrets-fd', '4'];
  const fleet = async (folder: string, ...args: string[]): Promise<{ status: number | null; state: FleetState; err: string }> => {
    const { status, out, err } = await begin(folder, ...args, ...given).done;
    expect(out, err).not.toBe('');
    return { status, state: JSON.parse(out) as FleetState, err };
  };
  const all = `web[01:${String(count).padStart(2, '0')}]`;
  const numbered = (numbers: readonly number[]) => numbers.map((number) => `web${String(number).padStart(2, '0')}`);
  const well = () => hosts.names.filter((name) => ![...numbered(down), ...numbered(broken)].includes(name));
  const withStatus = (state: FleetState, wanted: string) => state.hostRows.filter(({ status }) => status === wanted).map(({ name }) => name);
  const row = (state: FleetState, name: string) => state.cells[state.hostRows.findIndex((each) => each.name === name)];
  const fileOn = (name: string) => hosts.on(name, 'cat /srv/data/app.conf 2>/dev/null || echo none').trim();
  const textsBelow = (folder: string): string =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'latin1'))
      .join('\n');

  it('is run, with some out of reach and some failing half-way; retried; and undone where it was changed', async () => {
    const first = await fleet('one', 'run', playbook, '--hosts', `${all} web01`);
    const { runId } = first.state;
    expect(first.err).toContain('Named twice, taken once: web01');
    expect([first.status, withStatus(first.state, 'done')], first.err).toEqual([3, well()]);
    expect([withStatus(first.state, 'unreachable'), withStatus(first.state, 'failed')]).toEqual([numbered(down), numbered(broken)]);
    const [gone = '', odd = ''] = [...numbered(down), ...numbered(broken).slice(0, 1)].slice(-2);
    expect(row(first.state, 'web01')).toEqual(['ok', 'changed', 'changed', 'ok']);
    expect(row(first.state, odd)).toEqual(['ok', 'changed', 'failed', 'pending']);
    expect(row(first.state, gone)).toEqual(['unreachable', 'pending', 'pending', 'pending']);
    expect([fileOn('web01'), fileOn(odd)]).toEqual(['host=web01', `host=${odd}`]);

    // What each cell ran and said; nothing secret is anywhere.
    const out = path.join(hosts.folder, 'out.md');
    expect((await begin('one', 'export', runId, '--format', 'markdown', '--out', out).done).status).toBe(0);
    const markdown = readFileSync(out, 'utf8');
    expect(markdown).toContain('the disk is odd');
    expect(markdown).toContain('exit status 7');
    expect(markdown).toMatch(/\| Record \| intact, \d+ events/);
    expect(textsBelow(data('one'))).toContain('given ‹secret›'.replaceAll(/[‹›]/g, (mark) => Buffer.from(mark).toString('latin1')));
    for (const value of [secret, 'sesame']) expect(textsBelow(data('one'))).not.toContain(value);
    // Braces in it are braces.
    expect(hosts.on('web01', 'cat /srv/data/sum')).toContain(createHash('sha256').update(`${secret}\n`).digest('hex'));
    expect(markdown).toContain('Host key verification failed');

    // The way back for those that were changed, and no others.
    const undone = await fleet('one', 'undo', runId);
    expect([undone.status, withStatus(undone.state, 'undone')], undone.err).toEqual([3, hosts.names.filter((name) => !numbered(down).includes(name))]);
    expect([fileOn('web01'), fileOn(odd)]).toEqual(['none', 'none']);

    // What was wrong is put right; only those are run again.
    for (const name of numbered(down)) name === numbered([stranger])[0] ? hosts.know(name) : hosts.up(name);
    const retried = await fleet('one', 'retry', runId);
    expect(withStatus(retried.state, 'done'), retried.err).toEqual(numbered(down));
    expect([fileOn(gone), fileOn('web01')]).toEqual([`host=${gone}`, 'none']);
    const shown = await begin('one', 'show', runId, '--json').done;
    expect((JSON.parse(shown.out) as { record: { ok: boolean; findings: string[] } }).record).toMatchObject({ ok: true, findings: [] });
  });

  it('goes on after its Wrenchbook is killed in the middle: those that are done are left alone', async () => {
    for (const name of hosts.names) hosts.on(name, 'rm -rf /srv/data/broken /srv/data/count /srv/data/app.conf; touch /srv/data/slow');
    const { child, done } = begin('two', 'run', playbook, '--hosts', all, ...given);
    const journal = () => readdirSync(path.join(data('two'), 'fleets')).map((name) => path.join(data('two'), 'fleets', name, 'journal.jsonl'))[0] ?? '';
    // The second batch is at work: the canary is through.
    await expect
      .poll(
        () =>
          existsSync(path.join(data('two'), 'fleets')) &&
          existsSync(journal()) &&
          /"task":"[^"]*".*"host":"web02"|"host":"web02"/.test(readFileSync(journal(), 'utf8')),
        {
          timeout: 60_000,
        },
      )
      .toBe(true);
    child.kill('SIGKILL');
    await done;
    const listed = JSON.parse((await begin('two', 'runs', '--json').done).out) as FleetSummary[];
    const runId = listed[0]?.runId ?? '';
    const before = JSON.parse((await begin('two', 'show', runId, '--json').done).out) as FleetState;
    await expect.poll(() => outlivingPids(runId, null), { timeout: 20_000 }).toEqual([]);
    expect([before.status, withStatus(before, 'done')]).toEqual(['interrupted', ['web01']]);
    // What the killed one had begun may still end on the hosts.
    await new Promise((resolve) => setTimeout(resolve, 2500));
    const counted = () => hosts.names.map((name) => Number(hosts.on(name, 'cat /srv/data/count 2>/dev/null | wc -l')));
    const atCrash = counted();
    for (const name of hosts.names) hosts.on(name, 'rm -f /srv/data/slow');
    const after = await fleet('two', 'resume', runId);
    expect([after.status, after.state.status, withStatus(after.state, 'done')], after.err).toEqual([0, 'done', hosts.names]);
    expect(after.state.attempts.map(({ kind, hosts: limited }) => [kind, limited])).toEqual([
      ['apply', count],
      ['resume', count - 1],
    ]);
    expect(counted()).toEqual(atCrash.map((times, at) => times + (at === 0 ? 0 : 1)));
  });
});
