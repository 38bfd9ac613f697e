/** What BIND knows of the zone, before anything is changed. */
import { escapeRegExp, file, inOrder, oneOf, type Step, sh } from '../../topic-kit/index.ts';
import { checkConfiguration, configurationRefused } from './configuration.ts';
import type { Parameters } from './parameters.ts';

export const look = ({ domain, zoneFile }: Parameters): Step => {
  const name = escapeRegExp(zoneFile.replace(/^.*\//, ''));
  return {
    kind: 'command',
    id: 'look',
    title: 'Check the zone',
    intro: 'Shows what kind of zone it is, whether BIND takes its file and its configuration as they are, and whether it has forwarders.',
    danger: 'reads',
    runsOn: 'DNS server',
    needsRoot: true,
    // named-checkzone's, the last one: it warns of much that BIND takes.
    statusTells: true,
    script: sh`date +today=%Y%m%d
rndc zonestatus ${domain}
${checkConfiguration}
named-checkconf -p 2> /dev/null | awk '/^[a-z]/ { block = $1 } list { if ($1 != "};") found = 1; list = 0 } (block == "options" || block == "view") && /^\\tforwarders / { list = 1 } END { print "forwarders=" (found ? "yes" : "no") }'
named-checkzone ${domain} ${file(zoneFile)}`,
    matchers: [
      {
        kind: 'failure',
        id: 'no-rndc',
        pattern: /^rndc: (connect failed|connection to remote host closed|neither .* found|.*[Pp]ermission denied)/,
        means: 'rndc does not reach BIND: it does not run, or does not take this key.',
        next: 'Check with "systemctl status named". rndc needs a key: "rndc-confgen -a" makes one.',
        remedies: ['start-bind'],
      },
      {
        kind: 'failure',
        id: 'no-zone',
        pattern: /no matching zone/,
        means: 'BIND has no zone of this name.',
        next: 'Give the name of the zone that BIND serves for the Active Directory domain. If there is none yet, make one first.',
      },
      {
        kind: 'failure',
        id: 'several-views',
        pattern: /was found in multiple views/,
        means: 'BIND has this zone in several views.',
        next: 'This procedure is for a zone in one view. Edit the files by hand, for each view.',
      },
      {
        kind: 'harmless',
        id: 'rndc-failed',
        text: "rndc: 'zonestatus' failed",
        pattern: /^rndc: 'zonestatus' failed/,
        means: 'rndc got no answer about the zone; the reason is next to it.',
      },
      {
        kind: 'failure',
        id: 'not-primary',
        pattern: /^type: (?!primary|master)/,
        means: 'BIND is not the primary server of this zone.',
        next: 'Do this on the primary server.',
      },
      {
        kind: 'failure',
        id: 'frozen',
        pattern: /^frozen: yes$/,
        means: 'Somebody is holding the zone’s updates (rndc freeze), perhaps to edit it.',
        next: 'Find out who. When they are done: rndc thaw, then run the step again.',
        remedies: ['thaw'],
      },
      {
        kind: 'failure',
        id: 'conf-broken',
        pattern: configurationRefused,
        means: 'BIND would reject its configuration as it is now.',
        next: 'Correct what named-checkconf says above, then run the step again.',
      },
      {
        kind: 'failure',
        id: 'zone-broken',
        pattern: oneOf(/not loaded due to errors/, inOrder(/loading from master file /, / failed/)),
        means: 'BIND would reject the zone’s file as it is now.',
        next: 'Correct what named-checkzone says here, then run the step again.',
        remedies: ['repair-zone'],
      },
      {
        kind: 'harmless',
        id: 'zone-line',
        text: '/etc/bind/FILE:LINE: …',
        pattern: /^\S+:\d+: |^dns_master_load: /,
        means: 'This is the place, in the file that is named.',
      },
      {
        kind: 'expected',
        id: 'its-file',
        pattern: new RegExp(`^files: (?:.*[/ ])?${name}(?:,|$)`),
        means: 'BIND has the zone from this file.',
        missing: 'BIND does not have the zone from this file.',
        next: 'The line "files:" says which one it is. Start again with that.',
      },
      {
        kind: 'expected',
        id: 'zone-right',
        pattern: /^OK$/,
        means: 'BIND accepts the file as it is.',
        missing: 'named-checkzone did not confirm the file.',
      },
    ],
    saves: [
      { id: 'today', title: 'Date on the server', pattern: /^today=(\d{8})$/ },
      { id: 'forwarders', title: 'Forwarders', pattern: /^forwarders=(yes|no)$/ },
    ],
  };
};
