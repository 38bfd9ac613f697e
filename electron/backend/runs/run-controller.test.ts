import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { offerOf, Rehearsal } from '../conformance/rehearsal.test-kit.ts';

const topic = 'perc-h200-crossflash';
let rehearsal: Rehearsal;
beforeEach(() => {
  rehearsal = new Rehearsal();
});
afterEach(() => rehearsal.end());

/** Runs steps until `stepId` is next. */
async function upTo(stepId: string, failure?: string) {
  let state = await rehearsal.start(topic, failure);
  while (state.current !== stepId) state = await rehearsal.take(state, offerOf(state, 'advance'));
  return state;
}

describe('a run', () => {
  it('refuses what is not offered, with the way out', async () => {
    const { runId } = await rehearsal.start(topic);
    await expect(rehearsal.api.runs.advance({ runId, stepId: 'erase' })).rejects.toMatchObject({
      code: 'wrong-state',
      next: expect.stringContaining('Possible now'),
    });
    await expect(rehearsal.api.runs.advance({ runId, stepId: 'no-such-step' })).rejects.toMatchObject({ code: 'wrong-state' });
    await expect(rehearsal.api.runs.remedy({ runId, remedyId: 'reseat-card' })).rejects.toMatchObject({ code: 'wrong-state' });
    await expect(rehearsal.api.runs.undo({ runId })).rejects.toMatchObject({ code: 'wrong-state' });
    await expect(rehearsal.api.runs.interrupt({ runId })).rejects.toMatchObject({ code: 'wrong-state' });
    await expect(rehearsal.api.runs.skip({ runId, stepId: 'check-files', reason: ' ' })).rejects.toMatchObject({ code: 'bad-message' });
  });

  it('runs nothing destructive without the typed confirmation', async () => {
    const state = await upTo('erase');
    const { runId } = state;
    const before = readFileSync(path.join(rehearsal.labFolder(runId), 'controller.state'), 'utf8');
    for (const confirmation of [undefined, '', 'yes', '5782bcb-0-1234-5601']) {
      await expect(rehearsal.api.runs.advance({ runId, stepId: 'erase', confirmation })).rejects.toMatchObject({ code: 'not-confirmed' });
    }
    expect(readFileSync(path.join(rehearsal.labFolder(runId), 'controller.state'), 'utf8')).toBe(before);
    expect((await rehearsal.api.runs.get({ runId })).steps.find((step) => step.id === 'erase')?.attempts).toBe(0);
  });

  it('can be left and taken up again by another process at the right step', async () => {
    const state = await upTo('erase');
    const left = await rehearsal.after(state.runId, rehearsal.api.runs.leave({ runId: state.runId }));
    expect([left.current, left.sessionOpen, left.facts[0]?.value]).toEqual(['erase', false, '5782bcb-0-1234-5600']);
    const other = new Rehearsal(rehearsal.data);
    const done = await other.advanceWhileWell(await other.api.runs.get({ runId: state.runId }));
    expect(done.says).toBe('Done and verified.');
    await other.api.runs.leave({ runId: state.runId });
  });

  it('is refused to a second process while the first works on it', async () => {
    const { runId } = await upTo('lay-out-stick');
    const other = new Rehearsal(rehearsal.data);
    // Same process id: the lock can't tell them apart by the process, so it must refuse.
    await expect(other.api.runs.advance({ runId, stepId: 'lay-out-stick' })).rejects.toMatchObject({ code: 'locked' });
  });

  it('keeps the reason of a skipped step, and shows the late symptom of what was skipped', async () => {
    let state = await upTo('list-controllers', 'wrong-flasher');
    state = await rehearsal.take(state, offerOf(state, 'advance'));
    expect(state.status).toBe('failed');
    state = await rehearsal.after(
      state.runId,
      rehearsal.api.runs.skip({ runId: state.runId, stepId: 'list-controllers', reason: 'I am sure it is the right one' }),
    );
    state = await rehearsal.advanceWhileWell(state);
    expect(state.current).toBe('write-p07');
    expect(state.steps.find((step) => step.id === 'write-p07')?.verdicts.map((verdict) => verdict.rule)).toContain('nvdata-refused');
    const { entries } = await rehearsal.api.transcripts.get({ runId: state.runId });
    expect(entries.map((entry) => entry.text).join('\n')).toContain('skipped. Reason: I am sure it is the right one');
    state = await rehearsal.advanceWhileWell(await rehearsal.take(state, offerOf(state, 'remedy', 'replace-p07-flasher')));
    expect(state.status).toBe('done');
  });

  it('stops where the admin says and can be walked back afterwards', async () => {
    let state = await upTo('boot-server');
    state = await rehearsal.after(state.runId, rehearsal.api.runs.stop({ runId: state.runId }));
    expect([state.status, state.offers.map((offer) => offer.action)]).toEqual(['stopped', ['undo']]);
    state = await rehearsal.take(state, offerOf(state, 'undo'));
    expect(state.status).toBe('undone');
    expect(readdirSync(rehearsal.labFolder(state.runId))).not.toContain('stick');
  });

  it('takes back a part, says what stays, and goes on from there', async () => {
    let state = await upTo('list-controllers');
    const offers = state.offers.filter((offer) => offer.action === 'undo');
    expect(offers.map((offer) => offer.id)).toEqual(['', 'boot-server']);
    expect(offers[1]?.explanation).not.toContain('Lay out');
    state = await rehearsal.take(state, offerOf(state, 'undo', 'boot-server'));
    expect([state.status, state.current]).toEqual(['waiting', 'boot-server']);
    expect(readdirSync(rehearsal.labFolder(state.runId))).toContain('stick');
    expect(state.offers.filter((offer) => offer.action === 'undo').map((offer) => offer.id)).toEqual(['']);
    state = await rehearsal.advanceWhileWell(state);
    expect(state.status).toBe('done');
  });

  it('leaves nothing behind when it is refused', async () => {
    await expect(rehearsal.start(topic, undefined, { dellImage: '/nowhere/6GBPSAS.FW' })).rejects.toMatchObject({
      code: 'bad-parameters',
      message: expect.stringContaining('/nowhere/6GBPSAS.FW'),
    });
    await expect(rehearsal.start(topic, 'no-such-failure')).rejects.toMatchObject({
      code: 'bad-parameters',
      next: expect.stringContaining('power-cut-step-8'),
    });
    await expect(rehearsal.start('no-such-topic')).rejects.toMatchObject({ code: 'not-found', next: expect.stringContaining(topic) });
    await expect(rehearsal.api.runs.get({ runId: '20260101-000000-gone' })).rejects.toMatchObject({ code: 'not-found' });
    await expect(rehearsal.api.runs.get({ runId: '../../etc' })).rejects.toMatchObject({ code: 'bad-message' });
    expect(await rehearsal.api.runs.list({})).toEqual([]);
  });

  it('says that the data folder is a file', async () => {
    const inFile = new Rehearsal(path.join(rehearsal.data, 'afile'));
    writeFileSync(path.join(rehearsal.data, 'afile'), '');
    await expect(inFile.start(topic)).rejects.toMatchObject({
      code: 'storage',
      message: expect.stringContaining('afile'),
      next: expect.stringContaining('WRENCHBOOK_DATA'),
    });
  });
});
