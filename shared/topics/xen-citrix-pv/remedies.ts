/** How to fix this of failures. In a rehearsal, `lab` does what the admin's hands would. */
import { type Remedy, sh } from '../../topic-kit/index.ts';

export const remedies: readonly Remedy[] = [
  {
    id: 'take-out-again',
    title: 'Take the nodes out again',
    explanation:
      'For each domain whose line shows one of them: xenstore-rm /local/domain/0/backend/console/ID and …/vfb/ID. Windows then continues. For the next boot, start a new run with more seconds.',
    danger: 'changes',
    lab: sh`lab-xen-hand take-out`,
    afterwards: 'retry',
  },
  {
    id: 'cut-off',
    title: 'Cut the domain off',
    explanation:
      'Like pulling the plug: "xm destroy NAME" or "xl destroy NAME". What Windows has not written yet is lost; one that hangs at its start has nothing to write.',
    danger: 'changes',
    lab: sh`lab-xen-hand cut-off`,
    afterwards: 'retry',
  },
];
