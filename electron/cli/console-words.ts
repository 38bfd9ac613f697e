/**
 * Consoles as they are written on the command line: a serial device with its speed as the kernel's `console=` has it, or the
 * program that leads there and the name that it wants.
 */
import type { ZodType } from 'zod';
import { WrenchbookError } from '../../shared/api/error.ts';
import { firstIssueText } from '../../shared/api/issue-words.ts';

export const consoleWords = '/dev/DEVICE[,SPEED], fifo:PATH, ipmi:USER@HOST[:PORT], virsh:DOMAIN[,URI] or xl:DOMAIN';
const usualSpeed = 115_200;

/** The parts of a way, to be checked against the schema; null where the text is none. */
export function wayParts(text: string): Record<string, unknown> | null {
  if (text.startsWith('/')) {
    const [, device, speed] = /^([^,]*)(?:,(\d+))?$/.exec(text) ?? [];
    return { by: 'serial', device, speed: speed === undefined ? usualSpeed : Number(speed) };
  }
  const [, by, rest = ''] = /^(\w+):(.*)$/.exec(text) ?? [];
  switch (by) {
    case 'fifo':
      return { by, path: rest };
    case 'ipmi': {
      const [, user, host, port] = /^([^@]+)@(\[[^\]]+\]|[^:]+)(?::(\d+))?$/.exec(rest) ?? [];
      return { by, user, host: host?.replace(/^\[|\]$/g, ''), ...(port !== undefined && { port: Number(port) }) };
    }
    case 'virsh': {
      const [, domain, connection] = /^([^,]*)(?:,(.*))?$/.exec(rest) ?? [];
      return { by, domain, ...(connection !== undefined && { connection }) };
    }
    case 'xl':
      return { by, domain: rest };
    default:
      return null;
  }
}

/** Throws `bad-parameters`, with what is wrong. */
export function parseWay<T>(text: string, schema: ZodType<T>): T {
  const parts = wayParts(text);
  const parsed = schema.safeParse(parts);
  if (parts && parsed.success) return parsed.data;
  const problem = parts && parsed.error ? firstIssueText(parsed.error) : 'that is not a path to a console.';
  throw new WrenchbookError('bad-parameters', `"${text}": ${problem}`, `Use ${consoleWords}.`);
}
