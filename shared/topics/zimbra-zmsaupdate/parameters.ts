/** What is asked of the admin. */
import { z } from 'zod';
import { field } from '../../topic-kit/index.ts';

export const parameters = z.object({
  update: field(z.enum(['now', 'cron']).default('now'), {
    label: 'Update the rules',
    help: 'If there are new rules, amavis is restarted, and mail waits for some seconds.',
    control: 'choice',
    choices: [
      { value: 'now', label: 'Now, at the end of the run' },
      { value: 'cron', label: 'Tonight: cron does it' },
    ],
  }),
});
export type Parameters = z.output<typeof parameters>;
