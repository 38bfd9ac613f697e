/** Holds the updates of the zone, and loads what is in the files. */
import { anywhere, file, type Matcher, type Script, type Step, sh } from '../../topic-kit/index.ts';
import { delegated } from './ad-records.ts';
import type { Parameters } from './parameters.ts';

const dnsServer = 'DNS server';

export const checkZone = ({ domain, zoneFile }: Parameters) => sh`named-checkzone ${domain} ${file(zoneFile)}`;

/** A zone that is frozen is dynamic still, and can't be frozen again. */
const takesUpdates = (domain: string) =>
  sh`rndc zonestatus ${domain} | awk '$0 == "dynamic: yes" { takes = 1 } $0 == "frozen: yes" { frozen = 1 } END { exit !takes || frozen }'`;

/** The first step that changes anything: its way back runs last, when the files are as they were. */
export const hold = (values: Parameters): Step => ({
  kind: 'command',
  id: 'hold',
  title: 'Hold dynamic updates',
  intro: 'A zone that a DHCP server writes to can’t be edited meanwhile: BIND would overwrite the file. A zone that only you edit needs nothing.',
  danger: 'changes',
  runsOn: dnsServer,
  needsRoot: true,
  hold: 'Where DHCP or others update the zone, BIND refuses that until the zone is loaded. They try again later.',
  script: sh`if ${takesUpdates(values.domain)}; then rndc freeze ${values.domain}; else echo 'There are no dynamic updates to hold.'; fi`,
  matchers: [],
  verify: {
    looksOnlyAt: 'whether BIND takes updates; the undo checks the whole zone',
    script: sh`rndc zonestatus ${values.domain} | grep -E '^(dynamic|frozen): '`,
    matchers: [
      {
        kind: 'expected',
        id: 'held',
        pattern: /^(dynamic: no|frozen: yes)$/,
        means: 'Only this run writes to the file.',
        missing: 'BIND still takes dynamic updates for the zone.',
        next: 'Read its log, then run the step again.',
      },
    ],
  },
  undo: sh`${touchOld(values)}
${loadAgain(values.domain)}`,
  undone: { script: servedAsInFile(values), matchers: asInFile },
});

const serialInFile = (values: Parameters) => sh`$(${checkZone(values)} | sed -n 's/.*loaded serial \\([0-9]*\\).*/\\1/p')`;
/** Of the zone as it is loaded; where BIND signs it, not of the signed one, which counts on its own. */
const serialLoaded = (domain: string) => sh`$(rndc zonestatus ${domain} | sed -n 's/^serial: //p')`;

/** A file that was put back has the time it had: BIND passes over one that is older than what it loaded last. */
function touchOld(values: Parameters): Script {
  return sh`if [ "${serialInFile(values)}" != "${serialLoaded(values.domain)}" ]; then touch ${file(values.zoneFile)}; fi`;
}

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
      means: 'BIND did not reload.',
      next: 'Read its log (journalctl -u named), then run the step again or undo the run.',
    },
  ],
  verify: {
    script: servedAsInFile(values),
    matchers: asInFile,
  },
  undone: { at: 'hold' },
  // The files are put back after this: until then nothing else may write to them.
  undo: sh`if ${takesUpdates(values.domain)}; then
  rndc freeze ${values.domain} && printf 'Updates of %s are held until the undo is done. If it never finishes: rndc thaw %s\\n' ${[values.domain, values.domain]}
fi`,
});

/** Waits until BIND has loaded what is in the file, which takes a while for a large zone, and asks it for the names that are handed on. */
function servedAsInFile(values: Parameters): Script {
  const { domain, server } = values;
  return sh`want=${serialInFile(values)}
for second in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
  have=${serialLoaded(domain)}
  if [ "$have" = "$want" ]; then break; fi
  sleep 1
done
printf '%s has serial %s\\n' ${anywhere(values.zoneFile)} "$want"
if [ -n "$have" ] && [ "$have" = "$want" ]; then echo "BIND has loaded serial $have"; else echo "BIND has loaded serial \${have:-none}, which is another one"; fi
if [ "\${have:-0}" -gt "\${want:-0}" ] && rndc zonestatus ${domain} | grep -q '^inline signing: yes'; then echo "BIND signs this zone itself and keeps the higher serial $have"; fi
for name in ${delegated.map((name) => `${name}.${domain}`)}; do
  answer=$(dig +norecurse +noall +comments +answer +authority ${`@${server}`} NS "$name")
  case $answer in *'status: NOERROR'*|*'status: NXDOMAIN'*) ;; *) echo "BIND does not answer for $name"; continue ;; esac
  servers() { awk -v name="$name." 'tolower($1) == tolower(name) && $4 == "NS" { print tolower($5) }' | sort; }
  if [ "$(printf '%s\\n' "$answer" | servers)" = "$(named-checkzone -D ${domain} ${file(values.zoneFile)} 2> /dev/null | servers)" ]; then
    echo "BIND serves $name as it is in the file"
  else
    echo "BIND serves $name not as it is in the file"
  fi
done`;
}

const asInFile: Matcher[] = [
  {
    kind: 'failure',
    id: 'serial-kept',
    pattern: /^BIND signs this zone itself and keeps the higher serial \d+$/,
    means: 'BIND signs this zone itself, and takes no file with a lower serial than it has: it still serves the new records.',
    next: 'Set the serial in the zone’s file higher than the one that is shown in the terminal, then do this again. Everything else in the file is unchanged.',
  },
  {
    kind: 'expected',
    id: 'served',
    pattern: /^BIND has loaded serial \d+$/,
    means: 'BIND has loaded the zone as it is in the file.',
    missing: 'BIND has not loaded the zone as it is in the file.',
    next: 'Read its log (journalctl -u named). If it has a higher serial, somebody is updating the zone right now: run the step again.',
  },
  ...delegated.map(
    (name): Matcher => ({
      kind: 'expected',
      id: `served${name}`,
      pattern: new RegExp(`^BIND serves ${name}\\.\\S+ as it is in the file$`),
      means: `What BIND answers for ${name} is what the file says.`,
      missing: `What BIND answers for ${name} is not what the file says.`,
      next: 'Read its log (journalctl -u named), then run the step again.',
    }),
  ),
];
