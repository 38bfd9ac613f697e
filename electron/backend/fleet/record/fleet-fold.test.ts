import { describe, expect, it } from 'vitest';
import type { AnsibleEvent } from './ansible-event.ts';
import type { FleetEvent, FleetEventBody } from './fleet-event.ts';
import { FleetFold } from './fleet-fold.ts';
import { fleetNews, fleetState } from './fleet-view.ts';

const steps = ['look', 'write', 'verify'].map((id) => ({ id, title: id, role: '' }));
type Body = FleetEventBody | AnsibleEvent;
type Kind = Extract<FleetEventBody, { type: 'attempt-started' }>['kind'];
let number = 0;

function fold(hosts: readonly string[], ...bodies: readonly Body[]): FleetFold {
  const folded = new FleetFold();
  const created = { type: 'fleet-created' as const, runId: 'r', topicId: 't', title: 'T', version: '1', steps, secrets: [], files: [], wrenchbook: '0' };
  number = 0;
  add(folded, { ...created, hosts: hosts.map((name) => ({ name, role: '', from: '' })) }, ...bodies);
  return folded;
}
function add(folded: FleetFold, ...bodies: readonly Body[]): void {
  for (const body of bodies) {
    if ('type' in body && body.type === 'attempt-started') number = body.attempt;
    const event: FleetEventBody = 'e' in body ? { type: 'ansible', attempt: number, event: body } : body;
    folded.apply({ v: 1, seq: 0, at: '2026-11-30T00:00:00.000Z', prev: '', key: '', sig: '', ...event } as FleetEvent);
  }
}
const begin = (attempt: number, kind: Kind, ...hosts: string[]): FleetEventBody => ({
  type: 'attempt-started',
  attempt,
  kind,
  hosts,
  command: '',
  ansible: '',
});
const end = (attempt: number, status: number | null): FleetEventBody => ({ type: 'attempt-ended', attempt, status, recording: null });
const play = (...hosts: string[]): AnsibleEvent => ({ e: 'play', at: 1, name: 'p', hosts });
const task = (step: string): AnsibleEvent => ({ e: 'task', at: 1, id: step, name: `${step}: do it`, action: 'command', tags: [step], handler: false });
const started = (host: string, step: string): AnsibleEvent => ({ e: 'host-start', at: 1, host, task: step });
type Result = Extract<AnsibleEvent, { e: 'result' }>;
const result = (host: string, step: string, status: Result['status'] = 'ok', more: Partial<Result> = {}): AnsibleEvent => ({
  ...{ e: 'result', at: 1, host, task: step, status, changed: false, ignored: false, hidden: false, said: { empty: false, stdout: 'x' } },
  ...more,
});
const count = { ok: 3, changed: 0, failures: 0, dark: 0, skipped: 0, rescued: 0, ignored: 0 };
const stats = (hosts: Record<string, Partial<typeof count>>): AnsibleEvent => ({
  e: 'stats',
  at: 1,
  hosts: Object.fromEntries(Object.entries(hosts).map(([name, own]) => [name, { ...count, ...own }])),
});
const through = (...hosts: string[]): AnsibleEvent[] => steps.flatMap(({ id }) => [task(id), ...hosts.map((host) => result(host, id))]);
const row = (folded: FleetFold, host = 0) => folded.hosts[host]?.cells.map(({ status }) => status);
const statuses = (folded: FleetFold) => folded.hosts.map(({ status }) => status);

