/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'icinga* | revok* revocation crl crl_path stolen compromised decommission* retired block sperr* widerruf* révo* revoc* remove-trust lost-agent certificate-revoked',
    'crl | icinga* agent satellite endpoint* node nodes apilistener',
    'revok* | agent satellite node icinga*',
    'icinga* monitoring-node | gencrl openssl-ca trust decommission*',
  ],
  asked: [
    'stolen laptop had an icinga agent, how to block its certificate',
    'how do I use crl_path in the ApiListener',
    'revoke a satellite in icinga2',
    'all endpoints dropped out after the crl expired',
    'icinga2 daemon -C complains: Cannot add certificate revocation list to SSL context',
    'remove trust of a decommissioned monitoring node',
    'openssl ca -gencrl for icinga',
    'Icinga-Agent sperren, Zertifikat widerrufen',
    'one of our icinga agents was compromised',
    'certificate validation failed: code 23: certificate revoked',
    'icinga certificate revocation',
    'crl for icinga2 master and satellites',
    'CRL has expired and no agent connects any more',
    "Error loading crl file '/var/lib/icinga2/certs/crl.pem'",
    'block a retired host from connecting to icinga 2',
    'révoquer un agent icinga2',
  ],
  nearMisses: [
    "information/ApiListener: New client connection for identity 'web1' from [10.0.0.9]:51022",
    'Icinga notification period is wrong',
    'icinga web login with an LDAP group',
  ],
};
