/** What runs is what the installed procedure says, not what a record says. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { bundleRun } from '../bundles/bundle-writer.ts';
import { offerOf, Rehearsal } from '../conformance/rehearsal.test-kit.ts';
import { sealAnew } from '../custody/seal-anew.test-kit.ts';
import { KeyRing } from '../keys/key-ring.ts';
import { ledgerDigest } from '../ledger/ledger-file.ts';
import { procedures } from '../topics/topic-registry.ts';
import { readJournal } from './journal.ts';
import { planDiffers } from './replan.ts';
import type { RunEvent } from './run-event.ts';
import { signed } from './signed-line.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'wb-replan-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const proof = path.join(folder, 'pwned');

type Created = Extract<RunEvent, { type: 'run-created' }>;

describe('the plan of a new run', () => {
  it.each(procedures().map((topic) => [topic.id, topic] as const))('is planned the same again: %s', async (topicId, topic) => {
    const rehearsal = new Rehearsal();
    const { runId } = await rehearsal.start(topicId);
    const [created] = readJournal(path.join(rehearsal.data, 'runs', runId)).events;
    expect(planDiffers(topic, created as Created)).toBeNull();
    await rehearsal.end();
  });
});

/** A run that was left after its first step, with another beginning, signed by the key of its data folder. */
async function withAnotherBeginning(change: (created: Created) => Created): Promise<{ rehearsal: Rehearsal; runId: string; runFolder: string }> {
  const rehearsal = new Rehearsal();
  let state = await rehearsal.start('perc-h200-crossflash');
  for (let step = 0; step < 4; step++) state = await rehearsal.take(state, offerOf(state, 'advance'));
  const { runId } = state;
  await rehearsal.api.runs.leave({ runId });
  const runFolder = path.join(rehearsal.data, 'runs', runId);
  const journal = path.join(runFolder, 'journal.jsonl');
  const { signing } = new KeyRing(rehearsal.data);
  let prev = '0'.repeat(64);
  const lines = readFileSync(journal, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const { key: _key, sig: _sig, ...event } = JSON.parse(line);
      const text = JSON.stringify(signed('event', { ...(event.type === 'run-created' ? change(event) : event), prev }, signing));
      prev = ledgerDigest(text);
      return text;
    });
  writeFileSync(journal, lines.map((line) => `${line}\n`).join(''));
  await sealAnew(rehearsal.data, runId, { unmarked: true });
  return { rehearsal, runId, runFolder };
}
const withScript = (created: Created): Created => ({
  ...created,
  plan: created.plan.map((step) => ({ ...step, script: `touch ${proof}`, verifyScript: `touch ${proof}`, undoScript: `touch ${proof}` })),
});

describe('a record with another plan', () => {
  it.each([
    ['commands of its own', withScript, 'differs from the installed procedure'],
    [
      'other words',
      (created: Created) => ({ ...created, plan: created.plan.map((step) => ({ ...step, intro: 'This only reads.' })) }),
      'differs from the installed procedure',
    ],
    ['a step less', (created: Created) => ({ ...created, plan: created.plan.slice(0, -1) }), 'its plan has'],
    ['a rehearsal of another kind', (created: Created) => ({ ...created, rehearsal: false }), 'differs from the installed procedure'],
  ])('(%s) that comes in a bundle with a key that counts can be read, and runs nothing', async (_what, change, says) => {
    const maker = await withAnotherBeginning(change);
    const bundle = path.join(folder, 'evil.wbrun');
    const { signing } = new KeyRing(maker.rehearsal.data);
    const pieces: Buffer[] = [];
    for await (const piece of bundleRun(maker.runFolder, signing, 'x')) pieces.push(piece);
    writeFileSync(bundle, Buffer.concat(pieces));
    const there = new Rehearsal();
    const { runId } = maker;
    const state = await there.api.runs.import({ path: bundle, key: signing.fingerprint });
    expect(state.trouble?.message).toMatch(/This run can be read but not continued/);
    expect(state.trouble?.message).toMatch(new RegExp(`${says}|a rehearsal happens in the lab`));
    expect(state.offers.map(({ action }) => action)).toEqual(['stop']);
    await expect(there.api.runs.advance({ runId, stepId: state.current ?? '' })).rejects.toMatchObject({ code: 'wrong-state' });
    await expect(there.api.runs.undo({ runId })).rejects.toMatchObject({ code: 'wrong-state' });
    expect((await there.api.transcripts.get({ runId })).entries.length).toBeGreaterThan(3);
    expect(existsSync(proof)).toBe(false);
    await there.end();
    await maker.rehearsal.end();
  });

  it('of this workstation (an updated app) may be taken back as it was planned, and is not gone on with', async () => {
    const { rehearsal, runId } = await withAnotherBeginning((created) => ({ ...created, topicVersion: created.topicVersion + 1 }));
    const state = await rehearsal.api.runs.get({ runId });
    expect(state.says).toMatch(/planned by version \d+ of the procedure, and this Wrenchbook has version \d+/);
    expect(new Set(state.offers.map(({ action }) => action))).toEqual(new Set(['undo', 'stop']));
    await expect(rehearsal.api.runs.advance({ runId, stepId: state.current ?? '' })).rejects.toMatchObject({ code: 'wrong-state' });
    await rehearsal.end();
  });
});
