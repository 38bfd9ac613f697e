/** How to fix this of failures. In a rehearsal, `lab` does what the admin's hands would. */
import { type Remedy, sh } from '../../topic-kit/index.ts';

export const remedies: readonly Remedy[] = [
  {
    id: 'update',
    title: 'Bring Snow Leopard up to date',
    explanation: 'Let Software Update install 10.6.8, restart, and check again.',
    danger: 'changes',
    lab: sh`lab-mac-hand update`,
    afterwards: 'retry',
  },
  {
    id: 'get-server-app',
    title: 'Get the Server app as well',
    explanation: 'In the App Store it is a separate item, "OS X Lion Server", and has to be bought while signed in with the same Apple ID.',
    danger: 'changes',
    lab: sh`lab-mac-hand get-server-app`,
    afterwards: 'retry',
  },
  {
    id: 'copy-again',
    title: 'Copy both apps again',
    explanation: 'Copy Install Mac OS X Lion and Server from Applications of volume A to Applications of volume B, and wait for the end of both.',
    danger: 'changes',
    lab: sh`lab-mac-hand copy-again`,
    afterwards: 'retry',
  },
  {
    id: 'server-afterwards',
    title: 'Make it a server now',
    explanation:
      'Start from volume A, and open the Server app in Applications of volume B: it makes a server of a client. The migration from a server is then in its menu.',
    danger: 'changes',
    lab: sh`lab-mac-hand server-afterwards`,
    afterwards: 'retry',
  },
];
