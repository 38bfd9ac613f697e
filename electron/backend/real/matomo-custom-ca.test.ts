/**
 * PHP that asks a TLS server as Matomo does: with the CAs that config.ini.php names, else with the list that came with Matomo. The server’s
 * certificate comes from a private CA; another one is in that list, and stands for the rest of the world. Matomo itself is not there.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { passwordlessSudo, RealTopic, troublesOf } from './real-topic.test-kit.ts';
import { ScratchMachine, whyNoMachineWithPackages } from './scratch-machine.test-kit.ts';

const packages = ['php8.2-cli', 'php8.2-curl', 'openssl'];
const why = whyNoMachineWithPackages(packages);
if (why) console.log(`PHP and a private CA are not tried: ${why}.`);

const root = '/var/www/matomo';
const config = `${root}/config/config.ini.php`;
const canary = 'Canary-4711';
const text = `; <?php exit; ?> DO NOT REMOVE THIS LINE
; file automatically generated or modified by Matomo; you can manually override the default values in global.ini.php by redefining them in this file.
[database]
host = "127.0.0.1"
password = "${canary}"
tables_prefix = "matomo_"

[General]
; our own
trusted_hosts[] = "stats.test"
trusted_hosts[] = 'other.test'
salt = "${canary}"

[Plugins]
Plugins[] = "CorePluginsAdmin"
`;
/** A CA, and a certificate of it. One server does not send its intermediate certificate. */
const setUp = `${passwordlessSudo}
ln -s php8.2 /usr/bin/php
mkdir -p /etc/php/8.2/cli/conf.d /srv/tls ${root}/config ${root}/core ${root}/vendor/composer/ca-bundle/res
printf 'extension=curl\\n' >/etc/php/8.2/cli/conf.d/20.ini
cd /srv/tls
ca() { openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1.key" -out "$1.pem" -subj "/O=Example/CN=$1" -days 30 2>/dev/null; }
signed() { # NAME CA DAYS
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1.key" -out "$1.csr" -subj "/CN=$1" -addext "subjectAltName=DNS:$1" 2>/dev/null
  openssl x509 -req -in "$1.csr" -CA "$2.pem" -CAkey "$2.key" -CAcreateserial -copy_extensions copy -out "$1.pem" -days "$3" 2>/dev/null
}
ca private
ca public
signed stats.test private 30
signed public.test public 30
openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout middle.key -out middle.csr -subj "/CN=middle" 2>/dev/null
printf 'basicConstraints=CA:TRUE\\n' >middle.ext
openssl x509 -req -in middle.csr -CA private.pem -CAkey private.key -CAcreateserial -extfile middle.ext -out middle.pem -days 30 2>/dev/null
signed chain.test middle 30
cp public.pem ${root}/vendor/composer/ca-bundle/res/cacert.pem
cat public.pem private.pem >/srv/tls/system.crt
printf '127.0.0.1 stats.test public.test chain.test wrong.test\\n' >>/etc/hosts
printf '<?php\\nfinal class Version\\n{\\n    const VERSION = \\0475.1.2\\047;\\n}\\n' >${root}/core/Version.php
printf '; <?php exit; ?>\\n[General]\\ncustom_cacert_pem=\\n' >${root}/config/global.ini.php
cat >/srv/tls/serve.js <<'END'
const tls = require('tls'), fs = require('fs');
const context = (name) => tls.createSecureContext({ cert: fs.readFileSync(name + '.pem'), key: fs.readFileSync(name + '.key') });
const known = Object.fromEntries(['stats.test', 'public.test', 'chain.test'].map((name) => [name, context(name)]));
require('https').createServer({ SNICallback: (name, done) => done(null, known[name] || known['stats.test']) }, (_, answer) => answer.end('ok')).listen(443, '127.0.0.1', () => fs.writeFileSync('ready', ''));
END
${process.execPath} serve.js </dev/null >/dev/null 2>&1 &
until [ -e ready ]; do sleep 0.05; done
cd /
`;

