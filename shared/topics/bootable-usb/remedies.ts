/** Ways out of failures. In a rehearsal, `lab` does what the admin's hands would. */
import { type Remedy, sh } from '../../topic-kit/index.ts';

export const remedies: readonly Remedy[] = [
  {
    id: 'rename',
    title: 'Rename it',
    explanation: 'Give it a name that FAT32 can hold, in the folder itself. Mind that others may look for it by its old name.',
    danger: 'changes',
    lab: sh`lab-stick-hand rename`,
    afterwards: 'retry',
  },
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
