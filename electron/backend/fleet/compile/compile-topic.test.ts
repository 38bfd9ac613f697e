/** All procedures, compiled with the values of their rehearsal: what every role has to be, and two as they are. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { secretField, secretIn, type Topic } from '../../../../shared/topic-kit/index.ts';
import { topic as cutting, silent } from '../../real/fleet-cut-link-topic.test-kit.ts';
import { findTopic, procedures } from '../../topics/topic-registry.ts';
import { answer } from '../rules/answer.ts';
import { bundleRules } from '../rules/rules-bundle.ts';
import { compilability, rehearsalValues } from './compilable-topics.ts';
import { compiled } from './compiled.test-kit.ts';
import { writeCompiled } from './compiled-folder.ts';
import { jinjaText, literally } from './role-names.ts';
import type { Task } from './role-tasks.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'wb-compiled-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const filesOf = (topic: Topic, more: Parameters<typeof compiled>[1] = {}) => {
  const made = compiled(topic, more);
  if ('obstacles' in made) throw new Error(made.obstacles.map(({ because }) => because).join('\n'));
  return made.files;
};
const tasksIn = (tasks: readonly Task[]): Task[] =>
  tasks.flatMap((task) => [task, ...tasksIn((task.block as Task[]) ?? []), ...tasksIn((task.rescue as Task[]) ?? [])]);
const can = compilability();
const compilable = can.filter(({ obstacles }) => obstacles.length === 0).map(({ topicId }) => topicId);

it('compiles what has only commands and edits, and says of the rest why not', () => {
  expect(
    can.map(
      ({ topicId, obstacles, byHandBefore }) =>
        `${topicId}: ${obstacles.map(({ because }) => because).join(' ') || ['compiles', ...byHandBefore].join(', first by hand: ')}`,
    ),
  ).toMatchSnapshot();
  for (const { kinds, topicId } of procedures().map((topic) => ({ topicId: topic.id, kinds: topic.targets ?? [] })))
    if (!kinds.includes('ssh')) expect(compilable).not.toContain(topicId);
});

describe.each(compilable)('%s', (id) => {
  const topic = findTopic(id);
  const files = filesOf(topic);
  const manifest = JSON.parse(files.get('wrenchbook.json') ?? '') as { steps: { id: string }[]; around: string[] };
  const own = [...files].filter(([name]) => /\/tasks\/.*\.yml$/.test(name)).map(([name, text]) => [name, tasksIn(parse(text) as Task[])] as const);

  it('is YAML whose tasks name their step, with its tag, and never waits for a person', () => {
    const prefixes = [...manifest.steps.map((step) => step.id), ...manifest.around];
    for (const [name, tasks] of own)
      for (const task of tasks) {
        if ('ansible.builtin.import_tasks' in task) continue;
        expect(prefixes, `${name}: ${task.name}`).toContain(/^([a-z0-9-]+): ./.exec(String(task.name))?.[1]);
        expect(Object.keys(task).join(' '), name).not.toMatch(/pause|ansible\.builtin\.(?:raw|script)/);
      }
    for (const { id: step } of manifest.steps) expect(own.find(([name]) => name.endsWith(`/tasks/${step}.yml`))?.[1][0]?.tags, step).toEqual([step]);
  });

  it('runs what a single run runs, byte for byte but for facts, and changes hosts only where the plan does', () => {
    const texts = [...files].filter(([name]) => name.endsWith('.sh') || name.endsWith('.sh.j2'));
    for (const [name, text] of texts) expect(text, name).not.toMatch(/‹|read in step \d/);
    for (const [name, tasks] of own)
      for (const task of tasks.filter((each) => 'ansible.builtin.shell' in each && each.check_mode === false))
        expect(task.changed_when, `${name}: ${task.name} only reads`).toBe(false);
  });

  it('restarts a host only where that is still to be done', () => {
    for (const [name, tasks] of own)
      for (const task of tasks.filter((each) => 'ansible.builtin.reboot' in each)) expect(task.when, `${name}: ${task.name}`).toMatch(/_todo$/);
  });

  it('is the same a second time, and no filter is missing', () => {
    expect([...filesOf(topic)]).toEqual([...files]);
    const role = id.replaceAll('-', '_');
    const known = [...(files.get(`roles/${role}/filter_plugins/${role}_rules.py`) ?? '').matchAll(/^def (\w+)\(/gm)].map(([, name]) => name);
    const used = [...files]
      .filter(([name]) => /\.(?:yml|j2)$/.test(name))
      .flatMap(([, text]) => [...text.matchAll(new RegExp(`\\|\\s+${role}_(\\w+)`, 'g'))].map(([, name]) => name));
    expect([...new Set(used)].filter((name) => !known.includes(name))).toEqual([]);
  });
});

it.each([
  ['isc-dhcp-boot-retry', /site|undo\.yml|tasks\/(?:main|probe|look|drop-in|start)\.yml|undo\/drop-in|handlers/],
  ['openmpi-infiniband', /site|undo\.yml|apply-2-head|tasks\/drain\.yml/],
  ['apt-size-mismatch', /site|undo\.yml|start-client|apply-|decide\/|tasks\/remove/],
])('%s reads as an admin would write it', (id, shown) => {
  const files = filesOf(findTopic(id));
  expect(
    [...files]
      .filter(([name]) => shown.test(name))
      .map(([name, text]) => `===== ${name}\n${text}`)
      .join('\n'),
  ).toMatchSnapshot();
});

it('carries rules that judge as the app does', { timeout: 120_000 }, async () => {
  const topic = findTopic('page-cache-backup');
  const values = rehearsalValues(topic);
  const place = writeCompiled(path.join(folder, 'rules'), filesOf(topic, { rules: await bundleRules(topic.id) }));
  const { execFileSync } = await import('node:child_process');
  const questions = [
    { ask: 'verdict' as const, seen: { '': { output: 'nonsense', exitStatus: 0 } } },
    { ask: 'system' as const, output: 'kernel=Darwin\nid=macos\nversion=10.9' },
    { ask: 'edit' as const, step: 'limit', facts: {}, files: [{ path: '/x', text: '' }] },
    { ask: 'judge' as const, step: 'look', part: 'script' as const, seen: { output: 'x: command not found', exitStatus: 127 }, facts: {} },
  ];
  for (const question of questions) {
    const said = execFileSync('node', [path.join(place, 'roles/page_cache_backup/files/rules.mjs')], { input: JSON.stringify(question), encoding: 'utf8' });
    expect(JSON.parse(said)).toEqual(JSON.parse(JSON.stringify(answer(topic, { values, machines: [] }, question))));
  }
  expect(answer(topic, { values, machines: [] }, questions[3] as (typeof questions)[number])).toMatchObject({
    failed: true,
    words: expect.stringContaining('command not found'),
  });
});

it('lets a step that cuts its link run on by itself, and waits for the host, also in the undo; one that does not say so is as any', () => {
  const textOf = (topic: Topic, name: string) => filesOf(topic).get(`roles/${topic.id.replaceAll('-', '_')}/${name}`) ?? '';
  for (const name of ['tasks/network.yml', 'tasks/undo/network.yml']) {
    expect(textOf(cutting, name)).toMatch(
      /cmd: \|\n\s+sleep 3\n[\s\S]*async: "\{\{ ansible_check_mode \| ternary\(0, 1800\) \}\}"\n\s+poll: 5\n[\s\S]*wait_for_connection/,
    );
    expect(textOf(silent, name)).not.toMatch(/async|wait_for_connection|sleep 3/);
  }
  expect(textOf(cutting, 'files/network.sh')).toBe(textOf(silent, 'files/network.sh'));
  expect(textOf(cutting, 'README.md')).toContain('(changes, root, can cut its link; the host is waited for)');
});

it('asks for a secret when it is played, and has it in no file', () => {
  const parameters = z.object({ token: secretField({ label: 'Token', help: 'Of the service.' }, z.string().min(4)) });
  const topic = {
    ...findTopic('isc-dhcp-boot-retry'),
    id: 'with-secret',
    parameters,
    probe: undefined,
    labDefaults: { token: 'Sesame-4711' },
    steps: () => [
      {
        kind: 'edit',
        id: 'put',
        title: 'Put it',
        intro: 'Writes it.',
        danger: 'changes',
        file: "/etc/it's {{ x }}",
        secrets: ['token'],
        edit: () => `token=${secretIn('token')}\n`,
      },
    ],
  } as unknown as Topic;
  const files = filesOf(topic);
  expect([...files].filter(([, text]) => text.includes('Sesame'))).toEqual([]);
  expect(parse(files.get('site.yml') ?? '')).toMatchObject([{ vars_prompt: [{ name: 'with_secret_secret_token', private: true }] }]);
  expect(JSON.parse(files.get('wrenchbook.json') ?? '')).toMatchObject({ secrets: ['with_secret_secret_token'] });
  const holding = tasksIn(parse(files.get('roles/with_secret/tasks/put.yml') ?? '') as Task[]).filter((task) =>
    /\.text\b|_edited/.test(JSON.stringify({ ...task, block: 0, rescue: 0 })),
  );
  expect(holding.map(({ no_log }) => no_log)).toEqual([true, true]);
});

it('takes no text for a template', () => {
  expect([literally('/etc/x'), literally('/etc/{{ x }}'), jinjaText(`it's "so"\\`)]).toEqual(['/etc/x', "{{ '/etc/{{ x }}' }}", `('it' ~ "'" ~ 's "so"\\')`]);
});

it('replaces its own folder, and nothing of anybody else', () => {
  const files = filesOf(findTopic('zimbra-zmsaupdate'));
  const place = path.join(folder, 'book');
  writeCompiled(place, files);
  expect(readFileSync(path.join(writeCompiled(place, files), 'site.yml'), 'utf8')).toBe(files.get('site.yml'));
  writeFileSync(path.join(place, 'notes.txt'), 'mine');
  expect(() => writeCompiled(place, files)).toThrow('"notes.txt" in it is not part of a compiled procedure');
  expect(readFileSync(path.join(place, 'notes.txt'), 'utf8')).toBe('mine');
  expect(() => writeCompiled(path.join(place, 'notes.txt'), files)).toThrow('not a folder');
  expect(() => writeCompiled(path.join(place, 'notes.txt', 'new'), files)).toThrow(
    expect.objectContaining({ code: 'storage', next: expect.stringContaining('name another folder') }),
  );
  expect(readdirSync(folder).filter((name) => name.includes('new'))).toEqual([]);
});
