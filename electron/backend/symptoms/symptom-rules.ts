/** The symptoms of all topics as rules: each with its pattern, and the literals by which a long log is searched for it. */
import type { Symptom } from '../../../shared/topic-kit/index.ts';
import { literalsOf } from './pattern-literals.ts';

export interface SymptomRule {
  topicId: string;
  symptom: Symptom;
  /** In lower case; one of them is in every text that its pattern fits. Null where there are none. */
  literals: readonly string[] | null;
  /** All of them are rare: it is looked for in logs. Else its words are those of people, and it is looked for in what somebody typed or pasted. */
  inLogs: boolean;
}

export const symptomRules = (topics: readonly { id: string; symptoms: readonly Symptom[] }[]): SymptomRule[] =>
  topics.flatMap(({ id, symptoms }) =>
    symptoms.map((symptom) => {
      const literals = literalsOf(symptom.pattern, 1);
      return { topicId: id, symptom, literals, inLogs: literals?.every(isRare) ?? false };
    }),
  );

/** A code, or so long that it is not in every other line. */
const isRare = (literal: string) => literal.length >= 8 || (literal.length >= 6 && /[^a-z ]/.test(literal));
