/** Ways out when a stick is not the one, or is not free. In a rehearsal the lab's `lab-stick-hand` does what the admin's hands would. */
import { sh } from '../script.ts';
import type { Remedy } from '../step.ts';

export const stickRemedies: readonly Remedy[] = [
  {
    id: 'put-back',
    title: 'Put the chosen stick in',
    explanation:
      'Take out what is in the socket now, put in the stick that was chosen, and wait until the system has seen it. Use a socket of the machine, no hub.',
    danger: 'changes',
    lab: sh`lab-stick-hand put-back`,
    afterwards: 'retry',
  },
  {
    id: 'unmount',
    title: 'Unmount the stick',
    explanation: 'Close what is open on it, and unmount it in the file manager (not: eject). Look first whether it is the stick you mean.',
    danger: 'changes',
    lab: sh`lab-stick-hand unmount`,
    afterwards: 'retry',
  },
];
