/**
 * How the session helper comes to where a hop leads, without anything being installed there: one short command that reads
 * the helper's text from its terminal. It has no line break and no single quote, so that any login shell can pass it on.
 */

import { quote } from '../../../../shared/topic-kit/index.ts';
import { posixCksum } from '../files/posix-cksum.ts';
import type { CheckedText } from '../lossy-line.ts';

/**
 * `sh -c '…'` as one shell word after another. `token` is in the greeting, so that nothing a machine shows before somebody
 * has logged in can pass for it; it is good for that one greeting and no secret. What was typed before the text is passed over: the
 * text begins after a line of its own. At the end of the input, or where less came, nothing of it is run.
 */
export function bootstrapCommand(token: string, checked = false): string {
  const greet = `printf "\\033]6973;hello;%s\\007" "$_wb_token"`;
  const script = [
    '_wb_saved=$(stty -g)||exit',
    'stty -echo -isig',
    `_wb_token=${token}`,
    ...(checked ? [] : [greet]),
    '_wb_line_end=$(printf "\\nx")',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is the shell's
    '_wb_line_end=${_wb_line_end%x}',
    ...(checked ? checkedReading(greet) : [reading, ended, begun]),
    'eval "$_wb_text"',
  ].join(';');
  return `sh -c ${quote(script)}`;
}

/** Where a line of it is the text's end, and its sum, nothing more is read. Before its beginning every line is somebody's keystrokes; a Ctrl-D among them is no end. */
const reading = `_wb_text=x;_wb_ends=0;while IFS= read -r _wb_line||{ _wb_ends=$((_wb_ends+1));[ $_wb_ends -lt 100 ];};do case $_wb_line in "$_wb_token begin"*)_wb_text=;continue;;"$_wb_token end"*)break;;esac;[ "$_wb_text" = x ]||_wb_text=$_wb_text$_wb_line$_wb_line_end;done`;
const ended = `case $_wb_line in "$_wb_token end"*);;*)exit 1;;esac`;
const begun = '[ "$_wb_text" = x ]&&exit 1';
/** Greets again until what was read is what was sent: by its sum, and where there is no cksum by its length. */
const checkedReading = (greet: string) => [
  `while :;do ${greet};${reading}`,
  // At the end of the input there is nothing to wait for.
  ended,
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is the shell's
  '_wb_sum=${_wb_line#*end }',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is the shell's
  '_wb_is=$(printf %s "$_wb_text"|cksum 2>/dev/null)||_wb_is="${_wb_sum% *} ${#_wb_text}"',
  '[ "$_wb_text" = x ]&&_wb_is=',
  '[ "$_wb_is" = "$_wb_sum" ]&&break;done',
];

/** The same over a line that may lose some of it: with its sum. */
export function checkedBootstrapText(token: string, helper: string, nonce: string): CheckedText {
  const body = `_wb_lossy=1\n${bootstrapBody(helper, nonce)}`;
  // A line break of its own, should the body have lost its last one.
  return { head: beginning(token), body, end: `\n${token} end ${posixCksum(Buffer.from(`${body}\n`))}\n` };
}

/** The helper's text, with the nonce of the level it makes, as the bootstrap waits for it. `beats`: it gives signs of life, so many seconds apart. */
export const bootstrapLines = (token: string, helper: string, nonce: string, beats: number | null = null) =>
  `${beginning(token)}${beats === null ? '' : `_wb_beats=${beats}\n`}${bootstrapBody(helper, nonce)}${token} end\n`;

/** The first line break ends what was left over on the line. */
const beginning = (token: string) => `\n${token} begin\n`;
const bootstrapBody = (helper: string, nonce: string) => `_wb_nonce=${nonce}\n${withoutComments(helper)}\n`;

const withoutComments = (helper: string) =>
  helper
    .split('\n')
    .filter((line) => !/^\s*(#|$)/.test(line))
    .join('\n');