describe('a playbook that stops at a number of failed hosts', () => {
  const counting: AnsibleEvent = {
    e: 'task',
    at: 1,
    id: 'count',
    name: 'stop-at: Say that enough hosts have failed',
    action: 'debug',
    tags: ['always'],
    handler: false,
  };
  const told = (host: string): AnsibleEvent[] => [
    ...[counting, started(host, 'count'), result(host, 'count', 'ok', { said: { empty: false, msg: 'Enough hosts have failed (limit 1): b.' } })],
  ];
  const passed = (host: string): AnsibleEvent[] => [counting, result(host, 'count', 'skipped')];

  it('has hosts that were not begun, the one that was told among them; nothing comes behind it by itself, and all can be continued', () => {
    const hosts = ['a', 'b', 'c', 'd', 'e'];
    const folded = fold(hosts, begin(1, 'apply', ...hosts), play('a', 'b', 'c'), ...passed('a'), task('look'), result('a', 'look'));
    add(folded, result('b', 'look', 'failed'), result('c', 'look', 'unreachable'), task('write'), result('a', 'write'), task('verify'), result('a', 'verify'));
    add(folded, play('d', 'e'), ...told('d'), stats({ a: {}, b: { failures: 1 }, c: { dark: 1 }, d: { ok: 1 } }), end(1, 0));
    expect([statuses(folded), folded.status, folded.next]).toEqual([['done', 'failed', 'unreachable', 'pending', 'pending'], 'failed', null]);
    expect(row(folded, 3)).toEqual(['pending', 'pending', 'pending']);
    expect(folded.aside('d')).toEqual([]);
    expect(folded.hosts.map(({ says }) => says).slice(3)).toEqual(['It was not begun: enough hosts had failed.', 'It was not begun: enough hosts had failed.']);
    expect(folded.hostsFor('resume')).toEqual(['b', 'c', 'd', 'e']);
    expect(fleetState(folded, '', 'no').says).toBe('Hosts: 1 done, 1 failed, 1 unreachable, 2 not finished. Enough hosts have failed (limit 1): b.');
    // The next attempt begins anew.
    add(
      folded,
      begin(2, 'resume', 'b', 'c', 'd', 'e'),
      play('b', 'c'),
      ...passed('b'),
      ...through('b', 'c'),
      play('d', 'e'),
      ...passed('d'),
      ...through('d', 'e'),
    );
    add(folded, stats({ b: {}, c: {}, d: {}, e: {} }), end(2, 0));
    expect([statuses(folded), folded.status, fleetState(folded, '', 'no').says]).toEqual([hosts.map(() => 'done'), 'done', 'Hosts: 5 done.']);
  });

  it('takes no host for undone whose undo was not begun', () => {
    const folded = fold(['a', 'b'], begin(1, 'apply', 'a', 'b'), play('a', 'b'), task('look'), result('a', 'look', 'ok', { changed: true }));
    add(folded, result('b', 'look', 'ok', { changed: true }), ...through('a', 'b').slice(3), stats({ a: {}, b: {} }), end(1, 0));
    add(folded, begin(2, 'undo', 'a', 'b'), play('a'), ...passed('a'), task('look'), result('a', 'look', 'failed'), play('b'), ...told('b'));
    add(folded, stats({ a: { failures: 1 }, b: { ok: 1 } }), end(2, 0));
    expect(folded.hosts.map(({ status, changed }) => [status, changed])).toEqual([
      ['failed', true],
      ['done', true],
    ]);
    expect(folded.hosts[1]?.says).toBe('Its undo was not begun.');
  });
});

