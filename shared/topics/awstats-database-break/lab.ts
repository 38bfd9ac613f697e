/** The rehearsal: AWStats 7.8 whose page offers three kinds of views, of which cron makes one. */
import type { Lab, LabFile } from '../../topic-kit/index.ts';

const program = (version: string, more = '') => `#!/usr/bin/perl
$VERSION  = "${version} (build $REVISION)";
sub HTMLTopBanner {
		if ( $ENV{'GATEWAY_INTERFACE'} || !$StaticLinks ) {
			print "<select class=\\"aws_formfield\\" name=\\"databasebreak\\">\\n";
			print "<option"
			  . ( $DatabaseBreak eq "month" ? " selected=\\"selected\\"" : "" )
			  . " value=\\"month\\">Monthly</option>\\n";
${more}			print "<option"
			  . ( $DatabaseBreak eq "day" ? " selected=\\"selected\\"" : "" )
			  . " value=\\"day\\">Daily</option>\\n";
			print "<option"
			  . ( $DatabaseBreak eq "hour" ? " selected=\\"selected\\"" : "" )
			  . " value=\\"hour\\">Hourly</option>\\n";
			print "</select>\\n";

			print "<select class=\\"aws_formfield\\" name=\\"month\\">\\n";
			print "</select>\\n";
		}
}
`;
const history = (lastLine: string) =>
  `AWSTATS DATA FILE 7.8 (build 20200416)\nLastLine ${lastLine} 240 22466 5166798477367\nLastUpdate 20261128101112 240 0 240 0 0\n`;
const files = (failure: string | null): LabFile[] => [
  { path: 'plays', content: `${failure ?? ''}\n` },
  {
    path: 'awstats.state',
    content: `readable=${failure === 'no-log' ? 'no' : 'yes'}\nvisits=${failure === 'rotated' ? 'no' : 'yes'}\nfree=${failure === 'no-room' ? '20000' : '9000000'}\n`,
  },
  {
    path: 'root/usr/lib/cgi-bin/awstats.pl',
    content: program(failure === 'too-old' ? '7.7' : '7.8', failure === 'changed' ? '\t\t\tprint "<b>ours</b>" if our_own();\n' : ''),
  },
  { path: 'root/etc/awstats/awstats.www.conf', content: 'LogFile="/var/log/apache2/access.log"\nDirData="/var/lib/awstats"\n' },
  { path: 'root/etc/cron.d/awstats', content: '*/10 * * * * www-data /usr/share/awstats/tools/update.sh\n' },
  { path: 'root/etc/logrotate.d/httpd-prerotate/awstats', content: '#!/bin/sh\nsu -s /bin/sh -c /usr/share/awstats/tools/update.sh www-data\n' },
  { path: 'root/usr/local/sbin/.keep', content: '' },
  { path: 'root/var/lib/awstats/awstats102026.www.txt', content: history('20261031235900') },
  { path: 'root/var/lib/awstats/awstats112026.www.txt', content: history('20261128100000') },
];

export const lab: Lab = {
  scenario: 'A web server with AWStats 7.8, whose cron job makes monthly statistics only',
  failures: [
    {
      id: 'too-old',
      title: 'AWStats is older than 7.8',
      story: 'Its page does not offer these views. Nothing is changed.',
      stopsAt: { step: 'look', rule: 'too-old' },
      wayOut: 'undo',
    },
    {
      id: 'no-room',
      title: 'No room for the files',
      story: 'The disk is nearly full. The files of a year would not fit.',
      stopsAt: { step: 'look', rule: 'no-room' },
      wayOut: 'undo',
      inWay: null,
    },
    {
      id: 'no-log',
      title: 'The user can’t read the log',
      story: 'The monthly statistics were made by root until now. The web page’s user may not read the log.',
      stopsAt: { step: 'update', rule: 'no-log' },
      wayOut: 'remedy',
      inWay: null,
    },
    {
      id: 'rotated',
      title: 'The log was just rotated',
      story: 'The new log is empty, so no file is made. Earlier days need the old logs.',
      stopsAt: { step: 'update', rule: 'day-files', also: ['hour-files'] },
      wayOut: 'remedy',
      inWay: null,
    },
    {
      id: 'changed',
      title: 'awstats.pl was changed by hand',
      story: 'Somebody has added a line of their own between the options. The program is left to a person.',
      stopsAt: { step: 'remove', rule: 'other-form' },
      wayOut: 'undo',
      inWay: 'remove',
    },
  ],
  facts: {},
  ways: { remove: { way: 'remove' } },
  files,
};
