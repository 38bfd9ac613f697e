/** From a Linux rescue system: the same renaming on the mounted volume. What follows is done in Windows. */
import { type Step, sh } from '../../topic-kit/index.ts';
import { afterwardsCard, restoreCard } from './cards.ts';
import { linuxLooks } from './linux-texts.ts';
import type { Parameters } from './parameters.ts';
import { findHives, highestNumber, listHives, lookAtMount } from './volume.ts';
import { hivesBack, hivesRenamed, hivesThere, renaming } from './windows-texts.ts';

const rescue = { runsOn: 'the rescue system', needsRoot: true } as const;

export const linuxSteps = (values: Parameters): Step[] => [
  {
    kind: 'command',
    id: 'look',
    title: 'Check the volume and its hives',
    intro: 'The volume has to be NTFS, mounted for writing, and not hibernated: with fast startup, Windows is never really off.',
    danger: 'reads',
    ...rescue,
    script: sh`${lookAtMount(values)}
${findHives(values)}
${listHives}`,
    matchers: [...linuxLooks, ...hivesThere],
  },
  {
    kind: 'command',
    id: 'rename',
    title: 'Rename the two hives',
    intro: 'SOFTWARE and SYSTEM get a number that neither has yet, so that nothing is in System Restore’s way. The files stay in their folder.',
    danger: 'changes',
    ...rescue,
    script: sh`${findHives(values)}
${highestNumber}
number=$(printf %03d $((top + 1)))
if [ -z "$software" ] || [ -z "$system" ]; then
  echo 'SOFTWARE or SYSTEM is not there: nothing was changed'
elif [ "$top" -ge 999 ]; then
  echo 'Number 999 is taken: nothing was changed'
elif mv -n "$software" "$software.$number" && [ ! -e "$software" ]; then
  if mv -n "$system" "$system.$number" && [ ! -e "$system" ]; then
    sync
    echo "Renamed to SOFTWARE.$number and SYSTEM.$number"
  else
    mv -n "$software.$number" "$software"
  fi
fi`,
    matchers: renaming,
    saves: [{ id: 'renamed', title: 'Renamed hive', pattern: /^Renamed to (SOFTWARE\.\d{3}) and/ }],
    verify: {
      script: sh`${findHives(values)}
${listHives}`,
      matchers: hivesRenamed,
    },
    undo: sh`${findHives(values)}
${highestNumber}
if [ -n "$software$system" ]; then
  echo 'SOFTWARE or SYSTEM is there again: nothing was changed' >&2
  exit 1
fi
if [ -z "$pair" ]; then
  echo 'No renamed pair is there: nothing was changed' >&2
  exit 1
fi
for hive in "$config"/[Ss][Oo][Ff][Tt][Ww][Aa][Rr][Ee]."$pair" "$config"/[Ss][Yy][Ss][Tt][Ee][Mm]."$pair"; do
  mv -n "$hive" "\${hive%.*}" || exit
done
sync`,
    undone: {
      script: sh`${findHives(values)}
${listHives}`,
      matchers: hivesBack,
    },
    hold: 'Windows can’t start until System Restore has created new hives, or the old ones have their names back.',
  },
  {
    kind: 'manual',
    id: 'go-on',
    title: 'Continue in Windows’ recovery environment',
    intro: 'The rest is Windows’ own: System Restore, then the repairs in the Windows that starts again.',
    danger: 'reads',
    runsOn: 'the Windows machine',
    minutes: 60,
    instructions: [
      `Unmount the volume first: umount ${values.volume}. Then start the recovery environment, Troubleshoot, Command Prompt.`,
      'Print the cards, or keep them at hand: the rescue system is not running then.',
      'If System Restore fails, start the rescue system again, and undo this run: the hives get their names back.',
    ],
    cards: [restoreCard(values), afterwardsCard()],
  },
];
