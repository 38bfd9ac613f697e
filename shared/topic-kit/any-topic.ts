/** The two kinds of topic: a procedure has steps that are run somewhere, a calculator has numbers. */
import type { Calculator } from './calculator.ts';
import type { Topic } from './topic.ts';

export type AnyTopic = Topic | Calculator;
export const isProcedure = (topic: AnyTopic): topic is Topic => topic.kind === 'procedure';
export const isCalculator = (topic: AnyTopic): topic is Calculator => topic.kind === 'calculator';
