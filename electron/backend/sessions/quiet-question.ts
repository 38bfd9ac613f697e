/** Asks the target something in a quiet script. Answers are lines `TAG WORD VALUE`, so that what others print is not taken for one. */
import { randomBytes } from 'node:crypto';

/** Where a quiet script can run. */
export interface QuietLine {
  /** Runs a script that nobody sees; resolves with its status and what it said, byte for byte. Rejects with SessionLost. */
  quietly(script: string): Promise<{ status: number; bytes: Buffer }>;
}

const say = `_wb_say() { printf '%s %s %s\\n' "$_wb_tag" "$1" "$2"; }`;

/** `functions` are what `call` needs, beside `_wb_say WORD VALUE`. */
export async function askQuietly(line: QuietLine, functions: string, call: string): Promise<{ status: number; said: Map<string, string> }> {
  const tag = `wb-${randomBytes(8).toString('hex')}`;
  const { status, bytes } = await line.quietly(`_wb_tag=${tag}\n${say}\n${functions}\n${call}`);
  const lines = bytes.toString().split(/\r?\n/);
  const said = lines.flatMap((text) => {
    const [mark, word = '', ...value] = text.split(' ');
    return mark === tag ? [[word, value.join(' ')] as const] : [];
  });
  return { status, said: new Map(said) };
}
