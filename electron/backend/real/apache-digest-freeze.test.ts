/**
 * Apache for real: children that hang when they end, as those of Apple's module did. A small module stands in for that one; all
 * else is Debian's own.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RunState } from '../../../shared/api/run.ts';
import { rounds } from '../../../shared/rounds.test-kit.ts';
import { offerOf } from '../conformance/rehearsal.test-kit.ts';
import { passwordlessSudo, RealTopic, troublesOf } from './real-topic.test-kit.ts';
import { ScratchMachine, whyNoMachineWithPackages } from './scratch-machine.test-kit.ts';
import { unpackedPackages } from './unpacked-packages.test-kit.ts';

const packages = ['apache2', 'apache2-utils', 'curl', 'procps'];
const headers = ['apache2-dev', 'libapr1-dev', 'libaprutil1-dev'];
const why = whyNoMachineWithPackages(packages) ?? whyNoModule();
if (why) console.log(`Stuck children of Apache are not tried: ${why}.`);
const debugger_ = spawnSync('gdb', ['--version']).status === 0 ? 'yes' : 'no';
if (debugger_ === 'no') console.log('The backtrace of a stuck child is not tried: there is no gdb.');

function whyNoModule(): string | null {
  if (spawnSync('gcc', ['--version']).status !== 0) return 'there is no gcc for the module that hangs';
  try {
    unpackedPackages('apache-headers', headers);
    return null;
  } catch (thrown) {
    return (thrown as Error).message;
  }
}

/** A child that ends waits for ever while it cleans up. */
const stuckModule = `#include "httpd.h"
#include "http_config.h"
#include <unistd.h>
static apr_status_t cleanup_server_event(void *unused) { for (;;) pause(); return APR_SUCCESS; }
static void child_init(apr_pool_t *pool, server_rec *server) { apr_pool_cleanup_register(pool, NULL, cleanup_server_event, apr_pool_cleanup_null); }
static void hooks(apr_pool_t *pool) { ap_hook_child_init(child_init, NULL, NULL, APR_HOOK_MIDDLE); }
module AP_MODULE_DECLARE_DATA auth_digest_stuck_module = { STANDARD20_MODULE_STUFF, NULL, NULL, NULL, NULL, NULL, hooks };
`;
const port = 20_000 + (process.pid % 10_000);
const modules = ['mpm_prefork', 'authn_core', 'authz_core', 'authz_host', 'authz_user', 'authn_file', 'auth_basic', 'auth_digest', 'dir', 'mime'];
const site = (name: string, type: string, file: string) => `<VirtualHost 127.0.0.1:${port}>
    ServerName ${name}
    DocumentRoot /srv/www
    <Location "/intern">
	AuthType ${type}
	AuthName "Werkstatt für alle"
	# AuthType Digest, seit Jürgen
	AuthDigestDomain /intern/
	AuthUserFile ${file}
	Require valid-user
    </Location>
</VirtualHost>
`;
// A server whose own name is not known to it: Apache says so twice each time it reads its configuration.
const setUp = `${passwordlessSudo}
printf '127.0.0.1 localhost\\n' >/etc/hosts
printf 'Defaults secure_path="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"\\n' >>/etc/sudoers
mkdir -p /etc/apache2/mods-enabled /etc/apache2/conf-enabled /etc/apache2/sites-enabled /var/log/apache2 /run/apache2 /run/lock /srv/www/intern
echo hello >/srv/www/intern/index.html
cd /etc/apache2/mods-enabled
for name in ${modules.join(' ')}; do for end in load conf; do if [ -e ../mods-available/$name.$end ]; then ln -s ../mods-available/$name.$end .; fi; done; done
printf 'Listen 127.0.0.1:${port}\\n' >/etc/apache2/ports.conf
printf 'StartServers 4\\nMinSpareServers 4\\nMaxSpareServers 8\\nMaxRequestWorkers 60\\nMaxConnectionsPerChild 4\\nKeepAlive Off\\n' >/etc/apache2/conf-enabled/small.conf
printf 'u:Werkstatt für alle:%s\\n' "$(printf 'u:Werkstatt für alle:p' | md5sum | cut -d' ' -f1)" >/etc/apache2/intern.digest
htpasswd -b -c /etc/apache2/intern.basic u p
cd /`;
const parameters = { status: `http://127.0.0.1:${port}/server-status`, every: '1', userFile: '/etc/apache2/intern.basic', backtrace: debugger_ };
const configs = ['sites-enabled/one.conf', 'sites-enabled/two.conf', 'conf-enabled/digest.conf', 'mods-available/auth_digest.load'];

