import { describe, expect, it } from 'vitest';
import { isFailure, judge } from '../../topic-kit/index.ts';
import { agentPlist } from './agent-plist.ts';
import { misfit, parameters } from './parameters.ts';
import { isUser, probe } from './probe.ts';
import { steps } from './steps.ts';

const usual = { server: 'files.example.com', principal: 'alice@EXAMPLE.COM', home: '/Users/alice' };
const parse = (more: object = {}) => parameters.parse({ ...usual, ...more });

describe('the form', () => {
  it.each([
    { server: '192.0.2.7' },
    { server: 'files' },
    { server: 'files.example.com/data' },
    { server: '-a.b' },
    { principal: 'alice@example.com' },
    { principal: 'alice' },
    { principal: "a'b@X" },
  ])('does not take %j', (more) => expect(parameters.safeParse({ ...usual, ...more }).success).toBe(false));
  it('needs a home folder for the agent only', () => {
    expect(misfit(parse({ home: '' }))).toMatchObject({ field: 'home' });
    expect(misfit(parse({ home: '', renew: 'app' }))).toBeNull();
  });
});

describe('the agent', () => {
  it('has no password in its file, and is the same the second time', () => {
    const text = agentPlist('', 'alice@EXAMPLE.COM') as string;
    expect(text.match(/<string>.*<\/string>/g)).toEqual(
      ['org.wrenchbook.kinit', '/usr/bin/kinit', '--keychain', '--renewable-life=7d', 'alice@EXAMPLE.COM'].map((word) => `<string>${word}</string>`),
    );
    expect(agentPlist(text, 'alice@EXAMPLE.COM')).toBe(text);
  });
  it.each(['x', '<plist version="1.0"><dict><key>Label</key><string>other</string></dict></plist>'])('does not overwrite %j', (old) =>
    expect(agentPlist(old, 'a@B')).toMatchObject({ rule: 'other-file' }),
  );
});

it.each([
  ['alice', true],
  ['EXAMPLE\\Alice', true],
  ['alice2', false],
  ['alice\\rdp', false],
  ['', false],
])('takes %j for the account: %j', (seen, wanted) => expect(isUser(seen, 'alice@EXAMPLE.COM')).toBe(wanted));

describe('a step', () => {
  const rules = (id: string, output: string, proof = false) => {
    const step = steps(parse()).find((one) => one.id === id);
    const matchers = proof ? (step && 'verify' in step && step.verify?.matchers) || [] : (step && 'matchers' in step && step.matchers) || [];
    return judge(matchers, { output, exitStatus: 0, facts: {} })
      .filter((verdict) => isFailure([verdict]))
      .map(({ rule }) => rule);
  };
  it.each([
    ['user=alice\nservice=yes', []],
    ['user=EXAMPLE\\ALICE\nservice=yes', []],
    ['user=rdpuser\nservice=yes', ['user']],
    ['user=malice\nservice=yes', ['user']],
    ['user=alice\nservice=no', ['kerberos']],
    ['smbutil: server rejected the connection: Authentication error\nservice=no', ['no-answer']],
    ['', ['user', 'kerberos']],
  ])('ticket is proved by the server’s word: %j', (output, wanted) => expect(rules('ticket', output, true)).toEqual(wanted));
  it.each([
    ['kinit: Password incorrect', ['password']],
    ['kinit: krb5_get_init_creds: Preauthentication failed', ['password']],
    ['kinit: krb5_get_init_creds: unable to reach any KDC in realm EXAMPLE.COM', ['no-kdc']],
    ['kinit: krb5_get_init_creds: Clock skew too great', ['clock']],
    ['kinit: krb5_get_init_creds: Client (alice@EXAMPLE.COM) unknown', ['unknown-account']],
    ["kinit: Client 'alice@EXAMPLE.COM' not found in Kerberos database while getting initial credentials", ['unknown-account']],
  ])('ticket: %j', (output, wanted) => expect(rules('ticket', output)).toEqual(wanted));
  it.each([
    ['renewed=yes\nticket=valid', []],
    ["kinit: KDC can't fulfill requested option while renewing credentials\nticket=valid", []],
    ['ticket=none', ['valid']],
  ])('renew: %j', (output, wanted) => expect(rules('renew', output)).toEqual(wanted));
  it('ejects shares only where nothing is open', () => {
    expect(rules('eject', "umount(/Volumes/data): Resource busy -- try 'diskutil unmount'")).toEqual(['busy']);
    expect(rules('eject', 'mount=/Volumes/data\nmounts-looked=yes', true)).toEqual(['ejected']);
    expect(rules('eject', '', true)).toEqual(['ejected']);
  });
  it('shows NTLM’s cards only where they are wanted', () => {
    expect(steps(parse()).map(({ id }) => id)).toEqual(['look', 'ticket', 'renew', 'agent', 'eject', 'open', 'with-session']);
    expect(steps(parse({ renew: 'none', ntlm: true })).map(({ id }) => id)).toEqual(['look', 'ticket', 'renew', 'eject', 'open', 'with-session', 'ntlm']);
  });
});

describe('the check', () => {
  const seen =
    'home=/Users/alice\ncache=alice@EXAMPLE.COM default valid\ntickets-looked=yes\nsmbutil=yes\nuser=alice\nservice=yes\nagent=loaded\nagent-status=0';
  const look = (output: string, more: object = {}) => probe.judge({ output, exitStatus: 0 }, parse(more));
  const other = 'cache=rdp@EXAMPLE.COM default valid';
  it.each([
    ['already-fixed', seen, {}],
    ['already-fixed', seen.replace('tickets', 'cache=rdp@EXAMPLE.COM other valid\ntickets'), {}],
    ['already-fixed', seen.replace('agent=loaded', 'agent=none'), { renew: 'app' }],
    ['affected', seen.replace('agent=loaded', 'agent=none'), {}],
    ['affected', seen.replace('agent-status=0', 'agent-status=256'), {}],
    ['affected', seen.replace('user=alice', 'user=rdp'), {}],
    ['affected', seen.replace('cache=alice@EXAMPLE.COM default valid', other), {}],
    ['affected', seen.replace('default valid', 'default expired'), {}],
    ['affected', seen.replace('cache=alice@EXAMPLE.COM default', `${other}\ncache=alice@EXAMPLE.COM other`), {}],
    ['not-affected', `bound=example.com\n${seen}`, {}],
    ['unknown', seen.replace('user=alice\n', ''), {}],
    ['unknown', seen.replace('smbutil=yes\n', ''), {}],
    ['unknown', seen.replace('tickets-looked=yes\n', ''), {}],
    ['unknown', '', {}],
  ])('says %s', (verdict, output, more) => expect(look(output, more)).toMatchObject({ verdict }));
  it('fills in the home folder', () => expect(look(seen, { home: '' }).proposes).toMatchObject([{ field: 'home', value: '/Users/alice' }]));
});
