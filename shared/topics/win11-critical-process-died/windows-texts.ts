/** What Windows says, in English and in German, and what it means. */
import { inOrder, type LineMatcher, type Matcher, oneOf } from '../../topic-kit/index.ts';

const failure = (id: string, pattern: RegExp, means: string, next: string, remedies: readonly string[] = []): LineMatcher => ({
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

/** Windows 11's "Terminal (Administrator)" is PowerShell: it does not start what lies in the folder, and its words mean other things. */
export const inPowerShell: Matcher = failure(
  'powershell',
  oneOf(/is not recognized as (?:the |a )?name of a cmdlet/i, /nicht als Name eines Cmdlet/i, /Suggestion \[3,General\]/i, /CommandNotFoundException/i),
  'This is PowerShell, not the Command Prompt. The lines are for the Command Prompt.',
  'Type cmd and Enter, go to the stick again (its letter and a colon), and type the line again. In PowerShell itself it would be .\\RESCUE.',
);

export const windowsFound: readonly Matcher[] = [
  inPowerShell,
  failure(
    'script-not-found',
    oneOf(
      /(?<!\S)(?:(?!RESCUE)\S)*RESCUE\S* (?:is not recognized as an internal|ist entweder falsch geschrieben)/i,
      inOrder(/RESCUE/i, / /i, /konnte nicht gefunden werden/i),
      /^konnte nicht gefunden werden\.?$/i,
    ),
    'The prompt is not on the stick.',
    'Type the letter of the stick, such as E:, and RESCUE again. "diskpart", then "list volume", shows the letters.',
  ),
  failure(
    'no-windows',
    /^No Windows was found/,
    'No letter has a Windows: its volume is locked by BitLocker, or this environment has no driver for the disk.',
    'BitLocker: manage-bde -unlock D: -RecoveryPassword and the 48 digits. Driver: drvload and its .inf file. Then check again.',
    ['unlock'],
  ),
  failure('two-windows', /^More than one Windows/, 'There are two installations.', 'Start again, and give the letter of the one that does not start.'),
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
    'The output does not say which letter Windows is on.',
    'Type the line again, and paste all that it prints.',
  ),
];

const plainDir = failure(
  'plain-dir',
  /^\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\s(?=.*\b(?:SOFTWARE|SYSTEM)\b)/i,
  'These are names with dates and sizes. Only the names count, so nothing is known yet.',
  'Type the line exactly as shown here ("dir /b /a-d", or RESCUE look), and paste what that prints.',
);

export const hivesThere: readonly Matcher[] = [
  { ...plainDir, alone: true },
  ...['SOFTWARE', 'SYSTEM'].map((hive) =>
    expected(
      hive.toLowerCase(),
      new RegExp(`^${hive}$`, 'i'),
      `${hive} is there.`,
      `${hive} is not among the names that were pasted.`,
      'If names are missing at the end, paste all that was printed. Otherwise look for names with numbers: it was renamed already and not restored yet. Rename those with the highest number back (RESCUE back), then check again.',
      ['rename-back'],
    ),
  ),
];

/** Taken back. */
export const hivesBack: readonly Matcher[] = ['SOFTWARE', 'SYSTEM'].map((hive) =>
  expected(
    hive.toLowerCase(),
    new RegExp(`^${hive}$`, 'i'),
    `${hive} has its name back.`,
    `${hive} is not among the names that were listed.`,
    'Look for the name with the highest number, and rename it by hand: both hives must have their names.',
  ),
);

/** After the restore. */
export const hivesNew: readonly Matcher[] = ['SOFTWARE', 'SYSTEM'].map((hive) =>
  expected(
    hive.toLowerCase(),
    new RegExp(`^${hive}$`, 'i'),
    `Windows has a ${hive} of its own.`,
    `There is no new ${hive}: System Restore did not finish.`,
    'Restore again, with another point. If none works, undo the run, so that the hives have their names.',
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
    'Check whether it is locked by BitLocker, or the disk is failing: chkdsk with its letter and /scan.',
  ),
  expected(
    'renamed',
    /^Renamed to SOFTWARE\.\d{3} and SYSTEM\.\d{3}$/,
    'Both hives have a number now.',
    'Nothing confirms that the hives were renamed.',
    'Read what was printed. Check again before you type anything else.',
    ['rename-back'],
  ),
];

const atRegistry = /failed while restoring the registry|Wiederherstellen der Registrierung/i;

export const restoring: readonly Matcher[] = [
  failure(
    'no-restore-point',
    /no restore points have been created|keine Wiederherstellungspunkte/i,
    'This volume has no restore point: there is nothing to go back to.',
    'Undo the run, so that the hives have their names. What is left is to remove the update (Uninstall Updates), or a backup.',
  ),
  failure(
    'registry-not-restored',
    atRegistry,
    'System Restore failed at the registry, as it does when a hive is in its way.',
    'Make sure that neither SOFTWARE nor SYSTEM is there without a number, then try another restore point. If none works, undo the run.',
  ),
  {
    ...failure(
      'not-restored',
      oneOf(
        /did not complete successfully/i,
        /nicht erfolgreich abgeschlossen/i,
        /System Restore failed/i,
        /Systemwiee?derherstellungsfehler/i,
        /\(?\b0x8[0-9a-f]{7}\b/i,
      ),
      'System Restore says itself that it did not succeed. Windows is unchanged.',
      'Restore again, with another point. 0x80070091 and 0x80070003 are files that it could not put back: an older point often does not contain them. If none works, undo the run.',
    ),
    unless: atRegistry,
  },
  failure(
    'protection',
    /must enable system protection|Computerschutz aktivieren/i,
    'It did not know which Windows to restore. System protection is on.',
    'Start it exactly as shown here, with /offline: and the folder of Windows.',
  ),
  expected(
    'succeeded',
    /System Restore completed successfully|Systemwiederherstellung wurde erfolgreich (?:abgeschlossen|durchgef)/i,
    'System Restore says that it succeeded.',
    'It is not known how System Restore ended. New hives do not prove success: it can fail after creating them.',
    'Its last sentence is in its own window. Type it below what you paste, word for word, such as: System Restore completed successfully.',
  ),
];
