import { describe, expect, it } from 'vitest';
import { judge } from '../../topic-kit/index.ts';
import { format, withPageLog } from './page-log.ts';
import { parameters } from './parameters.ts';
import { withPassLines } from './pass-lines.ts';
import { probe } from './probe.ts';
import { steps } from './steps.ts';

const types = ['application/pdf', 'image/*', 'application/postscript', 'application/vnd.cups-postscript', 'application/vnd.cups-command'];
const five = (end = '\n') => types.map((type) => `*cupsFilter: "${type} 0 -"${end}`).join('');
const five2 = types.map((type) => `*cupsFilter2: "${type} ${type} 0 -"\n`).join('');
const head = '*PPD-Adobe: "4.3"\n';

describe('a PPD', () => {
  it.each([
    ['gets the lines behind cupsVersion', `${head}*cupsVersion: 1.4\n*OpenUI *A/A: PickOne\n`, `${head}*cupsVersion: 1.4\n${five()}*OpenUI *A/A: PickOne\n`],
    ['gets them before the first option', `${head}*JCLOpenUI *A/A: PickOne\n`, `${head}${five()}*JCLOpenUI *A/A: PickOne\n`],
    ['keeps its line ends', head.replace('\n', '\r\n'), `${head.replace('\n', '\r\n')}${five('\r\n')}`],
    ['of an old Mac, with CR alone', '*PPD-Adobe: "4.3"\r*OpenUI *A: PickOne\r', `*PPD-Adobe: "4.3"\r${five('\r')}*OpenUI *A: PickOne\r`],
    ['that does not end with a line end gets one', head.trimEnd(), `${head}${five()}`],
    [
      'keeps a vendor line that costs more, and one for another type',
      `${head}*cupsFilter: "application/vnd.cups-postscript 33 x"\n*cupsFilter: "application/vnd.cups-raster 0 y"\n`,
      `${head}*cupsFilter: "application/vnd.cups-postscript 33 x"\n*cupsFilter: "application/vnd.cups-raster 0 y"\n${five()}`,
    ],
    [
      'makes a comment of vendor lines at cost 0 for the same types',
      `${head}*cupsFilter:  "application/vnd.cups-postscript 0 a filter -x"\n*cupsFilter: "image/png 0 y"\n`,
      `${head}*% *cupsFilter:  "application/vnd.cups-postscript 0 a filter -x"\n*% *cupsFilter: "image/png 0 y"\n${five()}`,
    ],
    [
      'with cupsFilter2 gets lines of that kind, and its cupsFilter lines stay',
      `${head}*cupsFilter: "application/pdf 0 old"\n*cupsFilter2: "application/pdf application/vnd.x 0 new"\n`,
      `${head}*cupsFilter: "application/pdf 0 old"\n*% *cupsFilter2: "application/pdf application/vnd.x 0 new"\n${five2}`,
    ],
    [
      'gets only those that it has not',
      `${head}*cupsFilter: "application/pdf  0  -"\n`,
      `${head}*cupsFilter: "application/pdf  0  -"\n${five().split('\n').slice(1).join('\n')}`,
    ],
    [
      'has values of several lines that look like lines of its own',
      `${head}*JobPatchFile 1: "\n*OpenUI *A/A: PickOne\n*cupsFilter2: x\n"\n*End\n*OpenUI *B/B: PickOne\n`,
      `${head}*JobPatchFile 1: "\n*OpenUI *A/A: PickOne\n*cupsFilter2: x\n"\n*End\n${five()}*OpenUI *B/B: PickOne\n`,
    ],
    ['has quotes in comments', `${head}*% 3.5" disk: "\n*OpenUI *B/B: PickOne\n`, `${head}*% 3.5" disk: "\n${five()}*OpenUI *B/B: PickOne\n`],
  ])('%s', (_, old, wanted) => {
    expect(withPassLines(old)).toBe(wanted);
    expect(withPassLines(wanted)).toBe(wanted);
  });
  it.each([
    ['', 'not-ppd'],
    ['\u001f\u008b\u0008', 'not-ppd'],
    ['<html>', 'not-ppd'],
    [`${head}*JobPatchFile 1: "\n*OpenUI *A/A: PickOne\n`, 'open-quote'],
  ])('is left alone where it is none, or not whole: %j', (old, rule) => expect(withPassLines(old)).toMatchObject({ rule }));
});

describe('cupsd.conf', () => {
  it.each([
    ['LogLevel warn\n<Location />\n</Location>\n', `LogLevel warn\n<Location />\n</Location>\nPageLogFormat ${format}\n`],
    ['LogLevel warn\r\nPageLogFormat\r\nListen x\r\n', `LogLevel warn\r\nPageLogFormat ${format}\r\nListen x\r\n`],
    ['#PageLogFormat\nListen x\n', `#PageLogFormat\nPageLogFormat ${format}\nListen x\n`],
    ['pagelogformat %p %j %P %C\n', 'pagelogformat %p %j %P %C\n'],
  ])('of %j', (old, wanted) => {
    expect(withPageLog(old)).toBe(wanted);
    expect(withPageLog(wanted)).toBe(wanted);
  });
  it('is left to the admin with a format of their own that has no pages', () =>
    expect(withPageLog('PageLogFormat %p %u\n')).toMatchObject({ rule: 'other-format' }));
});

