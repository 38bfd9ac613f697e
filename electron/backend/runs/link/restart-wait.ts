/** Waits until a target has restarted: it answers again, and says that it was started another time. */
import type { Verdict } from '../../../../shared/api/run.ts';
import { readBootId } from '../../sessions/boot-id.ts';
import { SessionLost } from '../../sessions/session-lost.ts';
import type { RunTerminal } from '../run-terminal.ts';
import { CalledOff, GivenUp, type RunLink } from './run-link.ts';

const lookAgainMs = 2000;

/** `boot` names the start before this; `within`: minutes. Rejects where the target refuses the way in, e.g. a login. */
export async function awaitRestart(link: RunLink, terminal: RunTerminal, { boot, within }: { boot: string; within: number }): Promise<Verdict> {
  const until = Date.now() + within * 60_000;
  const says = `The target restarts. Wrenchbook waits until it answers again after a new boot, up to ${minutes(within)}.`;
  const awaited = { kind: 'restarting' as const, needsRoot: false, says, until };
  let answers = false;
  const look = async (): Promise<Verdict> => {
    for (;;) {
      try {
        await link.reach(awaited);
        const now = await readBootId(terminal);
        if (now !== null && now !== boot) return restarted;
        answers = true;
      } catch (thrown) {
        if (!(thrown instanceof SessionLost)) throw thrown;
        answers = false;
      }
      if (Date.now() >= until) return answers ? sameStart : notBack(within);
      await link.pause(Math.min(lookAgainMs, until - Date.now()));
    }
  };
  try {
    return await link.waiting(awaited, look);
  } catch (thrown) {
    if (thrown instanceof GivenUp) return notBack(within);
    if (thrown instanceof CalledOff) return answers ? sameStart : notWaited;
    throw thrown;
  }
}

const minutes = (within: number) => (within < 1 ? `${Math.round(within * 60)} seconds` : within === 1 ? 'a minute' : `${within} minutes`);
const restarted: Verdict = {
  kind: 'expected',
  rule: 'restarted',
  line: '',
  means: 'The target answers again, and it was rebooted.',
  next: '',
  remedies: [],
  noWayBack: false,
};
const failed = (rule: string, means: string, next: string): Verdict => ({ kind: 'failure', rule, line: '', means, next, remedies: [], noWayBack: false });
const sameStart = failed(
  'not-restarted',
  'The target answers, but it was up all the time: it did not restart.',
  'Check the terminal and its journal for what prevented it (an inhibitor, a missing right, a service that does not stop). Then run the step again.',
);
const notBack = (within: number) =>
  failed(
    'not-back',
    `The target did not answer again within ${minutes(within)}.`,
    'Check its console: it may still be booting, wait for a key, or have a new address. Once it answers, run the step again, or skip it with a reason if it has restarted.',
  );
const notWaited = failed(
  'not-waited-for',
  'Waiting was cancelled before the target answered again.',
  'Once it answers, run the step again, or skip it with a reason if it has restarted.',
);
