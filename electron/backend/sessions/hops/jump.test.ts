/** ProxyJump over one machine to another that only that one reaches, each in a network of its own. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { ScratchMachine, whyNoScratchMachine } from '../../real/scratch-machine.test-kit.ts';
import { TwoNetworks, whyNoNetworks } from '../../real/two-networks.test-kit.ts';
import { HopSession } from './hop-session.test-kit.ts';

const missing = whyNoScratchMachine ?? whyNoNetworks;
if (missing) console.log(`A jump over two networks is not tried: ${missing}.`);

it.skipIf(missing)('jumps over one machine to the next, each with its password, and tells which of the two is lost', async () => {
  const networks = new TwoNetworks();
  const machines: ScratchMachine[] = [];
  let hop: HopSession | undefined;
  try {
    const start = async (at: { namespace: string; address: string }) => {
      const machine = await ScratchMachine.start('printf "root:open\\n" | chpasswd', ['PubkeyAuthentication no'], { at });
      machines.push(machine);
      return machine;
    };
    const near = await start(networks.near);
    const far = await start(networks.far);
    const known = path.join(far.folder, 'known-both');
    const keyOf = ({ address, port, folder }: ScratchMachine) => `[${address}]:${port} ${readFileSync(path.join(folder, 'host-key.pub'), 'utf8')}`;
    writeFileSync(known, keyOf(near) + keyOf(far));
    const configOf = (machine: ScratchMachine, name: string) =>
      readFileSync(machine.configFile, 'utf8').replace('Host machine', `Host ${name}`).replace(machine.knownHosts, known);
    const configFile = path.join(far.folder, 'config-jump');
    const whole = `${configOf(near, 'near')}${configOf(far, 'far')}`;
    writeFileSync(configFile, `${whole}  ProxyJump near\n`);

    hop = await HopSession.open({ HOME: far.folder });
    const way = { kind: 'ssh', host: 'far', configFile } as const;
    const passwords = [`wren@${networks.near.address}'s password: `, `wren@${networks.far.address}'s password: `];
    const answers = passwords.map((asks) => [new RegExp(`${asks}$`), 'sesame'] as const);
    expect(await hop.answer(way, answers), hop.text).toHaveProperty('entered');
    expect((await hop.run('set -- $SSH_CONNECTION; echo "$1 $3"')).text).toBe(`198.19.${networks.near.address.split('.')[2]}.1 ${networks.far.address}\r\n`);
    expect(await hop.answer({ kind: 'sudo' }, [[/password for wren: $/, 'sesame']])).toMatchObject({ entered: { uid: 0 } });
    expect((await hop.run('id -un')).text).toBe('root\r\n');

    // Listened to from the start: it ends while the machine is still being stopped.
    const long = expect(hop.run('echo going; sleep 60')).rejects.toThrow(/ended with status 255/);
    await hop.seen(/going/);
    await near.stop();
    await long;
    expect((await hop.run('echo here')).text).toBe('here\r\n');

    // Straight on, the far one is not to be had: the way went over the other.
    writeFileSync(configFile, `${whole}  ConnectTimeout 2\n`);
    expect(await hop.enter(way)).toEqual({ status: 255 });
  } finally {
    await hop?.session.close();
    for (const machine of machines) await machine.stop();
    networks.remove();
  }
});
