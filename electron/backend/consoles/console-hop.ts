/** The way to a shell behind a console with a login, as a hop of a session: somebody logs in live, then the helper is started there. */
import type { ConsoleWay } from '../../../shared/api/console.ts';
import { renderScript, type Script, sh } from '../../../shared/topic-kit/index.ts';
import { type Hop, hopName, hopScript } from '../sessions/hops/hop.ts';
import type { Session } from '../sessions/session.ts';
import { type Carrier, CarrierEvents } from './carriers/carrier.ts';
import { escapeKey } from './carriers/console-commands.ts';
import { prepareSerial } from './carriers/serial-carrier.ts';
import { ConsoleSession } from './console-session.ts';
import { consoleCommand } from './console-way.ts';
import { login } from './dialects/login.ts';

export interface ConsoleHop {
  kind: 'console';
  name: string;
  way(): ConsoleWay;
}
export type Way = Hop | ConsoleHop;
export const wayName = (way: Way): string => (way.kind === 'console' ? `login on ${way.name}` : hopName(way));

/**
 * Carries this terminal's bytes to the console and back, until the console's end is gone. It outlives the hang-up at a session's
 * end for the moment that the far helper's farewell needs.
 */
async function consoleScript(way: ConsoleWay): Promise<Script> {
  switch (way.by) {
    case 'serial':
      await prepareSerial(way);
      return joined(sh`exec 3<>${way.device} || exit`, sh`cat <&4 >&3 &`, sh`cat <&3`);
    case 'fifo':
      return joined(sh``, sh`cat <&4 >${`${way.path}.in`} &`, sh`cat <${`${way.path}.out`}`);
    default: {
      const { program, args } = consoleCommand(way);
      return args.reduce((line, word) => sh`${line} ${word === escapeKey ? sh`"$(printf ${'\\035'})"` : word}`, sh`${program}`);
    }
  }
}
const joined = (open: Script, there: Script, back: Script): Script => sh`trap '' HUP
${open}
stty raw -echo
exec 4<&0
${there}
${back}
kill $!`;

interface ConsoleEntry {
  /** Whether somebody is asked something now. */
  asked(): boolean;
  signal: AbortSignal;
}

/** For as long as a machine may take to come to its login. */
const loginMs = 10 * 60_000;

/** As `Session.enter`; a login at a console is left to whoever is at the terminal. Rejects with WrenchbookError `session` or `cancelled`. */
export async function enterWay(session: Session, way: Way, entry: ConsoleEntry): ReturnType<Session['enter']> {
  const render = (script: Script) => renderScript(script, (file) => file);
  if (way.kind !== 'console') return session.enter(hopName(way), (command) => render(hopScript(way, command)), { silent: way.kind === 'ssh' });
  return enterConsole(session, wayName(way), render(await consoleScript(way.way())), entry);
}

async function enterConsole(session: Session, name: string, script: string, { asked, signal }: ConsoleEntry): ReturnType<Session['enter']> {
  let command = '';
  const outcome = session.enter(
    name,
    (given) => {
      command = given;
      return script;
    },
    { lossy: true },
  );
  const ended = outcome.then(
    () => 'there',
    () => 'there',
  );
  const line = new ConsoleSession(new SessionCarrier(session, name), login);
  const typed = line.waitForPrompt({ knock: true, silenceMs: loginMs, asked, signal }).then(() => line.start(`exec ${command}`, { signal }));
  // Where the way there has ended, its own end says more than that no prompt came.
  await Promise.race([ended, typed]);
  return outcome;
}

/** The helper's farewell needs its time on the way; what answers it is the console's next login. */
export async function leaveConsole(session: Session): Promise<void> {
  const answered = new Promise<void>((resolve) => session.onData(() => resolve()));
  session.sayBye();
  await Promise.race([answered, new Promise((resolve) => setTimeout(resolve, farewellMs))]);
}
const farewellMs = 1500;

/** What runs in a session, as a console. */
class SessionCarrier implements Carrier {
  readonly name: string;
  private readonly events = new CarrierEvents();
  private readonly session: Session;

  constructor(session: Session, name: string) {
    this.name = name;
    this.session = session;
    session.onData((bytes) => this.events.emitData(bytes));
    session.onLost((detail) => this.events.emitEnd(detail));
  }
  onData(listener: (bytes: Buffer) => void): void {
    this.events.onData(listener);
  }
  onEnd(listener: (detail: string) => void): void {
    this.events.onEnd(listener);
  }
  write(bytes: Buffer): void {
    this.session.typeOnTheWay(bytes);
  }
  async close(): Promise<void> {}
}
