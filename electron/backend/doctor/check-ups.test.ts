/** Check-ups of this machine: kept, compared, ignored by identity, handed out, and not relied on where somebody changed them. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CheckUp, checkUpFormat } from '../../../shared/api/doctor.ts';
import { shownText } from '../../../shared/api/shown-text.ts';
import { Rehearsal } from '../conformance/rehearsal.test-kit.ts';
import { KeyRing } from '../keys/key-ring.ts';
import type { CheckUpRecord } from './check-up-record.ts';
import { CheckUpStore, keptCheckUps } from './check-up-store.ts';
import { identified, placeFolder } from './finding-identity.ts';

const target = { kind: 'local' } as const;
/** Few probes, quick ones. */
const category = 'Network & VPN';
const hostile = '<script>alert(1)</script>\u001b]0;x\u0007 |`$(x)';

let runs: Rehearsal;
beforeAll(() => {
  runs = new Rehearsal();
});
afterAll(() => runs.end());

const store = () => new CheckUpStore(runs.data, new KeyRing(runs.data));
async function look(): Promise<CheckUp> {
  const { trialId } = await runs.api.doctor.start({ target, category });
  await expect.poll(async () => (await runs.api.trials.get({ trialId })).status, { timeout: 60_000 }).not.toBe('running');
  const { checkUp, trouble } = await runs.api.doctor.findings({ trialId });
  expect(trouble).toBe('');
  return checkUp;
}
/** As if it had been found in the last check-up. */
function found(checkUp: CheckUp, id: string, change: Partial<CheckUpRecord> = {}): CheckUp {
  const looked = checkUp.findings.find(({ verdict }) => ['not-affected', 'already-fixed', 'elsewhere'].includes(verdict));
  const made = {
    ...checkUp,
    id,
    findings: identified(checkUp.place, [
      {
        topicId: looked?.topicId ?? '',
        title: 'Two machines with one id',
        category,
        verdict: 'affected',
        because: hostile,
        next: 'Start the run.',
        findings: [{ label: 'Id', value: `${'a'.repeat(32)} at greta@web1.example.com`, means: 'is that of 10.1.2.3.', speaks: 'for' }],
        proposes: [],
      },
      ...checkUp.findings.filter((each) => each !== looked),
    ]),
  };
  const screen = { cols: 80, rows: 24, events: [[5, 'user greta@web1.example.com\r\n']] as [number, string][], cut: 0 };
  store().save({ version: 1, checkUp: made, screen, ...change });
  return made;
}

