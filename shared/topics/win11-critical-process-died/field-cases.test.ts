/** What Windows printed to people, in the words of their reports. */
import { describe, expect, it } from 'vitest';
import { judge, type Matcher, type Step } from '../../topic-kit/index.ts';
import { afterwardsCard, promptCard, restoreCard } from './cards.ts';
import { linuxLooks } from './linux-texts.ts';
import { parameters } from './parameters.ts';
import { remedies } from './remedies.ts';
import { rescueScript } from './rescue-script.ts';
import { steps } from './steps.ts';
import { topic } from './topic.ts';

const all = steps(parameters.parse({}));
const stepOf = (id: string) => all.find((step) => step.id === id) as Extract<Step, { kind: 'console' }>;
const failures = (matchers: readonly Matcher[], output: string) =>
  judge(matchers, { output, exitStatus: 0, facts: {} }).filter(({ kind }) => kind === 'failure');
const rules = (step: string, output: string) => failures(stepOf(step).matchers, output).map(({ rule }) => rule);

const hives = '== RESCUE restore\nWindows is on D:\nSOFTWARE\nSOFTWARE.001\nSYSTEM\nSYSTEM.001';
const german = 'Die Systemwiederherstellung wurde nicht erfolgreich abgeschlossen. Die Systemdateien und -einstellungen des Computers wurden nicht geändert.';
const english = "System Restore did not complete successfully. Your computer's system files and settings were not changed.";
const noCmdlet = `RESCUE : The term 'RESCUE' is not recognized as the name of a cmdlet, function, script file, or operable program.
Suggestion [3,General]: The command RESCUE was not found, but does exist in the current location.`;
const keinCmdlet = `RESCUE : Die Benennung "RESCUE" wurde nicht als Name eines Cmdlet, einer Funktion, einer Skriptdatei oder eines
ausführbaren Programms erkannt.`;
/** As a console of 80 columns breaks it. */
const wrapped = (text: string) => {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) as string;
    if (line !== '' && line.length + 1 + word.length > 80) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.join('\n');
};

