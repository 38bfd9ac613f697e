/** Matomo does not accept the certificate of its own server, which comes from a private CA. */
import { defineTopic, inOrder, oneOf } from '../../topic-kit/index.ts';
import { lab } from './lab.ts';
import { parameters } from './parameters.ts';
import { pictures } from './pictures.ts';
import { probe } from './probe.ts';
import { search } from './search.ts';
import { remedies, steps } from './steps.ts';

export const topic = defineTopic({
  id: 'matomo-custom-ca',
  version: 1,
  title: 'Matomo and a private CA',
  summary: 'Lets Matomo accept certificates of your own CA, by the setting that it really uses, and asks the server as Matomo does before and after.',
  category: 'Services & apps',
  platforms: ['Linux'],
  risk: { level: 'changes', text: 'Sets one value in Matomo’s config.ini.php.' },
  minutes: 6,
  fixes: [
    'Matomo’s system check says “unable to get local issuer certificate”, although the CA is known to the system.',
    'Archiving by cron that fails with the same error. curl.cainfo in php.ini did not help.',
  ],
  needs: [
    'Root on the web server, or in the container.',
    'A file with your CA and the public ones, such as the system’s own list.',
    'PHP on the command line, with curl.',
  ],
  cannotUndo: [],
  corrections: [
    'Matomo’s own help names curl.cainfo for this error. It has no effect: Matomo gives curl a list of its own (vendor/composer/ca-bundle). This run shows that.',
    'custom_cacert_pem is there since Matomo 3.10.0. It takes the place of Matomo’s list: a file with the private CA alone would break the update check.',
    'A second section [General] takes the place of the first one when PHP reads the file. Such a file is left to you.',
    'Never switch the verification off, and never add the CA to vendor/composer/ca-bundle: an update overwrites it, and Matomo’s integrity check complains.',
    'Matomo writes the file itself when settings are saved: the value stays, comments of yours are lost.',
    'Uncertain: what "./console config:set" prints in each version; it does the same. Uncertain: up to which version Matomo’s own list was core/DataFiles/cacert.pem. Both places are looked at.',
    'Requests are repeated by a small PHP program with Matomo’s options for certificates. Matomo itself was not run in the tests of this procedure.',
  ],
  sources: ['Notes on Matomo in a container with an internal CA', 'Matomo’s core/Http.php and global.ini.php', 'curl’s list of error numbers'],
  search,
  symptoms: [
    {
      pattern: /unable to get (?:local )?issuer certificate/i,
      text: 'curl_exec: SSL certificate problem: unable to get local issuer certificate. Hostname requested was: stats.example.org',
    },
    { pattern: /self[- ]signed certificate in certificate chain/i, text: 'SSL certificate problem: self-signed certificate in certificate chain' },
    {
      pattern: inOrder(/Unable to execute check for https:/i, /curl_exec/i),
      text: 'Unable to execute check for https://stats.example.org/config/config.ini.php: curl_exec: SSL certificate problem',
    },
    {
      pattern: oneOf(/error setting certificate (?:verify locations|file)/i, /error adding trust anchors from file/i),
      text: 'error setting certificate verify locations:  CAfile: /etc/ssl/certs/internal.pem',
    },
  ],
  alsoCalled: [
    'Matomo Piwik SSL certificate problem with an internal certificate authority',
    'curl.cainfo and openssl.cafile have no effect in Matomo',
    'core:archive Got invalid response from API request, curl error 60',
    'Matomo vertraut der eigenen Zertifizierungsstelle nicht, Systemprüfung SSL-Fehler',
    'Matomo refuse le certificat de notre autorité interne',
    'Matomo no acepta el certificado de nuestra propia CA',
  ],
  secretPatterns: [/(?:password|salt|token|secret|license_key)[a-z_]{0,40}[ \t]{0,10}=[ \t]{0,10}"([^"\n]+)"/i],
  parameters,
  labDefaults: {},
  steps: (values) => steps(values),
  remedies,
  probe,
  pictures,
  targets: ['local', 'ssh'],
  systems: {
    oneOf: [{ os: 'linux' }],
    tools: [
      { name: 'php', package: 'php-cli' },
      { name: 'openssl', package: 'openssl' },
      { name: 'su', package: 'util-linux' },
    ],
  },
  lab,
});
