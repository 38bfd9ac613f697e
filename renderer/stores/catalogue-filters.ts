/** Which topics the catalogue's filters leave. Pure. */
import type { DangerLevel, SystemKind, TopicSummary } from '../../shared/api/topic.ts';
import { inOrder } from '../words/in-order.ts';

export interface CatalogueFilters {
  /** Empty: every one. */
  category: string;
  system: SystemKind | '';
  /** `calculates`: nothing is run at all. */
  danger: DangerLevel | 'calculates' | '';
  /** At most as many minutes; `long`: more than an hour. */
  time: '15' | '60' | 'long' | '';
  /** Only those that fit a target of the book. */
  fits: boolean;
}
export const noFilters: CatalogueFilters = { category: '', system: '', danger: '', time: '', fits: false };
export const isFiltered = (filters: CatalogueFilters): boolean => Object.values(filters).some(Boolean);

/** By topic: the ids of targets that it fits. */
export type Fitting = ReadonlyMap<string, readonly string[]>;

/** Without the category, which is counted over what the others leave. */
export function passes(topic: TopicSummary, { system, danger, time, fits }: CatalogueFilters, fitting: Fitting): boolean {
  const runs = topic.kind === 'procedure' ? topic : null;
  if (system && !topic.systems.includes(system)) return false;
  if (danger && danger !== (runs?.risk.level ?? 'calculates')) return false;
  if (time && runs && (time === 'long' ? runs.minutes <= 60 : runs.minutes > Number(time))) return false;
  // It runs nowhere, so it needs no machine and takes no time.
  if (time === 'long' && !runs) return false;
  return !fits || (fitting.get(topic.id)?.length ?? 0) > 0;
}

/** Every category of the catalogue, with how many of these are in it. */
export function categoryCounts(all: readonly TopicSummary[], left: readonly TopicSummary[]): { category: string; count: number }[] {
  const categories = [...new Set(all.map(({ category }) => category))].sort(inOrder);
  return categories.map((category) => ({ category, count: left.filter((topic) => topic.category === category).length }));
}
