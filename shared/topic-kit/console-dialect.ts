/** Turns a console line into what is typed. In a rehearsal the lab's shell plays the console. */
import { quote } from './script.ts';
import type { ConsoleStep } from './step.ts';

/** Folder of the lab that plays the stick. */
export const labStick = 'stick';

/** The text that runs a console step in the lab: the stick's directory, the line, and where its output goes. */
export function renderConsole(step: ConsoleStep, rendering: { rehearsal: boolean; mapFile(path: string): string }): string {
  if (!rendering.rehearsal) throw new TypeError('Console targets are not available yet; rehearse in the lab.');
  const directory = quote(step.directory ? `${labStick}/${step.directory}` : labStick);
  const line = step.line.map(typed).join(' ');
  if (!step.saveTo) return `cd ${directory} && ${line}`;
  const up = step.directory ? `${step.directory.replace(/[^/]+/g, '..')}/` : '';
  const saved = quote(`${up}${step.saveTo}`);
  return `cd ${directory} && { ${line} > ${saved}; code=$?; cat ${saved}; exit $code; }`;
}

/** Options stay as they are typed at the console: a topic's line is fixed text, so a leading dash is meant. */
const typed = (word: string) => (/^-[A-Za-z0-9-]+$/.test(word) ? word : quote(word));
