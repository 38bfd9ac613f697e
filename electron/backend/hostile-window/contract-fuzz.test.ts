/**
 * Every method of the backend, called by all three kinds of callers with what fits its schema and with what does not:
 * each call is answered, with a result of the agreed form or with an error that has a code and says what to do.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { wireError } from '../../../shared/api/error.ts';
import type { RunNews } from '../../../shared/api/run-news.ts';
import { type MethodName, methods } from '../../../shared/api.ts';
import { rounds } from '../../../shared/rounds.test-kit.ts';
import { type Carrier, carrierPair } from '../../../shared/wire/carrier.ts';
import { makeApi, makeClient } from '../../../shared/wire/client.ts';
import { type Backend, createBackend } from '../backend.ts';
import { Random } from './random.test-kit.ts';
import { SchemaValues } from './schema-values.test-kit.ts';

const audiences = ['window', 'cli', 'main'] as const;
const served = (Object.keys(methods) as MethodName[]).filter((name) => methods[name].servedBy === 'backend');
const noMethods = ['__proto__', 'constructor', 'toString', 'runs.__proto__', 'RUNS.GET', '', 'window.openExternal', 'A'.repeat(64)];

let base = '';
let backend: Backend;
const log: string[] = [];
const uncaught: unknown[] = [];
const note = (thrown: unknown) => void uncaught.push(thrown);

/** A caller that sends what it likes. */
class RawCaller {
  readonly carrier: Carrier;
  private readonly waiting = new Map<number, (reply: Reply) => void>();
  private lastId = 0;
  constructor(audience: (typeof audiences)[number], onState: (state: RunNews) => void) {
    const [here, there] = carrierPair();
    backend.serve(there, audience);
    this.carrier = here;
    here.onMessage((raw) => {
      const message = raw as Reply & { event: string; payload: RunNews };
      if (message.kind === 'event') return message.event === 'runs.changed' ? onState(message.payload) : undefined;
      this.waiting.get(message.id)?.(message);
      this.waiting.delete(message.id);
    });
  }
  call(method: unknown, input: unknown): Promise<Reply> {
    const id = ++this.lastId;
    return new Promise((resolve) => {
      this.waiting.set(id, resolve);
      this.carrier.send({ kind: 'call', id, method, input });
    });
  }
}
interface Reply {
  kind: string;
  id: number;
  output?: unknown;
  error?: unknown;
}

beforeAll(() => {
  base = mkdtempSync(path.join(tmpdir(), 'wb-fuzz-'));
  mkdirSync(path.join(base, 'out'));
  // No machine is reached, and nothing runs on this one but the lab's tools.
  writeFileSync(path.join(base, 'ssh_config'), 'Host *\n  ProxyCommand false\n  BatchMode yes\n');
  process.env.WRENCHBOOK_LAB_SPEED = '0';
  process.on('uncaughtException', note);
  process.on('unhandledRejection', note);
  backend = createBackend({
    dataFolder: path.join(base, 'data'),
    assetsFolder: path.resolve('assets'),
    version: 'fuzz',
    sshConfig: path.join(base, 'ssh_config'),
    log: (line) => log.push(line),
  });
});
afterAll(async () => {
  await backend.close();
  process.off('uncaughtException', note);
  process.off('unhandledRejection', note);
  rmSync(base, { recursive: true, force: true });
});

