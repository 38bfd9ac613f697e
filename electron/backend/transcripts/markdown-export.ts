/** A transcript as Markdown: for tickets, wikis and people. */

import { dangerLabels, stepDanger } from '../../../shared/api/danger.ts';
import { factsText } from '../../../shared/api/facts-text.ts';
import { machineTitle } from '../../../shared/api/machine.ts';
import type { PlannedStep } from '../../../shared/api/plan.ts';
import type { Verdict } from '../../../shared/api/run.ts';
import { shownText } from '../../../shared/api/shown-text.ts';
import type { Transcript } from '../../../shared/api/transcript.ts';
import { editedWords } from './edited-words.ts';
import { cell, inLine, plain, plainCell } from './markdown-text.ts';

export function toMarkdown({ run, entries, screens }: Transcript): string {
  const band = run.rehearsal ? ['> **Rehearsal.** This ran in the lab; no real machine was touched.', ''] : [];
  const parts = [
    `# ${plain(run.topicTitle)}: transcript of run ${run.runId}`,
    '',
    ...band,
    `| | |`,
    `|---|---|`,
    `| Target | ${plainCell(run.targetLabel)} |`,
    ...(run.targetFacts && !run.machines ? [`| System | ${plainCell(factsText(run.targetFacts))} |`] : []),
    ...(run.machines ?? []).map(({ title, label, facts }) => `| ${plainCell(title)} | ${plainCell(facts ? `${label}: ${factsText(facts)}` : label)} |`),
    `| Started | ${run.createdAt} |`,
    `| Ended | ${run.endedAt ?? 'not yet'} |`,
    `| Outcome | ${plainCell(run.says)} |`,
    ...run.facts.map((fact) => `| ${plainCell(fact.title)} | \`${cell(fact.value)}\` |`),
    ...Object.entries(run.parameters).map(([name, value]) => `| Parameter ${plainCell(name)} | \`${cell(String(value))}\` |`),
    '',
    '## Steps',
    '',
  ];
  for (const step of run.plan) {
    const state = run.steps.find((candidate) => candidate.id === step.id);
    parts.push(
      `### ${step.number}. ${plain(step.title)}`,
      '',
      `Status: **${state?.status ?? 'pending'}**${state?.skipReason ? `, skipped because: ${plain(state.skipReason)}` : ''}. Danger: ${dangerLabels[stepDanger(step)]}. ${plain(step.intro)}`,
      '',
    );
    const machine = machineTitle(run, step);
    if (machine !== null) parts.push(`On: **${plain(machine)}**`, '');
    if (step.irreversible) parts.push(`Cannot be undone: ${plain(step.irreversible)}`, '');
    if (step.instructions.length > 0) parts.push('Done by hand:', '', ...step.instructions.map((text, at) => `${at + 1}. ${inLine(text)}`), '');
    for (const card of step.cards) parts.push(...cardParts(card));
    if (step.beforeScript) parts.push('Reads first:', '', fenced(step.beforeScript, 'sh'), '');
    if (step.script) parts.push(fenced(step.script, 'sh'), '');
    if (step.edit) parts.push(plain(editedWords(step.edit.file, state?.edit ?? null)), '', ...(state?.edit ? [fenced(state.edit.diff, 'diff'), ''] : []));
    if (step.afterwardsScript) parts.push('Then runs:', '', fenced(step.afterwardsScript, 'sh'), '');
    if (step.verifyScript) parts.push('Proved by:', '', fenced(step.verifyScript, 'sh'), '');
    if (step.undoneScript && step.undoneScript !== step.verifyScript) parts.push('Its undo is proved by:', '', fenced(step.undoneScript, 'sh'), '');
    const shown = screens[step.id];
    if (shown) parts.push('The terminal showed:', '', fenced(shown, ''), '');
    if (state && state.verdicts.length > 0) parts.push(...state.verdicts.map(verdictLine), '');
  }
  parts.push('## Record', '', ...entries.map((entry) => `- ${entry.at} ${plain(entry.text.replaceAll('\n', ' '))}`), '');
  return shownText(parts.join('\n'));
}

/** Lines that were to be typed elsewhere. */
function cardParts({ title, file, note, lines }: PlannedStep['cards'][number]): string[] {
  return [`**${inLine(file ? `${title} (${file})` : title)}**`, '', ...(note ? [inLine(note), ''] : []), fenced(lines.join('\n'), ''), ''];
}

const verdictLine = (verdict: Verdict) =>
  `- **${verdict.kind}**${verdict.line ? ` \`${verdict.line.replaceAll('`', "'")}\`` : ''}: ${plain(verdict.means)}${verdict.next ? ` Next: ${plain(verdict.next)}` : ''}`;

/** A code block whose fence is longer than any run of backticks inside. */
function fenced(text: string, language: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map((match) => match[0].length));
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}
