/** The kit's steps in the engine, with the simulated tools that labs share: done, failed, undone. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunState } from '../../../shared/api/run.ts';
import {
  generatedFileStep,
  logSince,
  movedAwayStep,
  packageStep,
  type Service,
  type Step,
  serviceStep,
  sh,
  sysctlStep,
  untilItAnswers,
} from '../../../shared/topic-kit/index.ts';
import { expectProvedBack } from '../conformance/proved-back.test-kit.ts';
import { offerOf } from '../conformance/rehearsal.test-kit.ts';
import { SmallRun } from './small-run.test-kit.ts';

process.env.WRENCHBOOK_LAB_SPEED = '0';
let run: SmallRun | undefined;
let folder = '';
const lab = (...parts: string[]) => path.join(folder, 'lab', ...parts);
const place = (name: string, content: string) => {
  mkdirSync(path.dirname(lab(name)), { recursive: true });
  writeFileSync(lab(name), content);
};
const read = (name: string) => readFileSync(lab(name), 'utf8');
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'wb-builders-'));
});
afterEach(async () => {
  await run?.end();
  run = undefined;
  rmSync(folder, { recursive: true, force: true });
});

const words = { id: 'it', title: 'Do it', intro: '', runsOn: 'the server' };
/** Everything below the lab but what only counts, to compare before and after. */
function contents(): Record<string, string> {
  const all = (at: string): string[] =>
    readdirSync(at, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? all(path.join(at, entry.name)) : [path.join(at, entry.name)]));
  return Object.fromEntries(all(lab('root')).map((name) => [path.relative(lab(), name), readFileSync(name, 'utf8')]));
}
function begin(step: Step): SmallRun {
  expectProvedBack(step as Exclude<Step, { kind: 'verify' }>, [step]);
  run = new SmallRun([step, { ...words, id: 'end', kind: 'manual', danger: 'reads', instructions: [] }], folder);
  return run;
}
async function advance(): Promise<RunState> {
  const small = run as SmallRun;
  let state = small.state;
  do {
    const { id, change } = state.offers.find(({ action }) => action === 'advance' || action === 'retry') ?? offerOf(state, 'advance');
    state = await small.act((controller) => controller.advance(id, { shown: change?.shown }));
    if (state.trouble) throw new Error(`${state.trouble.message} ${state.trouble.next}`);
  } while (state.steps[0]?.edit?.stage === 'shown' && state.steps[0].status !== 'failed');
  return state;
}
const undo = () => (run as SmallRun).act((controller) => controller.undo(''));
const rules = (state: RunState, kind = 'failure') => state.steps[0]?.verdicts.filter((verdict) => verdict.kind === kind).map(({ rule }) => rule);

const starts = (name: string) => (existsSync(lab('starts')) ? (read('starts').match(new RegExp(`^${name}=(.*)$`, 'm'))?.[1] ?? '') : '');
interface Played {
  service: Service;
  /** Lays it out, running and starting at boot or not. */
  lay(running: boolean, atBoot: boolean): void;
  breaks(): void;
  mends(): void;
  state(): { running: boolean; atBoot: boolean; start: string };
}
const plist = '/Library/LaunchDaemons/org.example.x.plist';
const played: Readonly<Record<string, Played>> = {
  systemd: {
    service: { systemd: 'x.service' },
    lay: (running, atBoot) => {
      place('journal', '');
      place(
        'units/x.service',
        `Description=X\nActiveState=${running ? 'active' : 'inactive'}\nSubState=\nResult=\nUnitFileState=${atBoot ? 'enabled' : 'disabled'}\nFails=\n`,
      );
    },
    breaks: () => place('units/x.service', read('units/x.service').replace('Fails=', 'Fails=no config')),
    mends: () => place('units/x.service', read('units/x.service').replace(/Fails=.*/, 'Fails=')),
    state: () => ({
      running: read('units/x.service').includes('ActiveState=active'),
      atBoot: read('units/x.service').includes('=enabled'),
      start: starts('x.service'),
    }),
  },
  sysv: {
    service: { sysv: 'x', pidFile: '/var/run/x.pid' },
    lay: (running, atBoot) => {
      place('init/x', `running=${running ? 'yes' : 'no'}\npidfile=/var/run/x.pid\nfails=\n`);
      place('root/etc/init.d/x', '#!/bin/sh\n');
      place('root/var/run/.keep', '');
      if (running) place('root/var/run/x.pid', '100\n');
      if (atBoot) for (const level of [2, 3, 4, 5]) place(`root/etc/rc${level}.d/S20x`, '');
    },
    breaks: () => place('init/x', read('init/x').replace('fails=', 'fails=no config')),
    mends: () => place('init/x', read('init/x').replace(/fails=.*/, 'fails=')),
    state: () => ({
      running: read('init/x').includes('running=yes'),
      atBoot: ['S20x'].some((name) => existsSync(lab('root/etc/rc3.d')) && readdirSync(lab('root/etc/rc3.d')).includes(name)),
      start: starts('x'),
    }),
  },
  launchd: {
    service: { launchd: 'org.example.x', plist },
    lay: (running) => {
      place('jobs/org.example.x', `loaded=${running ? 'yes' : 'no'}\nfails=\n`);
      place(`root${plist}`, '<plist><dict>\n\t<key>Label</key>\n\t<string>org.example.x</string>\n</dict></plist>\n');
    },
    breaks: () => place('jobs/org.example.x', read('jobs/org.example.x').replace('fails=', 'fails=no config')),
    mends: () => place('jobs/org.example.x', read('jobs/org.example.x').replace(/fails=.*/, 'fails=')),
    state: () => ({
      running: read('jobs/org.example.x').includes('loaded=yes'),
      atBoot: false,
      start: starts('org.example.x'),
    }),
  },
};

