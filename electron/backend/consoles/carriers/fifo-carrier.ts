/** A console behind two FIFOs, `PATH.in` to it and `PATH.out` from it, as QEMU's `-chardev pipe,path=PATH` has them. */
import { constants, open as openFile } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import { promisify } from 'node:util';
import { WrenchbookError } from '../../../../shared/api/error.ts';
import { type Carrier, CarrierEvents } from './carrier.ts';

/** Descriptors, not handles: the sockets own and close them. */
const open = promisify(openFile);
const againMs = 20;

export class FifoCarrier implements Carrier {
  readonly name: string;
  private readonly events = new CarrierEvents();
  private readonly from: Socket;
  private readonly to: Socket;

  /** Waits up to `waitMs` for the other side. Rejects with WrenchbookError `session`. */
  static async open(path: string, waitMs = 10_000): Promise<FifoCarrier> {
    for (const end of ['in', 'out']) await requireFifo(`${path}.${end}`);
    const deadline = performance.now() + waitMs;
    for (;;) {
      const to = await openReadBy(`${path}.in`);
      if (to !== null) {
        const from = await open(`${path}.out`, constants.O_RDONLY | constants.O_NONBLOCK);
        return new FifoCarrier(path, from, to);
      }
      if (performance.now() > deadline) throw trouble(path, 'nothing reads from its other side', 'Start the virtual machine that has it, then try again.');
      await new Promise((resolve) => setTimeout(resolve, againMs));
    }
  }

  private constructor(path: string, from: number, to: number) {
    this.name = `console ${path}`;
    this.from = new Socket({ fd: from, readable: true, writable: false });
    this.to = new Socket({ fd: to, readable: false, writable: true });
    this.from.on('data', (bytes) => this.events.emitData(bytes));
    this.from.on('close', () => this.events.emitEnd('its other side was closed'));
    for (const socket of [this.from, this.to]) socket.on('error', (error) => this.events.emitEnd(error.message));
  }

  onData(listener: (bytes: Buffer) => void): void {
    this.events.onData(listener);
  }
  onEnd(listener: (detail: string) => void): void {
    this.events.onEnd(listener);
  }
  write(bytes: Buffer): void {
    if (!this.to.destroyed) this.to.write(bytes);
  }
  async close(): Promise<void> {
    this.from.removeAllListeners('close');
    this.from.destroy();
    this.to.destroy();
  }
}

async function requireFifo(path: string): Promise<void> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw trouble(path, error.code === 'ENOENT' ? 'it is not there' : error.message, 'Start the virtual machine that makes it, then try again.');
  });
  if (!found.isFIFO()) throw trouble(path, 'it is not a FIFO', 'Make one with mkfifo, for the virtual machine and Wrenchbook.');
}

/** Null while nobody reads from the FIFO. */
async function openReadBy(path: string): Promise<number | null> {
  try {
    return await open(path, constants.O_WRONLY | constants.O_NONBLOCK);
  } catch (thrown) {
    const { code, message } = thrown as NodeJS.ErrnoException;
    if (code === 'ENXIO') return null;
    throw trouble(path, message, 'Check who may use it, then try again.');
  }
}

const trouble = (path: string, problem: string, next: string) => new WrenchbookError('session', `The console ${path} can't be used: ${problem}.`, next);
