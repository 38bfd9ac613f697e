/** The list of lines that are wanted, by target: as they stand in ietd.conf. Pure. */
import { namesIn } from './iqn.ts';

export interface Wanted {
  target: string;
  line: string;
}

/** As lines are compared: blanks do not matter at the ends, nor how many. */
export const bareLine = (line: string): string => line.trim().split(/\s+/).join(' ');

export const isTarget = (line: string): string | null => /^Target (\S+)$/i.exec(bareLine(line))?.[1] ?? null;
/** They hold passwords. */
export const isUser = (line: string): boolean => /^(?:incoming|outgoing)user(?:\s|$)/i.test(line.trim());

const faultOf = (line: string): string | null => {
  if (isUser(line)) return 'leave lines with a user and a password out; they are not touched';
  if (namesIn(line).length === 0) return 'a wanted line names an initiator: iqn.…, eui.… or naa.…';
  return line.endsWith('\\') ? 'a line that continues on the next one cannot be kept' : null;
};

/** Throws Error with what is wrong, and in which line. */
export function parseWanted(text: string): Wanted[] {
  let target: string | null = null;
  const wanted: Wanted[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = bareLine(raw);
    const named = isTarget(line);
    if (named !== null) target = named;
    if (line === '' || line.startsWith('#') || named !== null) continue;
    const fault = faultOf(line);
    if (fault !== null) throw new Error(`Line ${index + 1}: ${fault}`);
    if (target === null) throw new Error(`Line ${index + 1}: begin with a line such as "Target iqn.2010-05.com.example:nas.disk1"`);
    const to = target;
    if (!wanted.some((one) => one.target === to && one.line === line)) wanted.push({ target: to, line });
  }
  return wanted;
}

export const wantedText = (wanted: readonly Wanted[]): string =>
  [...new Set(wanted.map(({ target }) => target))]
    .flatMap((target) => [`Target ${target}`, ...wanted.filter((one) => one.target === target).map(({ line }) => ` ${line}`)])
    .join('\n');
