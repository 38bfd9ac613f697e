/** Turns a console line into what is typed. In a rehearsal the lab's shell plays the console. */
import type { TypedText } from '../api/plan.ts';
import { quote, renderSealed } from './script.ts';
import type { CommandPrompt, ConsoleLine, StepText } from './step.ts';

/** Folder of the lab that plays the stick. */
export const labStick = 'stick';

export const isConsoleLine = (text: StepText): text is ConsoleLine => 'dialect' in text && text.dialect !== 'cmd';
export const isCommandPrompt = (text: StepText): text is CommandPrompt => 'dialect' in text && text.dialect === 'cmd';

/** The text that runs a console line in the lab: the stick's directory, the line, and where its output goes. */
export function renderForLab(console: ConsoleLine, mapFile: (path: string) => string): string {
  if (console.lab) return renderSealed(console.lab, mapFile);
  const directory = quote(console.directory ? `${labStick}/${console.directory}` : labStick);
  const line = console.line.map(typed).join(' ');
  if (!console.saveTo) return `cd ${directory} && ${line}`;
  const up = console.directory ? `${console.directory.replace(/[^/]+/g, '..')}/` : '';
  const saved = quote(`${up}${console.saveTo}`);
  return `cd ${directory} && { ${line} > ${saved}; code=$?; cat ${saved}; exit $code; }`;
}

/** Options stay as they are typed at the console: a topic's line is fixed text, so a leading dash is meant. */
const typed = (word: string) => (/^-[A-Za-z0-9-]+$/.test(word) ? word : quote(word));

/** The lines that are typed at the console, one after the other. Throws TypeError for a word that it can't take. */
export function renderForConsole({ dialect, volume, directory, line, saveTo, restartMinutes }: ConsoleLine): TypedText {
  const words = line.map(dialect === 'array-cli' ? arrayWord : uefiWord).join(' ');
  const saved = saveTo === undefined ? null : fromRoot(saveTo);
  return {
    dialect,
    volume: volume ?? null,
    // Redirected it is not shown, and `type` shows it with dots for tabs: so twice. In ASCII, as other systems read it.
    lines: saved === null ? [words] : [words, `${words} >a ${saved}`],
    directory: volume ? fromRoot(directory) : null,
    restartMinutes: restartMinutes ?? null,
  };
}

/** What the admin is shown of it, and what the journal keeps: the lines as they are typed. */
export const typedScript = ({ directory, lines }: TypedText): string => [...(directory === null ? [] : [`cd ${directory}`]), ...lines].join('\n');

const fromRoot = (path: string) => `\\${path.split('/').map(uefiWord).join('\\')}`;

/** The UEFI shell acts on `^ % # < > | ; "` and on `*` and `?`; no word of a procedure needs them. */
function uefiWord(word: string): string {
  if (!/^[A-Za-z0-9_.:\\+=,@-]*$/.test(word)) throw new TypeError(`"${word}" can't be typed at a UEFI shell as one word`);
  return word;
}

/** An array's command line has no quoting that all its versions share: words without blanks, quotes and control characters. */
function arrayWord(word: string): string {
  if (!/^[A-Za-z0-9_.,:/+=@-]+$/.test(word)) throw new TypeError(`"${word}" can't be typed at an array's command line as one word`);
  return word;
}
