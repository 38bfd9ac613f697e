/** What an admin's ssh configuration does beside a login never stands in the way; and troubles at a jump host and with revoked keys are told as such. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ScratchMachine, whyNoScratchMachine } from '../../real/scratch-machine.test-kit.ts';
import { attempt, failure } from './attempt.test-kit.ts';

if (whyNoScratchMachine) console.log(`Odd ssh configurations are not tried: ${whyNoScratchMachine}.`);

describe.skipIf(whyNoScratchMachine)('an ssh configuration', () => {
  let machine: ScratchMachine;
  let taken: Server;
  let takenPort = 0;
  beforeAll(async () => {
    machine = await ScratchMachine.start();
    machine.know();
    taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const address = taken.address();
    takenPort = typeof address === 'object' && address ? address.port : 0;
  });
  afterAll(async () => {
    taken?.close();
    await machine?.stop();
  });
  let count = 0;
  const config = (change: (text: string) => string) => {
    const file = path.join(machine.folder, `odd-${count++}`);
    writeFileSync(file, change(readFileSync(machine.configFile, 'utf8')));
    return file;
  };

  it.each([
    ['forwards a port that is taken', () => [`LocalForward 127.0.0.1:${takenPort} localhost:8080`, 'ExitOnForwardFailure yes']],
    ['starts no session', () => ['SessionType none', 'StdinNull yes', 'ForkAfterAuthentication yes']],
    ['asks nothing', () => ['BatchMode yes']],
    ['runs commands here and there', () => ['RemoteCommand tmux new -A -s main', 'PermitLocalCommand yes', 'LocalCommand sleep 600', 'RequestTTY no']],
    ['opens a tunnel', () => ['Tunnel ethernet', 'ExitOnForwardFailure yes']],
    ['asks about more keys', () => ['UpdateHostKeys ask']],
  ] as const)('that %s leads there anyway', async (_, lines) => {
    const file = config(
      (text) =>
        `${text}${lines()
          .map((line) => `  ${line}\n`)
          .join('')}`,
    );
    const { state, text } = await attempt({}, file);
    expect(state.status, text).toBe('ok');
  });

  it('that would ask nothing is asked for a password anyway', async () => {
    const file = config((text) => `${text.replace(/^ {2}IdentityFile .*$/m, '  IdentityFile none')}  BatchMode yes\n`);
    const { state, text } = await attempt({}, file, [{ at: /password: $/, type: 'sesame\n' }]);
    expect(state.status, text).toBe('ok');
  });

  const far = { connection: { kind: 'ssh', host: 'far' } } as const;

  it('with a way to the machine that takes longer than a connection may is waited for', async () => {
    // As where somebody looks for his phone to log in at the jump host.
    const through = config((text) => text.replace('Host machine', 'Host jump'));
    const file = config((text) => `${text}  ProxyCommand sh -c 'sleep 17; exec ssh -F ${through} -W %h:%p jump'\n`);
    const { state, text } = await attempt({}, file);
    expect(state.status, text).toBe('ok');
  });

  it('with a jump host that refuses the login says so', async () => {
    const file = config(
      (text) =>
        `${text.replace('Host machine', 'Host jump').replace('User wren', 'User nosuchuser')}  PreferredAuthentications publickey\nHost far\n  HostName 127.0.0.1\n  ProxyJump jump\n`,
    );
    const through = config(
      (text) => `${text.replace('Host machine', 'Host jump').replace('User wren', 'User nosuchuser')}  PreferredAuthentications publickey\n`,
    );
    const command = config((text) => `${text.replace('Host machine', 'Host far')}  ProxyCommand ssh -F ${through} -W %h:%p jump\n`);
    for (const each of [file, command]) {
      const { state, text } = await attempt(far, each);
      expect(failure(state), text).toMatchObject({
        name: 'authentication',
        trouble: { cause: expect.stringMatching(/^At the jump host \(nosuchuser@127\.0\.0\.1\): The login was refused/) },
      });
    }
  });

  it('with a jump host that does not know the name behind it says so', async () => {
    const jumping = config((all) => `${all.replace('Host machine', 'Host jump')}Host far\n  HostName nowhere.invalid\n  ProxyJump jump\n`);
    const over = await attempt(far, jumping);
    expect(failure(over.state), over.text).toMatchObject({
      name: 'network',
      trouble: { cause: expect.stringMatching(/jump host was reached, but it does not reach the machine behind it/) },
    });
  });

  it('with a key that is marked as revoked is a full stop', async () => {
    const known = path.join(machine.folder, 'known-revoked');
    writeFileSync(known, `@revoked [127.0.0.1]:${machine.port} ${readFileSync(path.join(machine.folder, 'host-key.pub'), 'utf8')}`);
    const { state, text } = await attempt(
      {},
      config((all) => all.replace(machine.knownHosts, known)),
    );
    expect(failure(state), text).toMatchObject({
      name: 'host-key',
      trouble: { cause: expect.stringContaining('revoked'), next: expect.stringMatching(/^Do not log in/) },
    });
  });
});
