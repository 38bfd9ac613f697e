import { describe, expect, it } from 'vitest';
import { isFailure, judge } from '../../topic-kit/index.ts';
import { parameters } from './parameters.ts';
import { probe } from './probe.ts';
import { cronLine } from './schedule.ts';
import { steps } from './steps.ts';
import { pattern } from './views.ts';
import { withoutChoice } from './without-choice.ts';

const tabs = '\t\t\t';
const option = (kind: string) =>
  `${tabs}print "<option"\n${tabs}  . ( $DatabaseBreak eq "${kind}" ? " selected=\\"selected\\"" : "" )\n${tabs}  . " value=\\"${kind}\\">Name</option>\\n";\n`;
const field = `${tabs}print "<select class=\\"aws_formfield\\" name=\\"databasebreak\\">\\n";\n${['month', 'day', 'hour'].map(option).join('')}${tabs}print "</select>\\n";\n`;
const month = `\n${tabs}print "<select class=\\"aws_formfield\\" name=\\"month\\">\\n";\n${tabs}print "</select>\\n";\n`;

describe('awstats.pl', () => {
  it.each([
    ['keeps all but these lines', `a\n${field}${month}b\n`, `a\n${month}b\n`],
    ['keeps its line ends', `a\r\n${field.replaceAll('\n', '\r\n')}b\r\n`, 'a\r\nb\r\n'],
    ['without them stays', `a\n${month}`, `a\n${month}`],
    ['is not taken by a word in a comment', '# databasebreak\n', '# databasebreak\n'],
  ])('%s', (_, old, wanted) => {
    expect(withoutChoice(old)).toBe(wanted);
    expect(withoutChoice(wanted)).toBe(wanted);
  });
  it.each([
    ['another statement between them', field.replace(option('day'), `${option('day')}${tabs}print "<b>";\n`)],
    ['no end', field.replace(`${tabs}print "</select>\\n";\n`, '')],
    ['the end of another field', `${field.split('\n')[0]}\n${month}`],
    ['two of them', field + field],
    ['another form', `print qq{<select name="databasebreak">};\n`],
  ])('is left to the admin with %s', (_, old) => expect(withoutChoice(old)).toMatchObject({ rule: 'other-form' }));
});

it.each([
  ['month', 'awstats112026.www.txt'],
  ['day', 'awstats11202628.www.txt'],
  ['hour', 'awstats1120262809.www.txt'],
] as const)('tells files of a %s from all others', (kind, name) => {
  const like = (one: 'month' | 'day' | 'hour') => new RegExp(`^${pattern(one, 'www').replaceAll('.', '\\.')}$`);
  expect((['month', 'day', 'hour'] as const).filter((one) => like(one).test(name))).toEqual([kind]);
  expect(like(kind).test(name.replace('.www.', '.shop.'))).toBe(false);
});

describe('cron’s file', () => {
  const values = parameters.parse({ config: 'www.example.org' });
  const cron = (old: string): unknown => {
    const step = steps(values).find(({ id }) => id === 'cron');
    return step && 'edit' in step ? step.edit(old, {}, '') : null;
  };
  const other = '5-59/10 * * * * www-data [ -x /usr/local/sbin/awstats-breaks ] && /usr/local/sbin/awstats-breaks shop day\n';
  it('gets one line for each configuration, and another choice takes the place of the earlier one', () => {
    expect(cron('')).toBe(`${cronLine(values)}\n`);
    expect(cron(other)).toBe(`${other}${cronLine(values)}\n`);
    expect(cron(`${cronLine(parameters.parse({ config: 'www.example.org', breaks: 'day' }))}\n${other}`)).toBe(`${cronLine(values)}\n${other}`);
    expect(cron(other.replace('shop', 'wwwxexample.org'))).toContain('wwwxexample.org');
  });
});

it.each(['', '../x', 'a b', "a'b", '-x'])('takes no configuration %j', (config) => expect(parameters.safeParse({ config }).success).toBe(false));

