/** What the server shows, checked against the new file before Matomo gets it. */
import { fact, file, type Step, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';

export const chain = ({ bundle }: Parameters): Step => ({
  kind: 'command',
  id: 'chain',
  title: 'Check the server’s certificates with the new file',
  intro: 'A server that does not send its intermediate certificate causes the same error, and so can a CA that is not in the file.',
  danger: 'reads',
  needsRoot: true,
  runsOn: 'the web server',
  script: sh`url=${fact('url')}
place=\${url#*://} place=\${place%%/*}
case $place in *:*) ;; *) place=$place:443 ;; esac
seen=$(openssl s_client -connect "$place" -servername "\${place%:*}" -verify_hostname "\${place%:*}" -CAfile ${file(bundle)} -showcerts </dev/null 2>&1) || :
printf '%s\\n' "$seen" | sed -n 's/^ *[0-9][0-9]* s:/certificate of: /p; s/^ *i:/  issued by: /p'
printf 'certificates: %s\\n' "$(printf '%s\\n' "$seen" | grep -c 'BEGIN CERTIFICATE')"
printf '%s\\n' "$seen" | sed -n 's/^ *Verify return code: /verify: /p' | head -n 1`,
  matchers: [
    {
      kind: 'failure',
      id: 'expired',
      pattern: /^verify: (?:9|10) /,
      alone: true,
      means: 'A certificate of the server has expired, or is not valid yet. A list of CAs does not change that.',
      next: 'Renew it on the server. Check the clock of both machines.',
    },
    {
      kind: 'failure',
      id: 'other-name',
      pattern: /^verify: 62 /,
      alone: true,
      means: 'The certificate is for another name. A list of CAs does not change that.',
      next: 'Use the name in the certificate, or have one made for this name.',
    },
    {
      kind: 'failure',
      id: 'not-in-file',
      pattern: /^verify: (?:2|18|19|20|21) /,
      alone: true,
      means: 'With the new file the certificate is not accepted either: its CA is not in the file, or the server does not send an intermediate certificate.',
      next: 'Compare the last "issued by" with your CA. If it is your root CA, add that to the system (Debian: *.crt in /usr/local/share/ca-certificates, update-ca-certificates; Red Hat: /etc/pki/ca-trust/source/anchors, update-ca-trust). If it is an intermediate CA, add that certificate to the server’s chain.',
      remedies: ['add-ca'],
    },
    {
      kind: 'expected',
      id: 'accepted',
      pattern: /^verify: 0 /,
      means: 'The certificates of the server are accepted with the new file.',
      missing: 'The server did not show a certificate.',
      next: 'Check its name, its port and the way there, and that the file is there.',
    },
  ],
});
