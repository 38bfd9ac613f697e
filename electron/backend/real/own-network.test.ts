/** A machine of its own network serves nobody else, whatever it starts. */
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ScratchMachine, whyNoScratchMachine } from './scratch-machine.test-kit.ts';

if (whyNoScratchMachine) console.log(`Networks of scratch machines are not tried: ${whyNoScratchMachine}.`);

const listens = (port: number) =>
  `perl -MIO::Socket::INET -e 'my $s = IO::Socket::INET->new(LocalAddr => "0.0.0.0:${port}", Listen => 5, ReuseAddr => 1) or die; while (my $c = $s->accept) { print $c "served\\n"; close $c }' >/dev/null 2>&1 &`;

describe.skipIf(whyNoScratchMachine)('a service that a machine starts', () => {
  const machines: ScratchMachine[] = [];
  const port = 20_000 + (process.pid % 10_000);
  beforeAll(async () => {
    machines.push(await ScratchMachine.start(listens(port)), await ScratchMachine.start(listens(port + 10_000), [], { at: 'host' }));
  }, 600_000);
  afterAll(() => Promise.all(machines.map((machine) => machine.stop())));

  const reached = (at: number) =>
    new Promise((resolve) => {
      const socket = connect(at, '127.0.0.1');
      socket.once('data', () => resolve(true)).once('error', () => resolve(false));
    });

  it('is not on this machine, unless it asked for that', async () => {
    expect(machines[0]?.asRoot(`perl -MIO::Socket::INET -e 'print readline(IO::Socket::INET->new("127.0.0.1:${port}"))'`)).toBe('served\n');
    expect(await reached(port)).toBe(false);
    expect(await reached(port + 10_000), 'negative control').toBe(true);
  });
});