describe.skipIf(why)('Matomo’s way to ask a server with a private CA', () => {
  let machine: ScratchMachine;
  let topic: RealTopic;
  beforeAll(async () => {
    machine = await ScratchMachine.start(setUp, [], { packages });
    machine.know();
  }, 600_000);
  afterAll(() => machine?.stop());
  beforeEach(() => put(text));
  afterEach(() => topic?.end());

  const put = (content: string) => {
    writeFileSync(`${machine.root}${config}`, content);
    machine.asRoot(`chown -R www-data ${root} && chmod 640 ${config} && chmod 644 /srv/tls/system.crt`);
  };
  const begin = (more: Record<string, string> = {}) => {
    topic = new RealTopic(machine, 'matomo-custom-ca', { bundle: '/srv/tls/system.crt', public: 'https://public.test/', ...more });
    return topic;
  };
  /** What another program says that is written like Matomo’s: it reads the file, and gives curl what it names. */
  const asked = (options = '') =>
    machine.asRoot(`cat >/srv/ask.php <<'END'
<?php
$general = parse_ini_string(file_get_contents('${config}'), true)['General'];
$c = curl_init('https://' . $general['trusted_hosts'][0] . '/');
curl_setopt($c, CURLOPT_RETURNTRANSFER, true);
curl_setopt($c, CURLOPT_CAINFO, empty($general['custom_cacert_pem']) ? '${root}/vendor/composer/ca-bundle/res/cacert.pem' : $general['custom_cacert_pem']);
echo curl_exec($c) ?: curl_error($c);
END
php ${options} /srv/ask.php`);
  const rulesOf = (state: Awaited<ReturnType<RealTopic['run']>>) =>
    state.steps.find(({ id }) => id === state.current)?.verdicts.flatMap(({ kind, rule }) => (kind === 'failure' ? [rule] : []));
  const refused = 'SSL certificate problem: unable to get local issuer certificate';

  it('is refused before, answered after, and refused again once that was undone; curl.cainfo has no effect', { timeout: 600_000 }, async () => {
    expect([asked(), asked('-d curl.cainfo=/srv/tls/system.crt -d openssl.cafile=/srv/tls/system.crt')]).toEqual([refused, refused]);
    begin();
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
    const done = await topic.run();
    expect(done.says, troublesOf(done)).toBe('Done and verified.');
    expect(topic.runs.shown).toContain(`php-ini=60 ${refused}`);
    expect(asked()).toBe('ok');
    expect(readFileSync(`${machine.root}${config}`, 'utf8')).toBe(
      text.replace(`salt = "${canary}"\n`, `salt = "${canary}"\ncustom_cacert_pem = "/srv/tls/system.crt"\n`),
    );
    expect(machine.asRoot(`stat -c '%U %a' ${config}`).trim()).toBe('www-data 640');
    expect(await topic.look()).toMatchObject({ verdict: 'already-fixed' });
    const undone = await topic.undo(done);
    expect([undone.status, readFileSync(`${machine.root}${config}`, 'utf8')], troublesOf(undone)).toEqual(['undone', text]);
    expect(asked()).toBe(refused);
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
    expect(spawnSync('grep', ['-r', '-l', canary, topic.runs.data], { encoding: 'utf8' }).stdout).toBe('');
  });

  it('is found out to be refused still when the value was not set', { timeout: 600_000 }, async () => {
    begin();
    const state = await topic.run({ without: ['set'] });
    expect([state.status, state.current, asked()], troublesOf(state)).toEqual(['failed', 'system-check', refused]);
  });

  it('stops before any change where the file, the chain or the name is wrong', { timeout: 600_000 }, async () => {
    for (const [more, step, rules, before] of [
      [{ bundle: '/srv/tls/private.pem' }, 'new-file', ['public-refused'], ''],
      [{}, 'new-file', ['no-file'], 'chmod 600 /srv/tls/system.crt'],
      [{ url: 'https://chain.test/' }, 'chain', ['not-in-file'], ''],
      [{ url: 'https://wrong.test/' }, 'chain', ['other-name'], ''],
      [{ url: 'https://public.test/' }, 'before', ['accepts'], ''],
    ] as const) {
      put(text);
      if (before !== '') machine.asRoot(before);
      begin(more);
      const state = await topic.run();
      expect([state.current, rulesOf(state)], troublesOf(state)).toEqual([step, rules]);
      await topic.end();
    }
    expect(readFileSync(`${machine.root}${config}`, 'utf8')).toBe(text);
  });

  it('reads the last of two sections [General] only, so such a file is left alone', { timeout: 600_000 }, async () => {
    const two = text.replace('[database]', '[General]\ncustom_cacert_pem = "/srv/tls/system.crt"\n\n[database]');
    put(two);
    expect(asked()).toBe(refused);
    begin();
    const state = await topic.run();
    expect([state.current, rulesOf(state), readFileSync(`${machine.root}${config}`, 'utf8')], troublesOf(state)).toEqual(['set', ['two-sections'], two]);
  });
});
