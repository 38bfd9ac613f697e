import { describe, expect, it } from 'vitest';
import { judge } from '../../topic-kit/index.ts';
import { parameters } from './parameters.ts';
import { probe } from './probe.ts';
import { steps } from './steps.ts';
import { topic } from './topic.ts';
import { withBundle } from './with-bundle.ts';

const ca = '/etc/ssl/certs/ca-certificates.crt';
const guard = '; <?php exit; ?> DO NOT REMOVE THIS LINE\n';
const wanted = `custom_cacert_pem = "${ca}"`;

describe('config.ini.php', () => {
  it.each([
    [
      'gets it at the end of the section',
      `${guard}[General]\ntrusted_hosts[] = "a"\n\n[x]\nb = 1\n`,
      `${guard}[General]\ntrusted_hosts[] = "a"\n${wanted}\n\n[x]\nb = 1\n`,
    ],
    [
      'has another value replaced, and no other',
      `${guard}[General]\r\ncustom_cacert_pem="/old"\r\na = 'b'\r\n`,
      `${guard}[General]\r\ncustom_cacert_pem="${ca}"\r\na = 'b'\r\n`,
    ],
    [
      'gets it behind its comment',
      `${guard}[General]\n; custom_cacert_pem = "/x"\n; more\nz = 1\n`,
      `${guard}[General]\n; custom_cacert_pem = "/x"\n${wanted}\n; more\nz = 1\n`,
    ],
    ['gets the section where it has none', `${guard}[database]\nhost = "db"`, `${guard}[database]\nhost = "db"\n\n[General]\n${wanted}\n`],
    ['keeps comments with quotes', `${guard}; it's a "\n[General]\n`, `${guard}; it's a "\n[General]\n${wanted}\n`],
    [
      'of another section is not meant',
      `${guard}[Other]\ncustom_cacert_pem = "/x"\n[General]\na = 1\n`,
      `${guard}[Other]\ncustom_cacert_pem = "/x"\n[General]\na = 1\n${wanted}\n`,
    ],
  ])('%s', (_, old, text) => {
    expect(withBundle(old, ca)).toBe(text);
    expect(withBundle(text, ca)).toBe(text);
  });
  it.each([
    ['', 'no-guard'],
    ['[General]\n; <?php exit; ?> DO NOT REMOVE THIS LINE\n', 'no-guard'],
    ['<?php exit; ?>\n[General]\n', 'no-guard'],
    [`${guard}[General]\na = 1\n[ General ]\nb = 2\n`, 'two-sections'],
    [`${guard}[General]\nmessage = "one\n[General]\ntwo"\n`, 'long-value'],
  ])('is left alone in the form %j', (old, rule) => expect(withBundle(old, ca)).toMatchObject({ rule }));
});

it.each([
  ['url', 'http://stats.example.org/'],
  ['url', 'https://a b/'],
  ['url', "https://a/';x"],
  ['bundle', 'ca.crt'],
  ['bundle', '/etc/"x'],
  ['user', 'a;b'],
])('takes no %s %j', (field, value) => expect(parameters.safeParse({ [field]: value }).success).toBe(false));

it('masks what Matomo’s configuration keeps secret', () => {
  for (const line of ['password = "abc4711"', 'salt = "abc4711"', 'instance_token="abc4711"', '\tsmtp_secret_key = "abc4711"'])
    expect(
      topic.secretPatterns?.some((pattern) => pattern.exec(line)?.[1] === 'abc4711'),
      line,
    ).toBe(true);
  expect(topic.secretPatterns?.some((pattern) => pattern.test(wanted))).toBe(false);
});

