/** A console as the target of a run: named by its way, or by its entry in the book of targets. */
import { type ConsoleDialectName, type ConsoleRef, consoleWayText } from '../../../shared/api/console.ts';
import { WrenchbookError } from '../../../shared/api/error.ts';
import type { Carrier } from '../consoles/carriers/carrier.ts';
import type { ConsoleHop } from '../consoles/console-hop.ts';
import { openWay } from '../consoles/console-way.ts';
import type { TargetBook } from './book/target-book.ts';

export interface RunConsole {
  /** How the way there is spoken of. */
  name: string;
  dialect: ConsoleDialectName;
  open(): Promise<Carrier>;
}
type Book = Pick<TargetBook, 'get'>;

export const consoleName = (ref: ConsoleRef): string => ('way' in ref ? consoleWayText(ref.way) : (ref.text ?? ref.entry));

export function runConsole(ref: ConsoleRef, book: Book): RunConsole {
  const { dialect } = ref;
  if (!dialect) throw new TypeError('The target of a run was not settled');
  return { name: consoleName(ref), dialect, open: async () => openWay(wayOf(ref, book)) };
}

export const consoleHop = (ref: ConsoleRef, book: Book): ConsoleHop => ({ kind: 'console', name: consoleName(ref), way: () => wayOf(ref, book) });

function wayOf(ref: ConsoleRef, book: Book) {
  if ('way' in ref) return ref.way;
  const { name, connection } = book.get(ref.entry);
  if (connection.kind === 'console' && connection.dialect === ref.dialect && consoleWayText(connection.way) === ref.text) return connection.way;
  throw new WrenchbookError(
    'wrong-state',
    `The target ${name} now leads elsewhere than when this run started: it was "${ref.text}".`,
    'Change it back, or start a new run.',
  );
}
