import { expect, it } from 'vitest';
import { judge, type Matcher, makePlan, type Step } from '../../topic-kit/index.ts';
import { promptCard } from './cards.ts';
import { misfit, parameters } from './parameters.ts';
import { steps } from './steps.ts';
import { topic } from './topic.ts';

const byHand = (given: Record<string, string> = {}) => steps(parameters.parse(given));
const ofStep = (id: string): readonly Matcher[] => {
  const step = byHand().find((each) => each.id === id) as Extract<Step, { kind: 'console' }>;
  return [...step.matchers, ...(step.verify?.matchers ?? [])];
};
const failing = (id: string, output: string) =>
  judge(ofStep(id), { output, exitStatus: 0, facts: {} }).flatMap(({ kind, rule }) => (kind === 'failure' ? [rule] : []));

const looked = 'E:\\>RESCUE look\n== RESCUE look\nWindows is on D:\nSOFTWARE\nSOFTWARE.LOG1\nSYSTEM\nSYSTEM.LOG1';
const renamed = 'Renamed to SOFTWARE.001 and SYSTEM.001\nE:\\>RESCUE look\nWindows is on D:\nSOFTWARE.001\nSOFTWARE.LOG1\nSYSTEM.001';

it.each([
  ['look', looked, []],
  ['look', looked.replace('\nSOFTWARE\n', '\nSOFTWARE.001\n'), ['software']],
  ['look', '== RESCUE look\nNo Windows was found on any letter', ['no-windows', 'found', 'software', 'system']],
  ['look', `Der Befehl "RESCUE" ist entweder falsch geschrieben oder\nkonnte nicht gefunden werden.`, ['script-not-found', 'found', 'software', 'system']],
  ['rename', renamed, []],
  ['rename', 'Zugriff verweigert\nSOFTWARE\nSYSTEM', expect.arrayContaining(['denied', 'renamed', 'software-still-there'])],
  ['rename', 'Der Prozess kann nicht auf die Datei zugreifen, da sie von einem anderen Prozess verwendet wird.', expect.arrayContaining(['hive-in-use'])],
  ['rename', 'A duplicate file name exists, or the file\ncannot be found.', expect.arrayContaining(['name-taken'])],
  ['restore', looked, []],
  ['restore', `Sie müssen für dieses Laufwerk den Computerschutz aktivieren.\n${looked}`, ['protection']],
  [
    'restore',
    'Systemwieederherstellungsfehler beim Wiederherstellen der Registrierung aus dem Wiederherstellungspunkt. Unbekannter Fehler bei der Systemwiederherstellung. (0x80070002).',
    ['registry-not-restored', 'software', 'system'],
  ],
  ['restore', `System Restore failed while restoring the registry from the restore point. (0x80070002)\n${looked}`, ['registry-not-restored']],
  ['dism', '[====100.0%====] Der Wiederherstellungsvorgang wurde erfolgreich abgeschlossen.\nDer Vorgang wurde erfolgreich beendet.', []],
  ['dism', 'Fehler: 0x800f081f\n\nDie Quelldateien wurden nicht gefunden.', ['no-source', 'store-healthy']],
  ['dism', 'Error: 50\n\nDISM does not support servicing Windows PE with the /Online option.', ['in-recovery', 'store-healthy']],
  ['sfc', 'Der Windows-Ressourcenschutz hat keine Integritätsverletzungen gefunden.', []],
  ['sfc', 'Der Windows-Ressourcenschutz hat beschädigte Dateien gefunden und erfolgreich repariert.', []],
  ['sfc', 'Der Windows-Ressourcenschutz hat beschädigte Dateien gefunden und konnte einige der Dateien nicht reparieren.', ['not-all-repaired', 'files-whole']],
  ['sfc', 'Windows Resource Protection found corrupt files but was unable to fix some of them.', ['not-all-repaired', 'files-whole']],
])('judges what %s prints: %s', (step, output, rules) => {
  expect(failing(step, output)).toEqual(rules);
});

it('is typed with a letter only where one was given', () => {
  const planned = (given: Record<string, string>) =>
    makePlan(topic, parameters.parse(given), { kind: 'hand' }, { label: 'by hand', rehearsal: false, byHand: true, mapFile: (path) => path }).steps.map(
      ({ script }) => script,
    );
  expect(planned({})).toContain('RESCUE rename');
  expect(planned({ drive: 'd:' })).toContain('RESCUE rename D');
  expect(planned({})).toContain('dism /online /cleanup-image /restorehealth');
  for (const drive of ['X', 'DD', '/s', 'd&']) expect(parameters.safeParse({ drive }).success).toBe(false);
  expect(promptCard(parameters.parse({ drive: 'E' })).lines[0]).toBe('set W=E:& echo Windows is on E:');
});

it('goes where its way can go', () => {
  const refused = (way: string, kind: string) => misfit(parameters.parse({ way }), { kind })?.field;
  expect([refused('recovery', 'hand'), refused('linux', 'local'), refused('linux', 'ssh')]).toEqual([undefined, undefined, undefined]);
  expect([refused('recovery', 'ssh'), refused('linux', 'hand')]).toEqual(['way', 'way']);
});
