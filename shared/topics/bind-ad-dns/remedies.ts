/** How to fix this of failures. In a rehearsal, `lab` does what the admin's hands would. */
import { type Remedy, sh } from '../../topic-kit/index.ts';

export const remedies: readonly Remedy[] = [
  {
    id: 'start-bind',
    title: 'Start BIND',
    explanation: 'On the DNS server: systemctl start named (Debian 10 and older: bind9).',
    danger: 'changes',
    lab: sh`lab-dns-hand start-bind`,
    afterwards: 'retry',
  },
  {
    id: 'start-controller',
    title: 'Make the controller answer',
    explanation: 'Start the DNS service on the controller, and allow BIND’s address in its packet filter: UDP and TCP 53.',
    danger: 'changes',
    lab: sh`lab-dns-hand start-controller`,
    afterwards: 'retry',
  },
  {
    id: 'repair-zone',
    title: 'Fix the file',
    explanation: 'Edit the line that named-checkzone names. BIND still serves what it loaded last.',
    danger: 'changes',
    lab: sh`lab-dns-hand repair-zone`,
    afterwards: 'retry',
  },
  {
    id: 'thaw',
    title: 'Let updates through again',
    explanation: 'When whoever holds them is done: rndc thaw, with the name of the zone.',
    danger: 'changes',
    lab: sh`lab-dns-hand thaw`,
    afterwards: 'retry',
  },
];
