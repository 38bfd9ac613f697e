/**
 * `startup.nsh` and `again.nsh` for the stick, made from the steps that are typed live. Only words that both versions of the UEFI
 * shell know: echo, pause, if exist, goto, cd, type, rm, ver, reset, and `>a` (ASCII; without the a it would be UCS-2).
 * Sources: EFI Shell User's Guide (version 1), UEFI Shell Specification 2.2 (version 2), both "Shell Batch Commands" / "Scripts".
 */
import { type ConsoleLine, type ConsoleStep, isConsoleLine, renderForConsole } from '../../topic-kit/index.ts';
import { say } from './script-text.ts';
import { allFilesOf, endOfLog, filesOf, scriptMarker } from './stick-logs.ts';

export interface ScriptFile {
  name: string;
  lines: readonly string[];
}

/** More file systems than a server has; the shell counts on from 0. */
const volumes = 16;
const shellPath = (path: string) => `\\${path.replaceAll('/', '\\')}`;
const ifExists = (path: string, ...then: string[]) => [`if exist ${path} then`, ...then.map((line) => `  ${line}`), 'endif'];
const whenThere = (file: string, ...then: string[]) => ifExists(shellPath(file), ...then);
const write = (text: string, file: string, how: '>a' | '>>a' = '>a') => `echo "${text}" ${how} ${shellPath(file)}`;

/** A tool that asks while it changes something is never redirected: its question would not be seen. A list is shown first, then kept. */
export const asks = ({ danger, saveTo, prompts = [] }: ConsoleStep) => danger !== 'reads' && saveTo === undefined && prompts.length > 0;

export const stickScripts = (steps: readonly ConsoleStep[]): ScriptFile[] => [
  { name: 'startup.nsh', lines: startup(steps) },
  { name: 'again.nsh', lines: again(steps) },
];

function startup(steps: readonly ConsoleStep[]): string[] {
  return [
    'echo -off',
    '# Crossflash of a PERC H200, made by Wrenchbook. It stops before and after each step.',
    ...findStick(),
    'cd \\',
    ...steps.flatMap((step, index) => scriptedStep(step, index + 1, steps.length)),
    ...say('All steps are done. Bring the stick back to Wrenchbook: it reads the logs and says whether all is well.', '==== '),
    'goto END',
    ':TWO',
    ...say('Two sticks of this kind are plugged in. Take one out, type map -r, then startup.nsh.', '==== '),
    'goto END',
    ':NONE',
    ...say('The stick with the marker of this script is not there. Type map -r, then startup.nsh.', '==== '),
    ':END',
  ];
}

/** Its number may be another after each boot. */
function findStick(): string[] {
  const marker = (number: number) => `fs${number}:${shellPath(scriptMarker)}`;
  const all = Array.from({ length: volumes }, (_, number) => number);
  return [
    ...all.flatMap((number) => ifExists(marker(number), `fs${number}:`, `goto F${number}`)),
    'goto NONE',
    ...all.flatMap((number) => [`:F${number}`, ...(number + 1 < volumes ? ifExists(marker(number + 1), 'goto TWO') : [])]),
  ];
}

function scriptedStep(step: ConsoleStep, number: number, count: number): string[] {
  const { done, allowed, begun, log, name } = filesOf(step);
  const restarted = step.restartMinutes === undefined ? [] : whenThere(begun, `goto R${number}`);
  return [
    `:S${number}`,
    ...whenThere(done, `goto N${number}`),
    ...restarted,
    'echo " "',
    ...say(`Step ${number} of ${count}: ${step.title}`, '==== '),
    ...say(step.intro),
    ...(step.confirm ? gate(allowed, number) : []),
    ...(step.hold ? say(step.hold, '!!!! From here on: ') : []),
    ...say(`In ${shellPath(step.directory)} it will run: ${commandOf(step)}`),
    ...(step.prompts ?? []).flatMap(({ question, recommended, answers }) => [
      ...say(question, 'If it asks: '),
      ...say(`${recommended}. ${answers.find(({ value }) => value === recommended)?.means ?? ''}`, 'type: '),
    ]),
    ...say('any key, once, continues. q stops here; startup.nsh continues from here later.', 'Keys: '),
    'pause',
    ...(step.restartMinutes === undefined ? body(step) : restart(step, number)),
    write('done', done),
    `:N${number}`,
  ];

  function restart({ line }: ConsoleStep, at: number): string[] {
    return [write('begun', begun), line.join(' '), 'goto END', `:R${at}`, `ver >a ${shellPath(log)}`, write(endOfLog(name), log, '>>a')];
  }
}

