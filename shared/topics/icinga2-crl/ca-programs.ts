/** Shell text around Icinga's certificate authority: its database, what it has revoked, and what its CRL says. */
import { file, type Script, sh } from '../../topic-kit/index.ts';
import { nodesOf, type Parameters } from './parameters.ts';

const ca = '/var/lib/icinga2/ca';
const certs = '/var/lib/icinga2/certs';
/** Only root reads it. */
export const database = `${ca}/crl`;
export const crl = `${certs}/crl.pem`;
export const canary = 'wrenchbook-canary';
const requests = '/var/lib/icinga2/certificate-requests';
export const paths = { ca: `${ca}/ca.crt`, key: `${ca}/ca.key`, certs, config: `${database}/ca.cnf`, index: `${database}/index.txt` };

/** Writes the configuration for `openssl ca`. */
export const writeConfig = ({ days }: Parameters): Script => sh`printf '%s\\n' '[ ca ]' 'default_ca = icinga' '[ icinga ]' \
  "database = "${file(paths.index)} "crlnumber = "${file(`${database}/crlnumber`)} "certificate = "${file(paths.ca)} "private_key = "${file(paths.key)} \
  'default_md = sha256' ${`default_crl_days = ${days}`} >${file(paths.config)}`;

/** `$own`: the name of this node. */
export const ownName = sh`own=$(icinga2 variable get NodeName 2>/dev/null)`;

/** `crl-days=N` until a CRL ends; below 0 where it has ended. */
export const daysLeft = sh`if [ -r ${file(crl)} ]; then
  end=$(openssl crl -in ${file(crl)} -noout -nextupdate | sed 's/^nextUpdate=//')
  [ -n "$end" ] && seconds=$(date -u -d "$end" +%s) && printf 'crl-days=%s\\n' "$(((seconds - $(date -u +%s)) / 86400))" && printf 'crl-ends=%s\\n' "$end"
else echo crl-days=none; fi`;

/** Serials in the database, as one line. */
export const revokedNow = (name: string) =>
  sh`if [ -r ${file(paths.index)} ]; then awk -F '\\t' -v name=${name} '$1 == "R" { all = all " " $4 } END { print name "=" (all == "" ? " none" : all) }' ${file(paths.index)}; else echo ${`${name}= none`}; fi`;

const each = (nodes: ReturnType<typeof nodesOf>, call: (node: { name: string; host: string }) => Script): Script =>
  nodes.map(call).reduce((all, line) => sh`${all}\n${line}`);
export const eachNode = (values: Parameters, call: (node: { name: string; host: string }) => Script) => each(nodesOf(values), call);

/**
 * Brings a node's certificate into the database's folder: what was put there, what the node itself shows, or what the CA has answered to its
 * request. One of another CA or another node is not taken.
 */
export const findCertificates = (values: Parameters): Script => sh`${ownName}
take() {
  if [ "$1" = "$own" ]; then echo "node $1: is this machine itself"; return; fi
  pem=${file(database)}/nodes/$1.crt
  from='a file'
  if [ ! -s "$pem" ]; then
    from="$2"
    timeout 10 openssl s_client -connect "$2:5665" </dev/null 2>/dev/null | openssl x509 -out "$pem" 2>/dev/null || rm -f "$pem"
  fi
  if [ ! -s "$pem" ]; then
    from='its request'
    for request in ${file(requests)}/*.json; do
      [ -r "$request" ] || continue
      printf '%b' "$(sed -n 's/.*"cert_response":"\\([^"]*\\)".*/\\1/p' "$request")" | openssl x509 -out "$pem" 2>/dev/null || rm -f "$pem"
      case $(openssl x509 -in "$pem" -noout -subject -nameopt RFC2253 2>/dev/null) in *"CN=$1") break ;; esac
      rm -f "$pem"
    done
  fi
  if [ ! -s "$pem" ]; then echo "node $1: no certificate"; return; fi
  subject=$(openssl x509 -in "$pem" -noout -subject -nameopt RFC2253 | sed 's/^subject= *//')
  if [ "$subject" != "CN=$1" ]; then echo "node $1: the certificate is of $subject"; rm -f "$pem"
  elif ! openssl verify -no_check_time -CAfile ${file(paths.ca)} "$pem" >/dev/null 2>&1; then echo "node $1: the certificate is of another CA"; rm -f "$pem"
  else echo "node $1: $(openssl x509 -in "$pem" -noout -serial), from $from"; fi
}
${eachNode(values, ({ name, host }) => sh`take ${name} ${host}`)}`;

/** Makes the CRL from the database, and puts it in place whole. */
export const writeCrl = sh`if openssl ca -config ${file(paths.config)} -gencrl -out ${file(crl)}.new 2>&1 && chmod 644 ${file(crl)}.new && chown --reference=${file(paths.ca)} ${file(crl)}.new && mv ${file(crl)}.new ${file(crl)}; then echo 'crl: written'
else rm -f ${file(crl)}.new; echo 'crl: not written'; fi`;

/** What the CRL says of each node, also of one whose certificate has ended, and of this machine: `accepts`, `refuses`, or why neither. */
export const judgements = (values: Parameters): Script => sh`${ownName}
ask() {
  said=$(openssl verify -crl_check $3 -CAfile ${file(paths.ca)} -CRLfile ${file(crl)} "$2" 2>&1)
  case $said in
  *': OK') echo "crl accepts $1" ;;
  *'certificate revoked'*) echo "crl refuses $1" ;;
  *) printf 'crl tells nothing of %s: %s\\n' "$1" "$(printf '%s\\n' "$said" | grep -o 'error [0-9]* at .*' | head -n 1)" ;;
  esac
}
${eachNode(values, ({ name }) => sh`ask ${name} ${file(`${database}/nodes/${name}.crt`)} -no_check_time`)}
ask 'this machine' ${file(certs)}/"$own".crt
${daysLeft}`;

/**
 * Connects to Icinga as this machine and with a certificate that was made to be revoked, until the second gets the answer that is wanted, and shows what
 * Icinga has logged of both.
 */
export const tryConnections = (wanted: 'refused' | 'accepted'): Script => sh`${ownName}
log=${file('/var/log/icinga2/icinga2.log')}
[ -r "$log" ] || { echo 'log: not read'; exit 0; }
try() {
  size=$(wc -c <"$log")
  timeout 10 openssl s_client -connect 127.0.0.1:5665 -cert "$2" -key "$3" -CAfile ${file(paths.ca)} </dev/null >/dev/null 2>&1
  line='' waited=0
  while [ -z "$line" ] && [ "$waited" -lt 3 ]; do
    line=$(tail -c +"$((size + 1))" "$log" | grep -F "New client connection for identity '$1'" | tail -n 1)
    [ -n "$line" ] || sleep 1
    waited=$((waited + 1))
  done
  case $line in
  '') verdict='not answered' ;;
  *'certificate validation failed'*) verdict="refused, \${line##*validation failed: }" verdict=\${verdict%)} ;;
  *) verdict=accepted ;;
  esac
}
tries=0
while tries=$((tries + 1)); do
  try ${canary} ${file(`${database}/canary.crt`)} ${file(`${database}/canary.key`)}
  case $verdict in ${wanted}*) break ;; esac
  [ "$tries" -lt 20 ] || break
  sleep 1
done
echo "revoked certificate: $verdict"
try "$own" ${file(certs)}/"$own".crt ${file(certs)}/"$own".key
echo "own certificate: $verdict"`;
