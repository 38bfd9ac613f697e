/** The way by `startup.nsh`: scripts on the stick lead through the shell part, and the run reads their logs and judges them. */
import {
  type CommandStep,
  type ConsoleStep,
  isConsoleLine,
  type ManualStep,
  type Matcher,
  type Proof,
  type Script,
  type Step,
  sh,
} from '../../topic-kit/index.ts';
import { addressFact } from './list-matchers.ts';
import type { Parameters } from './parameters.ts';
import { joinLines, pathOn, refuseTaken, type Stick, stickOf } from './stick-layout.ts';
import { allFilesOf, filesOf, logFolder, logMatchers, readLog, scriptMarker } from './stick-logs.ts';
import { asks, type ScriptFile, seenOnScreen, stickScripts } from './stick-scripts.ts';

const workstation = { runsOn: 'workstation', asUser: 'you' } as const;

/** `live`: the steps as they are typed at a console, in their order. */
export function scriptSteps(live: readonly Step[], values: Parameters, rehearsal: boolean): { layOut: Step; run: Step[] } {
  const typed = live.filter((step) => step.kind === 'console').filter((step): step is ConsoleStep => step.dialect === 'uefi-shell');
  const stick = stickOf(values, rehearsal);
  const gate = typed.findIndex((step) => step.confirm !== undefined);
  const imports = typed.map((step, index) => importStep(step, index + 1, stick));
  const gated = typed.slice(Math.max(gate, 0), gate + 1).flatMap((step) => [allowStep(step, stick), goOn(typed.length, stick)]);
  return { layOut: layOutScripts(typed, stick), run: [...imports.slice(0, gate), ...gated, ...imports.slice(gate)] };
}

function layOutScripts(typed: readonly ConsoleStep[], stick: Stick): CommandStep {
  const on = pathOn(stick);
  const scripts = stickScripts(typed);
  const files = scripts.map(({ name }) => on(name));
  const left = words(typed.map((step) => allFilesOf(step).map(on)));
  const saved = typed.flatMap(({ saveTo }) => (saveTo === undefined ? [] : [on(saveTo)]));
  return {
    kind: 'command',
    id: 'lay-out-scripts',
    title: 'Put the scripts on the stick',
    intro: `startup.nsh does the shell part on the server, stops before and after each step, and keeps what was said in ${logFolder}. Logs of an earlier run are removed.`,
    danger: 'changes',
    ...workstation,
    minutes: 1,
    script: sh`set -e
if [ ! -e ${on(scriptMarker)} ]; then
  # An empty one is what a script leaves that was cut off here.
  rmdir ${on(logFolder)} 2> /dev/null || true
${refuseTaken([...files, on(logFolder)])}fi
mkdir -p ${on(logFolder)}
echo ${'The scripts of Wrenchbook belong to this stick.'} > ${on(scriptMarker)}
rm -f${left}
${joinLines(scripts.map((script) => printed(script, on(script.name))))}echo ${'The scripts are on the stick.'}`,
    matchers: [
      {
        kind: 'failure',
        id: 'script-taken',
        pattern: /^The stick already has /,
        means: 'A file of this name is on the stick, but Wrenchbook did not make it. It was left alone.',
        next: 'Take an empty stick, or move that file away, and run the step again.',
      },
      {
        kind: 'expected',
        id: 'scripts-written',
        pattern: /^The scripts are on the stick\.$/,
        means: 'startup.nsh and again.nsh are on the stick.',
        missing: 'The scripts were not written.',
        next: 'Read the lines above. Check that the stick is writable and has room, then run the step again.',
      },
    ],
    undo: sh`if [ -e ${on(scriptMarker)} ]; then
  rm -f ${[...files, ...saved, on(scriptMarker)]}${left}
  rmdir ${on(logFolder)} ${stick.folder} 2> /dev/null || true
fi`,
  };
}

/** With the line ends of the UEFI shell. */
const printed = ({ lines }: ScriptFile, file: string) => sh`printf '%s\\r\\n'${words(lines.map((line) => [line]))} \\
  > ${file}`;

/** Words of one command in rows. */
const words = (rows: readonly (readonly string[])[]): Script => rows.reduce((all, row) => sh`${all} \\\n  ${row}`, sh``);

