/** What is handed on of a run on two machines says of each step where it ran. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Rehearsal } from '../conformance/rehearsal.test-kit.ts';
import { readJournal } from '../runs/journal.ts';
import { twoMachineTopic } from '../runs/two-machines.test-kit.ts';
import { transcriptEntries } from './event-words.ts';

const known = vi.hoisted(() => ({ topics: [] as unknown[] }));
vi.mock('../../../shared/topics/index.ts', () => known);
known.topics.push(twoMachineTopic);

const rehearsal = new Rehearsal();
let runId = '';
beforeAll(async () => {
  const state = await rehearsal.advanceWhileWell(await rehearsal.start(twoMachineTopic.id));
  expect(state.says).toBe('Done and verified.');
  ({ runId } = state);
});
afterAll(() => rehearsal.end());
const exported = async (format: 'md' | 'html' | 'txt' | 'json' | 'cast' | 'sudo') => {
  const out = path.join(rehearsal.data, `out.${format}`);
  await rehearsal.api.transcripts.export({ runId, format, out });
  return readFileSync(format === 'sudo' ? path.join(out, 'ttyout') : out, 'utf8');
};

it('says it in the record', () => {
  const record = transcriptEntries(readJournal(path.join(rehearsal.data, 'runs', runId)).events)
    .map(({ text }) => text)
    .join('\n');
  expect(record).toContain('1. Write ask: started, on Client (lab).');
  expect(record).toContain('2. Write answer: started, on Proxy (lab).');
  expect(record).toContain('3. Edit tell: reading, on Proxy (lab), to show the change.');
});
it('says it in Markdown', async () => {
  const text = await exported('md');
  expect(text).toContain('| Client | lab |\n| Proxy | lab |');
  expect(text).toMatch(/### 2\. Write answer\n\n.*\n\nOn: \*\*Proxy \(lab\)\*\*/);
});
it('says it in HTML', async () => {
  const text = await exported('html');
  expect(text).toContain('<tr><th scope="row">Proxy</th><td>lab</td></tr>');
  expect(text).toMatch(/2\. Write answer <small>[^<]*<\/small><\/h3><p>On: <b>Proxy \(lab\)<\/b><\/p>/);
});
it('says it as text', async () => {
  const text = await exported('txt');
  for (const head of ['==== Write ask, on Client (lab) ====', '==== Write answer, on Proxy (lab) ====', '==== 3. Edit tell, on Proxy (lab) ===='])
    expect(text).toContain(head);
  expect(text).toMatch(/── Client \(lab\) ──[\s\S]*── Proxy \(lab\) ──[\s\S]*── Client \(lab\) ──/);
});
it('says it in JSON', async () => {
  const { run } = JSON.parse(await exported('json')) as Awaited<ReturnType<typeof rehearsal.api.transcripts.get>>;
  expect(run.machines?.map(({ id, title, label }) => [id, title, label])).toEqual([
    ['client', 'Client', 'lab'],
    ['proxy', 'Proxy', 'lab'],
  ]);
  expect(run.plan.map(({ on }) => on)).toEqual(['client', 'proxy', 'proxy', 'client']);
});
it('says it in the recording, and in what sudoreplay shows', async () => {
  expect(await exported('cast')).toContain('"m","Write answer, on Proxy (lab)"');
  expect(await exported('sudo')).toContain('── Proxy (lab) ──');
});
it('is whole in a bundle, and opens elsewhere', async () => {
  const out = path.join(rehearsal.data, 'out.wbrun');
  await rehearsal.api.transcripts.export({ runId, format: 'bundle', out });
  const { own } = await rehearsal.api.keys.list({});
  const other = new Rehearsal();
  const verified = await rehearsal.api.transcripts.verifyFile({ path: out });
  expect(verified.findings).toEqual([]);
  const state = await other.api.runs.import({ path: out, key: own.fingerprint });
  expect(state.machines?.map(({ title }) => title)).toEqual(['Client', 'Proxy']);
  await other.end();
});
