/** How to fix failures. In a rehearsal, `lab` does what hands would. */
import { type Remedy, sh } from '../../topic-kit/index.ts';
import { user } from './parameters.ts';
import { findContent, serverTools } from './reading.ts';

export const remedies: readonly Remedy[] = [
  {
    id: 'owner',
    title: 'Repair the owner of the content',
    explanation: `Gives everything below content back to ${user}. Modes stay.`,
    danger: 'changes',
    needsRoot: true,
    script: () => sh`${findContent}
[ -n "$content" ] && chown -R ${user} "$content" && echo 'owner repaired'`,
    matchers: [
      {
        kind: 'expected',
        id: 'done',
        pattern: /^owner repaired$/,
        means: 'The owner is right again.',
        missing: 'The owner could not be repaired.',
        next: 'Read what chown says.',
      },
    ],
    afterwards: 'retry',
  },
  {
    id: 'start',
    title: 'Start the service',
    explanation: 'Starts Software Update with serveradmin.',
    danger: 'changes',
    needsRoot: true,
    script: () => sh`${serverTools}
serveradmin start swupdate`,
    matchers: [
      {
        kind: 'expected',
        id: 'running',
        pattern: /^swupdate:state = "RUNNING"$/,
        means: 'The service runs.',
        missing: 'The service does not run.',
        next: 'Read its log.',
      },
    ],
    afterwards: 'retry',
  },
  {
    id: 'rename-old',
    title: 'Rename the older catalogues',
    explanation: 'Rename catalogs.old below content, or delete it if nobody needs it.',
    danger: 'changes',
    lab: sh`lab-sus-hand rename-old`,
    afterwards: 'retry',
  },
];
