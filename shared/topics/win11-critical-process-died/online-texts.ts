/** What the repairs say in the Windows that starts again, in English and in German. */
import { inOrder, type Matcher, oneOf } from '../../topic-kit/index.ts';
import { inPowerShell } from './windows-texts.ts';

const notAdministrator: Matcher = {
  kind: 'failure',
  id: 'not-administrator',
  pattern: /(Error|Fehler): 740|must be an administrator|als Administrator (angemeldet|ausgef)/i,
  means: 'The prompt is not an administrator’s.',
  next: 'Open it with "Run as administrator", and type the line again.',
};

/** Of 24H2 and 25H2, and of before. */
const noSource = '0x800f081f|0x800f0915|0x800f0906|0x800f0907|0x800f0950|0x800f0954';

export const dismSays: readonly Matcher[] = [
  inPowerShell,
  notAdministrator,
  {
    kind: 'failure',
    id: 'in-recovery',
    pattern: oneOf(/servicing Windows PE|(?:Error|Fehler): 50$/i, inOrder(/Windows PE /i, /\/Online/i)),
    means: 'This is the recovery environment: the command would repair it, not your Windows.',
    next: 'Start Windows, and type the line there.',
  },
  {
    kind: 'failure',
    id: 'no-source',
    pattern: oneOf(
      new RegExp(`\\b(?:${noSource})\\b`, 'i'),
      /source files could not be found|Quelldateien wurden nicht gefunden|Quelldateien konnten nicht gefunden/i,
      /repair content could not be found|Reparaturinhalt/i,
    ),
    means: 'Windows Update did not bring the files that are to be put in.',
    next: 'Connect it to the network and try again, or mount an installation image of the same build and add /source:.',
  },
  {
    kind: 'failure',
    id: 'dism-ended',
    pattern: new RegExp(`^(?:Error|Fehler): (?!(?:740|50|${noSource})$)(?:0x[0-9a-f]+|\\d+)$`, 'i'),
    means: 'DISM ended with this error.',
    next: 'Restart Windows and type the line again. If it fails again, C:\\Windows\\Logs\\DISM\\dism.log says at what it failed; an installation image of the same build (/source:) often helps.',
    remedies: ['repair-again'],
  },
  {
    kind: 'expected',
    id: 'store-healthy',
    pattern: /restore operation completed successfully|Wiederherstellungsvorgang wurde erfolgreich abgeschlossen/i,
    means: 'The component store is intact.',
    missing: 'Nothing confirms that the component store is intact.',
    next: 'Wait for its last line, then paste all of it.',
  },
];

export const sfcSays: readonly Matcher[] = [
  inPowerShell,
  notAdministrator,
  {
    kind: 'failure',
    id: 'not-all-repaired',
    pattern: oneOf(/unable to fix some|konnte einige/i, inOrder(/einige /i, /nicht reparier/i)),
    means: 'Some system files are damaged and were not repaired.',
    next: 'Start Windows again, repeat the DISM line, then this one. C:\\Windows\\Logs\\CBS\\CBS.log names the files.',
    remedies: ['repair-again'],
  },
  {
    kind: 'failure',
    id: 'repair-pending',
    pattern: /system repair pending|steht eine Systemreparatur aus/i,
    means: 'A repair waits for a restart.',
    next: 'Restart Windows, then type the line again.',
  },
  {
    kind: 'failure',
    id: 'sfc-no-service',
    pattern: /could not start the repair service|(?:konnte den Reparaturdienst nicht starten|Reparaturdienst konnte nicht gestartet)/i,
    means: 'It did not run: the service that repairs, TrustedInstaller, does not start.',
    next: 'Type: sc config trustedinstaller start= demand, then: net start trustedinstaller. Then type the line again.',
  },
  {
    kind: 'failure',
    id: 'sfc-did-not-run',
    pattern: /could not perform the requested operation|konnte den angeforderten Vorgang nicht ausf/i,
    means: 'It did not run.',
    next: 'Restart Windows and try again; if it fails again, check the disk with chkdsk.',
  },
  {
    kind: 'expected',
    id: 'files-whole',
    pattern: /did not find any integrity violations|successfully repaired|keine Integrit.tsverletzungen|erfolgreich repariert/i,
    means: 'The system files are intact, or were repaired.',
    missing: 'Nothing confirms that the system files are intact.',
    next: 'Wait until it is at 100 %, then paste all of it.',
  },
];