describe('the matrix', () => {
  it('fills as events come: a step is running until all hosts are through with it', () => {
    const folded = fold(['a', 'b'], begin(1, 'apply', 'a', 'b'), play('a', 'b'), task('look'), started('a', 'look'), started('b', 'look'));
    expect([row(folded), row(folded, 1)]).toEqual([
      ['running', 'pending', 'pending'],
      ['running', 'pending', 'pending'],
    ]);
    add(folded, result('a', 'look'));
    expect(row(folded)).toEqual(['running', 'pending', 'pending']);
    add(folded, result('b', 'look', 'skipped'), task('write'));
    expect([row(folded), row(folded, 1)]).toEqual([
      ['ok', 'pending', 'pending'],
      ['skipped', 'pending', 'pending'],
    ]);
    add(folded, result('a', 'write', 'ok', { changed: true }), result('b', 'write', 'failed'), task('verify'), result('a', 'verify'));
    add(folded, stats({ a: {}, b: { failures: 1 } }), end(1, 2));
    expect([row(folded), row(folded, 1), statuses(folded), folded.status]).toEqual([
      ['ok', 'changed', 'ok'],
      ['skipped', 'failed', 'pending'],
      ['done', 'failed'],
      'failed',
    ]);
    expect([folded.hostsFor('retry'), folded.hostsFor('resume'), folded.hostsFor('undo'), folded.hostsFor('apply')]).toEqual([['b'], ['b'], ['a'], []]);
  });
  it('never takes an empty result, a missing one or no host at all for ok', () => {
    const empty = { said: { empty: true } };
    const mute = fold(
      ['a'],
      begin(1, 'apply', 'a'),
      play('a'),
      task('look'),
      result('a', 'look', 'ok', empty),
      ...through('a').slice(2),
      stats({ a: {} }),
      end(1, 0),
    );
    expect([row(mute), statuses(mute), mute.status]).toEqual([['unknown', 'ok', 'ok'], ['unknown'], 'failed']);
    const missing = fold(['a'], begin(1, 'apply', 'a'), play('a'), ...through('a').slice(0, 4), stats({ a: {} }), end(1, 0));
    expect([row(missing), statuses(missing)]).toEqual([['ok', 'ok', 'unknown'], ['unknown']]);
    const none = fold(['a'], begin(1, 'apply', 'a'), { e: 'no-hosts', at: 1 }, stats({}), end(1, 0));
    expect([row(none), statuses(none)]).toEqual([['pending', 'pending', 'pending'], ['pending']]);
  });
  it('takes no step for done that was under way when Ansible was killed, even if all that had begun of it came back', () => {
    const killed = fold(['a', 'b'], begin(1, 'apply', 'a', 'b'), play('a', 'b'), task('look'), result('a', 'look'), result('b', 'look'));
    add(killed, task('write'), result('a', 'write', 'ok', { changed: true }), started('b', 'write'), { type: 'attempt-lost', attempt: 1, because: 'killed' });
    expect([row(killed), row(killed, 1), statuses(killed), killed.hostsFor('undo')]).toEqual([
      ['ok', 'unknown', 'pending'],
      ['ok', 'unknown', 'pending'],
      ['unknown', 'unknown'],
      ['a'],
    ]);
  });
  it('paints what could not be begun where a host is out of reach before its first step', () => {
    const gather: AnsibleEvent = { e: 'task', at: 1, id: 'facts', name: 'Gathering Facts', action: 'setup', tags: [], handler: false };
    const said = { said: { empty: false, msg: 'No route to host' } };
    const folded = fold(
      ['a'],
      begin(1, 'apply', 'a'),
      play('a'),
      gather,
      result('a', 'facts', 'unreachable', said),
      stats({ a: { dark: 1, ok: 0 } }),
      end(1, 4),
    );
    expect([row(folded), statuses(folded)]).toEqual([['unreachable', 'pending', 'pending'], ['unreachable']]);
    expect(folded.detail('a', 'look')?.tasks[0]?.message).toBe('No route to host');
  });
  it('leaves those out of reach whose turn did not come again, as the first of them was out of reach again', () => {
    const folded = fold(['a', 'b', 'c'], begin(1, 'apply', 'a', 'b', 'c'), play('a', 'b', 'c'), task('look'), result('a', 'look', 'failed'));
    add(folded, result('b', 'look', 'unreachable'), result('c', 'look', 'unreachable'));
    add(folded, stats({ a: { failures: 1 }, b: { dark: 1 }, c: { dark: 1 } }), end(1, 4));
    expect([statuses(folded), folded.next?.hosts]).toEqual([
      ['failed', 'unreachable', 'unreachable'],
      ['b', 'c'],
    ]);
    add(folded, { ...begin(2, 'retry', 'b', 'c'), follows: 'late' } as FleetEventBody, play('b'), task('look'), result('b', 'look', 'unreachable'));
    add(folded, stats({ b: { dark: 1 } }), end(2, 4));
    expect([statuses(folded), row(folded, 2), folded.next]).toEqual([['failed', 'unreachable', 'unreachable'], ['unreachable', 'pending', 'pending'], null]);
    expect(folded.hostsFor('retry')).toEqual(['a', 'b', 'c']);
  });

  it('says "not affected" where the playbook’s own check ended the host, and only there', () => {
    const probe: AnsibleEvent = { e: 'task', at: 1, id: 'probe', name: 'probe: Say why', action: 'debug', tags: ['always', 'probe'], handler: false };
    const said = { said: { empty: false, msg: 'already-fixed. The limits are set.' } };
    const folded = fold(['a', 'b'], begin(1, 'apply', 'a', 'b'), play('a', 'b'), probe, result('a', 'probe', 'ok', said), result('b', 'probe', 'skipped'));
    add(folded, ...through('b'), stats({ a: { ok: 1 }, b: {} }), end(1, 0));
    expect([row(folded), row(folded, 1), statuses(folded)]).toEqual([
      ['skipped', 'skipped', 'skipped'],
      ['ok', 'ok', 'ok'],
      ['done', 'done'],
    ]);
    expect(folded.hosts[0]?.says).toBe('already-fixed. The limits are set.');
  });
  it('takes a failure that the playbook rescued or ignores for none', () => {
    const rescued = fold(['a'], begin(1, 'apply', 'a'), play('a'), task('look'), result('a', 'look', 'failed'), ...through('a').slice(2));
    add(rescued, stats({ a: { rescued: 1 } }), end(1, 0));
    expect([row(rescued), statuses(rescued)]).toEqual([['ok', 'ok', 'ok'], ['done']]);
    const ignored = fold(['a'], begin(1, 'apply', 'a'), play('a'), task('look'), result('a', 'look', 'failed', { ignored: true }), ...through('a').slice(2));
    add(ignored, stats({ a: { ignored: 1 } }), end(1, 0));
    expect([row(ignored), statuses(ignored)]).toEqual([['ok', 'ok', 'ok'], ['done']]);
  });
});

