import { describe, expect, it } from 'vitest';
import { isFailure, judge } from '../../topic-kit/index.ts';
import { parameters } from './parameters.ts';
import { probe } from './probe.ts';
import { steps } from './steps.ts';

const values = (more = {}) => parameters.parse({ ...more });
it.each([{ host: '-oProxyCommand=x' }, { host: 'a b' }, { port: '0' }, { port: 'ssh' }])('the form takes no %j', (more) =>
  expect(parameters.safeParse(more).success).toBe(false),
);

const rules = (id: string, part: 'matchers' | 'verify', output: string) => {
  const step = steps(values()).find((one) => one.id === id);
  const matchers = part === 'verify' ? (step && 'verify' in step ? step.verify?.matchers : []) : step && 'matchers' in step ? step.matchers : [];
  const verdicts = judge(matchers ?? [], { output, exitStatus: 0, facts: {} });
  return verdicts.filter(({ kind }) => kind === (isFailure(verdicts) ? 'failure' : 'warning')).map(({ rule }) => rule);
};
describe('what is said of', () => {
  it.each([
    ['key: DSA 1024\nLDAP: the same key\nldap: Running\nhost: a', []],
    ['key: missing\nldap: Running', []],
    ['key: RSA 2048\nldap: Running', ['not-dsa']],
    ['key: ED25519 256\nldap: Running', ['not-dsa']],
    ['key: DSA 1024\nldap: Stopped', ['ldap-down']],
    ['key: DSA 1024\nsshd: accepts ssh-dss\nsshd: allowusers admin', ['dss-on', 'only-some']],
    ['', ['dsa']],
  ])('the key: %j', (output, wanted) => expect(rules('look', 'matchers', output)).toEqual(wanted));
  it.each([
    ['login: refused', []],
    ['login: accepted', ['accepted']],
    ['login: not reached, ssh: connect to host a port 22: Connection refused', ['not-reached']],
    ['', ['refused']],
  ])('the login before: %j', (output, wanted) => expect(rules('login-before', 'matchers', output)).toEqual(wanted));
  it.each([
    ['key: RSA 2048\nprivate key: PEM\nLDAP: the same key', []],
    ['key: RSA 1024\nprivate key: PEM\nLDAP: the same key', ['short']],
    ['key: RSA 4096\nprivate key: OPENSSH\nLDAP: another key', ['pem', 'in-ldap']],
    ['key: DSA 1024\nprivate key: PEM\nLDAP: the same key', ['rsa']],
  ])('the new key: %j', (output, wanted) => expect(rules('make', 'verify', output)).toEqual(wanted));
});

describe('the check', () => {
  const seen = { key: 'DSA 1024', host: 'mail.example.com', port: '22', login: 'refused' };
  const look = (more: Partial<typeof seen>) =>
    probe.judge(
      {
        output: Object.entries({ ...seen, ...more })
          .map(([name, value]) => `${name}=${value}\n`)
          .join(''),
        exitStatus: 0,
      },
      values(),
    );
  it.each([
    ['affected', {}],
    ['affected', { login: 'accepted' }],
    ['affected', { key: 'missing' }],
    ['unknown', { login: 'not reached, x' }],
    ['already-fixed', { key: 'RSA 2048', login: 'accepted' }],
    ['not-affected', { key: 'RSA 2048' }],
    ['unknown', { key: '' }],
    ['unknown', { host: '' }],
    ['unknown', { port: '2222' }],
  ] as const)('says %s with %j', (verdict, more) => expect(look(more)).toMatchObject({ verdict }));
  it('proposes name and port', () =>
    expect(look({ port: '2222' }).proposes).toEqual([
      expect.objectContaining({ field: 'host', value: 'mail.example.com' }),
      expect.objectContaining({ field: 'port', value: '2222' }),
    ]));
});
