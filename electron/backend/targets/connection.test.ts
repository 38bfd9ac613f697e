/** What is ended while it is being opened leaves no session behind; nothing is run at a machine that was not reached. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { wayLimits } from '../sessions/hops/way-watch.ts';
import type { SessionOptions } from '../sessions/session.ts';
import { Connection, type ConnectionListener, type Reachable } from './connection.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'wb-connection-'));
let opened = 0;
const nothing = () => undefined;
const listener: ConnectionListener = {
  ...{ onData: nothing, onSetOut: nothing, onWayEnd: nothing, onOpenLine: nothing, onHop: nothing, onLost: nothing, onLeft: nothing },
  ...{ onRootTrouble: nothing, onDeaf: nothing, asked: () => false, onWay: async () => undefined, onReached: async () => undefined },
  onOpened: () => {
    opened += 1;
  },
};
const environment = { PATH: process.env.PATH ?? '', HOME: folder, ENV: '' };
const options: SessionOptions = { helper: path.resolve('assets/helper/session.sh'), shell: ['sh'], folder, environment, cols: 80, rows: 24 };
const connectionTo = (session: Reachable['session']) =>
  new Connection(
    new Map([
      ['here', { session, way: [], toRoot: null }],
      ['there', { session, way: [], toRoot: null }],
    ]),
    { cols: 80, rows: 24 },
    wayLimits,
    listener,
  );
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let connection: Connection;
afterEach(async () => {
  await connection.end();
  opened = 0;
});

it('is ended while its session is being opened: that one is closed, and the next one opens', async () => {
  let answer: (options: SessionOptions) => void = nothing;
  connection = connectionTo(() => new Promise((resolve) => (answer = resolve)));
  const first = connection.ensure('here', false);
  const refused = expect(first).rejects.toMatchObject({ code: 'session' });
  await new Promise((resolve) => setImmediate(resolve));
  expect(await connection.end()).toBe(false);
  answer(options);
  await refused;
  expect([connection.open, opened]).toEqual([false, 0]);
  const next = connection.ensure('here', false);
  await new Promise((resolve) => setImmediate(resolve));
  answer(options);
  await next;
  expect([connection.open, opened]).toEqual([true, 1]);
});

it('runs nothing at another machine than the one at which it stands', async () => {
  connection = connectionTo(async () => options);
  expect(() => connection.at('here')).toThrow(/not open/);
  await connection.ensure('here', false);
  expect(await connection.at('here').run('exit 3')).toBe(3);
  expect(() => connection.at('there')).toThrow(/session was lost/);
  expect(connection.open).toBe(false);
});
