/**
 * Records are forged in every way that needs no key: none is called intact, gone on with, taken back, handed out or used to fill a form.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rounds } from '../../../shared/rounds.test-kit.ts';
import { parametersLike } from '../../cli/like-run.ts';
import { Rehearsal } from '../conformance/rehearsal.test-kit.ts';
import { ForgedFolder, Stranger } from './forgery.test-kit.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'wb-forging-'));
const topic = 'perc-h200-crossflash';
/** Of a run that is done, of one that was left in its middle, and of another one that is done. */
let done: ForgedFolder;
let open: ForgedFolder;
let other: ForgedFolder;
const stranger = new Stranger();

beforeAll(async () => {
  const rehearsal = new Rehearsal(path.join(folder, 'model'));
  const ids: string[] = [];
  for (const steps of [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 4]) {
    let state = await rehearsal.start(topic);
    ids.push(state.runId);
    for (let step = 0; step < steps && state.status === 'waiting'; step++) {
      const [offer] = state.offers.filter(({ action }) => action === 'advance');
      if (offer) state = await rehearsal.take(state, offer);
    }
    await rehearsal.api.runs.leave({ runId: state.runId });
  }
  await rehearsal.stop();
  const [first = '', second = '', third = ''] = ids;
  other = new ForgedFolder(rehearsal.data, first);
  done = new ForgedFolder(rehearsal.data, second);
  open = new ForgedFolder(rehearsal.data, third);
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Way = (forged: ForgedFolder) => void;

const address = (line: string) => line.replaceAll('5782bcb-0-1234-5600', '5000000-0-dead-beef').replace('"exitStatus":0', '"exitStatus":3');
const forgedFacts: Way = (forged) => forged.lines('journal.jsonl', (lines) => lines.map(address));
const forgedScript: Way = (forged) =>
  forged.lines('journal.jsonl', (lines) =>
    lines.map((line) => {
      const event = JSON.parse(line);
      for (const step of event.plan ?? []) if (step.id !== '') step.script = 'touch /tmp/pwned-by-a-forged-record';
      return JSON.stringify(event);
    }),
  );
const cutEnd: Way = (forged) => forged.lines('journal.jsonl', (lines) => lines.slice(0, -3));
const inAllWays = (name: string, change: Way): [string, Way][] => {
  const chained =
    (more: Way): Way =>
    (forged) => {
      change(forged);
      forged.chain('journal.jsonl');
      more(forged);
    };
  return [
    [`${name}, the chain left`, change],
    [`${name}, the chain recomputed`, chained(() => undefined)],
    [`${name}, the seal removed`, chained((forged) => forged.remove('seal.json'))],
    [
      `${name}, seal and ledger removed`,
      chained((forged) => {
        forged.remove('seal.json');
        forged.remove('ledger.jsonl');
      }),
    ],
    [
      `${name}, the seal removed and the ledger rewritten`,
      chained((forged) => {
        forged.remove('seal.json');
        forged.tellLedger();
        forged.chain('ledger.jsonl');
      }),
    ],
    [
      `${name}, the ledger rewritten`,
      chained((forged) => {
        forged.tellLedger();
        forged.chain('ledger.jsonl');
      }),
    ],
    [
      `${name}, as an earlier version wrote it`,
      chained((forged) => {
        forged.chain('journal.jsonl', { unsigned: true });
        forged.remove('seal.json');
        forged.tellLedger();
        forged.chain('ledger.jsonl', { unsigned: true });
      }),
    ],
    [
      `${name}, as an earlier version wrote it, without a ledger`,
      chained((forged) => {
        forged.chain('journal.jsonl', { unsigned: true });
        forged.remove('seal.json');
        forged.remove('ledger.jsonl');
      }),
    ],
    [
      `${name}, signed by a stranger who adds a key of their own`,
      chained((forged) => {
        forged.chain('journal.jsonl', { by: stranger });
        forged.seal(stranger);
        forged.tellLedger();
        forged.chain('ledger.jsonl', { by: stranger });
        forged.trust(stranger);
      }),
    ],
  ];
};

const files = ['journal.jsonl', 'recording.cast', 'seal.json', 'ledger.jsonl'] as const;
const ways: [string, Way][] = [
  ...inAllWays('facts changed', forgedFacts),
  ...inAllWays('a script put into the plan', forgedScript),
  ...inAllWays('the end cut off', cutEnd),
  ['the seal removed', (forged) => forged.remove('seal.json')],
  ['the journal removed', (forged) => forged.lines('journal.jsonl', () => [])],
  ['the recording removed', (forged) => forged.remove('recording.cast')],
  ['the ledger removed', (forged) => forged.remove('ledger.jsonl')],
  ['a line behind the recording', (forged) => forged.bytes('recording.cast', (bytes) => Buffer.concat([bytes, Buffer.from('[0.1,"o","FORGED\\r\\n"]\n')]))],
  ['the recording without its last line', (forged) => forged.lines('recording.cast', (lines) => lines.slice(0, -1))],
  ["the ledger's last line removed", (forged) => forged.lines('ledger.jsonl', (lines) => lines.slice(0, -1))],
  [
    "the seal and the ledger's lines about it removed",
    (forged) => {
      forged.remove('seal.json');
      forged.lines('ledger.jsonl', (lines) => lines.filter((line) => JSON.parse(line).type !== 'sealed'));
    },
  ],
  [
    "the seal and the ledger's last lines removed",
    (forged) => {
      forged.remove('seal.json');
      forged.lines('ledger.jsonl', (lines) => lines.slice(0, -2));
    },
  ],
  ["the ledger's last lines removed", (forged) => forged.lines('ledger.jsonl', (lines) => lines.slice(0, 2))],
  ['a line behind the ledger', (forged) => forged.bytes('ledger.jsonl', (bytes) => Buffer.concat([bytes, Buffer.from('{"v":1}\n')]))],
  ...(['journal.jsonl', 'recording.cast', 'seal.json'] as const).map((name): [string, Way] => [
    `${name} of another run`,
    (forged) => forged.bytes(name, () => readFileSync(other.file(name))),
  ]),
  [
    'all of another run',
    (forged) => {
      for (const name of ['journal.jsonl', 'recording.cast', 'seal.json'] as const) forged.bytes(name, () => readFileSync(other.file(name)));
    },
  ],
];

let count = 0;
/** Checks a forged copy in every way there is to use it; resolves with what it was called. */
async function outcome(model: ForgedFolder, way: Way): Promise<string> {
  const forged = model.copyTo(path.join(folder, `copy-${count++}`));
  way(forged);
  const there = new Rehearsal(forged.data);
  const { runId } = forged;
  const before = readFileSync(forged.file('journal.jsonl'));
  try {
    const { ok, findings, ledgerFindings } = await there.api.transcripts
      .verify({ runId })
      .catch((thrown: Error) => ({ ok: false, findings: [thrown.message], ledgerFindings: [] }));
    if (ok) return 'intact';
    const refused = { code: expect.stringMatching(/^(not-intact|ledger-damaged|storage|not-found)$/) };
    const say = [...findings, ...ledgerFindings].join('; ');
    for (const [what, used] of [
      ['taken up', () => there.api.terminal.attach({ runId })],
      ['gone on with', () => there.api.runs.advance({ runId, stepId: 'find-stick' })],
      ['taken back', () => there.api.runs.undo({ runId })],
      ['exported', () => there.api.transcripts.export({ runId, format: 'md', out: path.join(forged.data, 'out.md') })],
      ['bundled', () => there.api.transcripts.export({ runId, format: 'bundle', out: path.join(forged.data, 'out.wbrun') })],
      ['used to fill a form', async () => parametersLike({ client: there.client }, (await there.api.topics.get({ topicId: topic })) as never, runId)],
    ] as const)
      await expect(used(), `${what}, though ${say}`).rejects.toMatchObject(refused);
    const state = await there.api.runs.get({ runId }).catch(() => null);
    if (state && findings.length > 0)
      expect(
        state.offers.map(({ action }) => action).filter((action) => action !== 'stop' || state.trouble === null),
        say,
      ).toEqual(state.trouble ? [] : expect.anything());
    return say;
  } finally {
    await there.stop();
    expect(readdirSync(forged.data).filter((name) => name.startsWith('out.'))).toEqual([]);
    expect(readFileSync(forged.file('journal.jsonl')).equals(before), 'nothing was added to it').toBe(true);
    rmSync(forged.data, { recursive: true, force: true });
  }
}

describe('a record', () => {
  it('that nobody touched is intact, done or left in its middle', async () => {
    for (const model of [done, open]) {
      const there = new Rehearsal(model.copyTo(path.join(folder, `copy-${count++}`)).data);
      expect(await there.api.transcripts.verify({ runId: model.runId })).toMatchObject({ ok: true, findings: [], ledgerFindings: [], unvouched: 0 });
      expect(await there.api.terminal.attach({ runId: model.runId })).toMatchObject({ offset: 0 });
      await there.end();
    }
  });

  it.each(ways)('of a run that is done: %s', async (_what, way) => {
    expect(await outcome(done, way)).not.toBe('intact');
  });
  it.each(ways)('of a run that was left: %s', async (_what, way) => {
    expect(await outcome(open, way)).not.toBe('intact');
  });
});

describe('at random', () => {
  /** mulberry32: the same rounds every time. */
  let state = 20261129;
  const random = (below: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below);
  };
  const changes: ((bytes: Buffer) => Buffer)[] = [
    (bytes) => {
      const at = random(bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8));
      return bytes;
    },
    (bytes) => bytes.subarray(0, random(bytes.length)),
    (bytes) => {
      const at = random(bytes.length);
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + random(2000))]);
    },
    (bytes) => Buffer.concat([bytes, bytes.subarray(bytes.length - 1 - random(500))]),
    (bytes) => {
      const lines = bytes.toString('latin1').split('\n').slice(0, -1);
      const [from, to] = [random(lines.length), random(lines.length)];
      [lines[from], lines[to]] = [lines[to] ?? '', from === to ? '' : (lines[from] ?? '')];
      return Buffer.from(`${lines.join('\n')}\n`, 'latin1');
    },
  ];

  it('none of many changes leaves a record that counts', async () => {
    const times = rounds({ test: 60, soak: 4000 });
    const missed: string[] = [];
    for (let round = 0; round < times; round++) {
      const name = files[random(files.length)] ?? 'journal.jsonl';
      const change = random(changes.length);
      const chained = random(2) === 1;
      const what = `round ${round}: ${name}, change ${change}${chained ? ', chained' : ''}`;
      const said = await outcome(random(2) ? done : open, (forged) => {
        forged.bytes(name, (bytes) => changes[change]?.(Buffer.from(bytes)) ?? bytes);
        if (chained && (name === 'journal.jsonl' || name === 'ledger.jsonl'))
          try {
            forged.chain(name);
          } catch {
            // A line is none any more.
          }
      }).catch((thrown: Error) => {
        thrown.message = `${what}: ${thrown.message}`;
        throw thrown;
      });
      if (said === 'intact') missed.push(what);
    }
    expect(missed).toEqual([]);
  });
});
