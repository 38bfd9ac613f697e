/** Holds the updates of the zone, and loads what is in the files. */
import { file, type Script, type Step, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';

const dnsServer = 'DNS server';

export const checkZone = ({ domain, zoneFile }: Parameters) => sh`named-checkzone ${domain} ${file(zoneFile)}`;

/** A zone that is frozen is dynamic still, and can't be frozen again. */
const takesUpdates = (domain: string) =>
  sh`rndc zonestatus ${domain} | awk '$0 == "dynamic: yes" { takes = 1 } $0 == "frozen: yes" { frozen = 1 } END { exit !takes || frozen }'`;

/** The first step that changes anything: its way back runs last, when the files are as they were. */
export const hold = ({ domain }: Parameters): Step => ({
  kind: 'command',
  id: 'hold',
  title: 'Hold dynamic updates',
  intro: 'A zone that a DHCP server writes to can’t be edited meanwhile: BIND would overwrite the file. A zone that only you edit needs nothing here.',
  danger: 'changes',
  runsOn: dnsServer,
  needsRoot: true,
  hold: 'Where DHCP or others update the zone, BIND refuses that until the zone is loaded. They try again later.',
  script: sh`if ${takesUpdates(domain)}; then rndc freeze ${domain}; else echo 'There are no dynamic updates to hold.'; fi`,
  matchers: [],
  verify: {
    script: sh`rndc zonestatus ${domain} | grep -E '^(dynamic|frozen): '`,
    matchers: [
      {
        kind: 'expected',
        id: 'held',
        pattern: /^(dynamic: no|frozen: yes)$/,
        means: 'Nothing writes to the file but this run.',
        missing: 'BIND still takes dynamic updates for the zone.',
        next: 'Look into its log, then run the step again.',
      },
    ],
  },
  undo: loadAgain(domain),
});

/** What was cached below the domain is of the time before. */
function loadAgain(domain: string) {
  return sh`rndc reconfig &&
if rndc zonestatus ${domain} | grep -q '^frozen: yes'; then rndc thaw ${domain}; else rndc reload ${domain}; fi &&
rndc flushtree ${domain}`;
}

export const load = (values: Parameters): Step => ({
  kind: 'command',
  id: 'load',
  title: 'Load the zone',
  intro: 'BIND reads its configuration and the zone again. It answers all the time.',
  danger: 'changes',
  runsOn: dnsServer,
  needsRoot: true,
  hold: null,
  script: loadAgain(values.domain),
  matchers: [
    {
      kind: 'failure',
      id: 'not-loaded',
      pattern: /^rndc: .*failed/,
      means: 'BIND did not do it.',
      next: 'Look into its log (journalctl -u named), then run the step again or take the run back.',
    },
  ],
  verify: {
    script: servedSerial(values),
    matchers: [
      {
        kind: 'expected',
        id: 'served',
        pattern: /^BIND serves serial \d+$/,
        means: 'BIND serves the zone as it is in the file.',
        missing: 'BIND does not serve the zone as it is in the file.',
        next: 'Look into its log (journalctl -u named). If it serves a higher serial, somebody updates the zone just now: run the step again.',
      },
    ],
  },
  // The files are put back after this: until then nothing else may write to them.
  undo: sh`if ${takesUpdates(values.domain)}; then
  rndc freeze ${values.domain} && printf 'Updates of %s are held until the way back is done. If it comes to no end: rndc thaw %s\\n' ${[values.domain, values.domain]}
fi`,
});

/** Waits until BIND serves what is in the file: it may take a while for a large zone. */
const servedSerial = (values: Parameters): Script =>
  sh`want=$(${checkZone(values)} | sed -n 's/.*loaded serial \\([0-9]*\\).*/\\1/p')
for second in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
  have=$(dig +norecurse +short ${`@${values.server}`} SOA ${values.domain} | awk 'NF > 3 { print $3 }')
  if [ "$have" = "$want" ]; then break; fi
  sleep 1
done
printf '%s has serial %s\\n' ${values.zoneFile} "$want"
if [ "$have" = "$want" ]; then echo "BIND serves serial $have"; else echo "BIND still serves serial \${have:-none}"; fi`;
