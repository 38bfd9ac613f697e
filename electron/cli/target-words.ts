/** Targets as they are written on the command line: lab, lab:FAILURE, local, ssh:[USER@]HOST[:PORT]. */
import { WrenchbookError } from '../../shared/api/error.ts';
import { type TargetRef, targetRef } from '../../shared/api/topic.ts';

/** `root`: how root is reached there. Throws `bad-parameters`. */
export function parseTarget(text: string, root?: string): TargetRef {
  const parsed = targetRef.safeParse({ ...partsOf(text), ...(root !== undefined && { root }) });
  if (parsed.success && (parsed.data.kind !== 'lab' || root === undefined)) return parsed.data;
  throw new WrenchbookError(
    'bad-parameters',
    `There is no target "${text}"${root === undefined ? '' : ` with root by "${root}"`}.`,
    'Use --target lab, lab:FAILURE with one of the failures that "wrenchbook topics" names, local, or ssh:[USER@]HOST[:PORT]; --root sudo, doas, su or pkexec with the last two.',
  );
}

function partsOf(text: string): Record<string, unknown> {
  const [, kind, rest] = /^(\w+)(?::(.+))?$/.exec(text) ?? [];
  switch (kind) {
    case 'lab':
      return { kind, ...(rest !== undefined && { failure: rest }) };
    case 'local':
      return rest === undefined ? { kind } : {};
    case 'ssh': {
      // An IPv6 address has colons of its own: with a port it stands in brackets.
      const [, user, host, port] = /^(?:([^@]+)@)?(\[[^\]]+\]|[^:]+|[^[\]]*:[^[\]]*:[^[\]]*)(?::(\d+))?$/.exec(rest ?? '') ?? [];
      return { kind, host: host?.replace(/^\[|\]$/g, ''), ...(user !== undefined && { user }), ...(port !== undefined && { port: Number(port) }) };
    }
    default:
      return {};
  }
}
