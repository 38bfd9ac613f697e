/** Questions to name servers, and what the answers have to be. */
import { type CommandStep, escapeRegExp, inOrder, type Matcher, type Step, sh } from '../../topic-kit/index.ts';
import { aliases, delegated, passwordData, passwordNames } from './ad-records.ts';
import { type Controller, controllersOf, type Parameters } from './parameters.ts';

/** A line of dig for one record, whatever its lifetime and the case of its letters. */
const recordLine = (owner: string, type: string, data: string) => new RegExp(`^${escapeRegExp(owner)}\\s+\\d+\\s+IN\\s+${type}\\s+${data}$`, 'i');
const anyOf = (controllers: readonly Controller[]) => controllers.map(({ host }) => escapeRegExp(host)).join('|');
const short = (host: string) => host.split('.')[0] ?? host;

const refusals: readonly Matcher[] = [
  {
    kind: 'failure',
    id: 'no-answer',
    pattern: /no servers could be reached|communications error/,
    means: 'BIND does not answer at this address.',
    next: 'Use "ss -lnu" to see which addresses it listens on, and start a new run with one of them.',
  },
  {
    kind: 'failure',
    id: 'servfail',
    pattern: /status: SERVFAIL/,
    means: 'BIND can’t get an answer from the controllers, or does not believe it.',
    next: 'Read its log: "broken trust chain" is about signatures, "timed out" about a packet filter between BIND and the controllers.',
  },
  {
    kind: 'failure',
    id: 'refused',
    pattern: /status: REFUSED/,
    means: 'BIND refuses to answer.',
    next: 'Check allow-query and allow-recursion in its options, then run the step again.',
  },
];

/** Each controller itself, without BIND: what is handed to a server that does not know of it would be lost. */
export function askControllers(values: Parameters): Step {
  const { domain } = values;
  const controllers = controllersOf(values);
  return {
    kind: 'command',
    id: 'controllers',
    title: 'Ask the domain controllers',
    intro: 'Every controller must answer for _msdcs and _sites itself. Nothing is delegated to one that does not.',
    danger: 'reads',
    runsOn: 'DNS server',
    script: sh`for at in ${controllers.map(({ address }) => address)}; do
  said=$(dig +norecurse +noall +answer +time=3 +tries=2 "@$at" SRV ${`_ldap._tcp.dc._msdcs.${domain}`}; dig +norecurse +noall +comments +time=3 +tries=2 "@$at" SOA ${`_sites.${domain}`})
  printf '%s\\n' "$said"
  case $said in *SRV*) echo "$at answers for _msdcs" ;; *) echo "$at is silent about _msdcs" ;; esac
  case $said in *'flags: qr aa'*) echo "$at answers for _sites" ;; *) echo "$at is silent about _sites" ;; esac
done`,
    matchers: [
      ...controllers.flatMap(({ host, address }) =>
        delegated.map(
          (name): Matcher => ({
            kind: 'expected',
            id: `${short(host)}${name}`,
            pattern: new RegExp(`^${escapeRegExp(address)} answers for ${name}$`),
            means: `${host} answers for ${name}.${domain}.`,
            missing: `${host} does not answer for ${name}.${domain} at ${address}.`,
            next: 'Start its DNS service, let it answer BIND’s address on UDP and TCP 53, or start a new run without it.',
            remedies: ['start-controller'],
          }),
        ),
      ),
      {
        kind: 'warning',
        id: 'unlisted-controller',
        pattern: inOrder(/\sSRV\s/i, new RegExp(` (?!(?:${anyOf(controllers)})\\.$)\\S+$`, 'i')),
        means: 'Active Directory names a controller that is not in the list.',
        next: 'Start a new run with it in the list, unless it has been taken out of service.',
      },
      {
        kind: 'harmless',
        id: 'dig-says',
        pattern: /^;; (communications error|no servers could be reached)/,
        text: ';; no servers could be reached',
        means: 'This is what dig saw; what it means is below.',
      },
    ],
  };
}

