/** How the four levels of danger are named. The word is always shown: colour and icon only repeat it. */
import { dangerLabels } from '../../shared/api/danger.ts';
import type { DangerLevel } from '../../shared/api/topic.ts';

const words: Record<DangerLevel, { label: string; meaning: string; color: string }> = {
  reads: { label: dangerLabels.reads, meaning: 'Checks things and changes nothing.', color: 'var(--wb-reads)' },
  changes: { label: dangerLabels.changes, meaning: 'Changes something that can be undone.', color: 'var(--wb-changes)' },
  destructive: {
    label: dangerLabels.destructive,
    meaning: 'Overwrites or removes something; getting it back takes a copy or work.',
    color: 'var(--wb-destructive)',
  },
  irreversible: { label: dangerLabels.irreversible, meaning: 'Cannot be undone once it has run.', color: 'var(--wb-irreversible)' },
};

export const dangerWords = (level: DangerLevel) => words[level];