describe.each(Object.entries(played))('a service of %s', (_, { service, lay, breaks, mends, state }) => {
  const next = 'Read its log.';
  it.each([true, false])('is restarted, and is as before when that is undone: it ran %s', async (ran) => {
    lay(ran, false);
    const before = state();
    begin(serviceStep({ ...words, service, now: 'restart', next }));
    const done = await advance();
    expect([done.steps[0]?.status, rules(done)]).toEqual(['done', []]);
    expect(state().running).toBe(true);
    if (ran) expect(state().start).not.toBe(before.start);
    const undone = await undo();
    expect([undone.status, state().running]).toEqual(['undone', ran]);
  });
  it('that does not come up fails the step, and can be done again', async () => {
    lay(true, false);
    begin(serviceStep({ ...words, service, now: 'restart', next }));
    breaks();
    const failed = await advance();
    expect([failed.steps[0]?.status, rules(failed)]).toEqual(['failed', expect.arrayContaining(['runs'])]);
    expect(state().running).toBe(false);
    // What was there before is known: it ran.
    mends();
    await undo();
    expect(state().running).toBe(true);
  });
  it('that could not be brought back says so', async () => {
    lay(true, false);
    begin(serviceStep({ ...words, service, now: 'stop', next }));
    expect((await advance()).steps[0]?.status).toBe('done');
    expect(state().running).toBe(false);
    breaks();
    expect((await undo()).status).toBe('failed');
  });
  it('that is not there is left alone', async () => {
    lay(true, false);
    const other: Service = 'systemd' in service ? { systemd: 'y' } : 'sysv' in service ? { ...service, sysv: 'y' } : { launchd: 'y', plist: '/y' };
    begin(serviceStep({ ...words, service: other, now: 'start', next }));
    expect(rules(await advance())).toEqual(['service-missing']);
    expect((await undo()).status).toBe('undone');
  });
});

// launchd starts its jobs as their property lists say, and its lab has no other start than a new one.
describe.each(Object.entries(played).filter(([kind]) => kind !== 'launchd'))('a service of %s', (_, { service, lay, state }) => {
  const next = 'Read its log.';
  it('has to be started anew by a restart', async () => {
    lay(true, false);
    // As if the manager had done nothing.
    const step = serviceStep({ ...words, service, now: 'restart', next });
    begin({ ...step, script: sh`true` });
    expect(rules(await advance())).toEqual(['not-restarted']);
  });
  it.each([true, false])('starts at boot, or no longer, and as before when that is undone: it did %s', async (did) => {
    lay(false, did);
    begin(serviceStep({ ...words, service, atBoot: !did, next }));
    const done = await advance();
    expect([done.steps[0]?.status, rules(done), state()]).toEqual(['done', [], expect.objectContaining({ atBoot: !did, running: false })]);
    await undo();
    expect(state().atBoot).toBe(did);
  });
});

