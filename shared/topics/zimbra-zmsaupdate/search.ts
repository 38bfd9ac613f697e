/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'zimbra zmsaupdate zmsa* sa-update | spam* antispam anti-spam sa-update zmsaupdate allowplugins reallyallowplugins spamregel* antispam_enable* rules-out rules-never',
    'zmsaupdate allowplugins reallyallowplugins | *',
    'antispam_enable_rule_updates | *',
    'zimbra | cron | mail message daily each-day error every-day',
    'spamassassin | zimbra sa-update',
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
    'zmsaupdate error code 2',
    'zimbra sa-update allowplugins option',
    'Every night cron of zimbra mails that spamassassin rules could not be fetched, since patch of 8.8.15',
    'More spam than before, I found the SA rule set in /opt/zimbra/data/spamassassin is half a year old, updater script exits nonzero',
    "Can I edit /opt/zimbra/libexec/zmsaupdate to drop the switch that sa-update doesn't know any more",
    "sa-update by hand is OK but zimbra's own wrapper for it isn't, exit status 2",
    'Mar  3 00:45:02 mail zmsaupdate[21877]: zmsaupdate: Error code downloading update: 2',
    'Zimbra : les règles SpamAssassin ne se mettent plus à jour, zmsaupdate renvoie 2',
  ],
  nearMisses: [
    'mail ends up in the spam folder of Gmail',
    'Zimbra user cannot change the signature',
    'sa-update: updates complete',
    'SpamAssassin marks invoices as spam',
  ],
};
