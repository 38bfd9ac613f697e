/**
 * Sites as real servers have them: in files of other names, linked from elsewhere, made by macros and variables, with .htaccess and with users of
 * their own. After each run the door is tried: whoever was refused has to be refused.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RunState } from '../../../shared/api/run.ts';
import { passwordlessSudo, RealTopic, troublesOf } from './real-topic.test-kit.ts';
import { ScratchMachine, whyNoMachineWithPackages } from './scratch-machine.test-kit.ts';

const packages = ['apache2', 'apache2-utils', 'curl', 'procps'];
const why = whyNoMachineWithPackages(packages);
if (why) console.log(`Sites of all kinds with Digest are not tried: ${why}.`);

const port = 30_000 + (process.pid % 10_000);
const modules = ['mpm_prefork', 'authn_core', 'authz_core', 'authz_host', 'authz_user', 'authn_file', 'auth_basic', 'auth_digest', 'macro', 'dir', 'mime'];
const setUp = `${passwordlessSudo}
printf 'Defaults secure_path="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"\\n' >>/etc/sudoers
mkdir -p /etc/apache2/mods-enabled /etc/apache2/conf-enabled /etc/apache2/sites-enabled /etc/apache2/sites-available /var/log/apache2 /run/apache2 /run/lock /srv/www/intern /srv/app
echo hello >/srv/www/intern/index.html
cd /etc/apache2/mods-enabled
for name in ${modules.join(' ')}; do for end in load conf; do if [ -e ../mods-available/$name.$end ]; then ln -s ../mods-available/$name.$end .; fi; done; done
printf 'Listen 127.0.0.1:${port}\\n' >/etc/apache2/ports.conf
printf 'ServerName localhost\\nStartServers 2\\nMinSpareServers 1\\nMaxSpareServers 4\\nIncludeOptional sites-enabled/*.vhost\\n' >/etc/apache2/conf-enabled/small.conf
for who in alice:A:a bob:B:b; do
  name=\${who%%:*} file=\${who##*:} realm=\${who#*:}; realm=\${realm%:*}
  printf '%s:%s:%s\\n' "$name" "$realm" "$(printf '%s' "$name:$realm:p" | md5sum | cut -d' ' -f1)" >/etc/apache2/$file.digest
done
cat /etc/apache2/a.digest /etc/apache2/b.digest >/etc/apache2/both.digest
htpasswd -b -c /etc/apache2/a.basic alice p
htpasswd -b -c /etc/apache2/both.basic alice p
htpasswd -b /etc/apache2/both.basic bob p
cp -a /etc/apache2 /etc/apache2.first
cd /`;

describe.skipIf(why)('Digest in sites of all kinds', () => {
  let machine: ScratchMachine;
  let topic: RealTopic;
  beforeAll(async () => {
    machine = await ScratchMachine.start(setUp, [], { packages });
    machine.know();
  }, 600_000);
  afterAll(() => machine?.stop());
  beforeEach(() => {
    machine.asRoot('rm -rf /srv/app/* /srv/www/intern/.htaccess; find /etc/apache2 -mindepth 1 -delete; cp -a /etc/apache2.first/. /etc/apache2/');
  });
  afterEach(async () => {
    await topic?.end();
    machine.asRoot('apachectl stop; for i in $(seq 50); do pgrep -x apache2 >/dev/null || break; sleep 0.1; done');
  });

  const site = (name: string, inner: string) => `<VirtualHost 127.0.0.1:${port}>
    ServerName ${name}
    DocumentRoot /srv/www
${inner}
</VirtualHost>
`;
  const auth = (realm: string, users: string, type = 'Digest') => `    AuthType ${type}
    AuthName "${realm}"
    AuthUserFile ${users}
    Require valid-user`;
  const location = (inner: string) => `  <Location /intern>\n${inner}\n  </Location>`;
  const digestSite = (name: string, realm: string, users: string) => site(name, location(auth(realm, users)));
  const write = (name: string, text: string) => machine.asRoot(`cat >'${name}' <<'END'\n${text}END`);
  const begin = (userFile: string, more: Record<string, string> = {}) => {
    machine.asRoot(`apachectl start; for i in $(seq 50); do curl -s -o /dev/null -m 1 http://127.0.0.1:${port}/ && break; sleep 0.1; done`);
    topic = new RealTopic(machine, 'apache-digest-freeze', { status: `http://127.0.0.1:${port}/server-status`, every: '1', userFile, ...more });
  };
  const door = (host: string, user: string) =>
    Number(
      machine.asRoot(
        `curl -s -o /dev/null -m 10 -w '%{http_code}' --anyauth -u '${user}:p' -H 'Host: ${host}' http://127.0.0.1:${port}/intern/ </dev/null || true`,
      ),
    );
  const asks = (host: string) =>
    /WWW-Authenticate: (\w+)/.exec(machine.asRoot(`curl -s -i -m 10 -H 'Host: ${host}' http://127.0.0.1:${port}/intern/ || true`))?.[1];
  const run = () => topic.run({ without: ['scoreboard-before', 'scoreboard-after'] });
  const refusals = (state: RunState, step: string) =>
    state.steps
      .find(({ id }) => id === step)
      ?.verdicts.filter(({ kind }) => kind === 'failure')
      .map(({ rule }) => rule);
  /** It stops before anything is written, and Digest goes on as it was. */
  const stops = async (step: string, rule: string) => {
    const state = await run();
    expect([state.current, refusals(state, step)], troublesOf(state)).toEqual([step, expect.arrayContaining([rule])]);
    await topic.undo(state);
  };

  it('changes a site in a .vhost that is linked, tries its door, and takes it back', { timeout: 600_000 }, async () => {
    write('/etc/apache2/sites-available/a.vhost', digestSite('a.test', 'A', '/etc/apache2/a.digest'));
    machine.asRoot('ln -s ../sites-available/a.vhost /etc/apache2/sites-enabled/100-a.vhost');
    begin('/etc/apache2/a.basic');
    expect([door('a.test', 'alice'), door('a.test', 'bob'), asks('a.test')]).toEqual([200, 401, 'Digest']);
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
    let state = await run();
    expect(state.says, troublesOf(state)).toBe('Done; some steps were skipped.');
    expect(state.facts.find(({ id }) => id === 'doors')?.value).toContain(`a.test:${port}/intern=nobody=401,wrong=401`);
    expect([door('a.test', 'alice'), door('a.test', 'bob'), asks('a.test')]).toEqual([200, 401, 'Basic']);
    expect(await topic.look()).toMatchObject({ verdict: 'already-fixed' });
    state = await topic.undo(state);
    expect(state.status, troublesOf(state)).toBe('undone');
    expect([door('a.test', 'alice'), asks('a.test')]).toEqual([200, 'Digest']);
  });

  it('stops where sites of several files have users of their own', { timeout: 600_000 }, async () => {
    write('/etc/apache2/sites-enabled/a.conf', digestSite('a.test', 'A', '/etc/apache2/a.digest'));
    write('/etc/apache2/sites-enabled/b.conf', digestSite('b.test', 'B', '/etc/apache2/b.digest'));
    begin('/etc/apache2/both.basic');
    const without = await topic.run({ without: ['scoreboard-before', 'scoreboard-after', 'passwords'] });
    expect([without.current, refusals(without, 'basic')], troublesOf(without)).toEqual(['basic', ['several-password-files']]);
    await topic.undo(without);
    await stops('passwords', 'gets-in');
    expect([door('a.test', 'bob'), door('b.test', 'alice'), door('a.test', 'alice')]).toEqual([401, 401, 200]);
  });

  it('stops where one password file has users of several names, who would get in everywhere', { timeout: 600_000 }, async () => {
    write('/etc/apache2/sites-enabled/a.conf', digestSite('a.test', 'A', '/etc/apache2/both.digest') + digestSite('b.test', 'B', '/etc/apache2/both.digest'));
    begin('/etc/apache2/both.basic');
    expect([door('a.test', 'alice'), door('a.test', 'bob')]).toEqual([200, 401]);
    await stops('passwords', 'gets-in');
    expect(door('a.test', 'bob')).toBe(401);
  });

  it('stops where a macro names the password files', { timeout: 600_000 }, async () => {
    write(
      '/etc/apache2/sites-enabled/a.conf',
      `<Macro Site $n $r $f>\n${site('$n', location(auth('$r', '$f')))}</Macro>\nUse Site a.test A /etc/apache2/a.digest\nUse Site b.test B /etc/apache2/b.digest\n`,
    );
    begin('/etc/apache2/both.basic');
    expect([door('a.test', 'alice'), door('a.test', 'bob')]).toEqual([200, 401]);
    const state = await topic.run({ without: ['scoreboard-before', 'scoreboard-after', 'passwords'] });
    expect(refusals(state, 'basic'), troublesOf(state)).toEqual(['several-password-files']);
    await topic.undo(state);
    expect([door('a.test', 'bob'), door('b.test', 'alice')]).toEqual([401, 401]);
  });

  it('stops where a variable is the type', { timeout: 600_000 }, async () => {
    write('/etc/apache2/sites-enabled/a.conf', `Define AUTH Digest\n${site('a.test', location(auth('A', '/etc/apache2/a.digest', `\${AUTH}`)))}`);
    begin('/etc/apache2/a.basic');
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
    await stops('basic', 'variable-type');
    expect(door('a.test', 'alice')).toBe(200);
  });

  it('stops where a .htaccess uses Digest, before the module goes', { timeout: 600_000 }, async () => {
    write(
      '/etc/apache2/sites-enabled/a.conf',
      site('a.test', '  <Directory /srv/www>\n    AllowOverride AuthConfig\n  </Directory>').replace('</VirtualHost>', `</VirtualHost>`) +
        digestSite('b.test', 'A', '/etc/apache2/a.digest'),
    );
    write('/srv/www/intern/.htaccess', `${auth('A', '/etc/apache2/a.digest')}\n`);
    begin('/etc/apache2/a.basic');
    expect(door('a.test', 'alice')).toBe(200);
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
    await stops('basic', 'htaccess');
    expect(door('a.test', 'alice')).toBe(200);
  });

  it('finds a site that is linked from elsewhere, in the check, the look and the change', { timeout: 600_000 }, async () => {
    write('/srv/app/apache.conf', digestSite('a.test', 'A', '/etc/apache2/a.digest'));
    machine.asRoot('ln -s /srv/app/apache.conf /etc/apache2/sites-enabled/a.conf');
    begin('/etc/apache2/a.basic');
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
    const state = await run();
    expect(refusals(state, 'basic'), troublesOf(state)).toEqual(['linked-elsewhere']);
    expect(state.steps.find(({ id }) => id === 'look')?.verdicts.map(({ rule }) => rule)).not.toContain('no-digest');
    await topic.undo(state);
  });

  it('tells by the door that Digest is still asked for, where the change is left out', { timeout: 600_000 }, async () => {
    write('/etc/apache2/sites-enabled/a.conf', digestSite('a.test', 'A', '/etc/apache2/a.digest'));
    begin('/etc/apache2/a.basic');
    const state = await topic.run({ without: ['scoreboard-before', 'scoreboard-after', 'basic'] });
    expect([state.current, refusals(state, 'door-after')], troublesOf(state)).toEqual(['door-after', ['still-digest']]);
    await topic.undo(state);
  });
});