it('refuses to build a step that nothing would prove', () => {
  expect(() => serviceStep({ ...words, service: { systemd: 'x' }, now: 'reload', next: '' })).toThrow('nothing would show');
  expect(() => serviceStep({ ...words, service: { sysv: 'x' }, now: 'restart', next: '' })).toThrow('nothing would show');
  expect(() => serviceStep({ ...words, service: { launchd: 'x', plist }, atBoot: true, next: '' })).toThrow(TypeError);
});

describe('a log since the step began', () => {
  const matchers = [{ kind: 'expected' as const, id: 'ready', pattern: /^ready$/, means: 'It is ready.', missing: 'It did not say that it is ready.' }];
  const serving = (log: Parameters<typeof logSince>[1]) =>
    serviceStep({ ...words, service: { systemd: 'x.service' }, now: 'restart', next: '', log: { ...logSince('log', log), matchers } });
  it.each([{ unit: 'x.service' }, { tag: 'x' }])('in the journal has no old lines, by %j', async (log) => {
    played.systemd?.lay(true, true);
    place('journal', 'x.service\tx\tready\n');
    place('says', '');
    begin({ ...serving(log), script: sh`cat says >>journal; systemctl restart x.service` } as Step);
    expect(rules(await advance())).toEqual(['ready']);
    // Nor does a line of between two tries count.
    place('journal', `${read('journal')}x.service\tx\tready\n`);
    expect(rules(await advance())).toEqual(['ready']);
    place('says', 'x.service\tx\tready\n');
    expect(rules(await advance())).toEqual([]);
  });
  it('in a file has no old lines, also when it is rotated', async () => {
    played.systemd?.lay(true, true);
    place('root/var/log/x.log', 'ready\n');
    place('says', '');
    begin({ ...serving({ file: '/var/log/x.log' }), script: sh`cat says >>root/var/log/x.log; systemctl restart x.service` } as Step);
    expect(rules(await advance())).toEqual(['ready']);
    place('root/var/log/x.log', `${read('root/var/log/x.log')}ready\n`);
    expect(rules(await advance())).toEqual(['ready']);
    place('says', 'ready\n');
    expect(rules(await advance())).toEqual([]);
  });
  it('in a file that was rotated meanwhile is read from both', async () => {
    played.systemd?.lay(true, true);
    place('root/var/log/x.log', 'old: ready?\n');
    const step = serving({ file: '/var/log/x.log' });
    begin({ ...step, script: sh`cd root/var/log && echo ready >>x.log && mv x.log x.log.1 && echo new >x.log` } as Step);
    const state = await advance();
    expect(rules(state, 'expected')).toContain('ready');
  });
  it('that can not be read is no proof', async () => {
    played.systemd?.lay(true, true);
    place('root/var/log/x.log/a-folder', '');
    begin(serving({ file: '/var/log/x.log' }));
    expect((await advance()).steps[0]?.status).toBe('failed');
    await run?.end();
    // A log that goes away between the step and its proof.
    mkdirSync(folder, { recursive: true });
    played.systemd?.lay(true, true);
    place('root/var/log/x.log', '');
    const bad = [{ kind: 'failure' as const, id: 'bad', pattern: /^bad$/, means: 'Bad.', next: 'Look.' }];
    const step = serviceStep({
      ...words,
      service: { systemd: 'x' },
      now: 'start',
      next: '',
      log: { ...logSince('log', { file: '/var/log/x.log' }), matchers: bad },
    });
    begin({ ...step, script: sh`mv root/var/log/x.log gone` });
    expect(rules(await advance())).toEqual(['log-unread']);
  });
});

describe('a command that is tried until it answers', () => {
  const answers = untilItAnswers({
    command: sh`curl -fsS -m 5 http://127.0.0.1:631/`,
    tries: 3,
    means: 'It answers.',
    missing: 'It does not answer.',
    next: 'Look.',
  });
  const step = serviceStep({ ...words, service: { systemd: 'x' }, now: 'start', next: '', serves: answers });
  it('is the proof, and its silence ends it', async () => {
    played.systemd?.lay(false, true);
    place('web', '');
    begin(step);
    expect(rules(await advance())).toContain('answered');
    place('web', 'http://127.0.0.1:631/\t503\tNo\n');
    expect(rules(await advance())).toContain('answered');
    place('web', 'http://127.0.0.1:631/\t200\tHello\n');
    const state = await advance();
    expect([rules(state), rules(state, 'expected')]).toEqual([[], expect.arrayContaining(['answered'])]);
  });
  it('is tried again while it starts', async () => {
    played.systemd?.lay(false, true);
    place('tries', '');
    const slow = untilItAnswers({
      command: sh`echo x >>tries; [ $(wc -l <tries) -ge 3 ] || { echo error; false; }`,
      tries: 5,
      means: 'Yes.',
      missing: 'No.',
      next: '',
    });
    begin(serviceStep({ ...words, service: { systemd: 'x' }, now: 'start', next: '', serves: slow }));
    expect([rules(await advance()), read('tries')]).toEqual([[], 'x\nx\nx\n']);
  });
});

