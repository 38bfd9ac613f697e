/** How to fix this when a stick is not the one, or is not free. In a rehearsal the lab's `lab-stick-hand` does what the admin's hands would. */
import { sh } from '../script.ts';
import type { Remedy } from '../step.ts';

export const stickRemedies: readonly Remedy[] = [
  {
    id: 'put-back',
    title: 'Plug in the chosen stick',
    explanation: 'Unplug what is there now, plug in the chosen stick, and wait until the system has detected it. Use a port of the machine, not a hub.',
    danger: 'changes',
    lab: sh`lab-stick-hand put-back`,
    afterwards: 'retry',
  },
  {
    id: 'unmount',
    title: 'Unmount the stick',
    explanation: 'Close what is open on it, and unmount it in the file manager (not: eject). First check that it is the stick you mean.',
    danger: 'changes',
    lab: sh`lab-stick-hand unmount`,
    afterwards: 'retry',
  },
];
