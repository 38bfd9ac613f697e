/** Looks for symptoms in a text that somebody pasted or typed: all of them, also in sentences that a console has wrapped. Pure. */
import { hitsOf, matchedLines } from '../../../shared/topic-kit/index.ts';
import { plainText } from '../sessions/terminal-text.ts';
import { FoundSymptoms, type FoundTopic } from './found-symptoms.ts';
import { journalMessage } from './journal-line.ts';
import type { SymptomRule } from './symptom-rules.ts';

export function symptomsIn(text: string, rules: readonly SymptomRule[]): FoundTopic[] {
  const lines = matchedLines(plainText(text.split('\n').map(journalMessage).join('\n')));
  const found = new FoundSymptoms();
  // A console breaks its lines between words, and in the last column.
  const joined = [' ', ''].map((between) => lines.join(between).toLowerCase());
  const mayFit = ({ literals }: SymptomRule) => literals === null || joined.some((whole) => literals.some((literal) => whole.includes(literal)));
  for (const rule of rules.filter(mayFit))
    for (const hit of hitsOf(rule.symptom.pattern, lines)) found.note(rule, hit.text, rule.symptom.pattern.exec(hit.text)?.groups);
  return found.best();
}
