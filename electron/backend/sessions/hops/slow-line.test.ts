/** A hop over a line that is slow, stalls or is cut, on a throw-away machine behind a relay. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ScratchMachine, whyNoScratchMachine } from '../../real/scratch-machine.test-kit.ts';
import { type LineCharacter, SlowRelay } from '../../real/slow-relay.test-kit.ts';
import { SessionFiles } from '../files/session-files.ts';
import type { Hop } from './hop.ts';
import { HopSession } from './hop-session.test-kit.ts';

if (whyNoScratchMachine) console.log(`Slow lines are not tried: ${whyNoScratchMachine}.`);

const fast: LineCharacter = { piece: 65_536 };
const script = 'for n in 1 2 3; do printf "line %s äöü €\\n" "$n"; done; printf "\\033]0;a title\\007\\033[31mred\\033[0m\\n"; exit 7';
const printed = 'line 1 äöü €\r\nline 2 äöü €\r\nline 3 äöü €\r\n\x1b]0;a title\x07\x1b[31mred\x1b[0m\r\n';

describe.skipIf(whyNoScratchMachine)('a hop over a bad line', () => {
  let machine: ScratchMachine;
  let relay: SlowRelay;
  let hop: HopSession;
  beforeAll(async () => {
    machine = await ScratchMachine.start();
  });
  afterAll(() => machine?.stop());
  beforeEach(async () => {
    relay = await SlowRelay.start(machine.port, fast);
    hop = await HopSession.open({ HOME: machine.folder });
  });
  afterEach(async () => {
    await hop.session.close();
    relay.stop();
  });

  /** Through the relay; the machine's key is known under the relay's port. */
  function ssh(): Hop {
    const known = path.join(machine.folder, `known-${relay.port}`);
    const config = path.join(machine.folder, `config-${relay.port}`);
    writeFileSync(known, `[127.0.0.1]:${relay.port} ${readFileSync(path.join(machine.folder, 'host-key.pub'), 'utf8')}`);
    writeFileSync(config, readFileSync(machine.configFile, 'utf8').replace(`Port ${machine.port}`, `Port ${relay.port}`).replace(machine.knownHosts, known));
    return { kind: 'ssh', host: 'machine', configFile: config };
  }

  it.each([1, 2, 7, 64, 1000])('gives the same in pieces of %i bytes', async (piece) => {
    relay.become({ piece });
    expect(await hop.enter(ssh())).toMatchObject({ entered: { system: 'Linux' } });
    expect(await hop.run(script)).toEqual({ status: 7, text: printed });
  });

  it('gives the same at 4,000 bytes a second', async () => {
    expect(await hop.enter(ssh())).toHaveProperty('entered');
    relay.become({ piece: 16, speed: 4000 });
    expect(await hop.run(script)).toEqual({ status: 7, text: printed });
    const content = Buffer.from(createHash('sha512').update('content').digest());
    const files = new SessionFiles(hop.session);
    const file = { name: '/tmp/slow', place: '/tmp/slow', follow: false, root: '' };
    await files.write(file, null, content, '0600');
    expect((await files.read(file)).content).toEqual(content);
  });

  it('outlives a stall of 5 seconds, while it is entered and while a script runs', async () => {
    const entering = hop.enter(ssh());
    await expect.poll(() => relay.sent, { interval: 1 }).toBeGreaterThan(2000);
    relay.stall();
    setTimeout(() => relay.flow(), 5000);
    expect(await entering).toHaveProperty('entered');
    const long = hop.run('for n in 1 2 3 4 5 6 7 8; do echo "$n"; sleep 0.2; done; exit 3');
    await hop.seen(/2\r\n/);
    relay.stall();
    setTimeout(() => relay.flow(), 5000);
    expect(await long).toEqual({ status: 3, text: '1\r\n2\r\n3\r\n4\r\n5\r\n6\r\n7\r\n8\r\n' });
  });

  it('is told as lost where the line stalls for good', async () => {
    await hop.enter(ssh());
    const long = hop.run('echo going; sleep 60');
    await hop.seen(/going/);
    relay.stall();
    await expect(long).rejects.toThrow(/ssh to machine ended with status 255/);
    expect(hop.text).toMatch(/Nothing has come over ssh to machine for 9 seconds: the connection is considered lost/);
    expect((await hop.run('echo here')).text).toBe('here\r\n');
  });

  it('ends with a status wherever it is cut while it is entered, and the level before goes on', async () => {
    // What the client sends when it is entered, to its end.
    const before = relay.sent;
    await hop.enter(ssh());
    const whole = relay.sent - before;
    await hop.session.leaveHop();
    for (const share of [0.3, 0.6, 0.7, 0.8, 0.9, 0.97]) {
      relay.cutAfter(Math.floor(whole * share));
      hop.text = '';
      const outcome = await hop.enter(ssh());
      if ('entered' in outcome) {
        await expect(hop.session.run('sleep 5')).rejects.toThrow(/ended with status 255/);
      } else expect(outcome, String(share)).toEqual({ status: 255 });
      relay.cutAfter(Number.POSITIVE_INFINITY);
      expect(await hop.run('echo here'), String(share)).toEqual({ status: 0, text: 'here\r\n' });
      expect(hop.session.hops).toBe(0);
    }
  });
});
