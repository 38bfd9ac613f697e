/** A topic through every rule of docs/adding-a-topic.md, with the real engine. `topics/ID.test.ts`, which is generated, calls it. */
import { cpSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunState } from '../../../shared/api/run.ts';
import { type ParameterValues, topicDetail as topicDetailSchema } from '../../../shared/api/topic.ts';
import { makePlan, type Step, secretFields, stepsFor, type Topic } from '../../../shared/topic-kit/index.ts';
import { lookText, probeLook } from '../probes/probe-look.ts';
import { labMachineRendering, labRendering, resolveLabFiles } from '../targets/lab-target.ts';
import { checkParameters, findTopic, topicDetail } from '../topics/topic-registry.ts';
import { describeOnPaper } from './on-paper.test-kit.ts';
import { expectProvedBack } from './proved-back.test-kit.ts';
import { lookInLab, offerOf, Rehearsal, treeContents } from './rehearsal.test-kit.ts';
import { touchedOutside, whyNoSeal } from './seal.test-kit.ts';
import { expectLikeSeen } from './seen.test-kit.ts';
import { expectStable, textsOf } from './stable-edits.test-kit.ts';

if (whyNoSeal) console.log(`Rehearsals are not sealed here: ${whyNoSeal}.`);

const unique = (values: readonly string[]) => expect(new Set(values).size).toBe(values.length);

/** What it says of itself, and all it does. */
export function describeTopic(id: string): void {
  describeOnPaper(findTopic(id));
  describeWays(id);
}

/** All it does, in every way that its rehearsal knows. */
export function describeWays(id: string): void {
  const topic = findTopic(id);
  const ways = [[id, {}, null] as const, ...Object.entries(topic.lab.ways ?? {}).map(([name, given]) => [`${id} ${name}`, given, name] as const)];
  describe.each(ways)('%s', (_, given, way) => describeWay(topic, given, way));
}

