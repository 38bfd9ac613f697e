/** AWStats offers daily and hourly views, and says that they were never updated. */
import { defineTopic, inOrder, oneOf } from '../../topic-kit/index.ts';
import { lab } from './lab.ts';
import { parameters } from './parameters.ts';
import { pictures } from './pictures.ts';
import { probe } from './probe.ts';
import { search } from './search.ts';
import { remedies, steps } from './steps.ts';

export const topic = defineTopic({
  id: 'awstats-database-break',
  version: 1,
  title: 'AWStats month, day and hour views',
  summary: 'Makes the statistics for the daily and hourly views that AWStats offers and nothing updates, or takes the choice out of its page.',
  category: 'Services & apps',
  platforms: ['Linux'],
  risk: { level: 'changes', text: 'Adds a cron job and up to 9,125 files a year, or takes eleven lines out of awstats.pl.' },
  minutes: 11,
  fixes: ['AWStats says “Never updated” for Daily and Hourly, while Monthly works.'],
  needs: ['Root on the web server.', 'AWStats 7.8 or newer, with monthly statistics.'],
  cannotUndo: ['If there were daily or hourly files before, none of them is removed.'],
  corrections: [
    'AWStats has had no development since 7.9 (2023). Its author names Matomo as a successor; GoAccess is another one. This procedure is for those who keep it.',
    'The source updates by hand. Here a cron job of its own does that, and the rotation of logs waits for it; Debian’s update.sh belongs to the package and stays as it is.',
    'The source takes the choice out. That is the other way here: the lines are found by what they are, not by their number, and the choice of the month stays.',
    'Only what is in the log now gets statistics. Earlier days need the old logs again, oldest first ("logresolvemerge.pl"), before any newer one: AWStats drops records that are older than its last one.',
    'Each kind reads the log again: three times the work. With EnableLockForUpdate=1 in the configuration, two updates of it never run at once.',
    'The size of the files is uncertain: it grows with the visits of an hour. The smallest file that is there is the measure. AWStats 7.9 was not tried.',
    'AllowToUpdateStatsFromBrowser has nothing to do with it.',
  ],
  sources: ['Notes on AWStats 7.8 and its option databasebreak', 'awstats.pl 7.8, and its changelog', 'Debian’s cron job and update.sh'],
  search,
  symptoms: [
    {
      pattern: /Never updated \(See 'Build\/Update' on awstats_setup\.html page\)/i,
      text: "Last Update: Never updated (See 'Build/Update' on awstats_setup.html page)",
    },
    { pattern: inOrder(/awstats\.pl\?/i, /\bdatabasebreak=(?:day|hour)/i), text: 'awstats.pl?config=www&databasebreak=day' },
    { pattern: inOrder(/\bawstats\b/i, /\b(?:daily|hourly|day|hour|databasebreak)\b/i), text: 'AWStats daily view is empty' },
    { pattern: oneOf(inOrder(/awstats/i, /nie aktualisiert|jamais/i), inOrder(/awstats/i, /nunca/i)), text: 'AWStats: nie aktualisiert' },
  ],
  alsoCalled: [
    'AWStats daily and hourly statistics are missing, databasebreak option',
    'AWStats never updated but the cron job runs',
    'remove the monthly daily hourly select from awstats.pl',
    'AWStats Tagesansicht ist leer, nie aktualisiert',
    'AWStats la vue par jour est vide, jamais mis à jour',
    'AWStats la vista diaria está vacía, nunca actualizado',
  ],
  parameters,
  labDefaults: { config: 'www' },
  steps: (values) => steps(values),
  remedies,
  probe,
  pictures,
  targets: ['local', 'ssh'],
  systems: { oneOf: [{ os: 'linux' }], tools: [{ name: 'perl', package: 'perl' }] },
  lab,
});
