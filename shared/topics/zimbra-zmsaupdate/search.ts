/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'zimbra zmsaupdate zmsa* sa-update spamassassin | spam* antispam anti-spam sa-update zmsaupdate allowplugins reallyallowplugins spamregel* antispam_enable* rules-out rules-never',
    'zmsaupdate allowplugins reallyallowplugins | *',
    'antispam_enable_rule_updates | *',
    'zimbra | cron | mail message daily each-day error every-day',
  ],
  asked: [
    'daily cron mail from zimbra about zmsaupdate',
    'spamassassin rules on zimbra never refresh',
    'sa-update dangerous option allowplugins',
    'zmsaupdate: Error code downloading update: 2',
    'zimbra 8.8.15 patch broke spam updates',
    'antispam_enable_rule_updates true but nothing updated',
    'Zimbra Spamregeln Fehler 2',
    'cron: specify --reallyallowplugins to allow activating plugins',
    'zimbra anti spam rules out of date',
    'zmsaupdate error 2',
    'Security warning: dangerous option --allowplugins used',
    'root mailbox gets a message from zimbra cron each day',
    'sa-update with zimbra 8.8.15 p20 fails',
    'fix zmsaupdate script',
    'spam detection poor since zimbra stopped updating spamassassin rules',
    'zimbra sa-update exit code 2',
  ],
  nearMisses: ['mail ends up in the spam folder of Gmail', 'Zimbra user cannot change the signature', 'sa-update: updates complete'],
};