describe('a check-up', () => {
  it('is kept and compared; what is ignored is counted apart, again in the next one, and no longer once that is taken back', { timeout: 600_000 }, async () => {
    const first = await look();
    expect(first).toMatchObject({ place: 'local:this machine', category, deep: false, since: null, notCompared: expect.stringMatching(/^No earlier/) });
    expect(first.findings.length).toBeGreaterThan(1);
    const blind = first.findings.find(({ verdict }) => verdict === 'not-looked' || verdict === 'unknown');
    const elsewhere = first.findings.find(({ verdict }) => verdict === 'elsewhere');
    const earlier = found(
      first,
      first.id.replace(/....$/, 'ffff').replace(/^\d{8}-\d{6}/, (at) => String(Number(at.slice(0, 8)) + 1) + at.slice(8)),
    );
    const findingId = earlier.findings[0]?.id ?? '';
    await expect(runs.api.machines.ignore({ target, findingId: '0123456789ab', because: 'no such' })).rejects.toMatchObject({ code: 'not-found' });
    await expect(runs.api.machines.ignore({ target, findingId, because: ' \n ' })).rejects.toMatchObject({ code: 'bad-message' });
    if (elsewhere)
      await expect(runs.api.machines.ignore({ target, findingId: elsewhere.id, because: 'not here' })).rejects.toMatchObject({ code: 'not-found' });
    await runs.api.machines.ignore({ target, findingId, because: 'the other server does this' });
    if (blind) await runs.api.machines.ignore({ target, findingId: blind.id, because: 'nobody needs it' });

    const second = await look();
    expect(second.since).toMatchObject({ checkUpId: earlier.id, fresh: [], gone: [{ id: findingId }] });
    expect(second.ignored.map(({ id, because }) => [id, because])).toEqual(blind ? [[blind.id, 'nobody needs it']] : []);
    expect(second.findings.some(({ id }) => id === blind?.id)).toBe(blind !== undefined);
    expect((await runs.api.machines.get({ target })).ignored.map(({ id }) => id)).toContain(findingId);
    await runs.api.machines.unignore({ target, findingId });
    await expect(runs.api.machines.unignore({ target, findingId })).rejects.toMatchObject({ code: 'not-found' });
    expect((await runs.api.machines.get({ target })).ignored.map(({ id }) => id)).not.toContain(findingId);
  });

  it('is exported in every format, hostile text and all, and without names for outside', { timeout: 600_000 }, async () => {
    const checkUp = found(await look(), `29990101-000000-${placeFolder('local:this machine')}-0001`);
    const folder = mkdtempSync(path.join(tmpdir(), 'wb-check-up-'));
    try {
      for (const outside of [false, true])
        for (const format of checkUpFormat.options) {
          const out = path.join(folder, `${format}-${outside}${format === 'signed' ? '.wbcheck' : ''}`);
          const exporting = runs.api.machines.export({ checkUpId: checkUp.id, format, out, outside });
          if (outside && format === 'signed') {
            await expect(exporting).rejects.toMatchObject({ code: 'bad-parameters' });
            continue;
          }
          expect((await exporting).bytes, format).toBeGreaterThan(50);
          const text = readFileSync(format === 'sudo' ? path.join(out, 'ttyout') : out, 'utf8');
          expect(/greta|web1|10\.1\.2\.3/.test(text), `${format}, outside: ${outside}`).toBe(!outside);
          if (format === 'html') expect(text).not.toContain('<script>alert');
          if (format === 'md') expect([text.includes('\\<script>'), shownText(text)]).toEqual([true, text]);
          if (format === 'json') expect(JSON.parse(text)).toMatchObject({ id: checkUp.id });
        }
      expect(readFileSync(path.join(folder, 'txt-false'), 'utf8')).toContain('user greta@web1.example.com');
      const signed = path.join(folder, 'signed-false.wbcheck');
      expect(await runs.api.machines.verifyFile({ path: signed })).toMatchObject({ checkUpId: checkUp.id, findings: [] });
      const line = readFileSync(signed, 'utf8');
      writeFileSync(signed, line.replace('greta', 'gretb'));
      expect((await runs.api.machines.verifyFile({ path: signed })).findings).toEqual([expect.stringContaining('does not fit')]);
      expect((await runs.api.machines.verifyFile({ path: signed, key: `SHA256:${'A'.repeat(43)}` })).findings.at(-1)).toContain('not trusted');
      writeFileSync(signed, 'nothing of ours');
      expect((await runs.api.machines.verifyFile({ path: signed })).findings.length).toBeGreaterThan(1);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('that was changed, cut off or put in another’s place is named, not shown, not compared with and not handed out', { timeout: 600_000 }, async () => {
    const checkUp = found(await look(), `29990102-000000-${placeFolder('local:this machine')}-0002`);
    const folder = path.join(runs.data, 'check-ups', placeFolder(checkUp.place));
    const file = path.join(folder, `${checkUp.id}.wbcheck`);
    const whole = readFileSync(file, 'utf8');
    for (const changed of [whole.replace('Start the run', 'Stop the run'), whole.slice(0, -40), whole.split('\n')[0] ?? '', '', whole + whole]) {
      writeFileSync(file, changed);
      const page = await runs.api.machines.get({ target });
      expect(page.troubles).toEqual([expect.stringContaining(checkUp.id)]);
      expect(page.checkUp?.id).not.toBe(checkUp.id);
      await expect(runs.api.machines.export({ checkUpId: checkUp.id, format: 'md', out: path.join(folder, 'x') })).rejects.toMatchObject({
        code: 'not-intact',
      });
    }
    const other = readdirSync(folder).filter((name) => name.endsWith('.wbcheck') && !name.startsWith(checkUp.id))[0] ?? '';
    writeFileSync(file, readFileSync(path.join(folder, other)));
    expect((await runs.api.machines.get({ target })).troubles).toEqual([expect.stringContaining('belongs to another one')]);
    rmSync(file);
    await expect(runs.api.machines.checkUp({ checkUpId: checkUp.id })).rejects.toMatchObject({ code: 'not-found' });
  });
});

const isRoot = process.getuid?.() === 0;
if (!isRoot) console.log('A check-up by root, without another way to root, is not tried: this is not root.');
it.skipIf(!isRoot)('by root looks at what only root can read, and needs no way to root', { timeout: 600_000 }, async () => {
  const { trialId } = await runs.api.doctor.start({ target, category, deep: true });
  await expect.poll(async () => (await runs.api.trials.get({ trialId })).status, { timeout: 60_000 }).toBe('ok');
  expect((await runs.api.doctor.findings({ trialId })).checkUp).toMatchObject({ deep: true, since: null });
});

describe('the folder of check-ups', () => {
  it('keeps the newest of a machine, none of another, and no left-over of a process that was killed', () => {
    const data = mkdtempSync(path.join(tmpdir(), 'wb-check-ups-'));
    mkdirSync(path.join(data, 'keys'));
    const kept = new CheckUpStore(data, new KeyRing(data));
    const record = (place: string, number: number): CheckUpRecord => ({
      version: 1,
      checkUp: {
        ...{
          id: `20260101-${String(number).padStart(6, '0')}-${placeFolder(place)}-0000`,
          at: new Date(number * 1000).toISOString(),
          seconds: 1,
          place,
          name: place,
        },
        ...{ by: { wrenchbook: 'test', host: 'h', user: 'u' }, deep: false, category: null, facts: null, findings: [], ignored: [], drift: [], runs: [] },
        ...{ since: null, notCompared: '' },
      },
      screen: { cols: 80, rows: 24, events: [], cut: 0 },
    });
    kept.save(record('ssh:other', 1));
    const folder = path.join(data, 'check-ups', placeFolder('ssh:web1'));
    for (let number = 0; number < keptCheckUps + 2; number++) kept.save(record('ssh:web1', number));
    const torn = path.join(folder, `${record('ssh:web1', 99).checkUp.id}.wbcheck.new`);
    writeFileSync(torn, '{"vers');
    expect(kept.list('ssh:web1')).toMatchObject({ troubles: [] });
    utimesSync(torn, 0, 0);
    kept.save(record('ssh:web1', 100));
    expect(existsSync(torn)).toBe(false);
    expect(kept.list('ssh:web1').checkUps.map(({ id }) => Number(id.slice(9, 15)))).toEqual([
      100,
      ...Array.from({ length: keptCheckUps - 1 }, (_, at) => keptCheckUps + 1 - at),
    ]);
    expect(kept.list('ssh:other').checkUps).toHaveLength(1);
    // In the same second: the later one has an id that sorts before the other's.
    const { checkUp } = record('ssh:third', 7);
    kept.save({ ...record('ssh:third', 7), checkUp: { ...checkUp, id: checkUp.id.replace(/.{4}$/, 'ffff') } });
    kept.save({ ...record('ssh:third', 7), checkUp: { ...checkUp, at: new Date(7500).toISOString() } });
    expect(kept.list('ssh:third').checkUps.map(({ id }) => id.slice(-4))).toEqual(['0000', 'ffff']);
    rmSync(data, { recursive: true, force: true });
  });

  it('says that the list of what is ignored is damaged, shows everything then, and never writes over it', { timeout: 600_000 }, async () => {
    const file = path.join(runs.data, 'check-ups', 'ignored.json');
    writeFileSync(file, '{"version":1,"ign');
    const { trialId } = await runs.api.doctor.start({ target, category });
    await expect.poll(async () => (await runs.api.trials.get({ trialId })).status, { timeout: 60_000 }).not.toBe('running');
    const { checkUp, trouble } = await runs.api.doctor.findings({ trialId });
    expect([checkUp.ignored, trouble]).toEqual([[], expect.stringContaining('ignored.json')]);
    const findingId = checkUp.findings.find(({ verdict }) => verdict === 'not-looked' || verdict === 'unknown')?.id;
    if (findingId) await expect(runs.api.machines.ignore({ target, findingId, because: 'not here' })).rejects.toMatchObject({ code: 'storage' });
    expect(execFileSync('cat', [file], { encoding: 'utf8' })).toBe('{"version":1,"ign');
    rmSync(file);
  });
});
