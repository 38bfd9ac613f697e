/** Find the certificates, put them into the CA's database, and write the CRL. */
import { fact, file, type Matcher, type Step, sh } from '../../topic-kit/index.ts';
import { canary, crl, database, daysLeft, eachNode, findCertificates, judgements, paths, revokedNow, writeConfig, writeCrl } from './ca-programs.ts';
import { nodesOf, type Parameters } from './parameters.ts';

const runsOn = 'the signing master';
const about = (name: string) => name.replaceAll('.', '\\.');

export const findNodes = (values: Parameters): Step => ({
  kind: 'command',
  id: 'find',
  title: 'Find the certificates',
  intro:
    'Icinga’s CA keeps no list of what it has signed. Makes a folder for one, and looks for each node’s certificate: at the node, then among the requests.',
  danger: 'changes',
  runsOn,
  needsRoot: true,
  before: {
    script: sh`if [ -e ${file(database)} ]; then echo database=there; else echo database=missing; fi
printf 'nodes-before=%s\\n' "$(ls ${file(database)}/nodes 2>/dev/null | tr '\\n' ' ')none"`,
    saves: [
      { id: 'database-was', title: 'Database before', pattern: /^database=(there|missing)$/ },
      { id: 'nodes-before', title: 'Certificates before', pattern: /^nodes-before=(.+)$/ },
    ],
  },
  script: sh`umask 077
mkdir -p ${file(database)}/nodes || exit
[ -e ${file(paths.index)} ] || : >${file(paths.index)}
[ -e ${file(database)}/crlnumber ] || echo 01 >${file(database)}/crlnumber
${writeConfig(values)}
${findCertificates(values)}`,
  matchers: [
    {
      kind: 'failure',
      id: 'itself',
      pattern: /^node \S+: is this machine itself$/,
      means: 'This is the signing master itself. Revoking its certificate would cut off all others.',
      next: 'Start a new run without it.',
    },
    {
      kind: 'failure',
      id: 'no-certificate',
      pattern: /^node \S+: no certificate$/,
      means: 'Its certificate was not found: it does not answer on port 5665, and no request has it.',
      next: 'Without the certificate it cannot be revoked: serials are random.',
      remedies: ['bring-certificate'],
    },
    {
      kind: 'failure',
      id: 'another-node',
      pattern: /^node \S+: the certificate is of CN=/,
      means: 'At this address another node answers, or the file is of another one. It was not taken.',
      next: 'Give the right address as NAME=ADDRESS.',
      remedies: ['bring-certificate'],
    },
    {
      kind: 'failure',
      id: 'another-ca',
      pattern: /^node \S+: the certificate is of another CA$/,
      means: 'The certificate is self-signed or of another CA. This CA cannot revoke it, and Icinga does not trust it.',
      next: 'Start a new run without it.',
    },
    ...nodesOf(values).map(
      ({ name }, index): Matcher => ({
        kind: 'expected',
        id: `found-${index + 1}`,
        pattern: new RegExp(`^node ${about(name)}: serial=`),
        means: `The certificate of ${name} is there, and of this CA.`,
        missing: `The certificate of ${name} was not found.`,
        next: 'Read the lines above.',
      }),
    ),
  ],
  undo: sh`case ${fact('database-was')} in
missing) [ -s ${file(paths.index)} ] || rm -rf ${file(database)} ;;
*)
  for name in ${nodesOf(values).map(({ name }) => `${name}.crt`)}; do
    set -- ${fact('nodes-before', 'words')}
    case " $* " in *" $name "*) ;; *) rm -f ${file(database)}/nodes/"$name" ;; esac
  done ;;
esac`,
  undone: {
    script: sh`if [ -e ${file(database)} ]; then echo database=there; else echo database=missing; fi`,
    matchers: [
      {
        kind: 'equal',
        id: 'as-before',
        pattern: /^database=(.*)$/,
        to: { fact: 'database-was' },
        means: 'The folder is there, or not, as before.',
        differs: 'The folder of the database is not as before: it holds revoked certificates, and stays.',
        next: 'Look into /var/lib/icinga2/ca/crl.',
      },
    ],
  },
});

/** A certificate that is made only to be revoked: how Icinga treats it shows whether the CRL works. Made anew when it has ended. */
const withCanary = ({ days }: Parameters) => sh`openssl verify -CAfile ${file(paths.ca)} ${file(`${database}/canary.crt`)} >/dev/null 2>&1 || {
  openssl req -new -newkey rsa:2048 -nodes -keyout ${file(`${database}/canary.key`)} -subj ${`/CN=${canary}`} -out ${file(`${database}/canary.csr`)} >/dev/null 2>&1
  openssl x509 -req -in ${file(`${database}/canary.csr`)} -CA ${file(paths.ca)} -CAkey ${file(paths.key)} -set_serial "0x$(od -An -N 15 -t x1 /dev/urandom | tr -d ' \\n')" -days ${days} -sha256 -out ${file(`${database}/canary.crt`)} >/dev/null 2>&1
  rm -f ${file(`${database}/canary.csr`)}
}
revoke ${canary} ${file(`${database}/canary.crt`)}`;

