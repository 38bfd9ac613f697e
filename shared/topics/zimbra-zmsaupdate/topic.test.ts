import { describe, expect, it } from 'vitest';
import { isFailure, judge } from '../../topic-kit/index.ts';
import { probe } from './probe.ts';
import { withoutPlugins } from './script-text.ts';
import { steps } from './steps.ts';

const line = (options: string) => `my $sa="/opt/zimbra/common/bin/sa-update -v${options} --refreshmirrors >/dev/null 2>&1";\n`;
const old = `#!/usr/bin/perl\n# sa-update --allowplugins\n${line(' --allowplugins')}my $restart="x";`;

describe('the script', () => {
  it('loses the option in one line, and nothing else', () => {
    const wanted = `#!/usr/bin/perl\n# sa-update --allowplugins\n${line('')}my $restart="x";`;
    expect(withoutPlugins(old)).toBe(wanted);
    expect(withoutPlugins(wanted)).toBe(wanted);
    expect(withoutPlugins(old.replaceAll('\n', '\r\n'))).toBe(wanted.replaceAll('\n', '\r\n'));
    expect(withoutPlugins(line(' --allowplugins-not'))).toBe(line(' --allowplugins-not'));
  });
  it.each([
    ['other-script', ''],
    ['other-script', '# sa-update --allowplugins\n'],
    ['other-script', `${line(' --allowplugins')}${line(' --allowplugins')}`],
    ['repaired', `${line(' --allowplugins')}getLocalConfig("antispam_saupdate_reallyallowplugins")`],
  ])('is left alone: %s', (rule, text) => expect(withoutPlugins(text)).toMatchObject({ rule, next: expect.stringMatching(/not changed/) }));
  it('never gets the dangerous option', () => expect(withoutPlugins(old)).not.toMatch(/really/));
});

const rules = (id: string, part: 'matchers' | 'verify', output: string) => {
  const step = steps({ update: 'now' }).find((one) => one.id === id);
  const matchers = part === 'verify' ? (step && 'verify' in step ? step.verify?.matchers : []) : step && 'matchers' in step ? step.matchers : [];
  const verdicts = judge(matchers ?? [], { output, exitStatus: 0, facts: {} });
  return isFailure(verdicts) ? verdicts.filter(({ kind }) => kind === 'failure').map(({ rule }) => rule) : [];
};
it('leaves the update to cron where that is wanted', () => expect(steps({ update: 'cron' }).map(({ id }) => id)).toEqual(['look', 'repair']));

describe('what is said', () => {
  it.each([
    ['look', 'matchers', 'script: uses it\nrule updates: true\nwith --allowplugins: status 2', []],
    ['look', 'matchers', 'script: uses it\nrule updates: false\nwith --allowplugins: status 2', []],
    ['look', 'matchers', 'script: uses it\nrule updates: true\nwith --allowplugins: status 1', ['refused']],
    ['look', 'matchers', 'script: repaired\nwith --allowplugins: status 2', ['repaired']],
    ['look', 'matchers', '', ['refused']],
    ['repair', 'verify', "with the script's options: status 4\nzmsaupdate syntax OK", []],
    ['repair', 'verify', "with the script's options: status 2\nzmsaupdate syntax OK", ['still-refused']],
    ['repair', 'verify', 'the script calls sa-update in another way\nzmsaupdate syntax OK', ['accepted']],
    ['run', 'matchers', 'zmsaupdate: ended with status 0', []],
    ['run', 'matchers', 'zmsaupdate: Error code downloading update: 2\nzmsaupdate: ended with status 0', ['still-2']],
    ['run', 'matchers', 'zmsaupdate: Error code downloading update: 4\nzmsaupdate: ended with status 0', ['network']],
  ] as const)('%s %s: %j', (id, part, output, wanted) => expect(rules(id, part, output)).toEqual(wanted));
});

describe('the check', () => {
  const seen = { script: 'uses', 'sa-update': 'sa-update version 3.4.6', status: '2', updates: 'true' };
  const look = (more: Partial<typeof seen>) =>
    probe.judge(
      {
        output: Object.entries({ ...seen, ...more })
          .filter(([, value]) => value !== '')
          .map(([name, value]) => `${name}=${value}\n`)
          .join(''),
        exitStatus: 0,
      },
      { update: 'now' },
    );
  it.each([
    ['affected', {}],
    ['not-affected', { status: '1' }],
    ['unknown', { status: '' }],
    ['already-fixed', { script: 'repaired' }],
    ['already-fixed', { script: 'without' }],
    ['not-affected', { script: 'missing' }],
    ['unknown', { script: 'unreadable' }],
    ['unknown', { script: '' }],
  ] as const)('says %s with %j', (verdict, more) => expect(look(more)).toMatchObject({ verdict }));
});
