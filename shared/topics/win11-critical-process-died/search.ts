/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'windows pc laptop surface notebook computer win11 win10 rechner ordinateur equipo | critical-process-died 0xef blue-screen bluescreen bsod boot-loop bootloop automatic-repair startreparatur system-restore systemwiederherstellung restore-point winre recovery-environment won-t-start won-t-boot not-boot not-start doesn-t-boot startet-nicht startet stuck-in-recovery rebooting broke-boot hive* écran-bleu pantalla-azul keeps-rebooting | update* patch* kb* restor* repair* critical* bluescreen blue-screen bsod hive* recover* wiederherstell* aktualisierung mise-à-jour actualización wiederherstellungspunkt loop startreparatur',
    'critical-process-died system-restore systemwiederherstellung restore-point bugcheck-ef automatic-repair 0x80070091 hive hives | *',
    'windows-11 windows win11 windows-system32 | config hive* rename | ntfs-3g live roll* rolls-back restore',
    'bsod startup-repair startreparatur sfc | kb* update reinstall',
  ],
  asked: [
    'blue screen critical process died after KB5063878',
    'windows 11 automatic repair loop after patch tuesday',
    'System Restore 0x80070002 from the recovery console',
    "restore point won't apply, registry could not be restored",
    "laptop keeps rebooting to winre since yesterday's update",
    'rename SYSTEM and SOFTWARE hive to get restore working',
    'Windows 11 startet nach Update nicht, Bluescreen',
    'You must enable system protection on this drive',
    "pc won't start, stop code CRITICAL_PROCESS_DIED",
    'windows update broke boot, system restore fails too',
    'An unspecified error occurred during System Restore. (0x80070091)',
    'bugcheck EF on startup',
    "Automatic Repair couldn't repair your PC",
    'how to restore the registry hives from the recovery prompt',
    'surface stuck in recovery after cumulative update',
    'Systemwiederherstellung schlägt mit Registrierungsfehler fehl',
    'win11 CRITICAL_PROCESS_DIED after update',
    'system restore registry error winre',
    'Laptop with 23H2 installed the patch Tuesday cumulative and blue screens at each boot, restore point exists but rolling back fails',
    "rstrui offline in recovery says it can't copy the registry, can I rename SOFTWARE or COMPONENTS hive and retry?",
    'have a live Linux stick and ntfs-3g, what must I rename in Windows/System32/config so that Windows 11 rolls back',
    'sfc /scannow and startup repair do nothing, BSOD comes right after KB5034765, need a way back without reinstall',
    'System Restore did not complete successfully. Details: System Restore failed while copying the registry from the restore point. An unspecified error occurred during System Restore. (0x80070002)',
    'Windows 11 startet nach Update nicht mehr, Systemwiederherstellung bricht mit Registrierungsfehler ab',
  ],
  nearMisses: ['Windows Update started downloading an update.', 'Windows asks for activation', 'remote desktop shows a black screen'],
};
