/** A target as it was chosen, with what the book of targets says of it put in: what a run's record holds. */
import { type ConsoleWay, consoleWayText } from '../../../shared/api/console.ts';
import { WrenchbookError } from '../../../shared/api/error.ts';
import type { Connection, Target } from '../../../shared/api/target.ts';
import type { ChosenTarget, TargetRef } from '../../../shared/api/topic.ts';
import type { TargetBook } from './book/target-book.ts';

type ConsoleConnection = Extract<Connection, { kind: 'console' }>;
interface SettledTarget {
  target: TargetRef;
  /** What the admin calls it; null where it is no entry of the book. */
  name: string | null;
}

/** Whatever becomes of the entry, the run keeps the place it was begun on. Throws `not-found` or `bad-parameters`. */
export function settledTarget(chosen: ChosenTarget, book: Pick<TargetBook, 'get'>): SettledTarget {
  if (chosen.kind === 'book') {
    const entry = book.get(chosen.id);
    return { target: { ...targetOf(entry), ...(chosen.root && { root: chosen.root }) }, name: entry.name };
  }
  if (chosen.kind !== 'console' || !('entry' in chosen.console)) return { target: chosen, name: null };
  const entry = book.get(chosen.console.entry);
  const { name, connection } = entry;
  if (connection.kind !== 'console')
    throw new WrenchbookError('bad-parameters', `The target ${name} is no console.`, `Use --target ${connection.kind === 'local' ? 'local' : entry.id}.`);
  return { target: { ...consoleTarget(entry, connection), ...(chosen.root && { root: chosen.root }) }, name };
}

/** The place itself, without its name. */
export function targetOf(entry: Target): Exclude<TargetRef, { kind: 'lab' | 'hand' }> {
  const { connection } = entry;
  switch (connection.kind) {
    case 'console':
      return consoleTarget(entry, connection);
    case 'local':
      return { kind: 'local', ...rootOf(entry) };
    case 'ssh': {
      const { kind, host, user, port } = connection;
      return { kind, host, ...(user !== undefined && { user }), ...(port !== undefined && { port }), ...rootOf(entry) };
    }
  }
}

/** A program stays in the book, as a record may come from elsewhere; a way of checked values goes into the record. */
function consoleTarget(entry: Target, { way, dialect }: ConsoleConnection) {
  return { kind: 'console' as const, console: isProgram(way) ? { entry: entry.id, dialect, text: consoleWayText(way) } : { way, dialect }, ...rootOf(entry) };
}
const isProgram = (way: ConsoleWay): way is Extract<ConsoleWay, { by: 'command' }> => way.by === 'command';
const rootOf = ({ root }: Target) => (root === 'none' ? {} : { root });