describe('a step', () => {
  const rules = (id: string, output: string, way = 'update') => {
    const step = steps(parameters.parse({ config: 'www', way })).find((each) => each.id === id);
    const verdicts = judge(step && 'matchers' in step ? step.matchers : [], { output, exitStatus: 0, facts: {} });
    return verdicts.filter((verdict) => isFailure([verdict])).map(({ rule }) => rule);
  };
  const good = 'version=7.8\nfield=1\nmonth=2\nday=0\nhour=0\na year needs at least 9125 files, 71 MiB; free: 8789 MiB, inodes: 99\nroom=yes';
  it.each([
    ['look', good, []],
    ['look', good.replace('7.8', '7.9'), []],
    ['look', good.replace('7.8', '8.0'), []],
    ['look', good.replace('7.8', '7.7'), ['too-old']],
    ['look', good.replace('7.8', '6.95'), ['too-old']],
    ['look', good.replace('month=2', 'month=0'), ['no-data']],
    ['look', good.replace('room=yes', 'room=no'), ['no-room']],
    ['look', 'version=', ['version']],
    ['views-before', 'view day 2026-11-28: never updated\nview hour 2026-11-28: never updated', []],
    ['views-before', 'view day 2026-11-28: 28 Nov 2026 - 10:31\nview hour 2026-11-28: never updated', []],
    ['views-before', 'view day 2026-11-28: 28 Nov 2026 - 10:31', ['works']],
    ['views-before', 'view: no data', ['never']],
    ['views-before', '', ['never']],
    ['views-after', 'view day 2026-11-28: 28 Nov 2026 - 10:31\nview hour 2026-11-28: never updated', ['never']],
    ['views-after', 'view day 2026-11-28: 28 Nov 2026 - 10:31', []],
    ['views-after', '', ['updated']],
    [
      'update',
      `Error: Couldn't open server log file "/var/log/x" : Permission denied\nSetup ('/etc/x' file, web server or permissions) may be wrong.`,
      ['no-log'],
    ],
    ['update', 'su: user www does not exist or the user entry does not contain all the required fields', ['updated']],
  ])('%s: %j', (id, output, wanted) => expect(rules(id, output)).toEqual(wanted));
  it('finds no choice where no page was made', () => {
    expect(rules('choice', 'choice=0\nmonths=0', 'remove').sort()).toEqual(['offered', 'page']);
    expect(rules('choice', 'choice=1\nmonths=1', 'remove')).toEqual([]);
  });
});

describe('the check', () => {
  const never = 'view day 2026-11-28: never updated\nview hour 2026-11-28: never updated\n';
  const there = never.replaceAll('never updated', '28 Nov 2026 - 10:31');
  const seen = { configs: 'shop www', dirdata: '/var/lib/awstats', version: '7.8', field: '1', month: '2', day: '0', hour: '0', cron: '0' };
  const look = (more: Partial<typeof seen>, views = never, way = 'update') =>
    probe.judge(
      {
        output: `${Object.entries({ ...seen, ...more })
          .map(([name, value]) => `${name}=${value}\n`)
          .join('')}${views}`,
        exitStatus: 0,
      },
      parameters.parse({ config: 'www', way }),
    );
  it.each([
    ['affected', {}, never],
    ['already-fixed', { field: '0' }, never],
    ['already-fixed', { cron: '1' }, there],
    ['not-affected', {}, there],
    ['not-affected', { version: '7.7' }, never],
    ['unknown', { version: '' }, never],
    ['unknown', { configs: 'shop x' }, never],
    ['unknown', {}, 'view: no data\n'],
    ['unknown', {}, 'view day 2026-11-28: never updated\n'],
    ['unknown', { dirdata: '/srv/awstats/' }, never],
  ] as const)('says %s with %j, %j', (verdict, more, views) => expect(look(more, views)).toMatchObject({ verdict }));
  it('proposes the only configuration, and its folder', () => {
    expect(look({ configs: 'shop' }).proposes).toEqual([expect.objectContaining({ field: 'config', value: 'shop' })]);
    expect(look({ dirdata: '/srv/awstats/' }).proposes).toEqual([expect.objectContaining({ field: 'data', value: '/srv/awstats' })]);
  });
});
