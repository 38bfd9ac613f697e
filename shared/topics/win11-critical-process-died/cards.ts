/** What is carried on a stick, or printed and typed. Pure. */
import { type CommandPromptLine, cmd, renderCommandPrompt, type StepCard } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';
import { logName, rescueScript, scriptName } from './rescue-script.ts';

const typed = (...lines: readonly CommandPromptLine[]) => lines.map((line) => renderCommandPrompt(line, 'prompt'));

/** Two lines. The first Windows that is found is kept in W; each further one is said, as the stick's script does. */
const findWindows = [
  cmd`set W=`,
  cmd`for %L in (C D E F G H I J K L M N O P Q R S T U V W Y Z) do @if exist %L:\\Windows\\System32\\config\\SOFTWARE* (if defined W (echo More than one Windows was found: %L: too) else (set W=%L:& echo Windows is on %L:))`,
];
const whichWindows = ' If it says that more than one Windows was found, type the letter of the right one before you continue, such as: set W=D:';

export const fileCard = (): StepCard => ({
  title: scriptName,
  file: scriptName,
  lines: rescueScript(),
  note: `Save it onto the stick. What it prints there is also kept beside it, in ${logName}.`,
});

export const promptCard = ({ drive }: Parameters): StepCard => ({
  title: 'Without a stick: the same, typed in the Command Prompt',
  lines: typed(
    ...(drive === '' ? findWindows : [cmd`set W=${drive}:& echo Windows is on ${drive}:`]),
    cmd`cd /d %W%\\Windows\\System32\\config`,
    cmd`dir /b /a-d SOFTWARE* SYSTEM*`,
    cmd`ren SOFTWARE SOFTWARE.001 && ren SYSTEM SYSTEM.001 && echo Renamed to SOFTWARE.001 and SYSTEM.001`,
    cmd`dir /b /a-d SOFTWARE* SYSTEM*`,
    cmd`rstrui /offline:%W%\\Windows=active`,
  ),
  note: `Where .001 is there already, write the next number in all four places; "ren" writes over nothing. To undo it: ren SOFTWARE.001 SOFTWARE, then ren SYSTEM.001 SYSTEM.${drive === '' ? whichWindows : ''}`,
});

export const restoreCard = ({ drive }: Parameters): StepCard => ({
  title: 'In the Command Prompt of the recovery environment: restore',
  lines: typed(...(drive === '' ? findWindows : [cmd`set W=${drive}:`]), cmd`rstrui /offline:%W%\\Windows=active`),
  note: `Choose a restore point from before the update, and let it finish.${drive === '' ? whichWindows : ''}`,
});

/** The number is the one that was given when they were renamed. */
export const afterwardsCard = (): StepCard => ({
  title: 'In the Windows that starts again: Command Prompt, as an administrator',
  lines: typed(
    cmd`dism /online /cleanup-image /restorehealth`,
    cmd`sfc /scannow`,
    cmd`cd /d %SystemRoot%\\System32\\config`,
    cmd`dir /b /a-d SOFTWARE* SYSTEM*`,
    cmd`del SOFTWARE.001 SYSTEM.001`,
  ),
  note: 'Windows 11’s Terminal is PowerShell: type cmd there first. The last line removes the renamed hives: give the number that they have. Then install the update again.',
});