describe('a package', () => {
  const step = packageStep({ ...words, names: { apt: 'tool', dnf: 'tool' }, what: 'The tool' });
  const lay = (tool: 'yes' | 'no') => {
    place('packages/tool', `installed=${tool}\nversion=1.2\ndepends=lib base\n`);
    place('packages/lib', `installed=${tool}\nversion=1.0\n`);
    place('packages/base', 'installed=yes\nversion=9\n');
    place('packages/other', 'installed=no\nversion=1\ndepends=lib\n');
  };
  const there = () => ['tool', 'lib', 'base', 'other'].filter((name) => read(`packages/${name}`).includes('installed=yes'));
  it('is installed, and goes with what came with it when that is undone', async () => {
    lay('no');
    begin(step);
    const done = await advance();
    expect([done.steps[0]?.status, there()]).toEqual(['done', ['tool', 'lib', 'base']]);
    expect(done.facts).toMatchObject([{ value: 'lib tool' }]);
    const undone = await undo();
    expect([undone.status, there()]).toEqual(['undone', ['base']]);
  });
  it('that was there before stays', async () => {
    lay('yes');
    begin(step);
    await advance();
    const undone = await undo();
    expect([undone.status, there()]).toEqual(['undone', ['tool', 'lib', 'base']]);
  });
  it('is not removed where others need it by now', async () => {
    lay('no');
    begin(step);
    await advance();
    place('packages/other', 'installed=yes\nversion=1\ndepends=lib\n');
    const undone = await undo();
    expect([undone.status, there()]).toEqual(['failed', ['tool', 'lib', 'base', 'other']]);
  });
  it.each([
    ['E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 77 (apt)', 'locked'],
    ["E: Failed to fetch http://deb/x.deb  Temporary failure resolving 'deb'", 'no-network'],
  ])('says why it can not be installed: %s', async (says, rule) => {
    lay('no');
    place('apt.says', `${says}\n`);
    begin(step);
    expect(rules(await advance())).toContain(rule);
    expect((await undo()).status).toBe('undone');
  });
  it('that apt does not know changes nothing', async () => {
    lay('no');
    rmSync(lab('packages/tool'));
    begin(step);
    expect(rules(await advance())).toEqual(['unknown-package']);
  });
});

describe('a file or folder', () => {
  const step = movedAwayStep({ ...words, path: '/var/lib/app/cache' });
  it.each([
    [
      'folder',
      () => {
        place('root/var/lib/app/cache/a b/c', 'one');
        place('root/var/lib/app/cache/d', 'two');
      },
    ],
    ['file', () => place('root/var/lib/app/cache', 'one')],
  ])('is moved away and comes back: a %s', async (_, lay) => {
    lay();
    const before = contents();
    begin(step);
    const done = await advance();
    expect([done.steps[0]?.status, existsSync(lab('root/var/lib/app/cache'))]).toEqual(['done', false]);
    expect(Object.values(contents()).sort()).toEqual(Object.values(before).sort());
    const undone = await undo();
    expect([undone.status, contents()]).toEqual(['undone', before]);
    expect(existsSync(lab('root/var/lib/wrenchbook/moved'))).toBe(false);
  });
  it('that is not there is no trouble', async () => {
    place('root/var/lib/app/other', '');
    begin(step);
    expect((await advance()).steps[0]?.status).toBe('done');
    expect((await undo()).status).toBe('undone');
  });
  it('does not overwrite what has come there since', async () => {
    place('root/var/lib/app/cache', 'one');
    begin(step);
    await advance();
    place('root/var/lib/app/cache', 'new');
    expect((await undo()).status).toBe('failed');
    expect(read('root/var/lib/app/cache')).toBe('new');
    rmSync(lab('root/var/lib/app/cache'));
    expect((await undo()).status).toBe('undone');
    expect(read('root/var/lib/app/cache')).toBe('one');
  });
  it('that comes back damaged is not as it was', async () => {
    place('root/var/lib/app/cache', 'one');
    begin(step);
    await advance();
    const kept = readdirSync(lab('root/var/lib/wrenchbook/moved'))[0] ?? '';
    place(`root/var/lib/wrenchbook/moved/${kept}/it`, 'two');
    expect((await undo()).status).toBe('failed');
  });
});

