/** A line between a client and a port on loopback that is slow, delivers in small pieces, stalls, or is cut at a given byte. */
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export interface LineCharacter {
  /** Bytes that arrive together. */
  piece: number;
  /** Bytes a second, each way; without it as fast as it goes. */
  speed?: number;
}

export class SlowRelay {
  readonly port: number;
  /** Bytes that went from the client to the server, over all connections. */
  sent = 0;
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private character: LineCharacter;
  private stalled: Promise<void> | null = null;
  private goOn: () => void = () => undefined;
  private cutAt = Number.POSITIVE_INFINITY;

  static async start(to: number, character: LineCharacter): Promise<SlowRelay> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new SlowRelay(server, to, character);
  }

  private constructor(server: Server, to: number, character: LineCharacter) {
    const address = server.address();
    this.port = typeof address === 'object' && address ? address.port : 0;
    this.server = server;
    this.character = character;
    server.on('connection', (client) => {
      const behind = connect(to, '127.0.0.1');
      for (const socket of [client, behind]) {
        socket.setNoDelay(true); // else small pieces are put together again
        socket.on('error', () => socket.destroy());
        this.sockets.add(socket);
      }
      void this.carry(client, behind, true);
      void this.carry(behind, client, false);
    });
  }

  become(character: LineCharacter): void {
    this.character = character;
  }
  /** Nothing passes, in either direction, until `flow`. */
  stall(): void {
    this.stalled ??= new Promise((resolve) => {
      this.goOn = resolve;
    });
  }
  flow(): void {
    this.stalled = null;
    this.goOn();
  }
  /** Ends all connections as soon as so many bytes more have come from the client. */
  cutAfter(bytes: number): void {
    this.cutAt = this.sent + bytes;
  }

  stop(): void {
    this.flow();
    this.cut();
    this.server.close();
  }

  private cut(): void {
    for (const socket of this.sockets) socket.destroy();
    this.sockets.clear();
  }

  private async carry(from: Socket, to: Socket, fromClient: boolean): Promise<void> {
    try {
      for await (const chunk of from) {
        for (let at = 0; at < chunk.length; ) {
          if (this.stalled) await this.stalled;
          const { piece, speed } = this.character;
          const bytes: Buffer = chunk.subarray(at, at + piece);
          at += bytes.length;
          if (fromClient) this.sent += bytes.length;
          if (this.sent >= this.cutAt) return this.cut();
          if (!to.write(bytes)) await new Promise((resolve) => to.once('drain', resolve));
          if (speed !== undefined) await pause((bytes.length * 1000) / speed);
        }
      }
      to.end();
    } catch {
      to.destroy(); // cut
    }
  }
}
