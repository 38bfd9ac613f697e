/**
 * How the session helper comes to where a hop leads, without anything being installed there: one short command that reads
 * the helper's text from its terminal. It has no line break and no single quote, so that any login shell can pass it on.
 */
import { quote } from '../../../../shared/topic-kit/index.ts';

/**
 * `sh -c '…'` as one shell word after another. `token` is in the greeting, so that nothing a machine shows before somebody
 * has logged in can pass for it; it is good for that one greeting and no secret.
 */
export function bootstrapCommand(token: string): string {
  const script = [
    '_wb_saved=$(stty -g)||exit',
    'stty -echo -isig',
    `_wb_token=${token}`,
    `printf "\\033]6973;hello;%s\\007" "$_wb_token"`,
    '_wb_line_end=$(printf "\\nx")',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is the shell's
    '_wb_line_end=${_wb_line_end%x}',
    '_wb_text=',
    `while IFS= read -r _wb_line;do [ "$_wb_line" = "$_wb_token end" ]&&break;_wb_text=$_wb_text$_wb_line$_wb_line_end;done`,
    'eval "$_wb_text"',
  ].join(';');
  return `sh -c ${quote(script)}`;
}

/** The helper's text and the nonce of the level it makes, as the bootstrap waits for them. */
export const bootstrapLines = (token: string, helper: string, nonce: string) => `${withoutComments(helper)}\n${token} end\n${nonce}\n`;

const withoutComments = (helper: string) =>
  helper
    .split('\n')
    .filter((line) => !/^\s*(#|$)/.test(line))
    .join('\n');