export const revokeNodes = (values: Parameters): Step => ({
  kind: 'command',
  id: 'revoke',
  title: 'Revoke them and write the CRL',
  intro:
    'Puts them into the database, with one more certificate that is made only to be revoked, and writes the CRL. Icinga does not use it yet, if it did not before.',
  danger: 'changes',
  runsOn,
  needsRoot: true,
  before: {
    script: sh`${revokedNow('revoked-before')}
if [ -e ${file(crl)} ]; then
  echo crl=there
  openssl crl -in ${file(crl)} -noout -text | sed -n 's/^ *Serial Number: *//p' | while read -r serial; do grep -q -i -F "$serial" ${file(paths.index)} || echo "in the CRL only: $serial"; done
else echo crl=missing; fi`,
    matchers: [
      {
        kind: 'failure',
        id: 'other-database',
        pattern: /^in the CRL only: /,
        means: 'The CRL that is there revokes certificates that this database does not know. A new CRL would accept them again.',
        next: 'Bring the lines of the other database’s index.txt into /var/lib/icinga2/ca/crl/index.txt, then run the step again.',
      },
    ],
    saves: [
      { id: 'revoked-before', title: 'Revoked before', pattern: /^revoked-before= (.+)$/ },
      { id: 'crl-was', title: 'CRL before', pattern: /^crl=(there|missing)$/ },
    ],
  },
  script: sh`umask 077
changed=no
revoke() {
  said=$(openssl ca -config ${file(paths.config)} -revoke "$2" 2>&1)
  case $said in
  *'Already revoked'*) echo "node $1: was revoked before" ;;
  *'Database updated'* | *'Data Base Updated'*) echo "node $1: revoked"; changed=yes ;;
  *) printf '%s\\n' "$said"; echo "node $1: not revoked" ;;
  esac
}
${eachNode(values, ({ name }) => sh`revoke ${name} ${file(`${database}/nodes/${name}.crt`)}`)}
${withCanary(values)}
left=$({ ${daysLeft}
} | sed -n 's/^crl-days=//p')
case $changed-$left in no-none | no-) changed=yes ;; no-*) [ "$left" -ge ${Math.floor(values.days / 2)} ] || changed=yes ;; esac
if [ $changed = yes ]; then ${writeCrl}
else echo 'crl: as it was'; fi`,
  matchers: [
    {
      kind: 'failure',
      id: 'not-revoked',
      pattern: /^node \S+: not revoked$/,
      means: 'openssl did not revoke it.',
      next: 'Read what it says above. Another openssl may use the database now.',
    },
    {
      kind: 'failure',
      id: 'not-written',
      pattern: /^crl: not written$/,
      means: 'The CRL was not written. The one before is still in place.',
      next: 'Read what openssl says above.',
    },
  ],
  verify: {
    script: judgements(values),
    matchers: [
      ...nodesOf(values).map(
        ({ name }, index): Matcher => ({
          kind: 'expected',
          id: `refuses-${index + 1}`,
          pattern: new RegExp(`^crl refuses ${about(name)}$`),
          means: `The CRL has the certificate of ${name}.`,
          missing: `The CRL does not have the certificate of ${name}.`,
          next: 'Read the lines above.',
        }),
      ),
      {
        kind: 'expected',
        id: 'accepts-own',
        pattern: /^crl accepts this machine$/,
        means: 'It does not have this machine’s own.',
        missing: 'It does not accept this machine’s own certificate. Icinga would refuse every node.',
        next: 'Error 3 means that it is of another CA, error 12 that it has ended. Undo this step.',
      },
      {
        kind: 'expected',
        id: 'lasts',
        pattern: /^crl-days=\d+$/,
        means: 'It has not ended. The line below says when it does.',
        missing: 'When it ends could not be read.',
        next: 'Undo this step.',
      },
    ],
  },
  undo: sh`set -- ${fact('revoked-before', 'words')}
awk -F '\\t' -v keep=" $* " '$1 != "R" || index(keep, " " $4 " ")' ${file(paths.index)} >${file(paths.index)}.new && cat ${file(paths.index)}.new >${file(paths.index)}
rm -f ${file(paths.index)}.new
case ${fact('crl-was')} in
missing) rm -f ${file(crl)} ${file(`${database}/canary.crt`)} ${file(`${database}/canary.key`)} ;;
*) ${writeCrl} ;;
esac`,
  undone: {
    script: revokedNow('revoked-now'),
    matchers: [
      {
        kind: 'equal',
        id: 'as-before',
        pattern: /^revoked-now= (.+)$/,
        to: { fact: 'revoked-before' },
        means: 'The database has the certificates that it had before.',
        differs: 'The database does not have the certificates that it had before.',
        next: 'Look at /var/lib/icinga2/ca/crl/index.txt.',
      },
    ],
  },
});
