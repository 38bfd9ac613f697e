/** The way into a network namespace that has nothing but its loopback: one port of this machine's loopback leads to the same port there. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import { createServer, type Server } from 'node:net';

/** Why there can be none here; null where there can. */
export const whyNoOwnNetwork: string | null =
  spawnSync('unshare', ['--net', 'ip', 'link', 'set', 'lo', 'up']).status === 0 ? null : 'this machine makes no network namespaces, or has no ip';

/** In front of a command that is to have such a network. */
export const inOwnNetwork = ['unshare', '--net', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];

/** Runs in the other network: the port that it was given is this machine's, what it connects to is over there. Nothing waits to be sent (Nagle: 40 ms a key). */
const forwarder = `const net = require('node:net');
net.createServer({ allowHalfOpen: true, noDelay: true }, (here) => {
  const there = net.connect({ port: Number(process.argv[1]), host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
  for (const [from, to] of [[here, there], [there, here]]) {
    from.pipe(to);
    from.on('error', () => to.destroy());
    from.on('close', () => to.destroy());
  }
}).listen({ fd: 3 });`;

export class PortThere {
  readonly port: number;
  private readonly server: Server;
  private child: ChildProcess | null = null;

  private constructor(server: Server) {
    const address = server.address();
    this.server = server;
    this.port = typeof address === 'object' && address ? address.port : 0;
  }

  /** Takes a free port of this machine's loopback; nothing answers there until it is led into a network. */
  static async take(): Promise<PortThere> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new PortThere(server);
  }

  /** Leads it into the network of a process, once that has one of its own. Rejects after ten seconds. */
  async leadTo(pid: number): Promise<void> {
    const network = (of: number | 'self') => readlinkSync(`/proc/${of}/ns/net`);
    for (let tries = 0; network(pid) === network('self'); tries++) {
      if (tries === 1000) throw new Error('The machine got no network of its own');
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const { fd } = (this.server as unknown as { _handle: { fd: number } })._handle;
    this.child = spawn('nsenter', ['--target', String(pid), '--net', process.execPath, '-e', forwarder, String(this.port)], {
      stdio: ['ignore', 'ignore', 'inherit', fd],
    });
    this.server.close(); // the other process has it now
  }

  close(): void {
    this.server.close();
    this.child?.kill('SIGKILL');
  }
}
