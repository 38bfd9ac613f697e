/** Procedures compiled with the values of their rehearsal, for tests. */
import { readFileSync } from 'node:fs';
import type { Topic } from '../../../../shared/topic-kit/index.ts';
import { rehearsalValues } from './compilable-topics.ts';
import { type Compiled, type CompileRequest, compileTopic } from './compile-topic.ts';
import { allAnswered, fleetPlan } from './fleet-plan.ts';

export const filters = (): string => readFileSync('assets/fleet/role_rules.py', 'utf8');

/** With everything answered that can be answered before. */
export function compiled(topic: Topic, { values = rehearsalValues(topic), rules = '', ...more }: Partial<CompileRequest> & { rules?: string } = {}): Compiled {
  const planned = fleetPlan(topic, values);
  if ('obstacles' in planned) return planned;
  return compileTopic({ topic, ...planned, values, resolved: allAnswered(planned.plan), programs: { rules, filters: filters() }, ...more });
}
