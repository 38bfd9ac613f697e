/** Where a run's scripts run: how its terminal is started, which hops lead there, and what is different in the lab. */
import type { ConsoleRef } from '../../../shared/api/console.ts';
import { WrenchbookError } from '../../../shared/api/error.ts';
import type { TargetRef } from '../../../shared/api/topic.ts';
import type { Rendering, Topic } from '../../../shared/topic-kit/index.ts';
import type { Way } from '../consoles/console-hop.ts';
import type { Hop } from '../sessions/hops/hop.ts';
import type { SessionOptions } from '../sessions/session.ts';
import { shellVariables, workstationShell } from '../sessions/workstation-shell.ts';
import { labFailureTitle } from '../topics/topic-registry.ts';
import type { TargetBook } from './book/target-book.ts';
import { wayTo } from './book/target-hops.ts';
import { consoleHop, consoleName, type RunConsole, runConsole } from './console-target.ts';
import { labFolder, labPaths, labRendering, labSession } from './lab-target.ts';

export interface RunTarget {
  /** Of one of several machines: what it is called when the terminal goes there. */
  name?: string;
  session(size: { cols: number; rows: number }): Promise<SessionOptions>;
  /** From this machine to where steps run. */
  way: readonly Way[];
  /** On from there for steps that need root; null where they run as the others do. */
  toRoot: Hop | null;
  /** In a rehearsal: what the target's paths are below, and where its backups lie. */
  lab: typeof labPaths | null;
  /** A machine that is not reached: there is no session, and output is pasted. */
  byHand?: true;
  /** The console that lines are typed at, where the target is one. */
  console?: RunConsole;
  /** What relative paths of files that Wrenchbook reads itself start from. */
  files: string;
}

export interface RunTargetOptions {
  assetsFolder: string;
  /** Another configuration than the client's own. */
  sshConfig?: string | undefined;
  book: Pick<TargetBook, 'get'>;
}

/** `machine`: which of several it is. All of a run start from the same session. */
export function runTarget(
  { topicId, target, machine }: { topicId: string; target: TargetRef; machine?: string },
  runFolder: string,
  { assetsFolder, sshConfig, book }: RunTargetOptions,
): RunTarget {
  if (target.kind === 'lab') {
    const folder = labFolder(runFolder);
    const session: RunTarget['session'] = (size) => labSession(folder, { topicId, assetsFolder }, size);
    const way: Way[] = machine === undefined ? [] : [{ kind: 'lab', machine }];
    return { session, way, toRoot: null, lab: labPaths, files: labFolder(runFolder, machine) };
  }
  if (target.kind === 'hand') return { session: notReached, way: [], toRoot: null, lab: null, files: '/', byHand: true };
  const { root = 'sudo' } = target;
  return {
    session: (size) => workstationShell.session({ assetsFolder, kept: [...shellVariables, ...sshVariables], ...size }),
    way: wayOf(target, sshConfig, book),
    toRoot: { kind: root },
    lab: null,
    files: '/',
    ...(target.kind === 'console' && isTyped(target.console) && { console: runConsole(target.console, book) }),
  };
}

/** For agents, tickets of Kerberos, and programs that ask in a window. */
const sshVariables = ['SSH_AUTH_SOCK', 'KRB5CCNAME', 'DISPLAY', 'WAYLAND_DISPLAY', 'XDG_RUNTIME_DIR', 'DBUS_SESSION_BUS_ADDRESS'];

/** A console without a POSIX shell behind it: lines are typed at it, and scripts run on this machine. */
const isTyped = (ref: ConsoleRef) => ref.dialect !== 'login';

const notReached = () =>
  Promise.reject(new WrenchbookError('session', 'Wrenchbook does not reach this machine.', 'Type the commands there by hand, and paste their output.'));

function wayOf(target: Exclude<TargetRef, { kind: 'lab' | 'hand' }>, sshConfig: string | undefined, book: Pick<TargetBook, 'get'>): Way[] {
  if (target.kind !== 'console') return [wayTo({ connection: target }, sshConfig)].filter((hop) => hop !== null);
  return isTyped(target.console) ? [] : [consoleHop(target.console, book)];
}

/**
 * How a topic's plan is made for a target; `name`: what the admin calls it. Throws `does-not-apply` where it can't run there,
 * `bad-parameters` for an unknown failure.
 */
export function targetRendering(topic: Topic, target: TargetRef, name: string | null = null): Rendering {
  if (target.kind === 'lab') return labRendering(labFailureTitle(topic, target));
  const place = targetName(target);
  const label = name === null || name === place ? place : `${name} (${place})`;
  const byHand = target.kind === 'hand';
  const because = whyNotOnKind(topic, target) ?? (byHand ? null : workstationShell.whyNot());
  if (because) throw new WrenchbookError('does-not-apply', `"${topic.title}" does not run on ${label}: ${because.message}`, because.next);
  const dialect = target.kind === 'console' && isTyped(target.console) ? target.console.dialect : undefined;
  return { label, rehearsal: false, ...(dialect && { console: dialect }), ...(byHand && { byHand }), mapFile: (file) => file };
}

/** Why a procedure can't run on such a target at all, whatever it is; null where it may. */
export function whyNotOnKind(topic: Pick<Topic, 'targets'>, target: Exclude<TargetRef, { kind: 'lab' }>): { message: string; next: string } | null {
  // Behind a login is a POSIX system like any other.
  const kind = target.kind === 'console' && !isTyped(target.console) ? 'ssh' : target.kind;
  if (!topic.targets?.includes(kind))
    return {
      message: topic.targets?.length ? `it runs on ${topic.targets.join(' or ')} targets.` : 'it can only be rehearsed so far.',
      next: 'Choose the lab, or a target it runs on.',
    };
  return null;
}

/** As the list of places has it too. */
export const byHandName = 'a machine by hand';

/** A target as it is named everywhere, also in transcripts. */
export function targetName(target: Exclude<TargetRef, { kind: 'lab' }>): string {
  if (target.kind === 'local') return 'this machine';
  if (target.kind === 'hand') return byHandName;
  if (target.kind === 'console') return consoleName(target.console);
  const host = target.host.includes(':') ? `[${target.host}]` : target.host;
  return `${target.user === undefined ? '' : `${target.user}@`}${host}${target.port === undefined ? '' : `:${target.port}`}`;
}
