/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'dns resolver* nameserver* unbound dnsmasq bind cache named résolveur | spoof* poison* forge* kaminsky birthday sad-dns transaction-id query-id source-port* randomi* 0x20 use-caps* gefälscht* vergift* fälsch* empoisonn* envenen* falsific* guess*',
    'kaminsky sad-dns unwanted-reply | *',
    'spoof* poison* forged guess* | odds probabilit* chance* risk likely long dns answer* reply wahrscheinlich*',
    'transaction-id transaction-identifier 16-bit-id | guess* odds attack* chance* long probabilit*',
    'resolver dns nameserver* | risk* risky safe risiko riesgo | dnssec attack* spoof* poison* 0x20 answers antwort*',
  ],
  asked: [
    'how long would an attacker need to poison our resolver',
    'chances of guessing a transaction id with fixed source port',
    'is unbound without 0x20 safe enough against kaminsky',
    'birthday attack dns probability calculator',
    'notice: unwanted reply total reached threshold (10000) you may be under attack. defensive action: clearing the cache',
    'does port randomization behind NAT still help against spoofed answers',
    'Wie wahrscheinlich ist Cache Poisoning bei unserem Nameserver',
    'compare odds of spoofing with 1 and 16 open queries',
    'probability that a forged dns reply is accepted',
    'effect of source port randomisation against cache poisoning',
    'we run a resolver without dnssec, how risky is it',
    'CVE-2008-1447 expected time to success',
    'attack rate 100000 packets per second, 16 bit id, how long',
    'SAD DNS side channel risk',
    'use-caps-for-id benefit in bits',
    'Risiko gefälschter DNS-Antworten berechnen',
  ],
  nearMisses: ['DNS record TTL is too long', 'unbound answers slowly in the morning', 'spoofed sender address in mail'],
};
