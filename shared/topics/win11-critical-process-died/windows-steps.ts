/** By hand: in the recovery environment, then in the Windows that starts again. */
import { type CommandPrompt, type CommandPromptLine, cmd, type Script, type Step, sh } from '../../topic-kit/index.ts';
import { fileCard, promptCard } from './cards.ts';
import { dismSays, sfcSays } from './online-texts.ts';
import type { Parameters } from './parameters.ts';
import { hivesBack, hivesNew, hivesRenamed, hivesThere, renaming, restoring, windowsFound } from './windows-texts.ts';

const recovery = { runsOn: 'Windows’ recovery environment, in the Command Prompt', asUser: 'administrator' } as const;
const started = { runsOn: 'the Windows that starts again, in a Command Prompt (not PowerShell)', asUser: 'administrator' } as const;

const typed = (line: CommandPromptLine, lab: Script): CommandPrompt => ({ dialect: 'cmd', lines: [line], lab });
type Task = 'look' | 'rename' | 'back' | 'restore' | 'remove';
/** `drive`: a letter of the recovery environment. Left out in the started Windows, which takes itself and has other letters. */
const rescue = (task: Task, { drive }: Pick<Parameters, 'drive'> = { drive: '' }): CommandPrompt =>
  typed(drive === '' ? cmd`RESCUE ${task}` : cmd`RESCUE ${task} ${drive}`, sh`lab-rescue ${task}`);

export const windowsSteps = (values: Parameters): Step[] => [
  attempts,
  stick(values),
  {
    kind: 'console',
    id: 'look',
    title: 'Find Windows, and check its hives',
    intro: 'Letters differ in the recovery environment: the Windows that does not start is seldom on C: there. Every letter is searched.',
    danger: 'reads',
    ...recovery,
    ...rescue('look', values),
    matchers: [...windowsFound, ...hivesThere],
    saves: [{ id: 'drive', title: 'Windows’ letter there', pattern: /^Windows is on ([A-Z]:)$/ }],
  },
  {
    kind: 'console',
    id: 'rename',
    title: 'Rename the two hives',
    intro: 'SOFTWARE and SYSTEM get a number that neither has yet, so that nothing is in System Restore’s way. The files stay in their folder.',
    danger: 'changes',
    ...recovery,
    ...rescue('rename', values),
    matchers: [...windowsFound.filter(({ id }) => id !== 'found'), ...renaming],
    saves: [{ id: 'renamed', title: 'Renamed hive', pattern: /^Renamed to (SOFTWARE\.\d{3}) and/ }],
    verify: { script: rescue('look', values), matchers: hivesRenamed },
    undo: rescue('back', values),
    undone: { script: rescue('look', values), matchers: hivesBack },
    hold: 'Windows can’t start until System Restore has created new hives, or the old ones have their names back.',
  },
  {
    kind: 'console',
    id: 'restore',
    title: 'Restore',
    act: 'Restore Windows',
    intro:
      'System Restore opens for this Windows (/offline). Choose a point from before the update, and wait for its last message, up to an hour; include it in what you paste.',
    danger: 'changes',
    ...recovery,
    minutes: 30,
    ...rescue('restore', values),
    matchers: [...windowsFound.filter(({ id }) => id !== 'found'), ...restoring],
    verify: { script: rescue('look', values), matchers: hivesNew },
    irreversible: 'programs, drivers and updates installed since that point are removed. System Restore itself can undo that, in Windows.',
    hold: null,
  },
  ...online,
  {
    kind: 'console',
    id: 'remove',
    title: 'Remove the renamed hives',
    act: 'Delete the renamed hives',
    intro: 'Windows runs, and has new hives. The pair that this stick renamed is deleted (RESCUE.NUM on it has the number); earlier pairs stay.',
    danger: 'destructive',
    ...started,
    ...rescue('remove'),
    matchers: [
      ...windowsFound.filter(({ kind, id }) => kind === 'failure' && id !== 'windows-runs'),
      {
        kind: 'failure',
        id: 'nothing-removed',
        pattern: /: nothing was changed$/,
        means: 'There is no pair that this stick renamed, or Windows has no hives of its own.',
        next: 'Nothing was deleted. If the pair is gone already, skip this step.',
      },
      {
        kind: 'equal',
        id: 'removed',
        pattern: /^Removed (SOFTWARE\.(\d{3})) and SYSTEM\.\2$/,
        to: { fact: 'renamed' },
        means: 'They are gone.',
        differs: 'Nothing confirms that the hives renamed by this run are gone.',
        next: 'Check with "RESCUE look". Without a stick, in the Command Prompt (in PowerShell, type cmd first): del SOFTWARE.001 SYSTEM.001 (with their number), then echo Removed SOFTWARE.001 and SYSTEM.001',
      },
    ],
    verify: { script: rescue('look'), matchers: hivesNew },
    irreversible: 'the old hives are gone. If you may still need them, skip this step.',
    confirm: {
      object: 'the renamed hives SOFTWARE and SYSTEM',
      type: { fact: 'renamed' },
      ask: 'Type the name that SOFTWARE has now.',
      where: 'RESCUE.NUM on the stick has its number, and "RESCUE look" shows it.',
    },
  },
  update,
];

