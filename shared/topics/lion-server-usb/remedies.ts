/** How to fix this of failures. In a rehearsal, `lab` does what the admin's hands would. */
import { type Remedy, sh, stickRemedies } from '../../topic-kit/index.ts';
import { getLion } from './preparation-steps.ts';

export const remedies: readonly Remedy[] = [
  {
    id: 'load-again',
    title: 'Download the app again',
    explanation: `${getLion} If you bought Lion, it is also in the App Store under Purchases, with the Option key held. Do not run the app when it opens: it removes itself afterwards.`,
    danger: 'changes',
    lab: sh`lab-lion-hand load-again`,
    afterwards: 'retry',
  },
  {
    id: 'other-catalogue',
    title: 'Save a catalogue that fits',
    explanation: 'Save the text of Apple’s catalogue for Lion, or of your own update server, under the same name.',
    danger: 'changes',
    lab: sh`lab-lion-hand other-catalogue`,
    afterwards: 'retry',
  },
  {
    id: 'bring-package',
    title: 'Provide the package yourself',
    explanation: 'Put ServerEssentials.pkg of the same build into the folder for it, from an update server’s store or a backup.',
    danger: 'changes',
    lab: sh`lab-lion-hand bring-package`,
    afterwards: 'retry',
  },
  ...stickRemedies,
];
