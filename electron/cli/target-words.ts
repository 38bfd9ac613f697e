/** Targets as they are written on the command line: lab, lab:FAILURE, hand, local, ssh:[USER@]HOST[:PORT], console:WAY, NAME or book:NAME. */
import { consoleDialect, fixedWay } from '../../shared/api/console.ts';
import { WrenchbookError } from '../../shared/api/error.ts';
import { type ChosenTarget, chosenTarget } from '../../shared/api/topic.ts';
import { parseWay } from './console-words.ts';

/** `root`: how root is reached there; `dialect`: what a console speaks. Throws `bad-parameters`. */
export function parseTarget(text: string, root?: string, dialect?: string): ChosenTarget {
  if (text.startsWith('console:')) return consoleTarget(text.slice('console:'.length), root, dialect);
  if (dialect !== undefined) throw new WrenchbookError('bad-parameters', 'Only a console has a dialect.', 'Use --dialect with --target console:… only.');
  const parsed = chosenTarget.safeParse({ ...partsOf(text), ...(root !== undefined && { root }) });
  if (parsed.success && (!(parsed.data.kind === 'lab' || parsed.data.kind === 'hand') || root === undefined)) return parsed.data;
  throw new WrenchbookError(
    'bad-parameters',
    `There is no target "${text}"${root === undefined ? '' : ` with root by "${root}"`}.`,
    'Use --target lab, lab:FAILURE with one of the failures that "wrenchbook topics" names, hand, local, ssh:[USER@]HOST[:PORT], console:…, or the name of one that "wrenchbook targets" lists; --root sudo, doas, su or pkexec, but not with lab or hand.',
  );
}

/** A name without a colon or slash is an entry of the book of targets, which knows its dialect. */
function consoleTarget(text: string, root: string | undefined, dialect: string | undefined): ChosenTarget {
  const named = /^[a-z0-9-]+$/.test(text);
  if (named && dialect !== undefined)
    throw new WrenchbookError(
      'bad-parameters',
      `The target "${text}" already has a dialect.`,
      'Leave --dialect out, or change it with "wrenchbook targets edit".',
    );
  const console = named ? { entry: text } : { way: parseWay(text, fixedWay), dialect: dialect ?? 'uefi-shell' };
  const parsed = chosenTarget.safeParse({ kind: 'console', console, ...(root !== undefined && { root }) });
  if (parsed.success) return parsed.data;
  throw new WrenchbookError(
    'bad-parameters',
    `There is no console "${text}" of the type "${dialect ?? 'uefi-shell'}"${root === undefined ? '' : `, with root by "${root}"`}.`,
    `Use --dialect ${consoleDialect.options.join(', ')}; --root sudo, doas, su or pkexec.`,
  );
}

function partsOf(text: string): Record<string, unknown> {
  const [, kind, rest] = /^(\w+)(?::(.+))?$/.exec(text) ?? [];
  switch (kind) {
    case 'lab':
      return { kind, ...(rest !== undefined && { failure: rest }) };
    case 'hand':
    case 'local':
      return rest === undefined ? { kind } : {};
    case 'ssh': {
      // A user of a directory has an @ of his own. An IPv6 address has colons of its own: with a port it stands in brackets.
      const [, user, host, port] = /^(?:(.+)@)?(\[[^@\]]+\]|[^@:]+|[^@[\]:]*:[^@[\]:]*:[^@[\]]*)(?::(\d+))?$/.exec(rest ?? '') ?? [];
      return { kind, host: host?.replace(/^\[|\]$/g, ''), ...(user !== undefined && { user }), ...(port !== undefined && { port: Number(port) }) };
    }
    case 'book':
      return { kind, id: rest };
    default:
      return rest === undefined ? { kind: 'book', id: text } : {};
  }
}
