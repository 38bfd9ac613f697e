/** AWStats 7.8 with logs of two months: its pages for a day and an hour, made as the web server makes them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { passwordlessSudo, RealTopic, troublesOf } from './real-topic.test-kit.ts';
import { ScratchMachine, whyNoMachineWithPackages } from './scratch-machine.test-kit.ts';

const packages = ['awstats'];
const why = whyNoMachineWithPackages(packages);
if (why) console.log(`AWStats is not tried: ${why}.`);

const config = 'www.example.org';
const program = '/usr/lib/cgi-bin/awstats.pl';
const log = '/srv/log/access.log';
const visit = (day: string, hour: string) => `192.0.2.7 - - [${day}:${hour}:10:00 +0000] "GET /index.html HTTP/1.1" 200 1234 "-" "Mozilla/5.0"\n`;
const days = ['30/Mar/2024', '31/Mar/2024', '01/Apr/2024', '02/Apr/2024'];
const hours = ['00', '09', '23'];
const visits = days.flatMap((day) => hours.map((hour) => visit(day, hour))).join('');
const setUp = `${passwordlessSudo}
mkdir -p /var/www /var/lib/awstats /srv/log /etc/cron.d /etc/logrotate.d/httpd-prerotate
chown www-data /var/lib/awstats
printf '%s\\n' 'LogFile="${log}"' LogType=W LogFormat=1 'SiteDomain="${config}"' 'HostAliases="localhost"' 'DirData="/var/lib/awstats"' 'DirIcons="/awstats-icon"' DNSLookup=0 >/etc/awstats/awstats.${config}.conf
rm -f /etc/awstats/awstats.conf
`;

describe.skipIf(why)('AWStats with two months of logs', () => {
  let machine: ScratchMachine;
  let topic: RealTopic;
  let original: Buffer;
  beforeAll(async () => {
    machine = await ScratchMachine.start(setUp, [], { packages });
    machine.know();
    original = readFileSync(`${machine.root}${program}`);
  }, 600_000);
  afterAll(() => machine?.stop());
  beforeEach(() => {
    writeFileSync(`${machine.root}${log}`, visits);
    writeFileSync(`${machine.root}${program}`, original);
    // As Debian's cron job does it.
    machine.asRoot(`rm -f /var/lib/awstats/* && chmod 644 ${log} && su -s /bin/sh www-data -c '${program} -config=${config} -update >/dev/null'`);
  });
  afterEach(() => topic?.end());
  const begin = (more: Record<string, string> = {}) => {
    topic = new RealTopic(machine, 'awstats-database-break', { config, ...more });
  };
  /** The page as a browser gets it. */
  const page = (query = '') =>
    machine.asRoot(
      `QUERY_STRING='config=${config}&framename=mainright&lang=en${query}' GATEWAY_INTERFACE=CGI/1.1 REQUEST_METHOD=GET su -s /bin/sh www-data -c '${program}'`,
    );
  const isEmpty = (query: string) => page(query).includes('Never updated');
  const day = '&databasebreak=day&year=2024&month=04&day=02';
  const hour = '&databasebreak=hour&year=2024&month=03&day=31&hour=09';
  const files = (pattern: string) => machine.asRoot(`cd /var/lib/awstats && ls | grep -c -E '${pattern}' || :`).trim();
  const counts = () => ['^awstats[0-9]{6}[.]', '^awstats[0-9]{8}[.]', '^awstats[0-9]{10}[.]'].map(files);
  const months = () => machine.asRoot('cksum /var/lib/awstats/awstats[0-9][0-9][0-9][0-9][0-9][0-9].*');
  const stoppedAt = (state: Awaited<ReturnType<RealTopic['run']>>) => [
    state.status,
    state.current,
    state.steps.find(({ id }) => id === state.current)?.verdicts.flatMap(({ kind, rule }) => (kind === 'failure' ? [rule] : [])),
  ];

  it('has empty pages for a day and an hour before, statistics after, and empty pages again once that was undone', { timeout: 600_000 }, async () => {
    expect([isEmpty('&year=2024&month=04'), isEmpty(day), isEmpty(hour)]).toEqual([false, true, true]);
    begin();
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
    const before = months();
    const done = await topic.run();
    expect(done.says, troublesOf(done)).toBe('Done and verified.');
    expect(done.facts.find(({ id }) => id === 'need')?.value).toMatch(/^9125 files, \d\d MiB$/);
    expect([counts(), months()]).toEqual([['2', '4', '12'], before]);
    expect([isEmpty(day), isEmpty(hour)]).toEqual([false, false]);
    expect(machine.asRoot("stat -c '%U' /var/lib/awstats/* | sort -u").trim()).toBe('www-data');
    expect(await topic.look()).toMatchObject({ verdict: 'already-fixed' });
    // What comes into the log later is there once cron’s line has run, as cron runs it; and once logs are rotated.
    const [, user = '', command = ''] = /^\S+ \S+ \S+ \S+ \S+ (\S+) (.*)$/m.exec(machine.asRoot('cat /etc/cron.d/awstats-breaks')) ?? [];
    machine.asRoot(`cat >>${log} <<'END'\n${visit('03/Apr/2024', '07')}END\ncat >/srv/command <<'END'\n${command}\nEND
su -s /bin/sh ${user} -c 'exec env -i SHELL=/bin/sh PATH=/usr/bin:/bin sh -c "$(cat /srv/command)"'`);
    expect(counts()).toEqual(['2', '5', '13']);
    machine.asRoot(`cat >>${log} <<'END'\n${visit('03/Apr/2024', '08')}END\nrun-parts /etc/logrotate.d/httpd-prerotate`);
    expect(counts()).toEqual(['2', '5', '14']);
    const undone = await topic.undo(done);
    expect(undone.status, troublesOf(undone)).toBe('undone');
    expect([counts(), machine.asRoot('ls /etc/cron.d /usr/local/sbin /etc/logrotate.d/httpd-prerotate')]).toEqual([
      ['2', '0', '0'],
      expect.not.stringContaining('awstats-breaks'),
    ]);
    expect([isEmpty(day), isEmpty(hour), (await topic.look()).verdict]).toEqual([true, true, 'affected']);
  });

  it('is found out to have empty pages still when only cron was told', { timeout: 600_000 }, async () => {
    begin();
    expect(stoppedAt(await topic.run({ without: ['update'] }))).toEqual(['failed', 'views-after', expect.arrayContaining(['never'])]);
  });

  it('offers no choice once it was taken out, makes its page, and offers it again once that was undone', { timeout: 600_000 }, async () => {
    begin({ way: 'remove' });
    expect(page()).toContain('name="databasebreak"');
    const done = await topic.run();
    expect(done.says, troublesOf(done)).toBe('Done and verified.');
    expect([page().includes('name="databasebreak"'), page().includes('name="month"'), isEmpty('&year=2024&month=04')]).toEqual([false, true, false]);
    const text = readFileSync(`${machine.root}${program}`, 'latin1');
    expect(original.toString('latin1').split('\n').length - text.split('\n').length).toBe(11);
    expect(machine.asRoot(`stat -c %a ${program}`).trim()).toBe('755');
    expect(await topic.look()).toMatchObject({ verdict: 'already-fixed' });
    const undone = await topic.undo(done);
    expect([undone.status, readFileSync(`${machine.root}${program}`).equals(original)], troublesOf(undone)).toEqual(['undone', true]);
    expect(page()).toContain('name="databasebreak"');
  });

  it('stops where the user can’t read the log, and where somebody has changed awstats.pl', { timeout: 600_000 }, async () => {
    machine.asRoot(`chmod 600 ${log}`);
    begin();
    const state = await topic.run();
    expect(stoppedAt(state), troublesOf(state)).toEqual(['failed', 'update', ['no-log']]);
    await topic.undo(state);
    expect(counts()).toEqual(['2', '0', '0']);
    await topic.end();
    const [head = '', tail = ''] = original.toString('latin1').split(/(?<=Monthly<\/option>\\n";\n)/);
    const other = `${head}$ENV{OURS} = 1;\n${tail}`;
    writeFileSync(`${machine.root}${program}`, other, 'latin1');
    begin({ way: 'remove' });
    expect(stoppedAt(await topic.run()).slice(1)).toEqual(['remove', ['other-form']]);
    expect(readFileSync(`${machine.root}${program}`, 'latin1')).toBe(other);
  });
});
