/** Names the time since a target was started: after a restart it is another one. */
import bootFunction from './boot-id.sh?raw';
import { askQuietly, type QuietLine } from './quiet-question.ts';

/** For scripts that need `_wb_boot`. */
export const bootIdFunction: string = bootFunction;

/** Null where the target can't tell. Rejects with SessionLost. */
export async function readBootId(line: QuietLine): Promise<string | null> {
  const { said } = await askQuietly(line, bootIdFunction, '_wb_say boot "$(_wb_boot | tr "\\n" " ")"');
  return (
    (said.get('boot') ?? '')
      .replace(/[^\x20-\x7e]/g, '')
      .trim()
      .slice(0, 200) || null
  );
}
