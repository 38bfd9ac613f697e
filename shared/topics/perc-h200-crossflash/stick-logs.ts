/** Where the scripts on the stick keep what they did, and the shell text that reads it on the workstation. Pure. */
import { type ConsoleStep, type LineMatcher, type Matcher, type Script, sh } from '../../topic-kit/index.ts';

export const logFolder = 'H200LOGS';
/** The file by which the script knows its stick. */
export const scriptMarker = `${logFolder}/STICK.TXT`;

/** A step's files, from the stick's root. */
export interface StepFiles {
  /** As the script names the step. */
  name: string;
  /** What the step said. */
  log: string;
  /** What its proof said. */
  proof: string;
  /** It was done, and whoever stood there was content. */
  done: string;
  /** The run allows it. */
  allowed: string;
  /** A restart was begun. */
  begun: string;
}
export function filesOf({ id }: { id: string }): StepFiles {
  const name = id.toUpperCase();
  const at = (rest: string) => `${logFolder}/${name}${rest}`;
  return { name, log: at('.TXT'), proof: at('-PROOF.TXT'), done: at('.OK'), allowed: at('.YES'), begun: at('.GO') };
}
/** Those that a step can have. */
export function allFilesOf(step: ConsoleStep): string[] {
  const { log, proof, done, allowed, begun } = filesOf(step);
  return [log, ...(step.verify ? [proof] : []), done, ...(step.confirm ? [allowed] : []), ...(step.restartMinutes === undefined ? [] : [begun])];
}

/** Last line of a whole log. */
export const endOfLog = (name: string) => `End of the log of ${name}.`;

/** `on` says where a file of the stick lies. */
export function readLog(log: string, name: string, on: (path: string) => string): Script {
  return sh`if [ ! -f ${on(log)} ]; then echo ${`There is no ${log} on the stick.`}; exit 1; fi
cat ${on(log)}
tail -n 1 ${on(log)} | grep -q -F ${endOfLog(name)} || { echo; echo ${`${log} is cut off.`}; }`;
}

const alone = (id: string, pattern: RegExp, means: string, next: string): LineMatcher => ({ kind: 'failure', id, pattern, alone: true, means, next });

/** Rules for a log that is not there or not whole: then nothing else can be said of the step. `asks`: what it said is in no log. */
export const logMatchers = (title: string, asks: boolean): readonly Matcher[] => [
  alone(
    'log-missing',
    /^There is no \S+ on the stick\.$/,
    asks
      ? `"${title}" was not done, or whoever stood at the server saw it fail. The flasher asks in this step, so what it said was on the screen only.`
      : `The stick has no log of "${title}": the script has not finished, or this is another stick.`,
    'Do not restart the server for it. Look at its screen, put the stick back and let startup.nsh continue. Then mount the stick here and read the log again.',
  ),
  alone(
    'log-cut-off',
    /^\S+ is cut off\.$/,
    `The log of "${title}" is incomplete: the server restarted or lost its power in the middle of it, or the stick was pulled out.`,
    'Do not restart the server for it. Put the stick back and let startup.nsh do this step again.',
  ),
];