describe('a step', () => {
  const rules = (id: string, output: string) => {
    const step = steps(parameters.parse({})).find((each) => each.id === id);
    return judge(step && 'matchers' in step ? step.matchers : [], { output, exitStatus: 0, facts: {} }).map(({ kind, rule }) => `${kind} ${rule}`);
  };
  const issuer = '60 SSL certificate problem: unable to get local issuer certificate';
  it.each([
    ['look', 'version=5.1.2', 'expected matomo'],
    ['look', 'version=3.10.0-b1', 'expected matomo'],
    ['look', 'version=3.9.1', 'failure too-old'],
    ['look', 'version=2.16.0', 'failure too-old'],
    ['look', 'version=\nconfig=read', 'failure matomo'],
    ['look', 'version=5.1.2\nconfig=unread', 'failure no-config'],
    ['look', 'su: user wwwrun does not exist or the user entry does not contain all the required fields', 'failure no-user'],
    ['look', 'version=5.1.2\nurl=', 'failure no-address'],
    ['before', `matomo=${issuer}\nphp-ini=${issuer}`, 'expected refused'],
    ['before', `matomo=${issuer}\nphp-ini=${issuer}`, 'harmless cainfo'],
    ['before', 'matomo=60 SSL certificate problem: self-signed certificate in certificate chain', 'expected refused'],
    ['before', 'matomo=77 error setting certificate file: /x', 'expected refused'],
    ['before', 'matomo=0', 'failure accepts'],
    ['before', 'matomo=60 SSL certificate problem: certificate has expired', 'failure other-trouble'],
    ['before', "matomo=60 SSL: no alternative certificate subject name matches target host name 'x'", 'failure other-trouble'],
    ['before', 'matomo=6 Could not resolve host: x', 'failure other-trouble'],
    ['before', 'PHP Fatal error:  Uncaught Error: Call to undefined function curl_init()', 'failure no-php'],
    ['chain', 'verify: 0 (ok)', 'expected accepted'],
    ['chain', 'certificates: 0', 'failure accepted'],
    ['chain', 'verify: 62 (hostname mismatch)', 'failure other-name'],
    ['chain', 'verify: 21 (unable to verify the first certificate)', 'failure not-in-file'],
    ['new-file', 'new=0\npublic=0', 'expected own'],
    ['new-file', 'new=0\npublic=28 Connection timed out', 'warning public-unreachable'],
    ['new-file', `new=0\npublic=${issuer}`, 'failure public-refused'],
    ['new-file', 'new=77 error setting certificate file: /x\npublic=77 error', 'failure no-file'],
    ['new-file', '', 'failure own'],
  ])('%s: %j', (id, output, rule) => expect(rules(id, output)).toContain(rule));
});

describe('the check', () => {
  const issuer = '60 SSL certificate problem: unable to get local issuer certificate';
  const seen = { owner: 'www-data', version: '5.1.2', config: 'read', url: 'https://a/', set: '', file: '/x/cacert.pem', matomo: issuer, new: '0' };
  const look = (more: Partial<typeof seen> & { bundle?: string; docker?: string }) =>
    probe.judge(
      {
        output: Object.entries({ ...seen, ...more })
          .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}\n`]))
          .join(''),
        exitStatus: 0,
      },
      parameters.parse({}),
    );
  it.each([
    ['affected', {}],
    ['affected', { matomo: '77 error setting certificate file: /x', set: '/x' }],
    ['already-fixed', { matomo: '0', set: '/etc/x' }],
    ['not-affected', { matomo: '0' }],
    ['not-affected', { matomo: '60 SSL certificate problem: certificate has expired' }],
    ['unknown', { matomo: '6 Could not resolve host: a' }],
    ['unknown', { new: issuer }],
    ['unknown', { new: '77 error' }],
    ['unknown', { matomo: undefined }],
    ['unknown', { config: 'unread' }],
    ['unknown', { owner: '' }],
    ['unknown', { owner: 'apache' }],
  ] as const)('says %s with %j', (verdict, more) => expect(look(more as object)).toMatchObject({ verdict }));
  it('proposes what this server has', () => {
    const proposed = (more: object) => look(more).proposes?.map(({ field, value }) => `${field}=${value}`);
    expect(proposed({ owner: 'apache', bundle: 'elsewhere' })).toEqual(['user=apache', 'bundle=/etc/pki/tls/certs/ca-bundle.crt']);
    expect(proposed({ owner: '', docker: 'yes' })).toEqual(['root=/var/www/html']);
    expect(proposed({})).toEqual([]);
  });
});