describe.skipIf(why)('Apache with Digest', () => {
  let machine: ScratchMachine;
  let topic: RealTopic;
  let module: string;

  beforeAll(async () => {
    module = mkdtempSync(path.join(tmpdir(), 'wb-module-'));
    writeFileSync(path.join(module, 'stuck.c'), stuckModule);
    const include = path.join(unpackedPackages('apache-headers', headers), 'usr/include');
    execFileSync('gcc', [
      '-shared',
      '-fPIC',
      `-I${include}/apache2`,
      `-I${include}/apr-1.0`,
      '-o',
      path.join(module, 'stuck.so'),
      path.join(module, 'stuck.c'),
    ]);
  }, 600_000);
  afterAll(() => {
    if (module) rmSync(module, { recursive: true, force: true });
  });
  // Children that hang outlive their Apache: each test has a machine of its own.
  beforeEach(async () => {
    machine = await ScratchMachine.start(setUp, [], { packages });
    machine.know();
    const { root } = machine;
    writeFileSync(`${root}/usr/lib/apache2/modules/mod_auth_digest_stuck.so`, readFileSync(path.join(module, 'stuck.so')));
    writeFileSync(`${root}/etc/apache2/sites-enabled/one.conf`, site('one.example.org', 'Digest', '/etc/apache2/intern.digest'));
    writeFileSync(`${root}/etc/apache2/sites-enabled/two.conf`, site('two.example.org', '"digest"', '/etc/apache2/intern.digest').replaceAll('\n', '\r\n'));
    writeFileSync(
      `${root}/etc/apache2/conf-enabled/digest.conf`,
      'LoadModule auth_digest_stuck_module \\\n  /usr/lib/apache2/modules/mod_auth_digest_stuck.so\n',
    );
    machine.asRoot('apachectl start; sleep 1');
    topic = new RealTopic(machine, 'apache-digest-freeze', parameters);
  }, 600_000);
  afterEach(async () => {
    await topic?.end();
    await machine?.stop();
  });

  const get = (more: string, host = 'one.example.org') => machine.asRoot(`curl -s -m 5 -i -H 'Host: ${host}' ${more} http://127.0.0.1:${port}/intern/ || true`);
  const asks = (host?: string) => /WWW-Authenticate: (\w+)/.exec(get('', host))?.[1];
  /**
   * Four connections end a child, and leave one that hangs. A graceful reload makes as many itself as there may be children; new ones come
   * slowly, unless some are to spare.
   */
  const traffic = (times: number) => machine.asRoot(`for i in $(seq ${times}); do curl -s -m 1 -o /dev/null http://127.0.0.1:${port}/; done; true`);
  const before = (stepId: string) => {
    if (stepId.startsWith('scoreboard')) traffic(24);
  };
  const statusPage = (headers: string[]) =>
    machine
      .asRoot(
        `curl -s -o /dev/null -w '%{http_code}' ${headers.map((name) => (name === 'X-Wrenchbook-Key' ? `-H '${name}: ${key()}'` : `-H '${name}: for=192.0.2.1'`)).join(' ')} ${parameters.status}`,
      )
      .trim();
  const key = () => /X-Wrenchbook-Key\} == '(\w+)'/.exec(machine.asRoot('cat /etc/apache2/conf-enabled/wrenchbook-status.conf'))?.[1] ?? 'none';
  const texts = () => configs.map((name) => machine.asRoot(`cat /etc/apache2/${name}`));
  const closing = (state: RunState, when: string) => (state.facts.find(({ id }) => id === `closing-${when}`)?.value ?? '').split(' of ').map(Number);

  it('hangs before, does not after, and hangs again when it is taken back', { timeout: 600_000 }, async () => {
    const were = texts();
    expect([asks(), asks('two.example.org')]).toEqual(['Digest', 'Digest']);
    expect(get('--digest -u u:p')).toContain('hello');
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
    let state = await topic.run({ before });
    expect(state.says, troublesOf(state)).toBe('Done and verified.');
    const [stuck = 0, children = 0] = closing(state, 'before');
    expect(stuck).toBeGreaterThanOrEqual(3);
    expect(stuck / children).toBeGreaterThan(0.25);
    expect(closing(state, 'after')[0], 'one that is just ending').toBeLessThan(2);
    if (debugger_ === 'yes')
      expect(
        state.steps
          .find(({ id }) => id === 'backtrace')
          ?.verdicts.map(({ line }) => line)
          .join(),
      ).toContain('cleanup_server_event');
    expect(state.steps.find(({ id }) => id === 'basic')?.edit?.files.map(({ file }) => file)).toEqual(
      expect.arrayContaining(configs.map((name) => `/etc/apache2/${name}`)),
    );
    expect([asks(), asks('two.example.org')]).toEqual(['Basic', 'Basic']);
    expect(get('-u u:p')).toContain('hello');
    const passedOn = ['X-Forwarded-For', 'Forwarded', 'Via'].map((name) => ['X-Wrenchbook-Key', name]);
    expect([['X-Wrenchbook-Key'], ...passedOn, []].map(statusPage), 'what a proxy passes on, also one that adds nothing').toEqual([
      '200',
      '403',
      '403',
      '403',
      '403',
    ]);
    expect(await topic.look()).toMatchObject({ verdict: 'already-fixed' });
    state = await topic.undo(state);
    expect(state.status, state.says).toBe('undone');
    expect(texts()).toEqual(were);
    expect(asks()).toBe('Digest');
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
    traffic(8);
    expect(machine.asRoot('ls /etc/apache2/conf-enabled')).not.toContain('wrenchbook');
  });

  it('is found out by the second measurement when the change is left out', { timeout: 600_000 }, async () => {
    const state = await topic.run({ without: ['basic', 'door-after'], before });
    expect([state.status, state.current], troublesOf(state)).toEqual(['failed', 'scoreboard-after']);
    expect(state.steps.at(-1)?.verdicts.map(({ rule }) => rule)).toContain('still-stuck');
    await topic.undo(state);
  });

  it('runs out of children, says so in its log, and is measured after a restart', { timeout: 600_000 }, async () => {
    // Each measurement takes requests too: the others have room for them, this one has not.
    machine.asRoot("sed -i 's/MaxRequestWorkers 60/MaxRequestWorkers 20/' /etc/apache2/conf-enabled/small.conf; apachectl restart; sleep 1");
    const untilFull = `for i in $(seq 300); do ! grep -q AH00161 /var/log/apache2/error.log || break; curl -s -m 1 -o /dev/null http://127.0.0.1:${port}/; done; sleep 3`;
    let state = await topic.run({ before: (stepId) => void (stepId === 'scoreboard-before' && machine.asRoot(untilFull)) });
    expect(
      state.steps.find(({ id }) => id === 'scoreboard-before')?.verdicts.map(({ rule }) => rule),
      troublesOf(state),
    ).toContain('no-answer');
    expect(machine.asRoot('cat /var/log/apache2/error.log')).toContain('AH00161');
    state = await topic.take(state, offerOf(state, 'remedy', 'restart-now'));
    expect([state.status, state.current], troublesOf(state)).toEqual(['waiting', 'scoreboard-before']);
    await topic.undo(state);
  });

  it('is refused where nobody could log in, where a file is read-only on its file system, and where it is another Apache', { timeout: 600_000 }, async () => {
    const were = texts();
    const unprepared = new RealTopic(machine, 'apache-digest-freeze', { ...parameters, userFile: '' });
    let state = await unprepared.run({ without: ['scoreboard-before', 'backtrace'] });
    expect(state.steps.find(({ id }) => id === 'basic')?.verdicts[0]).toMatchObject({
      rule: 'digest-passwords',
      means: expect.stringContaining('/etc/apache2/sites-enabled/one.conf'),
    });
    await unprepared.undo(state);
    await unprepared.end();
    machine.asRoot('mount --bind /etc/apache2/sites-enabled /etc/apache2/sites-enabled; mount -o remount,bind,ro /etc/apache2/sites-enabled');
    state = await topic.run({ without: ['scoreboard-before', 'backtrace'] });
    machine.asRoot('umount /etc/apache2/sites-enabled');
    expect(state.steps.find(({ id }) => id === 'basic')?.verdicts[0]).toMatchObject({
      rule: 'file-no-temp',
      means: expect.stringContaining('/etc/apache2/sites-enabled/one.conf'),
    });
    await topic.undo(state);
    expect(texts()).toEqual(were);
    const other = new RealTopic(machine, 'apache-digest-freeze', { ...parameters, system: 'os-x-server' });
    expect(await other.look()).toMatchObject({
      verdict: 'unknown',
      next: expect.stringContaining('Debian'),
      proposes: [expect.objectContaining({ field: 'system', value: 'debian' })],
    });
    await other.end();
  });

  it('changes two of many sites and leaves the others, and changes none where nobody could look through what it would change', {
    timeout: 600_000,
  }, async () => {
    // More than anybody looks through: fewer have a long line beside what would change.
    const many = rounds({ test: 500, soak: 2000 });
    const beside = rounds({ test: 1500, soak: 1 });
    const sites = (type: string) =>
      machine.asRoot(`cd /etc/apache2/sites-enabled; for n in $(seq ${many}); do
  printf '<VirtualHost 127.0.0.1:${port}>\\n    ServerName site%s.example.org\\n    DocumentRoot /srv/www\\n    <Location "/intern">\\n\\t# ${'x'.repeat(beside)}\\n\\tAuthType ${type}\\n\\tAuthName "Werkstatt für alle"\\n\\tAuthUserFile ${type === 'Digest' ? '/etc/apache2/intern.digest' : parameters.userFile}\\n\\tRequire valid-user\\n    </Location>\\n</VirtualHost>\\n' $n >site$n.conf
done; apachectl graceful; sleep 1`);
    const sums = () => machine.asRoot('cd /etc/apache2/sites-enabled; cat site*.conf | cksum; ls | wc -l').trim();
    sites('Basic');
    const were = [...texts(), sums()];
    expect(asks(`site${many - 1}.example.org`)).toBe('Basic');
    let state = await topic.run({ before });
    expect(state.says, troublesOf(state)).toBe('Done and verified.');
    expect(state.steps.find(({ id }) => id === 'basic')?.edit?.files).toHaveLength(configs.length);
    expect([asks(), sums()]).toEqual(['Basic', were.at(-1)]);
    state = await topic.undo(state);
    expect([state.status, ...texts(), sums()], state.says).toEqual(['undone', ...were]);
    const refusal = async (rule: RegExp) => {
      const all = [...texts(), sums()];
      const refused = await topic.run({ without: ['scoreboard-before', 'backtrace'] });
      expect(refused.steps.find(({ id }) => id === 'basic')?.verdicts[0]).toMatchObject({
        rule: expect.stringMatching(rule),
        next: expect.stringContaining('folder'),
      });
      await topic.undo(refused);
      expect([...texts(), sums()]).toEqual(all);
    };
    sites('Digest');
    await refusal(/^too-(many-files|much)$/);
  });
});
