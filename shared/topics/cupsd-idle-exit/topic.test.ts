import { describe, expect, it } from 'vitest';
import { isFailure, judge } from '../../topic-kit/index.ts';
import { withOpenListener, withoutPressuredExit } from './job-plist.ts';
import { jobPlist } from './lab.ts';
import { parameters } from './parameters.ts';
import { probe } from './probe.ts';
import { steps } from './steps.ts';

const node = (address: string) => `\t\t\t\t<key>SockNodeName</key>\n\t\t\t\t<string>${address}</string>\n`;
const open = '\t\t\t<dict>\n\t\t\t\t<key>SockServiceName</key>\n\t\t\t\t<string>ipp</string>\n\t\t\t</dict>\n';

describe('the job of launchd', () => {
  it('loses the loopback’s names, and nothing else', () => {
    const old = jobPlist(true);
    const wanted = old.replace(node('::1'), '').replace(node('127.0.0.1'), '');
    expect(withOpenListener(old)).toBe(wanted);
    expect(withOpenListener(wanted)).toBe(wanted);
  });
  it('gets a listener where it has none of this kind, at the end', () => {
    const old = jobPlist(false);
    const wanted = old.replace('\t\t</array>\n\t</dict>\n</dict>', `${open}\t\t</array>\n\t</dict>\n</dict>`);
    expect(withOpenListener(old)).toBe(wanted);
    expect(withOpenListener(wanted)).toBe(wanted);
    expect(withOpenListener(old.replaceAll('\n', '\r\n'))).toBe(wanted.replaceAll('\n', '\r\n'));
  });
  it('keeps the name of an address that is not the loopback’s', () =>
    expect(withOpenListener(jobPlist(true).replace('>::1<', '>192.0.2.7<'))).toBe(
      jobPlist(true).replace('>::1<', '>192.0.2.7<').replace(node('127.0.0.1'), ''),
    ));
  it('is no longer ended under memory pressure, by one word', () => {
    const old = jobPlist(false);
    const wanted = old.replace('<key>EnablePressuredExit</key>\n\t<true/>', '<key>EnablePressuredExit</key>\n\t<false/>');
    expect(withoutPressuredExit(old)).toBe(wanted);
    expect(withoutPressuredExit(wanted)).toBe(wanted);
  });
  it.each([
    ['binary-plist', 'bplist00\u0000'],
    ['not-plist', ''],
    ['not-plist', jobPlist(true).slice(0, 400)],
    ['other-job', jobPlist(true).replace('org.cups.cupsd<', 'org.cups.cups-lpd<')],
  ])('is left alone as %s', (rule, text) => {
    expect(withOpenListener(text)).toMatchObject({ rule });
    expect(withoutPressuredExit(text)).toMatchObject({ rule });
  });
  it('is left alone where a key or the list is missing', () => {
    expect(withoutPressuredExit(jobPlist(true, false))).toMatchObject({ rule: 'no-key' });
    expect(withOpenListener(jobPlist(true).replace('<key>Listeners</key>', '<key>Other</key>'))).toMatchObject({ rule: 'other-sockets' });
  });
});

it.each(['', 'a b', '-x', "a'b", 'http://mac'])('takes no name %j', (host) => expect(parameters.safeParse({ host }).success).toBe(false));
it('has no step for the protection before 10.11', () => {
  const ids = (system: string) => steps(parameters.parse({ host: 'mac', system }), {}).map(({ id }) => id);
  expect(ids('older')).toEqual(['look', 'as-xml', 'change', 'idle-exit', 'ask']);
  expect(ids('10.11')).toEqual(['look', 'sip-off', 'as-xml', 'change', 'idle-exit', 'ask', 'sip-on']);
});

describe('a step', () => {
  const rules = (id: string, output: string, more: object = {}) => {
    const step = steps(parameters.parse({ host: 'mac', ...more }), { machines: ['mac', 'other'] }).find((each) => each.id === id);
    const verdicts = judge(step && 'matchers' in step ? step.matchers : [], { output, exitStatus: 0, facts: {} });
    return verdicts.filter((verdict) => isFailure([verdict])).map(({ rule }) => rule);
  };
  const seen = 'version=10.11.6\nsip=enabled\nexits=2\nformat=xml\npressured=true\nloopback=0\nopen=0\njob=loaded';
  it.each([
    ['look', seen, {}, []],
    ['look', seen.replace('exits=2', 'exits=unread'), {}, []],
    ['look', seen.replace('10.11.6', '10.12'), {}, ['not-needed']],
    ['look', seen.replace('10.11.6', '14.2.1'), {}, ['not-needed']],
    ['look', seen.replace('10.11.6', '10.10.5'), {}, ['other-version']],
    ['look', seen.replace('10.11.6', '10.10.5'), { system: 'older' }, []],
    ['look', seen.replace('10.11.6', '10.8.5'), {}, ['version']],
    ['look', seen.replace('pressured=true', 'pressured=none'), {}, ['no-key']],
    ['look', seen.replace('pressured=true', 'pressured=none'), { way: 'listen' }, []],
    ['look', seen.replace('pressured=true', 'pressured=false'), {}, ['already']],
    ['look', seen.replace('open=0', 'open=1'), { way: 'listen' }, ['already']],
    ['look', 'version=10.11.6\nformat=none', {}, ['no-job']],
    ['ask', 'answer: 403', { way: 'listen' }, []],
    ['ask', 'answer: 000', { way: 'listen' }, ['answers']],
    ['ask', 'answer: 000', {}, []],
    ['ask', '', {}, ['asked']],
    ['as-xml', 'cp: /System/Library/LaunchDaemons/x: Operation not permitted', {}, ['read-only']],
    ['idle-exit', '', {}, ['seen']],
  ])('%s: %j with %j', (id, output, more, wanted) => expect(rules(id, output, more)).toEqual(wanted));
});

describe('the check', () => {
  const seen = { version: '10.11.6', exits: '2', format: 'xml', pressured: 'true', loopback: '0', open: '0' };
  const look = (more: Partial<typeof seen>, values: object = {}) =>
    probe.judge(
      {
        output: Object.entries({ ...seen, ...more })
          .map(([name, value]) => `${name}=${value}\n`)
          .join(''),
        exitStatus: 0,
      },
      parameters.parse({ host: 'mac', ...values }),
    );
  it.each([
    ['affected', {}, {}],
    ['affected', { exits: '0' }, {}],
    ['affected', { version: '10.9.5', pressured: 'none' }, { way: 'listen', system: 'older' }],
    ['already-fixed', { pressured: 'false' }, {}],
    ['already-fixed', { open: '1' }, {}],
    ['not-affected', { version: '10.12.6' }, {}],
    ['not-affected', { version: '13.1' }, {}],
    ['not-affected', { version: '10.6.8' }, {}],
    ['unknown', { version: '' }, {}],
    ['unknown', { pressured: '' }, {}],
    ['unknown', { version: '10.10.5' }, {}],
    ['unknown', { pressured: 'none' }, {}],
  ] as const)('says %s with %j, %j', (verdict, more, values) => expect(look(more, values)).toMatchObject({ verdict }));
  it('proposes the version, and the way that there is', () =>
    expect(look({ version: '10.9.5', pressured: 'none' }).proposes?.map(({ field, value }) => `${field}=${value}`)).toEqual(['system=older', 'way=listen']));
});
