/** What is offered where a step fails. */
import { type Remedy, sh } from '../../topic-kit/index.ts';

export const remedies: readonly Remedy[] = [
  {
    id: 'try-again',
    title: 'Type the password again',
    explanation: 'Check it where you surely can log in. kinit then asks for it again.',
    danger: 'reads',
    lab: sh`lab-mac-hand right-password`,
    afterwards: 'retry',
  },
  {
    id: 'clock',
    title: 'Set the clock',
    explanation: 'System Settings, Date & Time, or "sudo sntp -sS DC". Then kinit is run again.',
    danger: 'changes',
    lab: sh`lab-mac-hand clock`,
    afterwards: 'retry',
  },
  {
    id: 'close-files',
    title: 'Close the files',
    explanation: 'Close what is open on the share. Then it is ejected again.',
    danger: 'changes',
    lab: sh`lab-mac-hand close-files`,
    afterwards: 'retry',
  },
  {
    id: 'make-default',
    title: 'Make your ticket the default',
    explanation: 'Type "kswitch -p ACCOUNT@REALM". Then the server is asked again.',
    danger: 'changes',
    lab: sh`lab-mac-hand make-default`,
    afterwards: 'retry',
  },
];
