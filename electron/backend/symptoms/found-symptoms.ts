/** What was found of the topics' symptoms. Pure. */
import type { SymptomRule } from './symptom-rules.ts';

export interface FoundTopic {
  topicId: string;
  /** Its symptoms that are there, as phrases. */
  because: string;
  /** Values in the text that fill fields of its form. */
  captured: Record<string, string>;
  /** The first line with one of them, as it can be read. */
  line: string;
  /** How many lines have one. */
  count: number;
}

/** Longer values are no value of a form. */
const longestCaptured = 200;

export class FoundSymptoms {
  private readonly topics = new Map<string, { symptoms: Set<string>; captured: Record<string, string>; line: string; count: number }>();

  /** A line that the rule's pattern fits. What was captured first is kept. */
  note({ topicId, symptom }: SymptomRule, line: string, groups: Readonly<Record<string, string | undefined>> = {}): void {
    const found = this.topics.get(topicId) ?? { symptoms: new Set(), captured: {}, line: line.trim(), count: 0 };
    this.topics.set(topicId, found);
    found.symptoms.add(symptom.text);
    found.count += 1;
    for (const [name, value] of Object.entries(groups))
      if (value !== undefined && value !== '' && value.length <= longestCaptured) found.captured[name] ??= value;
  }

  /** The topic with the most symptoms first; among equals the one whose symptoms are in more lines. */
  best(): FoundTopic[] {
    return [...this.topics]
      .sort(([, a], [, b]) => b.symptoms.size - a.symptoms.size || b.count - a.count)
      .map(([topicId, { symptoms, ...found }]) => ({ topicId, because: [...symptoms].join('; '), ...found }));
  }
}