const attempts: Step = {
  kind: 'manual',
  id: 'attempts',
  title: 'Try the gentle ways first',
  intro: 'Each takes minutes and changes nothing if it fails. If one helps, stop this run there.',
  danger: 'reads',
  ...recovery,
  instructions: [
    'Safe mode (Troubleshoot, Startup Settings). It fails when the damaged part is loaded there too.',
    'Uninstall Updates, the latest quality update. It fails when the update is half installed.',
    'System Restore from the menu. "You must enable system protection on this drive" ("Sie müssen für dieses Laufwerk den Computerschutz aktivieren") does not mean that it is off.',
    'In the command prompt: rstrui /offline: with the folder of Windows, as in step 5. With 0x80070002 it failed at the registry: then continue here.',
    'It is too early for sfc and DISM: with /online they repair the recovery environment, and offline they seldom succeed here.',
    'If it died before any update, or memory and disk were changed: test those first. And have the BitLocker recovery key at hand.',
  ],
};

const stick = (values: Parameters): Step => ({
  kind: 'manual',
  id: 'stick',
  title: 'Make the stick, or print the card',
  intro: 'What is typed comes from a stick with RESCUE.CMD, or from paper. Both are typed in the command prompt of the recovery environment.',
  danger: 'reads',
  runsOn: 'this machine',
  instructions: [
    'Save RESCUE.CMD onto a stick (FAT32), and print the card in case no stick works.',
    'Start the recovery environment (three failed starts lead there), or an installation stick: Repair, Troubleshoot, Command Prompt.',
    'Go to the stick: its letter and a colon, such as E: (diskpart, "list volume" shows it). Then type what the steps show.',
    'Bring the stick back: RESCUE.TXT on it has all that was printed. Paste the part of each step.',
  ],
  cards: [fileCard(), promptCard(values)],
});

const online: readonly Step[] = [
  {
    kind: 'console',
    id: 'dism',
    title: 'Repair the component store',
    act: 'Repair the component store',
    intro: 'Windows starts again. Now /online means this Windows, and the repair works. It fetches what it needs from Windows Update.',
    danger: 'changes',
    ...started,
    minutes: 15,
    ...typed(cmd`dism /online /cleanup-image /restorehealth`, sh`lab-windows dism`),
    matchers: dismSays,
    irreversible: 'damaged parts are replaced by intact ones of the same version.',
  },
  {
    kind: 'console',
    id: 'sfc',
    title: 'Repair the system files',
    act: 'Repair the system files',
    intro: 'Compares every system file with the store. In the source’s case one driver file was damaged.',
    danger: 'changes',
    ...started,
    minutes: 15,
    ...typed(cmd`sfc /scannow`, sh`lab-windows sfc`),
    matchers: sfcSays,
    irreversible: 'damaged files are replaced by intact ones of the same version.',
  },
];

const update: Step = {
  kind: 'manual',
  id: 'update',
  title: 'Install the update again',
  intro: 'The restore removed it. In the source’s case it installed the second time.',
  danger: 'reads',
  ...started,
  minutes: 30,
  instructions: [
    'Make a restore point, and back up what must stay.',
    'Let Windows Update install it, and restart twice.',
    'If Windows dies again: the same procedure works, then pause updates, and look for new drivers and firmware of the machine.',
  ],
};
