/** What is asked of the admin. */
import { z } from 'zod';
import { absolutePath, field } from '../../topic-kit/index.ts';

export const parameters = z.object({
  way: field(z.enum(['update', 'remove']).default('update'), {
    label: 'What to do',
    help: 'Daily and hourly statistics cost many files and more time for each update. If nobody needs them, take the choice out of the page.',
    control: 'choice',
    choices: [
      { value: 'update', label: 'Make the daily and hourly statistics' },
      { value: 'remove', label: 'Take the choice out of the page: awstats.pl' },
    ],
  }),
  breaks: field(z.enum(['both', 'day']).default('both'), {
    label: 'Which ones',
    help: 'Hourly statistics are up to 8,760 files a year. Without them the choice “Hourly” stays empty.',
    control: 'choice',
    choices: [
      { value: 'both', label: 'Daily and hourly' },
      { value: 'day', label: 'Daily only' },
    ],
    when: { way: 'update' },
  }),
  config: field(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,100}$/, 'Give a name such as www.example.org'), {
    label: 'Configuration',
    help: 'NAME in awstats.NAME.conf. The check proposes it if there is only one.',
    control: 'text',
  }),
  script: field(absolutePath.default('/usr/lib/cgi-bin/awstats.pl'), { label: 'awstats.pl', help: 'Debian: /usr/lib/cgi-bin/awstats.pl.', control: 'text' }),
  data: field(absolutePath.default('/var/lib/awstats'), { label: 'Folder of the statistics', help: 'DirData in the configuration.', control: 'text' }),
  user: field(
    z
      .string()
      .regex(/^[a-z_][a-z0-9_-]{0,31}$/, 'Give a user such as www-data')
      .default('www-data'),
    {
      label: 'User of the statistics',
      help: 'Who owns the files there: the user that the web page runs as.',
      control: 'text',
    },
  ),
});
export type Parameters = z.output<typeof parameters>;
export const breaksOf = ({ breaks }: Pick<Parameters, 'breaks'>) => (breaks === 'both' ? (['day', 'hour'] as const) : (['day'] as const));