describe('what is pasted', () => {
  it.each([
    ['W1', 'restore', `${hives}\n${english}`, ['not-restored']],
    ['W1', 'restore', `${hives}\n${german}`, ['not-restored']],
    ['W1', 'restore', `${hives}\n${wrapped(german)}`, ['not-restored']],
    ['W1', 'restore', `${hives}\nAn unspecified error occurred during System Restore. (0x80070091)`, ['not-restored']],
    ['W1', 'restore', `${hives}\nSystem Restore failed while copying the directory from the restore point.\n(0x80070003)`, ['not-restored']],
    ['W1', 'restore', `${hives}\n(0x8007045b)`, ['not-restored']],
    ['W1', 'restore', hives, ['succeeded']],
    ['W1', 'restore', `${hives}\nSystem Restore completed successfully. The system has been restored to 12.11.2026.`, []],
    ['W1c', 'restore', `${hives}\nSystem Restore failed while copying the file from the restore point.\n(0x80070002)`, ['not-restored']],
    ['W2', 'dism', 'Error: 0x800f0915\n\nThe repair content could not be found anywhere.', ['no-source']],
    ['W2', 'dism', 'Fehler: 0x800f0915', ['no-source']],
    ['W2', 'dism', 'Error: 0x800f0906', ['no-source']],
    ['W2', 'dism', 'Error: 0x800f0950', ['no-source']],
    ['W2', 'dism', 'Fehler: 1726', ['dism-ended']],
    ['W2', 'dism', 'Error: 87', ['dism-ended']],
    ['W2', 'dism', 'Fehler: 740', ['not-administrator']],
    ['W3', 'sfc', 'Windows Resource Protection could not start the repair service.', ['sfc-no-service']],
    ['W4', 'remove', noCmdlet, ['powershell']],
    ['W4', 'remove', keinCmdlet, ['powershell']],
    ['W4', 'look', wrapped(keinCmdlet), ['powershell']],
    ['W4', 'look', "'RESCUE' is not recognized as an internal or external command,\noperable program or batch file.", ['script-not-found']],
    ['W4', 'dism', "dism : The term 'dism' is not recognized as a name of a cmdlet", ['powershell']],
    ['W5', 'sfc', wrapped('Der Windows-Ressourcenschutz hat beschädigte Dateien gefunden und erfolgreich repariert.'), []],
    ['W5', 'sfc', wrapped('Der Windows-Ressourcenschutz hat beschädigte Dateien gefunden, aber einige konnten nicht repariert werden.'), ['not-all-repaired']],
    ['W8', 'look', 'Windows is on D:\n28.11.2026  10:12        67.108.864 SOFTWARE\n11/28/2026  10:12 AM  20,447,232 SYSTEM', ['plain-dir']],
  ])('%s: %s: %j', (_, step, said, expected) => {
    expect([...new Set(rules(step, said))]).toEqual(expected);
  });

  it('W5: the sentences are really broken', () => {
    expect(wrapped('Der Windows-Ressourcenschutz hat beschädigte Dateien gefunden und erfolgreich repariert.').split('\n')).toHaveLength(2);
  });

  it('W4: the Command Prompt is named on the steps and on the cards', () => {
    for (const { id, kind, runsOn } of all) if (kind === 'console') expect(runsOn, id).toContain('Command Prompt');
    for (const { title } of [promptCard(parameters.parse({})), restoreCard(parameters.parse({})), afterwardsCard()]) expect(title).toContain('Command Prompt');
    expect(afterwardsCard().note).toContain('PowerShell');
  });

  it('W7: says what else discards a session where remove_hiberfile is not enough', () => {
    const hibernated = linuxLooks.find(({ id }) => id === 'hibernated')?.next;
    for (const text of [hibernated, remedies.find(({ id }) => id === 'discard-session')?.explanation])
      for (const way of ['remove_hiberfile', 'Restart', 'ntfsrecover --kill-fast-restart']) expect(text).toContain(way);
    expect(hibernated).not.toContain('del /a');
  });

  it('W8: a hive that is not listed is not said to be damaged', () => {
    for (const { means } of failures(stepOf('look').matchers, 'Windows is on D:')) expect(means).not.toMatch(/damaged|was renamed/);
  });
});

it('keeps in RESCUE.NUM which Windows the pair is of, and takes no other Windows’ pair for its own', () => {
  const text = rescueScript().join('\n');
  expect(text).toContain('echo %NEXT% %SERIAL% >"%NOTE%"');
  const [read, serial, none, other] = [
    'do set "MINE=%%A"& set "OF=%%B"',
    `('vol %WIN%') do`,
    'if not defined SERIAL set "MINE="',
    'if not "%OF%"=="%SERIAL%" set "MINE="',
  ].map((line) => text.indexOf(line));
  const owned = text.indexOf('do call :number');
  expect([read, serial, none, other, owned].every((at) => at !== undefined && at > 0)).toBe(true);
  expect(Math.max(read ?? 0, serial ?? 0, none ?? 0, other ?? 0)).toBeLessThan(owned);
});

describe('symptoms', () => {
  it.each([
    "Windows 11 won't boot after KB5044284 Update",
    'boot loop after KB5034441',
    'Windows 11 startet nach Update nicht mehr',
    'PC startet nach Windows-Update nicht mehr',
    'BugCheck EF, {ffffa10b2d5b5080, 0, 0, 0}',
    'An unspecified error occurred during System Restore. (0x80070091)',
    'Systemwiederherstellung wurde nicht erfolgreich abgeschlossen',
    "Automatic Repair couldn't repair your PC",
  ])('recognise %j', (text) => {
    expect(topic.symptoms.some(({ pattern }) => pattern.test(text))).toBe(true);
  });
  it.each(['The update has been installed. Start Windows Explorer.', 'nach dem Update ist alles gut'])('do not take %j for theirs', (text) => {
    expect(topic.symptoms.some(({ pattern }) => pattern.test(text))).toBe(false);
  });
});