function gate(allowed: string, number: number): string[] {
  return [
    ...whenThere(allowed, `goto G${number}`),
    ...say('Wrenchbook has to allow this first. Bring the stick to it: it reads the lists and asks for the SAS address.', '==== '),
    ...say('Then put the stick back. Type map -r, and startup.nsh. The server may be switched off meanwhile: nothing is changed yet.'),
    'goto END',
    `:G${number}`,
  ];
}

/** A list is shown, then asked for once more into its log; a write goes to its log, which is then shown. */
function body(step: ConsoleStep): string[] {
  const { log, name, proof } = filesOf(step);
  const command = commandOf(step);
  const into = (file: string) => `${command} >a ${shellPath(file)}`;
  const end = (file: string) => write(endOfLog(name), file, '>>a');
  const inFolder = (...lines: string[]) => [`cd ${shellPath(step.directory)}`, ...lines, 'cd \\'];
  const seen = [
    ...expectations(step),
    ...say('any key, once, if so. q if not, or if another line reads like an error. Then read on in Wrenchbook.', 'Keys: '),
    'pause',
  ];
  const proofLines = step.verify && isConsoleLine(step.verify.script) ? proofOf(step.verify.script, proof, end(proof)) : [];
  if (asks(step)) return [...inFolder(command), ...seen, write(seenOnScreen, log), end(log), ...proofLines];
  if (step.danger === 'reads' || step.saveTo !== undefined) {
    const asked = step.prompts ? [...say('q if it asked something, then read on in Wrenchbook. Any key, once, if not.', 'Keys: '), 'pause'] : [];
    const logged = inFolder(into(log), ...(step.saveTo === undefined ? [] : [into(step.saveTo)]));
    return [...inFolder(command), ...asked, ...logged, end(log), ...proofLines, ...seen];
  }
  const silent = say('Nothing is shown while it works: it goes to the log, and that is shown after it. Wait, up to 15 minutes.');
  return [...silent, ...inFolder(into(log)), end(log), ...proofLines, `type ${shellPath(log)}`, ...seen];
}

const proofOf = (line: ConsoleLine, file: string, end: string) => [`cd ${shellPath(line.directory)}`, `${commandOf(line)} >a ${shellPath(file)}`, 'cd \\', end];

/** What is in the log of a step that asks. */
export const seenOnScreen = 'Seen on the screen: the step went as expected.';

/** Byte for byte what is typed live; where its output is kept, that line follows. */
const commandOf = (line: ConsoleLine) => renderForConsole(line).lines[0] ?? '';

function expectations({ matchers }: ConsoleStep): string[] {
  return matchers.flatMap((matcher) => {
    if (matcher.kind === 'expected' || matcher.kind === 'equal') return say(matcher.means, 'It must show: ');
    return matcher.kind === 'harmless' && matcher.text !== undefined ? say(matcher.text, 'Harmless: ') : [];
  });
}

/** Offers a step, and all after it, once more. Its number is given. */
function again(steps: readonly ConsoleStep[]): string[] {
  const numbered = steps.map((step, index) => ({ step, number: index + 1 }));
  const gateAt = steps.findLastIndex(({ confirm }) => confirm !== undefined && confirm !== null);
  const permits = steps.flatMap((step) => (step.confirm ? [filesOf(step).allowed] : []));
  /** From before a gate on, it has to be allowed anew: it may be another card by now. */
  const removed = ({ step, number }: { step: ConsoleStep; number: number }) => [
    ...allFilesOf(step).filter((file) => !permits.includes(file)),
    ...(number <= gateAt ? permits : []),
  ];
  return [
    'echo -off',
    '# Does a step and all after it again: again.nsh 4',
    ...numbered.flatMap(({ number }) => [`if x%1 == x${number} then`, `  goto A${number}`, 'endif']),
    ...say('Say from which step on, such as: again.nsh 4', '==== '),
    ...numbered.flatMap(({ step, number }) => say(`${number}: ${step.title}`, '  ')),
    'goto END',
    ...numbered.flatMap((one) => [`:A${one.number}`, ...removed(one).flatMap((file) => whenThere(file, `rm -q ${shellPath(file)}`))]),
    'startup.nsh',
    ':END',
  ];
}
