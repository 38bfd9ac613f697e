/** Windows 11 that dies with CRITICAL_PROCESS_DIED after an update, and whose System Restore fails at the registry. */
import { defineTopic, inOrder, oneOf } from '../../topic-kit/index.ts';
import { lab } from './lab.ts';
import { misfit, parameters } from './parameters.ts';
import { pictures } from './pictures.ts';
import { probe } from './probe.ts';
import { remedies } from './remedies.ts';
import { search } from './search.ts';
import { steps } from './steps.ts';

export const topic = defineTopic({
  id: 'win11-critical-process-died',
  version: 1,
  title: 'Windows 11 will not start after an update',
  summary: 'Gets System Restore past its registry error by renaming two hives, from the recovery environment or from Linux, and repairs the rest afterwards.',
  category: 'Windows & directory',
  platforms: ['Windows 11', 'Windows 10', 'Linux rescue system'],
  risk: {
    level: 'destructive',
    text: 'Renaming can be undone. The restore removes what was installed since its point, and the renamed hives are deleted at the end.',
  },
  minutes: 95,
  fixes: [
    'A blue screen CRITICAL_PROCESS_DIED at every start, in safe mode too, after an update.',
    'System Restore says that system protection must be enabled, although it is.',
    'System Restore that fails at the registry with 0x80070002.',
  ],
  needs: [
    'The recovery environment of the machine, or a Windows installation stick.',
    'The BitLocker recovery key, where the disk is encrypted.',
    'A stick for RESCUE.CMD, or paper for the card.',
    'For the path over Linux: a rescue system with ntfs-3g, and the Windows volume mounted for writing.',
  ],
  cannotUndo: [
    'The restore: what was installed since its point is removed. System Restore can undo that itself.',
    'Deleting the renamed hives, the last step but one.',
  ],
  corrections: [
    'The source renames to .001 outright. Here the number after the highest one is taken, so that a pair of an earlier attempt is never written over.',
    'The source assumes C:. In the recovery environment letters differ, so every letter is searched but X:, which is the environment itself.',
    'If the second hive can’t be renamed, the first gets its name back: a Windows with half its registry helps nobody.',
    'The German text is quoted in the source as "Systemwieederherstellungsfehler". It is recognised with one e and with two.',
    'Added to the source: the path over Linux, and the check for hibernation, which makes writing to the volume dangerous.',
    'Texts of System Restore are from the source and from public reports; those of DISM, sfc and the command prompt from reports and, in part, from memory. No Windows was at hand to see them printed.',
    'New hives do not prove a restore: its own last sentence is asked for.',
    'Why the renaming helps is not known for sure; the source found it in a vendor’s forum, and it worked there.',
  ],
  sources: [
    'Notes on a Windows 11 that would not start after an update, with English and German messages',
    'Microsoft: bug check 0xEF, Windows commands (dism, sfc, ren, for), Windows recovery environment',
    'ntfs-3g(8), on hibernated volumes and remove_hiberfile',
  ],
  search,
  symptoms: [
    { pattern: /CRITICAL[_ ]PROCESS[_ ]DIED/i, text: 'CRITICAL_PROCESS_DIED' },
    { pattern: /\b0x0*EF\b/i, text: 'Stop code 0x000000EF' },
    { pattern: /must enable system protection/i, text: 'You must enable system protection on this drive' },
    { pattern: /Computerschutz aktivieren/i, text: 'Sie müssen für dieses Laufwerk den Computerschutz aktivieren' },
    {
      pattern: oneOf(/System Restore failed while restoring the registry/i, inOrder(/restor/i, /0x80070002/i)),
      text: 'System Restore failed while restoring the registry from the restore point. (0x80070002)',
    },
    {
      pattern: /Systemwiee?derherstellungsfehler|Wiederherstellen der Registrierung/i,
      text: 'Systemwiederherstellungsfehler beim Wiederherstellen der Registrierung aus dem Wiederherstellungspunkt',
    },
    {
      pattern: oneOf(inOrder(/windows/i, /not|no longer|nicht/i, /boot|start/i, /update|aktualisierung/i), inOrder(/nach (?:dem )?update/i, /startet/i)),
      text: 'Windows does not start after an update',
    },
    {
      pattern: oneOf(
        inOrder(/won['’]?t boot|boot loop|bootloop|Startschleife/i, /after|nach/i, /update|\bKB\d{6,}/i),
        inOrder(/startet/i, /nach /i, /update/i, /nicht/i),
      ),
      text: 'Windows 11 won’t boot, or is in a boot loop, after an update (KB…)',
    },
    { pattern: /BugCheck (?:0x0*)?EF\b/i, text: 'BugCheck EF' },
    { pattern: /\b0x(?:80070091|8007045b)\b/i, text: 'System Restore: 0x80070091' },
    {
      pattern: /System Restore did not complete successfully|Systemwiederherstellung wurde nicht erfolgreich abgeschlossen/i,
      text: 'System Restore did not complete successfully',
    },
    { pattern: /Automatic Repair couldn.?t repair your PC/i, text: 'Automatic Repair couldn’t repair your PC' },
  ],
  alsoCalled: [
    'Windows does not boot, blue screen, BSOD, stop code, automatic repair loop',
    'System Restore fails, registry hives SYSTEM and SOFTWARE, recovery environment, WinRE, safe mode',
    'Windows startet nach einem Update nicht mehr, Bluescreen, Startreparatur, Wiederherstellungspunkt',
    'Windows ne démarre plus après une mise à jour, écran bleu, la réparation automatique n’a pas pu réparer votre PC',
    'Windows no arranca después de una actualización, pantalla azul, la reparación automática no pudo reparar el equipo',
  ],
  parameters,
  labDefaults: {},
  steps: (values) => steps(values),
  remedies,
  probe,
  pictures,
  targets: ['local', 'ssh', 'hand'],
  misfit,
  systems: { oneOf: [{ os: 'linux' }] },
  lab,
});
