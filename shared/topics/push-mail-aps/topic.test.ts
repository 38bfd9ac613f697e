import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { isFailure, judge, renderScript, sh } from '../../topic-kit/index.ts';
import { labGuid } from './lab.ts';
import { parameters } from './parameters.ts';
import { probe } from './probe.ts';
import { showAfterLogin, showCapability, showRegistered, showSetting } from './reading.ts';
import { steps } from './steps.ts';
import { topic } from './topic.ts';

const usual = parameters.parse({});
/** A script with functions in the place of programs. */
const run = (functions: string, script: ReturnType<typeof sh>, input = '') =>
  execFileSync('sh', ['-c', `${functions}\n${renderScript(script, (path) => path)}`], { encoding: 'utf8', input, env: { PATH: process.env.PATH } }).trim();
const openssl = (...lines: string[]) => `perl() { cat >/dev/null; printf '%s\\r\\n' ${lines.map((line) => `'${line}'`).join(' ')}; }`;
const push = '* OK [CAPABILITY IMAP4rev1 LITERAL+ SASL-IR LOGIN-REFERRALS ID ENABLE IDLE XAPPLEPUSHSERVICE AUTH=PLAIN AUTH=LOGIN] Dovecot ready.';
const plain = push.replace('XAPPLEPUSHSERVICE ', '');

describe('the capability', () => {
  it.each([
    ['yes', [push]],
    ['no', [plain]],
    ['yes', ['* OK Dovecot ready.', '* CAPABILITY IMAP4rev1 XAPPLEPUSHSERVICE', 'a OK done']],
    ['no', ['verify error:num=18:self signed certificate', plain, '* CAPABILITY IMAP4rev1 IDLE']],
    ['unread', ['* BYE XAPPLEPUSHSERVICE is unavailable']],
    ['unread', ['connect:errno=61']],
    ['unread', []],
  ])('is %s in %j', (wanted, lines) => expect(run(openssl(...lines), showCapability(usual))).toContain(`before-login=${wanted}`));
  it('is read after a login, and the password is nowhere in what is shown', () => {
    const loggedIn = (...lines: string[]) =>
      run(`stty() { :; }\n${openssl(...lines)}\n`, sh`${showCapability(usual)}\n${showAfterLogin({ ...usual, user: 'anna' })}`, 'Canary%s"\\4711\n');
    const texts = [
      loggedIn(plain, 'a OK [CAPABILITY IMAP4rev1 XAPPLEPUSHSERVICE] Logged in'),
      loggedIn(plain, '* CAPABILITY IMAP4rev1 IDLE', 'a OK Logged in'),
      loggedIn(plain, 'a NO [AUTHENTICATIONFAILED] Authentication failed.'),
      loggedIn(plain),
    ];
    expect(texts.map((text) => text.split('\n').at(-1))).toEqual(['after-login=yes', 'after-login=no', 'login=refused', 'after-login=unread']);
    expect(texts.join()).not.toContain('Canary');
  });
});

describe('the setting', () => {
  const of = (said: string) => run(`sw_vers() { echo 10.10.5; }\nserveradmin() { printf '%s\\n' '${said}'; }`, showSetting).split('\n').at(-1);
  it.each([
    ['yes', 'mail:imap:aps_topic_enabled = yes'],
    ['no', 'mail:imap:aps_topic_enabled = no'],
    ['none', 'mail:imap:aps_topic_enabled = _empty_dictionary'],
    ['unread', 'serveradmin must be run as root'],
    ['unread', ''],
  ])('is %s where serveradmin says %j', (wanted, said) => expect(of(said)).toBe(`setting=${wanted}`));
  it('is missing where there is no serveradmin', () => expect(run('sw_vers() { echo 14.1; }', showSetting)).toContain('setting=missing'));
});

it('says of a device map nothing that is not there', () => expect(run('', showRegistered(labGuid))).toBe('registered=no'));

