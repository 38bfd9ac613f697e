/** How to fix this of failures. In a rehearsal, `lab` does what the admin's hands would. */
import { type Remedy, sh, stickRemedies } from '../../topic-kit/index.ts';

export const remedies: readonly Remedy[] = [
  {
    id: 'rename',
    title: 'Rename it',
    explanation: 'Give it a name that FAT32 can hold, in the folder itself. Something else may look for it by its old name.',
    danger: 'changes',
    lab: sh`lab-stick-hand rename`,
    afterwards: 'retry',
  },
  ...stickRemedies,
];