it('is answered in the agreed form, whatever is sent', { timeout: 7_200_000 }, async () => {
  const seed = Number(process.env.WRENCHBOOK_SEED ?? Date.now() % 1_000_000);
  const random = new Random(seed);
  const pools = new Map<string, unknown[]>();
  const learn = (name: string, value: unknown) => {
    const pool = pools.get(name) ?? [];
    pools.set(name, [...pool.filter((each) => each !== value), value].slice(-12));
  };
  const learnState = (state: RunNews) => {
    learn('runId', state.runId);
    for (const { id } of state.plan ?? []) learn('stepId', id);
    for (const { action, id, confirm } of state.offers) {
      if (action === 'remedy') learn('remedyId', id);
      if (confirm) learn('confirmation', confirm.type);
    }
    if (state.prompt) learn('promptId', state.prompt.id);
  };
  const inside = path.join(base, 'out');
  for (const file of ['a.wbrun', 'b.md', 'c', 'none/d.html']) {
    learn('out', path.join(inside, file));
    learn('path', path.join(inside, file));
  }
  for (const target of [
    { kind: 'lab' },
    { kind: 'lab' },
    { kind: 'lab', failure: 'no-adapter' },
    { kind: 'hand' },
    { kind: 'ssh', host: 'nowhere', root: 'sudo' },
  ])
    pools.set('target', [...(pools.get('target') ?? []), target]);
  // Nothing may be tried on this machine itself: the messages are hostile, and it is the tester's.
  for (const host of ['nowhere', 'localhost']) pools.set('connection', [...(pools.get('connection') ?? []), { kind: 'ssh', host }]);
  pools.set('change', [{ note: 'x' }, { name: 'constructor' }, { tags: ['a'] }, {}]);
  for (const [name, ids] of [
    ['format', ['md', 'txt', 'json', 'cast', 'html', 'bundle']],
    ['left', []],
    ['right', []],
  ] as const)
    pools.set(name, [...ids]);

  const callers = Object.fromEntries(audiences.map((audience) => [audience, new RawCaller(audience, learnState)])) as Record<
    (typeof audiences)[number],
    RawCaller
  >;
  const { api } = { api: makeApi((method, input) => callers.cli.call(method, input).then(({ output }) => output)) };
  for (const { id } of await api.topics.list({})) learn('topicId', id);
  pools.set(
    'topicId',
    (await api.topics.list({})).map(({ id }) => id),
  );
  for (const topicId of ['perc-h200-crossflash', 'bind-ad-dns', 'bootable-usb'])
    learnState(await api.runs.start({ topicId, target: { kind: 'lab' }, parameters: {} }));
  const values = new SchemaValues(random, (member) => (member === 'left' || member === 'right' ? (pools.get('runId') ?? []) : (pools.get(member) ?? [])));

  const wrong: unknown[] = [];
  const answered = new Map<string, number>();
  const one = async () => {
    const audience = random.pick(audiences);
    const method = random.chance(0.06) ? random.pick(noMethods) : random.pick(served);
    const fitting = Object.hasOwn(methods, method) ? values.of(methods[method as MethodName].input) : {};
    const input = random.chance(0.15) ? values.anything() : random.chance(0.4) ? values.spoilt(fitting) : fitting;
    if (onThisMachine(input) || writesOutside(input, inside)) return;
    if (random.chance(0.04)) callers[audience].carrier.send(values.anything());
    const reply = await callers[audience].call(method, input);
    const finding = findingOf(method, reply);
    if (finding) wrong.push({ audience, method, input, finding });
    if (reply.kind === 'result') answered.set(method, (answered.get(method) ?? 0) + 1);
    const output = reply.output as { trialId?: string; planId?: string; id?: string } | undefined;
    for (const name of ['trialId', 'planId'] as const) if (output?.[name]) learn(name, output[name]);
    if (method === 'targets.add' && output?.id) learn('targetId', output.id);
  };
  for (let sent = 0; sent < rounds({ test: 2_000, soak: 100_000 }); sent += 8) {
    await Promise.all(Array.from({ length: 8 }, one));
    if (wrong.length > 20) break;
  }

  expect({ seed, wrong: wrong.slice(0, 5) }).toEqual({ seed, wrong: [] });
  expect({ seed, uncaught }).toEqual({ seed, uncaught: [] });
  expect({ seed, log: log.filter((line) => line.includes(': internal:')) }).toEqual({ seed, log: [] });
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  expect(await makeApi(makeClient(freshCarrier()).call).app.info({})).toMatchObject({ version: 'fuzz' });
  // A fuzzer that only ever is refused proves nothing.
  expect(answered.size).toBeGreaterThan(served.length / 2);
});

/** Runs, looks and trials there would be this machine's own. */
function onThisMachine(input: unknown): boolean {
  const text = JSON.stringify(input, (_name, value) => (typeof value === 'bigint' ? String(value) : value)) ?? '';
  return /"kind":"(local|console)"|"ProxyCommand"/.test(text);
}

/**
 * The terminal command and main may name any file to write an export to, and a tester may be root. So no message leaves here
 * that names one anywhere but in this test's own folder, whatever made it up.
 */
function writesOutside(input: unknown, inside: string): boolean {
  if (typeof input !== 'object' || input === null) return false;
  return Object.entries(input).some(([name, value]) => {
    if (name !== 'out') return writesOutside(value, inside);
    return typeof value !== 'string' || !path.isAbsolute(value) || path.resolve(value) !== value || !value.startsWith(inside + path.sep);
  });
}

it('sends nothing that writes outside of its own folder', () => {
  const inside = '/srv/fuzz/out';
  for (const out of ['/etc/passwd', '../../../etc/passwd', 'x', '', inside, `${inside}/../x`, `${inside}x/y`, 7, null, ['/etc/passwd'], { out: '/etc/passwd' }])
    expect({ out, refused: writesOutside({ runId: 'x', out }, inside) }).toEqual({ out, refused: true });
  expect(writesOutside([{ deep: { out: '/etc/passwd' } }], inside)).toBe(true);
  expect(writesOutside({ out: `${inside}/a.md` }, inside)).toBe(false);
  expect(writesOutside({ runId: 'x' }, inside)).toBe(false);
});

function freshCarrier(): Carrier {
  const [here, there] = carrierPair();
  backend.serve(there, 'window');
  return here;
}

function findingOf(method: string, reply: Reply): string | null {
  if (reply.kind === 'error') {
    const error = wireError.safeParse(reply.error);
    if (!error.success) return `an error without its form: ${error.error.message}`;
    if (error.data.code === 'internal') return error.data.message;
    return error.data.message && error.data.next ? null : 'an error without words';
  }
  const output = methods[method as MethodName]?.output.safeParse(reply.output);
  return output?.success ? null : `an answer that is not of the agreed form: ${output?.error.message ?? 'no such method'}`;
}
