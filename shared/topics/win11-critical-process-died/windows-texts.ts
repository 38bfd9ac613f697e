/** What Windows says, in English and in German, and what it means. */
import { inOrder, type Matcher, oneOf } from '../../topic-kit/index.ts';

const failure = (id: string, pattern: RegExp, means: string, next: string, remedies: readonly string[] = []): Matcher => ({
  kind: 'failure',
  id,
  pattern,
  means,
  next,
  remedies,
});
const expected = (id: string, pattern: RegExp, means: string, missing: string, next: string, remedies: readonly string[] = []): Matcher => ({
  kind: 'expected',
  id,
  pattern,
  means,
  missing,
  next,
  remedies,
});

export const windowsFound: readonly Matcher[] = [
  failure(
    'script-not-found',
    oneOf(
      /(?<!\S)(?:(?!RESCUE)\S)*RESCUE\S* (?:is not recognized|ist entweder falsch geschrieben)/i,
      inOrder(/RESCUE/i, / /i, /konnte nicht gefunden werden/i),
    ),
    'The prompt is not on the stick.',
    'Type the letter of the stick, such as E:, and RESCUE again. "diskpart", then "list volume", shows the letters.',
  ),
  failure(
    'no-windows',
    /^No Windows was found/,
    'No letter has a Windows: its volume is locked by BitLocker, or this environment has no driver for the disk.',
    'BitLocker: manage-bde -unlock D: -RecoveryPassword and the 48 digits. Driver: drvload and its .inf file. Then look again.',
    ['unlock'],
  ),
  failure('two-windows', /^More than one Windows/, 'There are two installations.', 'Begin anew, and give the letter of the one that does not start.'),
  failure(
    'windows-runs',
    /^This Windows is running/,
    'This is not the recovery environment.',
    'Start the recovery environment, or an installation stick, and open the command prompt there.',
  ),
  expected(
    'found',
    /^Windows is on [A-Z]:$/,
    'Windows was found.',
    'It was not said on which letter Windows is.',
    'Type the line again, and paste all that it prints.',
  ),
];

export const hivesThere: readonly Matcher[] = ['SOFTWARE', 'SYSTEM'].map((hive) =>
  expected(
    hive.toLowerCase(),
    new RegExp(`^${hive}$`, 'i'),
    `${hive} is there.`,
    `${hive} is not there. It was renamed already and not restored yet, or the volume is damaged.`,
    'Look for names with numbers. Rename those with the highest number back (RESCUE back), then look again.',
    ['rename-back'],
  ),
);

/** After the restore. */
export const hivesNew: readonly Matcher[] = ['SOFTWARE', 'SYSTEM'].map((hive) =>
  expected(
    hive.toLowerCase(),
    new RegExp(`^${hive}$`, 'i'),
    `Windows has a ${hive} of its own.`,
    `There is no new ${hive}: System Restore did not come to its end.`,
    'Restore once more, with another point. If none works, take the run back, so that the hives have their names.',
  ),
);

export const hivesRenamed: readonly Matcher[] = ['SOFTWARE', 'SYSTEM'].flatMap((hive) => [
  failure(`${hive.toLowerCase()}-still-there`, new RegExp(`^${hive}$`, 'i'), `${hive} still has its name.`, 'Read the lines above, and rename again.'),
  expected(`${hive.toLowerCase()}-renamed`, new RegExp(`^${hive}\\.\\d{3}$`, 'i'), `${hive} has a number.`, `No renamed ${hive} is there.`, 'Rename again.'),
]);

export const renaming: readonly Matcher[] = [
  failure(
    'hive-in-use',
    /being used by another process|von einem anderen Prozess verwendet/i,
    'A hive is in use: this Windows is running, or it was loaded in regedit.',
    'Do it in the recovery environment, and unload the hive in regedit.',
  ),
  failure(
    'name-taken',
    /duplicate file name exists|existiert bereits eine Datei mit diesem Namen/i,
    'The name is taken already. Nothing was written over.',
    'Use the next number for both hives.',
  ),
  failure(
    'denied',
    /Access is denied|Zugriff (wurde )?verweigert|write.protected|schreibgesch.tzt|Read-only file system/i,
    'The volume can’t be written.',
    'Look whether it is locked by BitLocker, or the disk is failing: chkdsk with its letter and /scan.',
  ),
  expected(
    'renamed',
    /^Renamed to SOFTWARE\.\d{3} and SYSTEM\.\d{3}$/,
    'Both hives have a number now.',
    'It was not said that the hives were renamed.',
    'Read what was printed. Look again before you type anything else.',
    ['rename-back'],
  ),
];

export const restoring: readonly Matcher[] = [
  failure(
    'no-restore-point',
    /no restore points have been created|keine Wiederherstellungspunkte/i,
    'This volume has no restore point: there is nothing to go back to.',
    'Take the run back, so that the hives have their names. What is left is to remove the update (Uninstall Updates), or a backup.',
  ),
  failure(
    'registry-not-restored',
    /0x80070002|failed while restoring the registry|Systemwiee?derherstellungsfehler|Wiederherstellen der Registrierung/i,
    'System Restore failed at the registry (0x80070002), as it does when a hive is in its way.',
    'See that neither SOFTWARE nor SYSTEM is there without a number, then try another restore point. If none works, take the run back.',
  ),
  failure(
    'protection',
    /must enable system protection|Computerschutz aktivieren/i,
    'It was not told which Windows to restore. System protection is on all the same.',
    'Start it as it stands here, with /offline: and the folder of Windows.',
  ),
];
