import { describe, expect, it } from 'vitest';
import { isFailure, judge } from '../../topic-kit/index.ts';
import { withCrlPath } from './api-config.ts';
import { parameters } from './parameters.ts';
import { probe } from './probe.ts';
import { steps } from './steps.ts';

const crl = '/var/lib/icinga2/certs/crl.pem';
const line = `crl_path = "${crl}"`;

describe('the object ApiListener', () => {
  it.each([
    ['object ApiListener "api" {\n  ticket_salt = TicketSalt\n}\n', `object ApiListener "api" {\n  ${line}\n  ticket_salt = TicketSalt\n}\n`],
    ['object ApiListener "api" {\r\n}\r\n', `object ApiListener "api" {\r\n  ${line}\r\n}\r\n`],
    ['object ApiListener "api" { }', `object ApiListener "api" {\n  ${line} }`],
    [
      `/* { */ object ApiListener "a{" {\n  ${line}; // was\n  // crl_path = "x"\n}`,
      `/* { */ object ApiListener "a{" {\n  ${line}; // was\n  // crl_path = "x"\n}`,
    ],
    ['object X "y" {\n crl_path = "1"\n}\nobject ApiListener "api" {\n}\n', `object X "y" {\n crl_path = "1"\n}\nobject ApiListener "api" {\n  ${line}\n}\n`],
  ])('gets it once, and the rest stays: %j', (old, wanted) => {
    expect(withCrlPath(old, crl)).toBe(wanted);
    expect(withCrlPath(wanted, crl)).toBe(wanted);
  });
  it.each(['crl_path = "/old"', 'crl_path=SysconfDir + "/pki/crl.pem" // note', 'crl_path = ""'])('is left alone where another CRL is in use: %j', (other) =>
    expect(withCrlPath(`object ApiListener "api" {\n  ${other}\n}\n`, crl)).toMatchObject({ rule: 'other-crl' }),
  );
  it.each(['', '// object ApiListener "api" {\n}\n', 'object ApiListener "api" {\n', 'object Endpoint "a" { }'])('is looked for in vain in %j', (text) =>
    expect(withCrlPath(text, crl)).toMatchObject({ rule: 'no-listener' }),
  );
});

describe('the form', () => {
  it.each(['', 'a b;c', '../ca', '-x', 'a=$(id)', 'a\na', 'a=1\na=2'])('takes no nodes %j', (nodes) =>
    expect(parameters.safeParse({ nodes }).success).toBe(false),
  );
  it('takes several, with an address', () => expect(parameters.safeParse({ nodes: 'sat1.example.com\nsat2=10.0.0.2\n\n sat3=fe80::1 ' }).success).toBe(true));
  it('takes no host for a card that would be an option', () =>
    expect(parameters.safeParse({ nodes: 'a', satellites: '-oProxyCommand=x' }).success).toBe(false));
});

const values = (more = {}) => parameters.parse({ nodes: 'sat1', ...more });
const rules = (id: string, part: 'matchers' | 'verify', output: string) => {
  const step = steps(values()).find((one) => one.id === id);
  const matchers = part === 'verify' ? (step && 'verify' in step ? step.verify?.matchers : []) : step && 'matchers' in step ? step.matchers : [];
  const verdicts = judge(matchers ?? [], { output, exitStatus: 0, facts: {} });
  return isFailure(verdicts)
    ? verdicts.filter(({ kind }) => kind === 'failure').map(({ rule }) => rule)
    : verdicts.filter(({ kind }) => kind === 'warning').map(({ rule }) => rule);
};
const there = 'ca=here\nown=m\nown-key=there\nlog=there\ncrl-days=none';

describe('what is said of', () => {
  it.each([
    [`version=2.6.3\n${there}`, ['too-old']],
    [`version=2.7.0\n${there}`, ['renews', 'reads-at-start']],
    [`version=2.11.7\n${there}`, ['renews', 'reads-at-start']],
    [`version=2.11.8\n${there}`, ['reads-at-start']],
    [`version=2.12.3\n${there}`, ['reads-at-start']],
    [`version=2.13.6\n${there}`, []],
    [`version=2.14.2\n${there.replace('none', '-3')}`, ['ended']],
    [`version=2.13.6\n${there.replace('here', 'missing')}`, ['ca-here']],
    ['', ['version', 'ca-here', 'own-key', 'log']],
  ])('the master: %j', (output, wanted) => expect(rules('look', 'matchers', output)).toEqual(wanted));
  it.each([
    ['node sat1: serial=AB, from sat1', []],
    ['node sat1: the certificate is of CN=sat11', ['another-node']],
    ['node sat11: serial=AB, from sat1', ['found-1']],
    ['node sat1: is this machine itself', ['itself']],
  ])('its certificate: %j', (output, wanted) => expect(rules('find', 'matchers', output)).toEqual(wanted));
  it.each([
    ['crl refuses sat1\ncrl accepts this machine\ncrl-days=364', []],
    ['crl accepts sat1\ncrl accepts this machine\ncrl-days=364', ['refuses-1']],
    ['crl refuses sat1\ncrl tells nothing of this machine: error 3 at 0 depth\ncrl-days=364', ['accepts-own']],
    ['crl refuses sat1\ncrl accepts this machine\ncrl-days=-1', ['lasts']],
  ])('the CRL: %j', (output, wanted) => expect(rules('revoke', 'verify', output).filter((rule) => rule !== 'unknown-error')).toEqual(wanted));
  it.each([
    ['revoked certificate: refused, code 23: certificate revoked\nown certificate: accepted', []],
    ['revoked certificate: accepted\nown certificate: accepted', ['refused']],
    ['revoked certificate: refused, code 12: CRL has expired\nown certificate: refused, code 12: CRL has expired', ['refused', 'own-accepted']],
    ['log: not read', ['log-unread']],
  ])('the connections: %j', (output, wanted) => expect(rules('config', 'verify', output)).toEqual(wanted));
});

describe('the check', () => {
  const seen = { version: '2.13.6', ca: 'here', 'crl-days': '300', path: '1', revoked: ' /CN=sat1 /CN=sat2 ' };
  const look = (more: Partial<typeof seen>, form = {}) =>
    probe.judge(
      {
        output: Object.entries({ ...seen, ...more })
          .map(([name, value]) => `${name}=${value}\n`)
          .join(''),
        exitStatus: 0,
      },
      values(form),
    );
  it.each([
    ['already-fixed', {}, {}],
    ['affected', { 'crl-days': 'none', revoked: 'none' }, {}],
    ['affected', { path: '0' }, {}],
    ['affected', { revoked: ' /CN=sat11 ' }, {}],
    ['affected', { 'crl-days': '-2' }, {}],
    ['affected', { 'crl-days': '60' }, {}],
    ['unknown', { 'crl-days': '' }, {}],
    ['unknown', { path: '' }, {}],
    ['unknown', { version: '' }, {}],
    ['not-affected', { ca: 'missing' }, {}],
    ['not-affected', { version: '2.6.3' }, {}],
    ['affected', {}, { task: 'restore' }],
    ['already-fixed', { revoked: ' /CN=sat2 ' }, { task: 'restore' }],
  ] as const)('says %s with %j and %j', (verdict, more, form) => expect(look(more, form)).toMatchObject({ verdict }));
  it('proposes the file with the API', () =>
    expect(look({ path: '', revoked: 'none\napi=/etc/icinga2/api.conf' }).proposes).toEqual([
      expect.objectContaining({ field: 'api', value: '/etc/icinga2/api.conf' }),
    ]));
});