/** Reads what the script kept of a step, and judges it as the live step is judged. */
function importStep(step: ConsoleStep, number: number, stick: Stick): CommandStep {
  const { name, log, proof } = filesOf(step);
  const on = pathOn(stick);
  const missing = logMatchers(step.title, asks(step));
  const matchers: readonly Matcher[] = asks(step) ? [confirmedThere] : step.matchers;
  return {
    kind: 'command',
    id: step.id,
    title: `Log ${number}: ${step.title}`,
    intro: `Reads ${log} from the stick and evaluates it as if it had been typed live. To do this step again on the server: again.nsh ${number}.`,
    danger: 'reads',
    ...workstation,
    minutes: 1,
    lab: sh`lab-hand script ${number} ${name}`,
    script: readLog(log, name, on),
    matchers: [...missing, ...matchers],
    ...(step.saves && { saves: step.saves }),
    ...(step.verify && isConsoleLine(step.verify.script) && { verify: { script: readLog(proof, name, on), matchers: [...missing, ...step.verify.matchers] } }),
    ...(step.hold === null && { hold: null }),
  };
}

const confirmedThere: Matcher = {
  kind: 'expected',
  id: 'seen-on-screen',
  pattern: new RegExp(`^${seenOnScreen}$`),
  means: 'Whoever stood at the server saw it succeed. The flasher asks in this step, so its output is in no log; the next list proves it.',
  missing: 'Nobody has confirmed that this step succeeded.',
  next: 'Look at the screen of the server. Do not restart it before the image is written.',
};

/** Only with this file on the stick does the script go past its gate. */
function allowStep(step: ConsoleStep, stick: Stick): CommandStep {
  const allowed = pathOn(stick)(filesOf(step).allowed);
  return {
    kind: 'command',
    id: 'allow-erase',
    title: 'Allow the erase',
    act: 'Allow the erase',
    intro: 'The script on the stick erases only when this run has allowed it. From the erase until the reboot the card must not lose power.',
    danger: 'irreversible',
    ...workstation,
    minutes: 1,
    ...(step.confirm && { confirm: { ...step.confirm, type: { fact: addressFact }, ask: 'Type the SAS address of the card to allow its erase.' } }),
    script: sh`echo ${'Allowed by the run that read the lists.'} > ${allowed}
cat ${allowed}`,
    matchers: [
      {
        kind: 'expected',
        id: 'erase-allowed',
        pattern: /^Allowed by the run/,
        means: 'The script may erase this card now.',
        missing: 'The stick did not take the file that allows the erase.',
        next: 'Check that the stick is mounted and writable, and run the step again.',
      },
    ],
    undo: sh`rm -f ${allowed}`,
  };
}

const goOn = (count: number, stick: Stick): ManualStep => ({
  kind: 'manual',
  id: 'run-script',
  title: 'Let the script continue',
  act: 'The script has ended: read its logs',
  intro: 'Erase, Dell’s image, P07, reboot, final image: the script leads through it on the server’s screen and stops before and after each step.',
  danger: 'irreversible',
  runsOn: 'the server',
  minutes: 20,
  instructions: [
    'Eject the stick here and put it back into the server.',
    'If the server is still in the shell, type map -r, then startup.nsh. Else start it from the stick again; the script starts by itself.',
    'Read each screen, then press a key once. q stops the script; startup.nsh continues at the same step.',
    'Stop at the first line that the screen does not announce, and bring the stick here: the log of that step says what to do. Leave the server on.',
    `After step ${count}, or after a stop, mount the stick here as ${stick.folder}. The next steps read its logs.`,
  ],
  verify: stickIsBack(stick),
  irreversible: 'Dell’s RAID firmware is erased in it and cannot be read back from the card.',
  hold: 'Between the erase and the reboot in the script the server must not be restarted and not lose power, also while the stick is here.',
});

/** Proof of a step in which hands carry the stick. */
export const stickIsBack = (stick: Stick): NonNullable<Proof['verify']> => ({
  script: sh`ls ${pathOn(stick)(scriptMarker)}`,
  matchers: [
    {
      kind: 'failure',
      id: 'stick-not-here',
      pattern: /No such file|cannot access/i,
      alone: true,
      means: `The stick is not mounted as ${stick.folder}, or this is another stick.`,
      next: 'Mount the stick that was in the server there, and continue.',
    },
    {
      kind: 'expected',
      id: 'stick-here',
      pattern: /STICK\.TXT$/,
      means: 'The stick with the scripts is back.',
      missing: `The stick is not mounted as ${stick.folder}.`,
      next: 'Mount the stick that was in the server there, and continue.',
    },
  ],
});

/** For the manual step before: what the script adds to it. */
export const scriptInstructions = ({ folder }: Stick): string[] => [
  'There startup.nsh starts by itself after some seconds; else type map -r, then startup.nsh. Press a key once at each stop. It makes two lists and ends before the erase.',
  `Then bring the stick back and mount it as ${folder}. The server may stay on: nothing on the card is changed yet.`,
];
