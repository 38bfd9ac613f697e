/** The rehearsal: a Zimbra 8.8.15 whose rule updates have failed since a patch. */
import type { Lab, LabFile } from '../../topic-kit/index.ts';

const script = (failure: string | null) => `#!/usr/bin/perl
# sa-update --allowplugins is called below
my $sa="/opt/zimbra/common/bin/sa-update -v --allowplugins --refreshmirrors >/dev/null 2>&1";
${failure === 'two-lines' ? 'my $again="/opt/zimbra/common/bin/sa-update --allowplugins >/dev/null";\n' : ''}my $restart="/opt/zimbra/bin/zmamavisdctl restart norewrite >/dev/null 2>&1";
`;

const files = (failure: string | null): LabFile[] => [
  { path: 'plays', content: `${failure ?? ''}\n` },
  { path: 'users', content: 'zimbra\n' },
  {
    path: 'zimbra.state',
    content: `refuses=${failure === 'accepts' ? 'no' : 'yes'}\nnetwork=${failure === 'mirror' ? 'no' : 'yes'}\nrules=${failure === 'own-rule' ? 'bad' : 'good'}\n`,
  },
  { path: 'root/opt/zimbra/libexec/zmsaupdate', content: failure === 'later' ? `${script(null)}# antispam_saupdate_reallyallowplugins\n` : script(failure) },
  { path: 'root/opt/zimbra/common/bin/sa-update', content: '# SpamAssassin 3.4.6\n' },
];

export const lab: Lab = {
  scenario: 'A Zimbra 8.8.15 whose anti-spam rules have not been updated since a patch',
  failures: [
    {
      id: 'accepts',
      title: 'sa-update accepts the option',
      story: 'This patch level has an older SpamAssassin. Another cause ends the update, so nothing is changed.',
      stopsAt: { step: 'look', rule: 'refused' },
      wayOut: 'undo',
    },
    {
      id: 'later',
      title: 'A later script',
      story: 'The script decides by a setting whether it uses the option. It is left alone.',
      stopsAt: { step: 'look', rule: 'repaired' },
      wayOut: 'undo',
    },
    {
      id: 'two-lines',
      title: 'Somebody has changed the script',
      story: 'Two lines call sa-update. Which of them is meant is left to a person.',
      stopsAt: { step: 'repair', rule: 'other-script' },
      wayOut: 'undo',
    },
    {
      id: 'own-rule',
      title: 'A rule of your own is broken',
      story: 'sa-update ends with 2 without the option as well: it checks the site’s own rules first. The script is put back until that is fixed.',
      stopsAt: { step: 'repair', rule: 'still-refused' },
      wayOut: 'remedy',
    },
    {
      id: 'mirror',
      title: 'The mirror is not reachable',
      story: 'The option is accepted now, and a firewall drops the download.',
      stopsAt: { step: 'run', rule: 'network' },
      wayOut: 'remedy',
    },
  ],
  facts: {},
  files,
};