it.each(['', '-d', 'a b', 'a/b', "a'b", 'a#b'])('takes no queue %j', (queue) => expect(parameters.safeParse({ queue }).success).toBe(false));
it('runs no lpadmin -d, which would make a queue the default of the system', () =>
  expect(JSON.stringify([steps(parameters.parse({ queue: 'hp' }), {}), steps(parameters.parse({ queue: 'hp', way: 'everywhere' }), {})])).not.toMatch(
    /lpadmin (?:-\w \S+ )*-d/,
  ));

describe('a step', () => {
  const rules = (id: string, output: string) => {
    const step = steps(parameters.parse({ queue: 'hp', pages: '6' }), { machines: ['client', 'server'] }).find((each) => each.id === id);
    return judge(step && 'matchers' in step ? step.matchers : [], { output, exitStatus: 0, facts: {} }).map(({ kind, rule }) => `${kind} ${rule}`);
  };
  it.each([
    ['look', 'uri=ipp://print/printers/hp', 'expected server'],
    ['look', 'uri=usb://HP/LaserJet', 'failure no-server'],
    ['look', 'uri=ipp://print:631/ipp/print', 'failure no-server'],
    ['look', 'uri=dnssd://HP%20%40%20print._ipp._tcp.local/cups?uuid=1', 'failure no-server'],
    ['look', 'lpstat: Invalid destination name in list "hp".', 'failure no-queue'],
    ['look', '', 'failure server'],
    ['server-queue', 'lpoptions: Unable to get PPD file for hp: Not Found', 'failure no-driver'],
    ['server-queue', 'options of the server: 0', 'failure driver'],
    ['server-queue', 'options that only one side has: HPEconoMode ', 'warning other-options'],
    ['job', 'lp: Error - no default destination available.', 'failure unknown-error'],
    ['logged', 'jobs=1 counted=1 uncounted=0 unread=0\npages of the last job: 6', 'expected counted'],
    ['logged', 'jobs=1 counted=1 uncounted=0 unread=0\npages of the last job: 12', 'failure counted'],
    ['logged', 'jobs=1 counted=0 uncounted=1 unread=0\npages of the last job: 0', 'failure not-counted'],
    ['logged', 'log=unread\njobs=0 counted=0 uncounted=0 unread=1', 'failure not-logged'],
  ])('%s: %j', (id, output, wanted) => expect(rules(id, output)).toContain(wanted));
});

describe('the check', () => {
  const queue = { uri: 'ipp://print/printers/hp', host: 'print', remote: 'hp', queues: 'hp' };
  const ppd = { ppd: 'there', kind: 'own', filters: 'cupsFilter', pass: '0', taken: '1' };
  const text = (values: object) =>
    Object.entries(values)
      .map(([name, value]) => `${name}=${value}\n`)
      .join('');
  const look = (client: object, server?: string, way = 'lines') =>
    probe.judge(
      {
        output: '',
        exitStatus: 0,
        machines: { client: { output: text(client), exitStatus: 0 }, ...(server && { server: { output: server, exitStatus: 0 } }) },
      },
      parameters.parse({ queue: 'hp', way }),
    );
  it.each([
    ['affected', { ...queue, ...ppd }],
    ['affected', { ...queue, ...ppd, pass: '5' }],
    ['already-fixed', { ...queue, ...ppd, pass: '5', taken: '0' }],
    ['already-fixed', { ...queue, ...ppd, kind: 'everywhere', pass: '3', taken: '0' }],
    ['not-affected', { ...queue, ppd: 'none' }],
    ['not-affected', { uri: 'socket://192.0.2.9', queues: '', ...ppd }],
    ['unknown', { ...queue, ppd: 'unread' }],
    ['unknown', { uri: '', queues: 'a b' }],
    ['unknown', { uri: '' }],
  ])('says %s with %j', (verdict, seen) => expect(look(seen)).toMatchObject({ verdict }));
  it('proposes the only queue of a server, and says what the server has counted', () => {
    expect(look({ uri: '', queues: 'lj' }).proposes).toEqual([expect.objectContaining({ field: 'queue', value: 'lj' })]);
    expect(look({ ...queue, ...ppd }, 'format=%p\njobs=10 counted=1 uncounted=9 unread=0\n').findings).toContainEqual(
      expect.objectContaining({ value: '9 of 10' }),
    );
    expect(look({ ...queue, ...ppd, pass: '5', taken: '0' }, undefined, 'everywhere')).toMatchObject({ verdict: 'affected' });
  });
});
