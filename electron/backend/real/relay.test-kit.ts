/** A TCP relay on loopback: a cable that can be pulled, and a line that falls silent. */
import { connect, createServer, type Server, type Socket } from 'node:net';

export class Relay {
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private open = true;

  /** Leads to this port of this machine. */
  static async to(port: number): Promise<Relay> {
    const relay = new Relay(port);
    await new Promise<void>((resolve) => relay.server.listen(0, '127.0.0.1', resolve));
    return relay;
  }

  private constructor(port: number) {
    this.server = createServer((client) => {
      if (!this.open) {
        client.destroy();
        return;
      }
      const target = connect(port, '127.0.0.1');
      client.pipe(target).pipe(client);
      for (const socket of [client, target]) {
        this.sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => {
          this.sockets.delete(socket);
          for (const end of [client, target]) end.destroy();
        });
      }
    });
  }

  get port(): number {
    const address = this.server.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  /** Cuts all connections; new ones are refused until `mend`. */
  cut(): void {
    this.open = false;
    for (const socket of this.sockets) socket.destroy();
  }
  mend(): void {
    this.open = true;
  }
  /** Carries nothing any more, and closes nothing: a pulled cable, a machine that sleeps. New connections are carried. */
  stall(): void {
    for (const socket of this.sockets) {
      socket.unpipe();
      socket.pause();
    }
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