function describeWay(topic: Topic, given: ParameterValues, way: string | null): void {
  let rehearsal: Rehearsal;
  const values = () => topic.parameters.parse(resolveLabFiles(checkParameters(topic, given).values));
  const absent = topic.lab.without?.[way ?? ''] ?? [];
  const machines = (topic.machines ?? []).filter(({ id }) => !absent.includes(id));
  const places = machines.map(({ id, title }) => ({ id, title, rendering: labMachineRendering }));
  const others = topic.machines && Object.fromEntries(machines.slice(1).map(({ id }) => [id, { kind: 'lab' as const }]));
  const stepsOf = (one: Topic): readonly Step[] =>
    stepsFor(one, values(), { target: { kind: 'lab' }, rehearsal: true, ...(topic.machines && { machines: machines.map(({ id }) => id) }) });
  const planOf = () => makePlan(topic, values(), { kind: 'lab' }, labRendering(null), places);
  /** A run that was left: its secrets were kept in memory only, so they are given again. */
  const known = async (runs: Rehearsal, runId: string): Promise<RunState> => {
    const secrets = Object.fromEntries(secretFields(topic.parameters).map(({ name }) => [name, String(topic.labDefaults[name])]));
    if (Object.keys(secrets).length > 0) await runs.api.runs.giveSecrets({ runId, secrets });
    return runs.api.runs.get({ runId });
  };
  const begin = (failure?: string) => rehearsal.start(topic.id, failure, given, others);
  beforeEach(() => {
    rehearsal = new Rehearsal();
  });
  afterEach(async () => {
    const outside = touchedOutside(rehearsal.shown);
    await rehearsal.end();
    expect(outside, 'files of this machine that it tried to change').toEqual([]);
  });

  it('has defaults that its own schema takes, and a form for every parameter', () => {
    expect(checkParameters(topic, given).issues).toEqual([]);
    const detail = topicDetail(topic);
    expect(topicDetailSchema.safeParse(detail).error, 'as the window gets it').toBeUndefined();
    const { fields } = detail;
    expect(fields.map((field) => field.name)).toEqual(Object.keys(topic.parameters.shape));
    unique(fields.map((field) => field.label));
  });

  it('says for every changing step how it is proved and taken back, or why it is not', () => {
    const steps = stepsOf(topic);
    unique(steps.map((step) => step.id));
    for (const step of steps) {
      // What an edit writes is read back, and its backup is the way back.
      if (step.kind === 'edit') expect(step.danger, `${step.id} changes a file`).not.toBe('reads');
      if (step.kind === 'edit') expectProvedBack(step, steps);
      if (step.danger === 'reads' || step.kind === 'verify' || step.kind === 'edit') continue;
      const judged = 'matchers' in step && step.matchers.some((matcher) => matcher.kind !== 'harmless');
      expect(step.verify !== undefined || judged, `${step.id} is proved`).toBe(true);
      expectProvedBack(step, steps);
      expect(step.undo !== undefined || (step.irreversible ?? '') !== '', `${step.id} has undo, or irreversible with a reason`).toBe(true);
      if (step.danger === 'destructive' || step.danger === 'irreversible')
        expect(step.confirm ?? step.irreversible, `${step.id} wants confirmation`).toBeDefined();
    }
    if (topic.targets?.includes('hand')) for (const step of steps) expect(step.kind, `${step.id} can be done by hand`).not.toBe('edit');
    const confirmed = steps.some((step) => step.confirm !== undefined);
    const risky = topic.risk.level === 'destructive' || topic.risk.level === 'irreversible';
    // Another way may do less, and never more than the topic says of itself.
    if (way === null || confirmed) expect(confirmed).toBe(risky);
  });

  it('edits files of the lab, or makes them, and changes nothing the second time', () => {
    const first = topic.machines?.[0]?.id;
    for (const step of stepsOf(topic)) {
      if (step.kind !== 'edit') continue;
      const { file } = step;
      if (file === undefined) {
        for (const [each, text] of textsOf(topic)) expectStable(step.id, (old) => step.edit(old, topic.lab.facts, each), text);
        continue;
      }
      for (const scenario of [null, ...topic.lab.failures.map(({ id }) => id)]) {
        const there = topic.lab
          .files(scenario)
          .find(({ path: at, machine = first }) => at === labRendering(null).mapFile(file) && machine === (step.on ?? first));
        if (scenario === null) expect(there ?? step.create, `${file} is a file of the lab, or is made`).toBeDefined();
        if (!there && !step.create) continue;
        expectStable(step.id, (old) => step.edit(old, topic.lab.facts, file), Buffer.from(there?.content ?? '').toString());
      }
    }
  });

  it('gives every warning and failure a cause and a next action, and names only remedies there are', () => {
    const remedies = topic.remedies.map((remedy) => remedy.id);
    unique(remedies);
    const steps = stepsOf(topic);
    for (const step of steps) {
      const own = 'matchers' in step ? step.matchers : step.kind === 'edit' ? (step.afterwards?.matchers ?? []) : [];
      const proof = step.kind === 'verify' ? [] : (step.verify?.matchers ?? []);
      unique(own.map((matcher) => matcher.id));
      unique(proof.map((matcher) => matcher.id));
      for (const matcher of [...own, ...proof]) {
        expect(matcher.means, `${step.id}/${matcher.id}`).not.toBe('');
        if (matcher.kind === 'failure' || matcher.kind === 'warning') expect(matcher.next ?? '', `${step.id}/${matcher.id} says what next`).not.toBe('');
        for (const remedy of matcher.remedies ?? []) {
          expect(remedies).toContain(remedy);
          const afterwards = topic.remedies.find(({ id }) => id === remedy)?.afterwards;
          if (typeof afterwards !== 'object') continue;
          const at = (id: string) => steps.findIndex((one) => one.id === id);
          expect(at(afterwards.again), `${step.id}/${matcher.id}: ${remedy} leads back to a step, or to this one`).toBeGreaterThanOrEqual(0);
          expect(at(afterwards.again), `${step.id}/${matcher.id}: ${remedy} does not lead ahead`).toBeLessThanOrEqual(at(step.id));
        }
      }
    }
  });

  it('shows a line that may come as the tool prints it, and not as a pattern', () => {
    const shown = planOf().steps.flatMap(({ id, mayShow }) => mayShow.map(({ text }) => `${id}: ${text}`));
    expect(shown.filter((text) => /[\\^$|]|\(\?|[.)\]][*+?]/.test(text))).toEqual([]);
  });

  it('says how long it takes as its plan does, the usual way', () => {
    if (way !== null) return;
    const { steps } = planOf();
    expect(topic.minutes).toBe(Math.round(steps.reduce((sum, { minutes }) => sum + minutes, 0)));
  });

  it('plans as its snapshot says', () => {
    expect(topic.summary, 'a topic that is not written yet has no snapshot').not.toBe('');
    const plan = planOf();
    const text = plan.steps.map((step) =>
      [
        `${step.number}. ${step.title} [${step.danger}]${step.on === undefined ? '' : ` on ${step.on}`}`,
        step.edit && `edit: ${step.edit.find ?? step.edit.place}`,
        step.beforeScript && `before: ${step.beforeScript}`,
        step.script,
        step.afterwardsScript && `then: ${step.afterwardsScript}`,
        step.verifyScript && `verify: ${step.verifyScript}`,
        step.undoScript && `undo: ${step.undoScript}`,
        step.undoneScript && `undone: ${step.undoneScript}`,
        step.irreversible && `no way back: ${step.irreversible}`,
      ]
        .filter(Boolean)
        .join('\n'),
    );
    const look = topic.probe && `probe: ${lookText(probeLook(topic, given, labRendering(null), places))}`;
    expect([...(look ? [look] : []), ...text].join('\n\n')).toMatchSnapshot();
  });

  it('completes the rehearsal, runs what the plan showed, and says why or changes nothing the second time', async () => {
    const first = await rehearsal.advanceWhileWell(await begin());
    expect(first.says, rehearsal.shown.slice(-2000)).toBe('Done and verified.');
    for (const fact of Object.entries(topic.lab.facts))
      expect(Object.fromEntries(first.facts.map(({ id, value }) => [id, value]))).toMatchObject(Object.fromEntries([fact]));
    expectLikeSeen(topic.id, first, stepsOf(topic));
    const again = await begin();
    // What the first run took away is not there for the second.
    for (const name of readdirSync(rehearsal.labFolder(again.runId))) rmSync(path.join(rehearsal.labFolder(again.runId), name), { recursive: true });
    cpSync(rehearsal.labFolder(first.runId), rehearsal.labFolder(again.runId), { recursive: true, force: true });
    const different = topic.lab.differsOnRepeat?.files ?? [];
    const contents = () => Object.fromEntries(Object.entries(treeContents(rehearsal.labFolder(again.runId))).filter(([file]) => !different.includes(file)));
    const before = contents();
    const second = await rehearsal.advanceWhileWell(again);
    if (topic.probe) expect((await lookInLab(rehearsal.labFolder(first.runId), topic, given)).verdict, 'after it').toBe('already-fixed');
    if (second.status === 'done') expect(contents()).toEqual(before);
    else expect(failureOf(second)?.next).toMatch(/\w/);
  });

  it('takes back all that has a way back', async () => {
    const start = await begin();
    const untouched = treeContents(rehearsal.labFolder(start.runId));
    if (topic.probe) expect((await lookInLab(rehearsal.labFolder(start.runId), topic, given)).verdict, 'before it').toBe('affected');
    expect(treeContents(rehearsal.labFolder(start.runId)), 'the look changed nothing').toEqual(untouched);
    const reversible = start.plan.findIndex((step) => step.irreversible !== null);
    let state = start;
    const upTo = reversible < 0 ? null : (start.plan[reversible]?.id ?? null);
    while (state.status === 'waiting' && state.current !== upTo) state = await rehearsal.take(state, offerOf(state, 'advance'));
    // Where the first change has no way back, nothing was changed before it.
    if (reversible < 0 || state.offers.some(({ action }) => action === 'undo')) {
      state = await rehearsal.take(state, offerOf(state, 'undo'));
      expect(state.status).toBe('undone');
    }
    expect(treeContents(rehearsal.labFolder(start.runId))).toEqual(untouched);
    if (topic.probe) expect((await lookInLab(rehearsal.labFolder(start.runId), topic, given)).verdict, 'taken back').toBe('affected');
  });

  it('looks only at fields that there are, and at no secret', () => {
    const secret = secretFields(topic.parameters).map(({ name }) => name);
    for (const name of topic.probe?.uses ?? []) {
      expect(Object.keys(topic.parameters.shape)).toContain(name);
      expect(secret).not.toContain(name);
    }
  });

  const inThisWay = topic.lab.failures.filter(({ inWay = way }) => [inWay].flat().includes(way));
  it('has failures of this way where some are of one, and names no way that there is not', () => {
    if (topic.lab.failures.some(({ inWay }) => inWay !== undefined)) expect(inThisWay.length).toBeGreaterThan(0);
    for (const { inWay } of topic.lab.failures)
      for (const one of [inWay].flat()) expect([undefined, null, ...Object.keys(topic.lab.ways ?? {})]).toContain(one);
  });

  describe.each(inThisWay.map((failure) => [failure.id, failure] as const))('failure %s', (id, failure) => {
    let untouched: Record<string, string> = {};
    /** Goes on to where the failure shows: an interrupted step is run again once, to see what it left. */
    const toFailure = async () => {
      const started = await begin(id);
      untouched = treeContents(rehearsal.labFolder(started.runId));
      const state = await rehearsal.advanceWhileWell(started);
      return state.status === 'interrupted' ? rehearsal.take(state, offerOf(state, 'retry')) : state;
    };

    it('is caught where it should be and named, leads out or says that there is no way, and can be walked back from', async () => {
      let state = await toFailure();
      const verdicts = state.steps.find((step) => step.id === state.current)?.verdicts ?? [];
      const failed = verdicts.filter((verdict) => verdict.kind === 'failure').map((verdict) => verdict.rule);
      expect([state.current, state.status, failed.sort()], rehearsal.shown.slice(-2000)).toEqual([
        failure.stopsAt.step,
        failure.wayOut === 'none' ? 'dead-end' : 'failed',
        [failure.stopsAt.rule, ...(failure.stopsAt.also ?? [])].sort(),
      ]);
      if (failure.wayOut === 'none') {
        expect(state.offers.map((offer) => offer.action)).toEqual(expect.arrayContaining(['stop']));
        expect(state.offers.some((offer) => ['advance', 'retry', 'remedy', 'skip'].includes(offer.action))).toBe(false);
      }
      if (failure.wayOut === 'remedy') {
        const out = await rehearsal.fork(state.runId);
        const there = await known(out, state.runId);
        expect((await out.advanceWhileWell(await out.take(there, offerOf(there, 'remedy')))).says, 'with the fix').toBe('Done and verified.');
        await out.end();
        state = await known(rehearsal, state.runId);
      }
      // Except for what was said to have no way back.
      const undo = state.offers.find((offer) => offer.action === 'undo');
      if (undo) state = await rehearsal.take(state, undo);
      const irreversible = state.plan.filter((step) => step.irreversible !== null && (state.steps.find((one) => one.id === step.id)?.attempts ?? 0) > 0);
      if (irreversible.length === 0) expect(treeContents(rehearsal.labFolder(state.runId)), 'walked back').toEqual(untouched);
      else for (const step of irreversible) expect(state.says).toContain(step.title);
    });
  });
}

function failureOf(state: RunState) {
  return state.steps.flatMap((step) => step.verdicts).find((verdict) => verdict.kind === 'failure');
}
