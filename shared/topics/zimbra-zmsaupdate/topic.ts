/** zmsaupdate of Zimbra 8.8.15 ends with 2, as sa-update refuses --allowplugins. */
import { defineTopic, inOrder } from '../../topic-kit/index.ts';
import { lab } from './lab.ts';
import { parameters } from './parameters.ts';
import { pictures } from './pictures.ts';
import { probe } from './probe.ts';
import { search } from './search.ts';
import { remedies, steps } from './steps.ts';

export const topic = defineTopic({
  id: 'zimbra-zmsaupdate',
  version: 1,
  title: 'Zimbra: zmsaupdate ends with error 2',
  summary:
    'Not needed with a later patch, which has a repaired script. Takes an option out of Zimbra’s script that the newer sa-update refuses, so that anti-spam rules are updated again.',
  category: 'Web, mail & monitoring',
  platforms: ['Zimbra 8.8.15'],
  risk: { level: 'changes', text: 'Changes one line of one script. The update itself may restart amavis.' },
  minutes: 5,
  fixes: ['A daily mail "zmsaupdate: Error code downloading update: 2".', 'Anti-spam rules that are as old as Patch 20 or 21 of Zimbra 8.8.15.'],
  needs: ['Root on the MTA node of Zimbra.'],
  cannotUndo: ['New rules, and a restart of amavis.'],
  corrections: [
    'The source says that sa-update no longer accepts --allowplugins. It does, with another option beside it; without that it ends with 2. The other option, --reallyallowplugins, is not the fix: it lets downloaded rules run code.',
    'Zimbra has repaired the script on 2022-01-14 (ZBUG-2358): there the localconfig key antispam_saupdate_reallyallowplugins decides, and is not true by default. Uncertain: in which patch it came. Such a script is recognised and left alone.',
    'The next patch of zimbra-core overwrites the script. If it fails again then, check again.',
    'Only code 2 is this trouble. 3 is one channel, 4 and more the network or a mirror. 2 is also what sa-update says if a rule of your own does not pass its check.',
    'Carbonio, a fork, uses --reallyallowplugins. Do not copy that.',
    'Uncertain: where Zimbra keeps the downloaded rules. "sa-update -D" names the folder.',
  ],
  sources: ['Notes on zmsaupdate in Zimbra 8.8 Patch 20 and 21', 'sa-update(1) of SpamAssassin 4.0.1', 'Zimbra: zm-core-utils, ZBUG-2358'],
  search,
  symptoms: [
    { pattern: /zmsaupdate: Error code downloading update: \d/i, text: 'zmsaupdate: Error code downloading update: 2' },
    { pattern: /dangerous option --allowplugins used/i, text: 'Security warning: dangerous option --allowplugins used:' },
    { pattern: /specify --reallyallowplugins/i, text: '- specify --reallyallowplugins to allow activating plugins' },
    { pattern: inOrder(/zimbra/i, /spam/i, /updat/i), text: 'Zimbra’s spam rules are not updated' },
  ],
  alsoCalled: [
    'Zimbra SpamAssassin rules outdated, sa-update exit code 2, zimbra cron mail every day',
    'zmsaupdate --allowplugins, antispam_enable_rule_updates, Patch 20, Patch 21',
    'Zimbra: Spam-Regeln werden nicht aktualisiert, tägliche Fehlermail von cron',
    'Zimbra : les règles antispam ne sont plus mises à jour',
    'Zimbra: las reglas antispam no se actualizan',
  ],
  parameters,
  labDefaults: {},
  steps: (values) => steps(values),
  remedies,
  probe,
  pictures,
  targets: ['local', 'ssh'],
  systems: { oneOf: [{ os: 'linux' }], tools: [{ name: 'perl', package: 'perl' }] },
  lab,
});