export function askDelegation(values: Parameters): CommandStep {
  const { domain, server } = values;
  const controllers = controllersOf(values);
  const names = delegated.map((name) => `${name}.${domain}`);
  const kind = (address: string) => (address.includes(':') ? 'AAAA' : 'A');
  return {
    kind: 'command',
    id: 'delegation',
    title: 'See the delegation',
    intro: 'Asks BIND where it delegates _msdcs and _sites, and whether it knows the addresses.',
    danger: 'reads',
    runsOn: 'DNS server',
    script: sh`for name in ${names}; do
  dig +norecurse +noall +comments +answer +authority ${`@${server}`} NS "$name"
done
for name in ${controllers.map(({ host }) => host)}; do
  dig +noall +answer ${`@${server}`} A "$name"
  dig +noall +answer ${`@${server}`} AAAA "$name"
done`,
    matchers: [
      ...refusals,
      ...names.flatMap((name) =>
        controllers.map(
          ({ host }): Matcher => ({
            kind: 'expected',
            id: `${name.split('.')[0]}-${short(host)}`,
            pattern: recordLine(`${name}.`, 'NS', escapeRegExp(`${host}.`)),
            means: `${name} is handed to ${host}.`,
            missing: `${name} is not handed to ${host}.`,
            next: 'Check in BIND’s log that it loaded the zone, and run the step again.',
          }),
        ),
      ),
      ...controllers.map(
        ({ host, address }): Matcher => ({
          kind: 'expected',
          id: `address-${short(host)}`,
          pattern: recordLine(`${host}.`, kind(address), escapeRegExp(address)),
          means: `${host} has the address ${address}.`,
          missing: `BIND does not say that ${host} has the address ${address}.`,
          next: 'Check in BIND’s log that it loaded the zone, and run the step again.',
        }),
      ),
      {
        kind: 'failure',
        id: 'other-delegation',
        pattern: new RegExp(`^_(?:msdcs|sites)\\..*\\sNS\\s+(?!(?:${anyOf(controllers)})\\.$)`, 'i'),
        means: 'These names are also handed to a server that is not in the list.',
        next: 'Check whether the zone’s file includes another one ($INCLUDE) that says so.',
      },
    ],
  };
}

export function askServices(values: Parameters): CommandStep {
  const { domain, server } = values;
  const controllers = controllersOf(values);
  const names = [...aliases.map(([name]) => name), ...passwordNames].map((name) => `${name}.${domain}`);
  return {
    kind: 'command',
    id: 'services',
    title: 'Find the services, as a client does',
    intro: 'Asks BIND for every service. It has to follow the aliases to a controller and bring the answer back.',
    danger: 'reads',
    runsOn: 'DNS server',
    script: sh`for name in ${names}; do
  dig +noall +comments +answer ${`@${server}`} SRV "$name"
done`,
    matchers: [
      ...refusals,
      ...aliases.map(
        ([name, to]): Matcher => ({
          kind: 'expected',
          id: `alias-${name}`,
          pattern: recordLine(`${name}.${domain}.`, 'CNAME', escapeRegExp(`${to}.${domain}.`)),
          means: `${name}.${domain} leads to the controllers’ own name.`,
          missing: `${name}.${domain} is not an alias of ${to}.${domain}.`,
          next: 'Check in BIND’s log that it loaded the zone, and run the step again.',
        }),
      ),
      ...[...new Set(aliases.map(([, to]) => to))].map(
        (to): Matcher => ({
          kind: 'expected',
          id: `followed-${to}`,
          pattern: recordLine(`${to}.${domain}.`, 'SRV', '\\d+ \\d+ \\d+ \\S+'),
          means: `BIND got ${to}.${domain} from a controller.`,
          missing: `BIND did not follow the delegation to ${to}.${domain}.`,
          next: 'Its options must say "recursion yes", and allow-recursion must include whoever asks. Otherwise it only names the controllers, and most clients do not continue from there.',
        }),
      ),
      ...passwordNames.flatMap((name) =>
        controllers.map(
          (controller): Matcher => ({
            kind: 'expected',
            id: `${name}-${short(controller.host)}`,
            pattern: recordLine(`${name}.${domain}.`, 'SRV', escapeRegExp(passwordData(controller))),
            means: `${name}.${domain} names ${controller.host}.`,
            missing: `${name}.${domain} does not name ${controller.host}.`,
            next: 'Check in BIND’s log that it loaded the zone, and run the step again.',
          }),
        ),
      ),
      {
        kind: 'failure',
        id: 'other-password-server',
        pattern: new RegExp(`^_kpasswd\\.(?:(?!\\sSRV\\s).)*\\sSRV\\s.* (?!(?:${anyOf(controllers)})\\.$)\\S+$`, 'i'),
        means: 'A server that is not in the list is named for password changes.',
        next: 'Check whether the zone’s file includes another one ($INCLUDE) that says so.',
      },
    ],
  };
}