describe('a generated file', () => {
  const step = generatedFileStep({ ...words, path: '/etc/app/secret', mode: '0600', content: { randomBytes: 32 } });
  it('is made once, for its owner only, and is kept elsewhere when that is undone', async () => {
    place('root/etc/app/x', '');
    begin(step);
    const done = await advance();
    expect([done.steps[0]?.status, rules(done, 'warning')]).toEqual(['done', []]);
    const secret = read('root/etc/app/secret');
    expect(Buffer.from(secret, 'base64')).toHaveLength(32);
    expect(statSync(lab('root/etc/app/secret')).mode & 0o777).toBe(0o600);
    expect(readFileSync(path.join(folder, 'recording.cast'), 'utf8')).not.toContain(secret.trim());
    expect([(await undo()).status, existsSync(lab('root/etc/app/secret'))]).toEqual(['undone', false]);
    expect(Object.values(contents())).toContain(secret);
  });
  it('that is there stays', async () => {
    place('root/etc/app/secret', 'mine');
    begin(step);
    expect((await advance()).steps[0]?.status).toBe('done');
    await undo();
    expect(read('root/etc/app/secret')).toBe('mine');
  });
  it('that could not be made is not left behind in part', async () => {
    place('root/etc/app/x', '');
    begin(generatedFileStep({ ...words, path: '/etc/app/secret', mode: '0640', content: { printedBy: sh`echo half; false` } }));
    expect(rules(await advance())).toContain('not-made');
    expect(readdirSync(lab('root/etc/app'))).toEqual(['x']);
  });
});

describe('kernel parameters', () => {
  const step = sysctlStep({ ...words, name: '90-app', settings: { 'vm.swappiness': '10', 'net.ipv4.tcp_rmem': '4096 1 2' } });
  const lay = () => {
    place('sysctl', 'vm.swappiness=60\nnet.ipv4.tcp_rmem=4096\t131072\t6291456\nkernel.perf=-1\n');
    place('root/etc/x', '');
  };
  it('are set now and for boots, and are as before when that is undone', async () => {
    lay();
    begin(step);
    const done = await advance();
    expect([done.steps[0]?.status, rules(done)]).toEqual(['done', []]);
    expect(read('sysctl')).toContain('vm.swappiness=10\n');
    expect(read('root/etc/sysctl.d/90-app.conf')).toBe('vm.swappiness = 10\nnet.ipv4.tcp_rmem = 4096 1 2\n');
    const undone = await undo();
    expect(undone.status).toBe('undone');
    expect(read('sysctl').replaceAll('\t', ' ')).toBe('vm.swappiness=60\nnet.ipv4.tcp_rmem=4096 131072 6291456\nkernel.perf=-1\n');
    expect(existsSync(lab('root/etc/sysctl.d'))).toBe(false);
  });
  it('that the kernel does not take fail the step, and come back', async () => {
    lay();
    place('sysctl.fixed', 'vm.swappiness\n');
    begin(step);
    expect((await advance()).steps[0]?.status).toBe('failed');
    rmSync(lab('sysctl.fixed'));
    expect([(await undo()).status, read('sysctl').includes('vm.swappiness=60')]).toEqual(['undone', true]);
  });
  it('that another file sets too are named', async () => {
    lay();
    place('root/etc/sysctl.conf', 'vm/swappiness=5\n');
    begin(step);
    expect(rules(await advance(), 'warning')).toEqual(['set-elsewhere']);
  });
  it('that the kernel does not have are found before anything is written', async () => {
    place('sysctl', 'vm.swappiness=60\n');
    place('root/etc/x', '');
    begin(step);
    expect(rules(await advance())).toEqual(['before-unread']);
    expect(existsSync(lab('root/etc/sysctl.d'))).toBe(false);
  });
  it('may be below zero before', async () => {
    lay();
    begin(sysctlStep({ ...words, name: 'x', settings: { 'kernel.perf': '2' } }));
    await advance();
    expect(read('sysctl')).toContain('kernel.perf=2\n');
    expect([(await undo()).status, read('sysctl').includes('kernel.perf=-1\n')]).toEqual(['undone', true]);
  });
});
