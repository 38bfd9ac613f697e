import type { CommandStep } from '../../topic-kit/index.ts';

export type Command = CommandStep;
export const runsOn = 'this machine';
