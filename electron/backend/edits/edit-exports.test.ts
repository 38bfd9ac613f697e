/** The change of a file in what is handed on, and found again. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { sh } from '../../../shared/topic-kit/index.ts';
import { offerOf, Rehearsal } from '../conformance/rehearsal.test-kit.ts';
import { editTopic } from './edit-topic.test-kit.ts';
import { filesTopic } from './files-topic.test-kit.ts';

const known = vi.hoisted(() => ({ topics: [] as unknown[] }));
vi.mock('../../../shared/topics/index.ts', () => known);
const steps = editTopic.steps({}, { target: { kind: 'lab' }, rehearsal: true });
known.topics.push(
  { ...editTopic, steps: () => steps.map((step) => (step.kind === 'edit' ? { ...step, afterwards: { script: sh`echo taken` } } : step)) },
  filesTopic,
);

const rehearsal = new Rehearsal();
let runId = '';
beforeAll(async () => {
  let state = await rehearsal.start(editTopic.id);
  runId = state.runId;
  for (const _ of ['show', 'write', 'show']) state = await rehearsal.take(state, offerOf(state, 'advance'));
});
afterAll(() => rehearsal.end());
const exported = async (format: 'md' | 'html' | 'txt' | 'json', outside = false) => {
  const out = path.join(rehearsal.data, `out.${format}`);
  await rehearsal.api.transcripts.export({ runId, format, out, outside });
  return readFileSync(out, 'utf8');
};

it.each(['md', 'txt'] as const)('stands in %s, written or only shown', async (format) => {
  const text = await exported(format);
  expect(text).toContain('-limit = 12\n+limit = 4096\n name = ünï');
  expect(text).toMatch(/This change of root\/etc\/app\/app\.conf was written\. The old version is kept in root\/var\/lib\/wrenchbook\/backups\/\S+\/options-/);
  expect(text).toContain('+on = yes');
  expect(text).toContain('This change of root/etc/app/on.conf was shown and not written.');
});
it('stands in html as text, its lines told apart', async () => {
  const html = await exported('html');
  expect(html).toContain('<span class="removed">-limit = 12</span>\n<span class="added">+limit = 4096</span>');
  expect(html).toContain(' # limits&lt;CR&gt;');
});
it.each(['md', 'txt', 'html'] as const)('is followed in %s by what runs then', async (format) => {
  expect(await exported(format)).toMatch(/Then runs:[^a-z]*(?:<\/p><pre class="command" tabindex="0">|sh\n)?\s*echo taken/);
});
it('stands in json', async () => {
  const { run } = JSON.parse(await exported('json', true)) as Awaited<ReturnType<typeof rehearsal.api.transcripts.get>>;
  expect(run.steps.map(({ edit }) => edit?.stage)).toEqual(['written', 'shown']);
});
it('is found by the search', async () => {
  const search = () => rehearsal.api.runs.search({ text: '"limit = 12"', limit: 5, offset: 0 });
  await expect.poll(async () => (await search()).hits[0]?.matches[0], { timeout: 20_000 }).toMatchObject({ stepId: 'options', place: 'screen' });
});

it('stands in them for many files, with each name and backup', async () => {
  let state = await rehearsal.start(filesTopic.id);
  for (const _ of ['show', 'write']) state = await rehearsal.take(state, offerOf(state, 'advance'));
  expect(state.status).toBe('done');
  for (const format of ['md', 'txt', 'html'] as const) {
    const out = path.join(rehearsal.data, `many.${format}`);
    await rehearsal.api.transcripts.export({ runId: state.runId, format, out, outside: false });
    const text = readFileSync(out, 'utf8');
    expect(text, format).toContain('These changes of 2 files were written. The old versions are kept: root/etc/sites/a.conf: root/var/lib/wrenchbook/backups/');
    expect(text, format).toContain('+++ /etc/sites/more/b c.conf');
  }
});
