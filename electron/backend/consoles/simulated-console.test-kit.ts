/** A machine's console for tests: takes bytes, echoes as the UEFI shell does or plainly, loses characters where it is told to. */
import { type Carrier, CarrierEvents } from './carriers/carrier.ts';

export interface Behaviour {
  prompt: string;
  /** What each command says; `ask` and what follows for one that asks. */
  commands: Readonly<Record<string, string | Asking>>;
  clearKey?: string;
  /** Every nth character that is typed is lost, or comes twice. */
  loseEvery?: number;
  doubleEvery?: number;
  /** Loses only while more than this many characters come in one go: a console with a small buffer. */
  buffer?: number;
  echoDelayMs?: number;
  /** The first n keys that empty the line are lost. */
  loseClears?: number;
}
export interface Asking {
  ask: string;
  reply(answer: string): string;
  /** One key answers, without a line end. */
  key?: true;
}

export class SimulatedConsole {
  /** Lines that were run, as they arrived. */
  readonly ran: string[] = [];
  private readonly behaviour: Behaviour;
  private readonly say: (text: string) => void;
  private line = '';
  private asking: Asking | null = null;
  private typed = 0;
  private clears = 0;
  private last: Promise<unknown> = Promise.resolve();

  constructor(behaviour: Behaviour, say: (text: string) => void) {
    this.behaviour = behaviour;
    this.say = say;
  }

  start(greeting = ''): void {
    this.say(`${greeting}${this.behaviour.prompt}`);
  }

  take(bytes: Buffer): void {
    const { echoDelayMs, buffer = 0 } = this.behaviour;
    const text = bytes.toString();
    for (const [index, key] of [...text].entries()) {
      if (!echoDelayMs) {
        this.key(key, index >= buffer);
        continue;
      }
      this.last = this.last.then(() => new Promise((resolve) => setTimeout(resolve, echoDelayMs))).then(() => this.key(key, index >= buffer));
    }
  }

  private key(key: string, overrun: boolean): void {
    if (this.asking?.key) this.answer(key);
    else if (key === '\r') this.enter();
    else if (key === (this.behaviour.clearKey ?? '\x15')) this.clear();
    else this.character(key, overrun);
  }

  private character(key: string, overrun: boolean): void {
    this.typed += 1;
    const { loseEvery, doubleEvery } = this.behaviour;
    if (overrun && loseEvery && this.typed % loseEvery === 0) return;
    const came = overrun && doubleEvery && this.typed % doubleEvery === 0 ? key + key : key;
    this.line += came;
    this.say(came);
  }

  private clear(): void {
    this.clears += 1;
    if (this.clears <= (this.behaviour.loseClears ?? 0)) return;
    this.say('\b \b'.repeat(this.line.length));
    this.line = '';
  }

  private enter(): void {
    this.say('\r\n');
    const line = this.line;
    this.line = '';
    if (this.asking) {
      this.answer(line);
      return;
    }
    this.ran.push(line);
    const said = this.behaviour.commands[line] ?? `unknown: ${line}\r\n`;
    if (typeof said === 'string') this.finish(said);
    else {
      this.asking = said;
      this.say(said.ask);
    }
  }

  private answer(answer: string): void {
    const { asking } = this;
    this.asking = null;
    this.finish(asking?.reply(answer) ?? '');
  }

  /** Output that ends with `…` goes on, without a prompt. */
  private finish(said: string): void {
    this.say(said.endsWith('…') ? said.slice(0, -1) : said + this.behaviour.prompt);
  }
}

/** A carrier with a simulated console behind it, in the same process. */
export class SimulatedCarrier implements Carrier {
  readonly name = 'simulated console';
  readonly console: SimulatedConsole;
  readonly wrote: string[] = [];
  private readonly events = new CarrierEvents();

  constructor(behaviour: Behaviour) {
    this.console = new SimulatedConsole(behaviour, (text) => this.say(text));
  }
  say(text: string | Buffer): void {
    setImmediate(() => this.events.emitData(Buffer.from(text)));
  }
  end(detail: string): void {
    this.events.emitEnd(detail);
  }
  onData(listener: (bytes: Buffer) => void): void {
    this.events.onData(listener);
  }
  onEnd(listener: (detail: string) => void): void {
    this.events.onEnd(listener);
  }
  write(bytes: Buffer): void {
    this.wrote.push(bytes.toString());
    this.console.take(bytes);
  }
  async close(): Promise<void> {}
}
