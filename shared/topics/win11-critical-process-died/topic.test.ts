import { expect, it } from 'vitest';
import { judge, type Matcher, makePlan, type Step } from '../../topic-kit/index.ts';
import { promptCard, restoreCard } from './cards.ts';
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
  ['look', '== RESCUE look\nNo Windows was found on any letter', ['no-windows']],
  ['look', `Der Befehl "RESCUE" ist entweder falsch geschrieben oder\nkonnte nicht gefunden werden.`, ['script-not-found']],
  ['rename', renamed, []],
  ['rename', 'Zugriff verweigert\nSOFTWARE\nSYSTEM', expect.arrayContaining(['denied', 'software-still-there'])],
  ['rename', 'Der Prozess kann nicht auf die Datei zugreifen, da sie von einem anderen Prozess verwendet wird.', expect.arrayContaining(['hive-in-use'])],
  ['rename', 'A duplicate file name exists, or the file\ncannot be found.', expect.arrayContaining(['name-taken'])],
  ['restore', `System Restore completed successfully.\n${looked}`, []],
  ['restore', `Die Systemwiederherstellung wurde erfolgreich abgeschlossen.\n${looked}`, []],
  ['restore', looked, ['succeeded']],
  ['restore', `Sie müssen für dieses Laufwerk den Computerschutz aktivieren.\n${looked}`, ['protection']],
  [
    'restore',
    'Systemwieederherstellungsfehler beim Wiederherstellen der Registrierung aus dem Wiederherstellungspunkt. Unbekannter Fehler bei der Systemwiederherstellung. (0x80070002).',
    ['registry-not-restored'],
  ],
  ['restore', `System Restore failed while restoring the registry from the restore point. (0x80070002)\n${looked}`, ['registry-not-restored']],
  ['dism', '[====100.0%====] Der Wiederherstellungsvorgang wurde erfolgreich abgeschlossen.\nDer Vorgang wurde erfolgreich beendet.', []],
  ['dism', 'Fehler: 0x800f081f\n\nDie Quelldateien wurden nicht gefunden.', ['no-source']],
  ['dism', 'Error: 50\n\nDISM does not support servicing Windows PE with the /Online option.', ['in-recovery']],
  ['sfc', 'Der Windows-Ressourcenschutz hat keine Integritätsverletzungen gefunden.', []],
  ['sfc', 'Der Windows-Ressourcenschutz hat beschädigte Dateien gefunden und erfolgreich repariert.', []],
  ['sfc', 'Der Windows-Ressourcenschutz hat beschädigte Dateien gefunden und konnte einige der Dateien nicht reparieren.', ['not-all-repaired']],
  ['sfc', 'Windows Resource Protection found corrupt files but was unable to fix some of them.', ['not-all-repaired']],
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
  // In the started Windows the recovery environment's letters mean nothing.
  expect(planned({ drive: 'd:' })).toContain('RESCUE remove');
  expect(planned({})).toContain('dism /online /cleanup-image /restorehealth');
  for (const drive of ['X', 'DD', '/s', 'd&']) expect(parameters.safeParse({ drive }).success).toBe(false);
  expect(promptCard(parameters.parse({ drive: 'E' })).lines[0]).toBe('set W=E:& echo Windows is on E:');
});

it('goes where its way can go', () => {
  const refused = (way: string, kind: string) => misfit(parameters.parse({ way }), { kind })?.field;
  expect([refused('recovery', 'hand'), refused('linux', 'local'), refused('linux', 'ssh')]).toEqual([undefined, undefined, undefined]);
  expect([refused('recovery', 'ssh'), refused('linux', 'hand')]).toEqual(['way', 'way']);
});

it.each([
  ['Removed SOFTWARE.002 and SYSTEM.002', []],
  ['Removed SOFTWARE.001 and SYSTEM.001', ['removed']],
  ['Removed SOFTWARE.002 and SYSTEM.001', ['removed']],
  ['No renamed pair of this stick is there: nothing was changed', ['nothing-removed']],
])('believes that the pair of this run was removed: %s', (said, rules) => {
  const seen = judge(ofStep('remove'), { output: `${said}\n${looked}`, exitStatus: 0, facts: { renamed: 'SOFTWARE.002' } });
  expect(seen.flatMap(({ kind, rule }) => (kind === 'failure' ? [rule] : []))).toEqual(rules);
});

it('says on paper too that there are two, as the rule for it reads', () => {
  for (const card of [promptCard, restoreCard]) {
    const { lines, note } = card(parameters.parse({}));
    expect(lines[0]).toBe('set W=');
    const [, found, said] =
      /^for %L in \([A-Z ]+\) do @if exist (\S+) \(if defined W \(echo ([^)]+)\) else \(set W=%L:& echo Windows is on %L:\)\)$/.exec(lines[1] ?? '') ?? [];
    expect(found).toBe('%L:\\Windows\\System32\\config\\SOFTWARE*');
    expect(failing('look', said ?? '')).toContain('two-windows');
    expect(note).toContain('set W=D:');
    expect(card(parameters.parse({ drive: 'E' })).note).not.toContain('set W=');
  }
});

const volume = ['config=yes', 'software=yes', 'system=yes'];
it.each([
  ['affected', ['pair=', 'crash=ef000000']],
  ['unknown', ['pair=', 'crash=ef000000', 'since=yes']],
  ['already-fixed', ['pair=', 'crash=ef000000', 'since=yes', 'checked=yes']],
  ['already-fixed', ['pair=001', 'crash=ef000000', 'since=yes']],
  ['affected', ['pair=001', 'crash=ef000000']],
  ['unknown', ['pair=001', 'crash=0a000000', 'since=yes', 'checked=yes']],
  ['unknown', ['pair=001']],
])('does not believe a newer registry by itself: %s at %j', (verdict, seen) => {
  expect(topic.probe?.judge({ output: [...volume, ...seen].join('\n'), exitStatus: 0 }, parameters.parse({})).verdict).toBe(verdict);
});
