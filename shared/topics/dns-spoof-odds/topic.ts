/** How likely it is that a resolver took a forged answer: arithmetic only, nothing is sent. */
import { defineCalculator, inOrder, oneOf } from '../../topic-kit/index.ts';
import { calculate } from './calculate.ts';
import { measuredTimes } from './measured-times.ts';
import { parameters } from './parameters.ts';
import { search } from './search.ts';

export const topic = defineCalculator({
  id: 'dns-spoof-odds',
  title: 'How likely is a spoofed DNS answer',
  summary: 'From packet rate, window, ports and identifiers to the chance that a resolver takes a forged answer, over time, beside measured times.',
  category: 'Network & VPN',
  platforms: ['No target'],
  fixes: [
    'How long does somebody have to try until a resolver with these settings takes a forged answer?',
    'What do random source ports, 0x20 or more authoritative servers change about that?',
    'Do times that were measured fit the formula?',
  ],
  corrections: [
    'The source’s listing lost the lines that set its values and the height of the curve. R, W, N and P stand in its text; D = 1 and I = 65,536 are its own words for the usual case; Wc is its 0.003 s. They give 1.377 s (1376.55 ms); it measured 1386 ms over 1000 attempts. Sure.',
    'The source draws the curve over a histogram with another scale of its own. Here curve and measurement have one scale: the share of attempts that had succeeded by then, and the share in each stretch of the histogram.',
    'The formula assumes that no guess is sent twice in a window, and that D is small. It was published later as RFC 5452, section 7, without the closed time; with Wc = 0 that is what is calculated.',
    'One source port is how resolvers were in 2008 (CVE-2008-1447). Since then they take a random port for each question, which makes the time about 64,000 times as long: set P to 64,000. A fixed query-source port or a NAT in front of the resolver can undo that.',
    'Random ports are not the last word: in 2020 a way was shown to find the port first by the resolver’s own ICMP limits (SAD DNS, CVE-2020-25705). Where a port is known, P is 1 again.',
    '0x20, the random case of letters, never became a standard and not every authoritative server copies the case. DNS cookies (RFC 7873) make 64 bits more to guess between servers that both have them.',
    'A resolver that checks DNSSEC refuses a forged answer for a signed name whatever the odds are. These numbers are for names that are not signed, or resolvers that don’t check.',
  ],
  sources: [
    'Notes on a demonstration at IETF 72 (Dublin, 2008), after Dan Kaminsky’s attack and Bert Hubert’s formula',
    'RFC 5452: Measures for Making DNS More Resilient against Forged Answers',
    'RFC 7873: DNS Cookies; draft-vixie-dnsext-dns0x20',
  ],
  search,
  symptoms: [
    {
      pattern: oneOf(inOrder(/\bDNS\b/i, /\b(?:spoof|poison)/i), inOrder(/\b(?:spoof|poison)/i, /\b(?:DNS|cache|resolver)/i)),
      text: 'DNS spoofing, a poisoned cache',
    },
    { pattern: /Kaminsky|CVE-2008-1447/i, text: 'Kaminsky’s attack, CVE-2008-1447' },
    { pattern: /SAD ?DNS|CVE-2020-25705/i, text: 'SAD DNS, CVE-2020-25705' },
    { pattern: /unwanted reply total reached threshold/i, text: 'unwanted reply total reached threshold … you may be under attack' },
    {
      pattern: oneOf(
        inOrder(/query-source\b/i, /\bport/i),
        inOrder(/source ports?\b/i, /\b(?:random|fixed|poor)/i),
        inOrder(/\b(?:random|fixed)/i, /\bsource ports?/i),
      ),
      text: 'fixed source port, query-source … port 53',
    },
    { pattern: oneOf(inOrder(/\b0x20\b/i, /\b(?:dns|caps|case)/i), /use-caps-for-id/i), text: 'use-caps-for-id, 0x20' },
  ],
  alsoCalled: [
    'cache poisoning risk of a resolver, forged answer, birthday attack',
    'transaction ID, query ID, source port randomisation, DNSSEC not used',
    'unbound, BIND, dnsmasq, recursive resolver',
    'DNS-Fälschung, vergifteter Cache, Wahrscheinlichkeit eines Angriffs',
    'empoisonnement du cache DNS, risque, résolveur',
    'envenenamiento de caché DNS, riesgo',
  ],
  parameters,
  data: measuredTimes,
  calculate,
});
