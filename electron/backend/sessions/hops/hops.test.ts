/** Hops over real ssh and sudo, on a throw-away machine on loopback. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { renderScript } from '../../../../shared/topic-kit/index.ts';
import { ScratchMachine, whyNoScratchMachine } from '../../real/scratch-machine.test-kit.ts';
import { Session } from '../session.ts';
import { type Hop, hopName, hopScript } from './hop.ts';

if (whyNoScratchMachine) console.log(`Hops over ssh and sudo are not tried: ${whyNoScratchMachine}.`);

describe.skipIf(whyNoScratchMachine)('hops', () => {
  let machine: ScratchMachine;
  let session: Session;
  let text = '';
  beforeAll(async () => {
    machine = await ScratchMachine.start();
    machine.know();
  });
  afterAll(() => machine?.stop());
  afterEach(() => session?.close());

  async function open() {
    const environment = { PATH: process.env.PATH ?? '', LANG: 'C.UTF-8', HOME: machine.folder };
    ({ session } = await Session.open({ helper: path.resolve('assets/helper/session.sh'), shell: ['sh'], folder: '/', environment, cols: 80, rows: 24 }));
    text = '';
    session.onData((bytes) => {
      text += bytes.toString();
    });
  }
  const ssh = (more: Partial<Hop> = {}): Hop => ({ kind: 'ssh', host: 'machine', configFile: machine.configFile, ...more }) as Hop;
  const enter = (hop: Hop) => session.enter(hopName(hop), (command) => renderScript(hopScript(hop, command), (file) => file));
  const seen = (wanted: RegExp) => expect.poll(() => text, { interval: 5, timeout: 10_000 }).toMatch(wanted);
  const run = async (script: string) => {
    text = '';
    return { status: await session.run(script), text };
  };

  it('runs scripts behind ssh with a key, and in front of it again', async () => {
    await open();
    expect(await enter(ssh())).toMatchObject({ entered: { system: 'Linux' } });
    expect(await run('id -un; test -t 0 && echo tty; exit 4')).toEqual({ status: 4, text: 'wren\r\ntty\r\n' });
    await session.leaveHop();
    expect((await run('id -un')).text).toBe('root\r\n');
    expect(session.hops).toBe(0);
  });

  it('goes from ssh on to root by sudo, which asks once, and comes back', async () => {
    await open();
    await enter(ssh());
    const entering = enter({ kind: 'sudo' });
    await seen(/\[sudo on .+\] password for wren: $/);
    session.type('sesame\n');
    expect(await entering).toMatchObject({ entered: { uid: 0 } });
    expect(text).not.toContain('sesame');
    expect((await run('id -u')).text).toBe('0\r\n');
    await session.leaveHop();
    expect((await run('id -un')).text).toBe('wren\r\n');
    expect(await enter({ kind: 'sudo' })).toMatchObject({ entered: { uid: 0 } });
    expect((await run('id -u')).text).toBe('0\r\n');
  });

  it('gives Ctrl-C to the command behind two hops, and both stay', async () => {
    await open();
    await enter(ssh());
    const entering = enter({ kind: 'sudo' });
    await seen(/password for wren: $/);
    session.type('sesame\n');
    await entering;
    const long = run("sh -c 'echo sleeping; exec sleep 60'");
    await seen(/sleeping/);
    session.interrupt();
    expect((await long).status).toBe(130);
    expect((await run('echo alive; id -u')).text).toBe('alive\r\n0\r\n');
  });

  it('tells the status of a way that is refused, and what was said', async () => {
    await open();
    const entering = enter(ssh({ user: 'nobody-here' }));
    for (let time = 1; time <= 3; time++) {
      await expect.poll(() => text.match(/password:/g)?.length, { interval: 5, timeout: 10_000 }).toBe(time);
      session.type('wrong\n');
    }
    expect(await entering).toEqual({ status: 255 });
    expect(text).toMatch(/Permission denied/);
    expect((await run('echo here')).text).toBe('here\r\n');
  });

  it('tells that a hop was lost, and goes on before it', async () => {
    await open();
    const lost: string[] = [];
    session.onHopLost((name, status) => lost.push(`${name} ${status}`));
    await enter(ssh());
    const cut = run('echo going; pkill -9 -u wren -x sshd; sleep 30');
    await seen(/going/);
    await expect(cut).rejects.toThrow(/ssh to machine ended with status 255/);
    expect(lost).toEqual(['ssh to machine 255']);
    expect((await run('echo here')).text).toBe('here\r\n');
  });

  it('asks about a key that is not known, and stops at one that has changed', async () => {
    await open();
    const config = path.join(machine.folder, 'config-fresh');
    const fresh = path.join(machine.folder, 'known-fresh');
    writeFileSync(config, readFileSync(machine.configFile, 'utf8').replace(machine.knownHosts, fresh));
    const asking = enter(ssh({ configFile: config }));
    await seen(/ED25519 key fingerprint is SHA256:\S+[\s\S]*\(yes\/no\/\[fingerprint\]\)\? $/);
    session.type('yes\n');
    expect(await asking).toHaveProperty('entered');
    await session.leaveHop();
    const other = readFileSync(path.join(machine.folder, 'key.pub'), 'utf8').split(' ').slice(0, 2).join(' ');
    writeFileSync(fresh, `[127.0.0.1]:${machine.port} ${other}\n`);
    text = '';
    expect(await enter(ssh({ configFile: config }))).toEqual({ status: 255 });
    expect(text).toMatch(/REMOTE HOST IDENTIFICATION HAS CHANGED/);
  });
});