it('takes the GUID from the line that push_notify writes', () => {
  const line = 'Feb 21 20:13:27 mail push_notify[1]: ApplePushServiceProvider: Warning: no device map found for 3f2504e0-4f89-41d3-9a0c-0305e82c3301';
  expect(topic.symptoms[0]?.pattern.exec(line)?.groups).toEqual({ guid: '3f2504e0-4f89-41d3-9a0c-0305e82c3301' });
  expect(topic.symptoms[0]?.pattern.exec('no device map found for somebody')?.groups).toEqual({ guid: undefined });
});
it.each([{ host: '-x' }, { host: 'a b' }, { port: '0' }, { port: '993;' }, { user: 'a"b' }, { user: '-x' }, { guid: '*' }])('does not accept %j', (more) =>
  expect(parameters.safeParse(more).success).toBe(false),
);
it('asks for a password only where there is a mailbox to try', () => {
  const asks = (user: string) => steps({ ...usual, user }).flatMap((step) => ('prompts' in step && step.prompts ? [step.id] : []));
  expect([asks(''), asks('anna')]).toEqual([[], ['look', 'after']]);
});

describe('a step', () => {
  const rules = (id: string, output: string) => {
    const step = steps({ ...usual, guid: labGuid }).find((each) => each.id === id);
    return judge(step && 'matchers' in step ? step.matchers : step?.kind === 'manual' ? (step.verify?.matchers ?? []) : [], {
      output,
      exitStatus: 0,
      facts: {},
    }).flatMap((verdict) => (isFailure([verdict]) ? [verdict.rule] : []));
  };
  const seen = 'version=10.10.5\nsetting=no\nwarnings=1\nbefore-login=no\nafter-login=not-asked';
  it.each([
    ['look', seen, []],
    ['look', `${plain}\n${seen}`, []],
    ['look', seen.replace('before-login=no', 'before-login=yes'), ['already']],
    ['look', seen.replace('not-asked', 'yes'), ['already']],
    ['look', seen.replace('before-login=no', 'before-login=unread'), ['no-answer']],
    ['look', `${seen}\nlogin=refused`, ['refused']],
    ['look', seen.replace('setting=no', 'setting=none'), ['no-setting']],
    ['look', seen.replace('setting=no', 'setting=yes'), ['on-already']],
    ['look', seen.replace('setting=no', 'setting=unread'), ['unread']],
    ['look', '', ['off', 'missing']],
    ['switch-on', 'mail:imap:aps_topic_enabled = yes', []],
    ['switch-on', 'mail:imap:aps_topic_enabled = no', ['echo']],
    ['switch-on', '', ['echo']],
    ['after', 'before-login=yes', []],
    ['after', 'before-login=no\nafter-login=yes', []],
    ['after', 'before-login=no\nafter-login=no', ['advertised']],
    ['phone', 'registered=yes', []],
    ['phone', 'registered=unread', ['unread']],
    ['phone', 'registered=no', ['registered']],
  ])('%s: %j', (id, output, wanted) => expect(rules(id, output).filter((rule, at, all) => all.indexOf(rule) === at)).toEqual(wanted));
});

describe('the check', () => {
  const look = (setting: string, capability: string) =>
    probe.judge({ output: `setting=${setting}\nbefore-login=${capability}\nwarnings=1`, exitStatus: 0 }, usual);
  it.each([
    ['affected', 'no', 'no'],
    ['already-fixed', 'yes', 'yes'],
    ['already-fixed', 'unread', 'yes'],
    ['not-affected', 'missing', 'unread'],
    ['not-affected', 'none', 'no'],
    ['unknown', 'no', 'unread'],
    ['unknown', 'unread', 'no'],
    ['unknown', 'yes', 'no'],
  ])('says %s with setting %s and capability %s', (verdict, setting, capability) => expect(look(setting, capability)).toMatchObject({ verdict }));
  it('says nothing where nothing was read', () => expect(probe.judge({ output: '', exitStatus: 1 }, usual)).toMatchObject({ verdict: 'unknown' }));
});
