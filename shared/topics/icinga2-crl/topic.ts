/** A certificate revocation list for Icinga 2: a stolen or retired node is refused, and nobody is locked out when the list ends. */
import { defineTopic, inOrder, oneOf } from '../../topic-kit/index.ts';
import { lab } from './lab.ts';
import { parameters } from './parameters.ts';
import { pictures } from './pictures.ts';
import { probe } from './probe.ts';
import { search } from './search.ts';
import { remedies, steps } from './steps.ts';

export const topic = defineTopic({
  id: 'icinga2-crl',
  version: 1,
  title: 'Revoke nodes of Icinga 2',
  summary: 'Revokes the certificates of nodes with a CRL, shows that Icinga refuses them and nobody else, and reminds you before the CRL ends.',
  category: 'Web, mail & monitoring',
  platforms: ['Linux'],
  risk: { level: 'changes', text: 'Reloads Icinga. An ended CRL refuses every node, so a timer reminds you before that.' },
  minutes: 12,
  fixes: ['A node that was stolen, sold or taken over still has a certificate that Icinga accepts.', 'All nodes are refused, because the CRL has ended.'],
  needs: [
    'Root on the signing master, the machine with the key of Icinga’s CA.',
    'Icinga 2.7.0 or newer with the API and the main log, and systemd.',
    'The certificate of each node: from the node while it answers, from its request, or from a backup.',
  ],
  cannotUndo: ['Connections that were cut off by hand, and objects that you delete.', 'Copies of the CRL on other machines: undo them there.'],
  corrections: [
    'The CRL ends. Then Icinga refuses every node (code 12). The source does not say so: here the CRL is good for a year, the reminder is part of the procedure, and the check tells the date.',
    'Before 2.7.0 no CRL can be loaded ("Error loading crl file"), so such a version is refused. Before 2.13.0 Icinga reads it only at a start or reload.',
    'Before 2.11.8 and 2.12.3 the certificate of a revoked node is renewed when it is due (CVE-2020-29663). The check warns of it.',
    'Certificates of nodes are good for 397 days since Icinga 2.13.3, and are renewed by themselves; before that, for 15 years. A revoked one can leave the CRL when it has ended itself: this procedure does not remove it.',
    'Icinga’s own log shows whom it refuses. For that a certificate "wrenchbook-canary" is made, revoked at once, and used to connect. The key of a real node is never needed.',
    'Icinga’s API is expected on port 5665 of this machine.',
    'Uncertain: whether connections that Icinga itself opens are checked against the CRL in old versions. A node that only dials out may not notice a new CRL before a reload (issue 9487).',
    'Never copy ca.key to a satellite, and never delete crl.pem while crl_path names it: Icinga would not start.',
  ],
  sources: [
    'Icinga 2’s documentation and changelog: ApiListener, crl_path',
    'Issues 5040, 8501, 8682, 9487 and pull request 8515 of Icinga 2',
    'openssl-ca(1), openssl-verify(1)',
  ],
  search,
  symptoms: [
    { pattern: inOrder(/\bApiListener\b/i, /\bcertificate revoked\b/i), text: 'critical/ApiListener: Client TLS handshake failed: certificate revoked' },
    {
      pattern: oneOf(
        /for identity '(?<nodes>[^']{1,200})' from \S+ \(certificate validation failed: code (?:23|12)/i,
        /code 23: certificate revoked/i,
        /CRL has expired/i,
      ),
      text: "information/ApiListener: New client connection for identity 'sat1' from [10.0.0.5]:40112 (certificate validation failed: code 23: certificate revoked)",
    },
    { pattern: /Error loading crl file/i, text: "critical/SSL: Error loading crl file '/etc/icinga2/pki/crl.pem': 0" },
    {
      pattern: /Cannot add certificate revocation list to SSL context/i,
      text: "Cannot add certificate revocation list to SSL context for crl path: '/nowhere.pem'.",
    },
    {
      pattern: oneOf(inOrder(/icinga/i, /revoke|revocation|\bCRL\b/i), inOrder(/revoke|revocation|\bCRL\b/i, /icinga/i)),
      text: 'How to revoke the certificate of an Icinga node',
    },
    { pattern: /\bcrl_path\b/, text: 'crl_path' },
  ],
  alsoCalled: [
    'Icinga certificate revocation list, stolen agent, decommissioned satellite, revoke agent certificate',
    'all Icinga nodes disconnected, endpoints not connected',
    'Icinga 2 PKI, openssl ca index.txt, icinga2 ca list',
    'Icinga-Zertifikat sperren, Sperrliste, gestohlener Agent',
    'révoquer le certificat d’un nœud Icinga, liste de révocation',
    'revocar el certificado de un nodo de Icinga, lista de revocación',
  ],
  parameters,
  labDefaults: { nodes: 'sat1.example.com\nsat2.example.com\nsat3.example.com', satellites: 'satellite1.example.com' },
  steps: (values) => steps(values),
  remedies,
  probe,
  pictures,
  targets: ['local', 'ssh'],
  systems: {
    oneOf: [{ os: 'linux' }],
    tools: [
      { name: 'icinga2', package: 'icinga2' },
      { name: 'openssl', package: 'openssl' },
      { name: 'systemctl', package: 'systemd' },
    ],
  },
  lab,
});
