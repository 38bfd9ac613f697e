/** Where a target is, from the options of the command line, and in words. */
import { consoleWay } from '../../shared/api/console.ts';
import { WrenchbookError } from '../../shared/api/error.ts';
import { firstIssueText } from '../../shared/api/issue-words.ts';
import { type Connection, connection as connectionSchema } from '../../shared/api/target.ts';
import { parseWay } from './console-words.ts';

export interface PlaceOptions {
  host?: string;
  user?: string;
  port?: number;
  local?: boolean;
  console?: string;
  consoleCommand?: boolean;
  dialect?: string;
  /** With `consoleCommand`. */
  words?: string[];
}

/** Undefined where nothing of it is given. Throws `bad-parameters` for what goes together with nothing. */
export function connectionOf(options: PlaceOptions, before?: Connection): Connection | undefined {
  const { host, user, port, local, console, consoleCommand, dialect, words = [] } = options;
  const kinds = [host ?? user ?? port, local, console, consoleCommand].filter((given) => given !== undefined);
  if (kinds.length > 1) throw bad('This names more than one place.', 'Give one of --host, --local, --console or --console-command.');
  if (words.length > 0 && !consoleCommand) throw bad(`"${words[0]}" is one word too many.`, 'Words after the options belong to --console-command.');
  if (local) return { kind: 'local' };
  if (console !== undefined || consoleCommand || dialect !== undefined) return consoleOf(options, before);
  return sshOf(options, before);
}

function consoleOf({ console, consoleCommand, dialect, words = [] }: PlaceOptions, before?: Connection): Connection {
  const old = before?.kind === 'console' ? before : undefined;
  if (consoleCommand && words.length === 0) throw bad('--console-command names no program.', 'Give it and its arguments after --.');
  const way = consoleCommand ? { by: 'command', words } : console === undefined ? old?.way : parseWay(console, consoleWay);
  if (!way) throw bad('A dialect needs a console.', 'Give --console WAY too.');
  const parsed = connectionSchema.safeParse({ kind: 'console', way, dialect: dialect ?? old?.dialect ?? 'uefi-shell' });
  if (parsed.success) return parsed.data;
  throw bad(`The console can't be saved: ${firstIssueText(parsed.error)}`, 'Correct it and try again.');
}

function sshOf({ host, user, port }: PlaceOptions, before?: Connection): Connection | undefined {
  const given = { ...(host === undefined ? {} : { host }), ...(user === undefined ? {} : { user }), ...(port === undefined ? {} : { port }) };
  if (Object.keys(given).length === 0) return undefined;
  const old = before?.kind === 'ssh' ? before : undefined;
  const whole = { ...old, ...given, kind: 'ssh' as const };
  if (whole.host === undefined) throw bad('A user or port needs a host.', 'Give --host HOST too.');
  return { ...whole, host: whole.host };
}

const bad = (message: string, next: string) => new WrenchbookError('bad-parameters', message, next);
