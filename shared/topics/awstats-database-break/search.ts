/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'awstats | day days daily hour hourly databasebreak never-updated tages* stunden* jour heure diari* hora* selector select period drop-down dropdown menu nie jamais nunca break every-day',
    'databasebreak | *',
  ],
  asked: [
    'awstats daily stats show nothing, only month works',
    'how to get hourly reports in AWStats',
    'picked Day in the report period menu of awstats and got "Never updated"',
    'awstats cron runs every night yet the day view says never updated',
    'databasebreak=hour gives an empty page',
    'want to hide the daily/hourly selector in awstats',
    'AWStats: Tagesstatistik bleibt leer',
    'awstats.pl -databasebreak=day -update in cron',
    'the day drop-down in AWStats leads to an empty report',
    'awstats monthly is fine but hourly says never updated',
    'update awstats for every day and hour',
    "Last Update: Never updated (See 'Build/Update' on awstats_setup.html page)",
    'remove the period selector from the awstats frame',
    'awstats databasebreak how to',
    'why are there no daily database files in /var/lib/awstats',
    'Awstats Stundenansicht nie aktualisiert',
    'awstats databasebreak=day empty',
    'awstats hourly report never updated',
    'In the AWStats frame there is a drop-down with Year Month Day Hour but if I choose Day it says never updated',
    'What cron line do i need so awstats.pl builds per-day data files and not only the one for the month',
    'how to remove the selection of day and hour at top of the awstats cgi page, users click it and see zeros',
    'I want to see visitors of one certain date in awstats 7.8, the monthly page has data but -databasebreak shows nothing',
    '192.168.3.9 - admin [12/Nov/2021:09:14:55 +0100] "GET /cgi-bin/awstats.pl?config=www&year=2021&month=11&day=12&databasebreak=day HTTP/1.1" 200 8122',
    'AWStats Tagesansicht und Stundenansicht leer, Monat geht',
  ],
  nearMisses: ['awstats counts bots as people', 'awstats shows the wrong country', 'awstats.pl?config=www answers 200'],
};