describe('a run that was cut off', () => {
  it('has done what an ended batch did, and says of the others that it is unknown or not begun', () => {
    const folded = fold(['a', 'b', 'c'], begin(1, 'apply', 'a', 'b', 'c'), play('a'), ...through('a'), play('b', 'c'), task('look'), started('b', 'look'));
    add(folded, { type: 'attempt-lost', attempt: 1, because: '' });
    expect([statuses(folded), row(folded, 1), folded.status]).toEqual([['done', 'unknown', 'pending'], ['unknown', 'pending', 'pending'], 'interrupted']);
    expect(folded.hostsFor('resume')).toEqual(['b', 'c']);
    add(folded, begin(2, 'resume', 'b', 'c'), play('b', 'c'), ...through('b', 'c'), stats({ b: {}, c: {} }), end(2, 0));
    expect([statuses(folded), folded.status, folded.hostsFor('resume')]).toEqual([['done', 'done', 'done'], 'done', []]);
  });
  it('does not take a host for done whose play others ended', () => {
    const folded = fold(['a', 'b'], begin(1, 'apply', 'a', 'b'), play('a', 'b'), task('look'), result('a', 'look'), result('b', 'look', 'failed'));
    add(folded, stats({ a: { ok: 1 }, b: { failures: 1 } }), end(1, 2));
    expect([statuses(folded), row(folded)]).toEqual([
      ['pending', 'failed'],
      ['ok', 'pending', 'pending'],
    ]);
  });
});

describe('a check and an undo', () => {
  it('a check changes no host, and groups those that would change the same', () => {
    const diff = (size: number) => ({ changed: true, said: { empty: false, diff: `+size=${size}\n` } });
    const folded = fold(['a', 'b', 'c'], begin(1, 'check', 'a', 'b', 'c'), play('a', 'b', 'c'), task('write'));
    add(
      folded,
      result('a', 'write', 'ok', diff(23)),
      result('b', 'write', 'ok', diff(22)),
      result('c', 'write', 'ok', diff(22)),
      stats({ a: {}, b: {}, c: {} }),
      end(1, 0),
    );
    expect([row(folded), statuses(folded), folded.status, folded.hostsFor('undo')]).toEqual([
      ['pending', 'would-change', 'pending'],
      ['pending', 'pending', 'pending'],
      'planned',
      [],
    ]);
    expect(folded.changeGroups()).toEqual([
      { hosts: ['b', 'c'], steps: [{ id: 'write', title: 'write', diff: '+size=22\n' }], differs: [{ added: true, text: 'size=22' }], more: 0 },
      { hosts: ['a'], steps: [{ id: 'write', title: 'write', diff: '+size=23\n' }], differs: [{ added: true, text: 'size=23' }], more: 0 },
    ]);
    expect(folded.hostsFor('apply')).toEqual(['a', 'b', 'c']);
  });
  it('a check does not take a host for unchanged that it could not look at', () => {
    const folded = fold(['a', 'b', 'c', 'd'], begin(1, 'check', 'a', 'b', 'c', 'd'), play('a', 'b', 'c', 'd'), task('write'));
    add(folded, result('a', 'write'), result('b', 'write', 'unreachable'), result('c', 'write', 'ok', { said: { empty: true } }));
    add(folded, stats({ a: { ok: 1 }, b: { dark: 1 }, c: { ok: 1 } }), end(1, 4));
    expect(folded.unseenByCheck().map(({ host }) => host)).toEqual(['b', 'c', 'd']);
  });
  it('an undo is for those that were changed, and only counts where it was seen to its end', () => {
    const changed = { changed: true };
    const folded = fold(['a', 'b'], begin(1, 'apply', 'a', 'b'), play('a', 'b'), task('look'), result('a', 'look'), result('b', 'look'), task('write'));
    add(
      folded,
      result('a', 'write', 'ok', changed),
      result('b', 'write'),
      task('verify'),
      result('a', 'verify'),
      result('b', 'verify'),
      stats({ a: {}, b: {} }),
      end(1, 0),
    );
    expect([folded.status, folded.hostsFor('undo')]).toEqual(['done', ['a']]);
    add(folded, begin(2, 'undo', 'a'), play('a'), task('write'), started('a', 'write'), { type: 'attempt-lost', attempt: 2, because: '' });
    expect([statuses(folded), folded.hostsFor('undo')]).toEqual([['unknown', 'done'], ['a']]);
    add(folded, begin(3, 'undo', 'a'), play('a'), task('write'), result('a', 'write', 'ok', changed), stats({ a: {} }), end(3, 0));
    expect([statuses(folded), row(folded), folded.hostsFor('undo')]).toEqual([['undone', 'done'], ['ok', 'undone', 'ok'], []]);
  });
});

