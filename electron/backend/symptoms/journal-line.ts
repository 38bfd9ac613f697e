/** A line of an exported journal (`journalctl -o json` or `-o export`) as the line that its program wrote. Pure. */
import { z } from 'zod';

/** Bytes where the message is no plain text (systemd's Journal Export Formats); a list of both where it was given more than once. */
const field = z.union([z.string(), z.array(z.number().int().min(0).max(255)).transform((bytes) => Buffer.from(bytes).toString())]);
const entry = z.object({ MESSAGE: z.union([field, z.array(field).transform((all) => all.join('\n'))]), SYSLOG_IDENTIFIER: z.string().optional() });

/** In every line whose message is written as bytes: what it says can't be searched for in there. In lower case. */
export const messageAsBytes = '"message":[';

/** As JSON writes it. */
export const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

export function journalMessage(line: string): string {
  if (line.startsWith('MESSAGE=')) return line.slice('MESSAGE='.length);
  if (!line.startsWith('{') || !line.includes('"MESSAGE"')) return line;
  try {
    const read = entry.safeParse(JSON.parse(line));
    if (!read.success) return line;
    const { MESSAGE: message, SYSLOG_IDENTIFIER: program } = read.data;
    return program ? `${program}: ${message}` : message;
  } catch {
    // Cut off, or something else in braces: searched as it stands.
    return line;
  }
}
