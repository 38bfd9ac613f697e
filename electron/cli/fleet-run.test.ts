/** `wrenchbook fleet` as built, with a simulated ansible-playbook; the real one is in electron/backend/real/fleet.test.ts. */
import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FleetState } from '../../shared/api/fleet.ts';
import type { FleetFindings } from '../../shared/api/fleet-doctor.ts';
import { writeSmallPlaybook } from '../backend/fleet/small-playbook.test-kit.ts';

const command = path.resolve('out/main/cli.cjs');
const simulated = path.resolve('e2e/simulated-ansible');
let folder = '';
let playbook = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'wb-fleet-cli-'));
  playbook = writeSmallPlaybook(path.join(folder, 'playbook'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const environment = (search = `${simulated}:${process.env.PATH}`) => ({
  ...process.env,
  PATH: search,
  HOME: folder,
  WRENCHBOOK_DATA: path.join(folder, 'data'),
});
const fleet = (args: readonly string[], search?: string) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, 'fleet', ...args], {
    env: environment(search),
    encoding: 'utf8',
    input: '{"db_password":"quokka-flight"}\n',
  });
  return { status, stdout, stderr };
};
const given = ['--yes', '--json', '--secrets-fd', '0'];

describe('wrenchbook fleet', () => {
  it('says how ansible-core is installed where it is missing, and still lists hosts and prepares', () => {
    const { status, stderr } = fleet(['run', playbook, '--hosts', 'web1', ...given], '/nowhere');
    expect(status).toBe(4);
    expect(stderr).toMatch(/ansible-playbook was not found .*Install ansible-core: (?:sudo|pipx|brew) /);
    expect(fleet(['runs'], '/nowhere').stdout).toContain('Not started yet.');
    const asked = fleet(['run', playbook, '--hosts', 'web1', '--check', '--secrets-fd', '0'], '/nowhere');
    expect([asked.status, asked.stderr]).toEqual([4, expect.not.stringContaining('# site.yml')]);
    expect(asked.stderr).toContain('Install ansible-core: ');
  });
  it('refuses a folder that is no playbook, and a choice without a host, each with what is wrong', () => {
    const strange = fleet(['run', folder, '--hosts', 'web1', ...given]);
    expect([strange.status, strange.stderr]).toEqual([2, expect.stringContaining('it has no wrenchbook.json and site.yml')]);
    const none = fleet(['run', playbook, '--hosts', 'web[3:1]', ...given]);
    expect([none.status, none.stderr]).toEqual([2, expect.stringContaining('web[3:1]: the range goes from 3 down to 1')]);
    const hosts = fleet(['hosts', '--hosts', 'web[1:2] we"b', '--json']);
    expect(JSON.parse(hosts.stdout)).toMatchObject({ hosts: [{ name: 'web1' }, { name: 'web2' }], troubles: [{ entry: 'we"b' }] });
  });
  it('finds an Ansible that outlived it, waits for its end, and starts none beside it', async () => {
    const hold = path.join(folder, 'hold');
    writeFileSync(hold, '');
    const begin = (words: readonly string[], stdio: 'ignore' | 'pipe') => {
      const child = spawn(process.execPath, [command, 'fleet', ...words, ...given], {
        env: { ...environment(), SIMULATED_HOLD: hold, SIMULATED_OUTLIVES: '1' },
        stdio: ['pipe', stdio, stdio],
      });
      child.stdin?.end('{"db_password":"quokka-flight"}\n');
      return child;
    };
    const child = begin(['run', playbook, '--hosts', 'web[1:2]'], 'ignore');
    const runs = path.join(folder, 'data', 'fleets');
    const journal = () => (existsSync(runs) ? readdirSync(runs) : []).map((name) => path.join(runs, name, 'journal.jsonl'))[0] ?? '';
    await expect.poll(() => existsSync(journal()) && readFileSync(journal(), 'utf8').includes('"e":"result"')).toBe(true);
    const gone = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGKILL');
    await gone;
    const resumed = begin(['resume', path.basename(path.dirname(journal()))], 'pipe');
    const [status, stdout, stderr] = await new Promise<[number | null, string, string]>((resolve) => {
      let [out, err] = ['', ''];
      resumed.stdout?.on('data', (chunk) => (out += chunk));
      resumed.stderr?.on('data', (chunk) => {
        err += chunk;
        if (err.includes('still running')) rmSync(hold, { force: true });
      });
      resumed.once('close', (code) => resolve([code, out, err]));
    });
    const { attempts, counts } = JSON.parse(stdout) as FleetState;
    expect(stderr).toContain('Ansible of this fleet run is still running');
    expect([status, attempts.map(({ kind }) => kind), counts.done], stderr).toEqual([0, ['apply'], 2]);
  });
  it('lets hosts out of reach come last, once, and holds up nobody for them', () => {
    const run = fleet(['run', playbook, '--hosts', 'late1 web[1:2] down3', ...given]);
    const { attempts, hostRows } = JSON.parse(run.stdout) as FleetState;
    expect(run.status, run.stderr).toBe(3);
    // The canary was out of reach: the others are not left alone for that, and it is tried again behind them.
    expect(attempts.map(({ kind, hosts }) => [kind, hosts])).toEqual([
      ['apply', 4],
      ['resume', 3],
      ['retry', 2],
    ]);
    expect(hostRows.map(({ name, status }) => `${name} ${status}`)).toEqual(['late1 done', 'web1 done', 'web2 done', 'down3 unreachable']);
    expect(run.stderr.match(/secret|password/gi), 'nothing is asked again').toBeNull();
  });
  it('names the hosts that a check could not look at', () => {
    const { status, stderr } = fleet(['run', playbook, '--check', '--hosts', 'web1 down2', ...given]);
    expect([status, stderr]).toEqual([
      3,
      expect.stringMatching(/\n1 host would change so: web1\n[\s\S]*1 host could not be checked\..*\n {2}down2: Failed to connect/),
    ]);
  });
  it('takes batches and the share that may fail as they are given, and shows them in the playbook that runs', () => {
    const run = fleet(['run', playbook, '--hosts', 'web[1:2]', '--serial', '1,25%', '--max-fail', '30', ...given]);
    const { runId } = JSON.parse(run.stdout) as FleetState;
    expect(run.status, run.stderr).toBe(0);
    const site = readFileSync(path.join(folder, 'data', 'fleets', runId, 'playbook', 'site.yml'), 'utf8');
    expect(site).toMatch(/serial:\n\s+- 1\n\s+- 25%\n[\s\S]*max_fail_percentage: 30/);
    expect(fleet(['show', runId]).stdout).toContain('Record: intact');
    const blind = fleet(['run', playbook, '--hosts', 'web1', '--stop-at', '3', ...given]);
    expect([blind.status, blind.stderr]).toEqual([2, expect.stringContaining('This playbook does not count failed hosts')]);
    const compiled = path.join(folder, 'compiled');
    spawnSync(process.execPath, [command, 'fleet', 'compile', 'page-cache-backup', '--to', compiled], { env: environment() });
    const stops = fleet(['run', compiled, '--hosts', 'web[1:2]', '--stop-at', '3', '--yes', '--json']);
    const own = readFileSync(path.join(folder, 'data', 'fleets', (JSON.parse(stops.stdout) as FleetState).runId, 'playbook', 'site.yml'), 'utf8');
    expect([own.includes('page_cache_backup_stop_at: 3'), own.includes('max_fail_percentage')], stops.stderr).toEqual([true, false]);
    const wrong = fleet(['run', playbook, '--hosts', 'web1', '--serial', '0', ...given]);
    expect([wrong.status, wrong.stderr]).toEqual([2, expect.stringContaining('Give numbers of hosts or percentages')]);
  });
  it('checks many hosts: who is alike is together, what was not seen is unknown, and it is kept, signed and exported', () => {
    const check = fleet(['doctor', '--hosts', 'web[1:2] mac3 down4', '--category', 'Virtualisation & clones', '--json']);
    const { runId, hosts, groups } = JSON.parse(check.stdout) as FleetFindings & { runId: string };
    expect([4, 5], check.stderr).toContain(check.status);
    expect(groups[0]?.hosts).toEqual(['web1', 'web2']);
    const of = (name: string) => hosts.find((host) => host.name === name);
    expect(of('web1')?.findings.map(({ topicId }) => topicId)).toContain('ubuntu-clone-machine-id');
    expect([of('down4')?.looked, of('mac3')?.looked]).toEqual([false, true]);
    for (const { verdict } of of('down4')?.findings ?? []) expect(verdict).toBe('unknown');
    // Later, of the record; nothing is looked at again.
    const later = fleet(['findings', runId, '--json'], process.env.PATH);
    expect([later.status, JSON.parse(later.stdout)]).toEqual([check.status, JSON.parse(check.stdout)]);
    expect(fleet(['findings', runId]).stdout).toMatch(/2 hosts: web1, web2\n[\s\S]*1 host: down4\n {2}unknown: The host was not looked at\./);
    const out = path.join(folder, 'out');
    for (const format of ['markdown', 'html', 'json', 'bundle'])
      expect(fleet(['export', runId, '--format', format, '--out', `${out}.${format}`]).status).toBe(0);
    expect(readFileSync(`${out}.markdown`, 'utf8')).toMatch(/## Findings\n\n\*\*web1, web2\*\*/);
    expect(readFileSync(`${out}.html`, 'utf8')).toContain('<h2>Findings</h2>');
    expect(JSON.parse(readFileSync(`${out}.json`, 'utf8'))).toMatchObject({ findings: { groups: [{ hosts: ['web1', 'web2'] }, {}, {}] } });
    const verify = () => spawnSync(process.execPath, [command, 'transcripts', 'verify', `${out}.bundle`], { env: environment(), encoding: 'utf8' });
    expect(verify()).toMatchObject({ status: 0, stdout: expect.stringContaining('out.bundle: intact.') });
    const bytes = readFileSync(`${out}.bundle`);
    bytes[bytes.indexOf('hosts: all')] = 0x48;
    writeFileSync(`${out}.bundle`, bytes);
    expect(verify()).toMatchObject({ status: 3, stdout: expect.stringContaining('playbook/site.yml was changed') });
    expect(fleet(['show', runId]).stdout).toContain('Record: intact');
    appendFileSync(path.join(folder, 'data', 'fleets', runId, 'playbook', 'wrenchbook.json'), ' ');
    const changed = fleet(['findings', runId]);
    expect([changed.status, changed.stderr]).toEqual([3, expect.stringContaining('wrenchbook.json is different')]);
    const none = fleet(['doctor', '--hosts', 'web1', '--category', 'Gardening']);
    expect(none.stderr).toContain('No procedure of the category "Gardening" has a check');
  });
  it('notices a record or a playbook that was changed, and runs nothing more', () => {
    const run = fleet(['run', playbook, '--hosts', 'web1 odd2', ...given]);
    const { runId, counts } = JSON.parse(run.stdout) as FleetState;
    expect([run.status, counts]).toMatchObject([3, { done: 1, failed: 1 }]);
    expect(fleet(['show', runId]).stdout).toContain('Record: intact');
    const inside = (name: string) => path.join(folder, 'data', 'fleets', runId, name);
    appendFileSync(inside('playbook/site.yml'), '# changed\n');
    const other = fleet(['retry', runId, ...given]);
    expect([other.status, other.stderr]).toEqual([3, expect.stringContaining('site.yml is different')]);
    writeFileSync(inside('journal.jsonl'), readFileSync(inside('journal.jsonl'), 'utf8').replace('"status":"failed"', '"status":"ok"'));
    const shown = fleet(['show', runId]);
    expect([shown.status, shown.stdout]).toEqual([3, expect.stringContaining('not intact: event')]);
    const refused = fleet(['undo', runId, ...given]);
    expect([refused.status, refused.stderr]).toEqual([3, expect.stringContaining('is not as it was written')]);
  });
});