it('an undo that fails on one host says nothing of those whose undo came to its end', () => {
  const folded = fold(['a', 'b'], begin(1, 'apply', 'a', 'b'), play('a', 'b'), ...through('a', 'b'), task('write'));
  add(folded, result('a', 'write', 'ok', { changed: true }), result('b', 'write', 'ok', { changed: true }), stats({ a: {}, b: {} }), end(1, 0));
  const last: AnsibleEvent = { e: 'task', at: 1, id: 'end', name: 'undo-end: Remove what was kept', action: 'file', tags: ['always'], handler: false };
  add(folded, begin(2, 'undo', 'a', 'b'), play('a', 'b'), task('write'), result('a', 'write'), result('b', 'write', 'failed'), last, result('a', 'end'));
  add(folded, stats({ a: {}, b: { failures: 1 } }), end(2, 2));
  expect([statuses(folded), folded.hostsFor('undo')]).toEqual([['undone', 'failed'], ['b']]);
});

describe('a procedure with several machines', () => {
  const created = (): FleetFold => {
    const folded = new FleetFold();
    const own = [
      { id: 'look', title: 'look', role: 'node' },
      { id: 'job', title: 'job', role: 'head', one: true },
    ];
    const hosts = ['n1', 'n2', 'h1', 'h2'].map((name) => ({ name, role: name.startsWith('n') ? 'node' : 'head', from: '' }));
    const head = { type: 'fleet-created' as const, runId: 'r', topicId: 't', title: 'T', version: '1', secrets: [], files: [], wrenchbook: '0' };
    add(folded, { ...head, steps: own, hosts });
    return folded;
  };
  const all = ['n1', 'n2', 'h1', 'h2'];
  it('has a step of the first host of a group on no other, and undoes what was changed with what that needs', () => {
    const folded = created();
    add(folded, begin(1, 'apply', ...all), play('n1', 'n2'), task('look'), result('n1', 'look', 'ok', { changed: true }), result('n2', 'look', 'failed'));
    add(folded, play('h1'), task('job'), result('h1', 'job'), stats({ n1: {}, n2: { failures: 1 }, h1: {}, h2: {} }), end(1, 2));
    expect([statuses(folded), row(folded, 3)]).toEqual([
      ['done', 'failed', 'done', 'done'],
      ['pending', 'pending'],
    ]);
    expect([folded.hostsFor('retry'), folded.hostsFor('undo')]).toEqual([all, ['n1', 'h1', 'h2']]);
    add(folded, begin(2, 'undo', 'n1', 'h1', 'h2'), play('n1'), task('look'), result('n1', 'look', 'ok', { changed: true }));
    add(folded, stats({ n1: {}, h1: {}, h2: {} }), end(2, 0));
    expect([statuses(folded), folded.hostsFor('undo')]).toEqual([['undone', 'failed', 'done', 'done'], []]);
  });
});

it('news have only what changed since the last', () => {
  const folded = fold(['a', 'b'], begin(1, 'apply', 'a', 'b'), play('a', 'b'), task('look'), started('a', 'look'));
  fleetNews(folded, fleetState(folded, '', 'here'));
  add(folded, result('a', 'look', 'failed'));
  const news = fleetNews(folded, fleetState(folded, '', 'here'));
  expect(news.cells).toEqual([{ host: 0, step: 0, status: 'failed' }]);
  expect(news.hostRows.map(({ at, row: { status } }) => [at, status])).toEqual([[0, 'failed']]);
});
