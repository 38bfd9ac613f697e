/** Shell text for Zimbra's SSH key: what it is, whether LDAP has the same, and the login that mailboxd makes with it. */
import { anywhere, asUser, file, type Script, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';

export const home = '/opt/zimbra';
export const folder = `${home}/.ssh`;
export const key = `${folder}/zimbra_identity`;
export const bin = (name: string) => file(`${home}/bin/${name}`);

/** In front of a command with words of the script, such as `"$host"`. */
const su = sh`su -l -s ${anywhere('/bin/sh')} -c ${'exec "$@"'} -- zimbra sh`;

/** `$host`: as in LDAP. */
export const hostName = ({ host }: Parameters): Script => (host === '' ? sh`host=$(${asUser('zimbra', bin('zmhostname'))} 2>/dev/null)` : sh`host=${host}`);

/** `key: RSA 2048`, or `key: missing`. */
export const keyType = sh`if [ -r ${file(`${key}.pub`)} ]; then ssh-keygen -l -f ${file(`${key}.pub`)} | sed -n 's/^\\([0-9]*\\) .*(\\([A-Z0-9-]*\\))$/key: \\2 \\1/p'
else echo 'key: missing'; fi`;

/** `private key: PEM`, as the Java library of Zimbra wants it, or `OPENSSH`. */
export const keyForm = sh`case $(head -n 1 ${file(key)}) in *'BEGIN OPENSSH PRIVATE KEY'*) echo 'private key: OPENSSH' ;; *'BEGIN '*' PRIVATE KEY'*) echo 'private key: PEM' ;; *) echo 'private key: not read' ;; esac`;

/** `LDAP: the same key`, or `another key`. */
export const inLdap = (values: Parameters): Script => sh`${hostName(values)}
ldap=$(${su} ${bin('zmprov')} -l gs "$host" zimbraSshPublicKey 2>/dev/null | sed -n 's/^zimbraSshPublicKey: //p')
if [ -z "$ldap" ]; then echo 'LDAP: no key'; elif [ "$ldap" = "$(cat ${file(`${key}.pub`)})" ]; then echo 'LDAP: the same key'; else echo 'LDAP: another key'; fi`;

/**
 * Logs in as mailboxd does. A DSA key is offered where this ssh can still do that, so that it is the server that decides. The forced command answers
 * to an empty line, or ends: only the refusal counts.
 */
export const login = (values: Parameters): Script => sh`${hostName(values)}
set --
if ssh -Q key 2>/dev/null | grep -q -x ssh-dss && ssh -o PubkeyAcceptedKeyTypes=+ssh-dss -G "$host" >/dev/null 2>&1; then set -- -o PubkeyAcceptedKeyTypes=+ssh-dss; fi
said=$(echo | ${su} ssh -i ${file(key)} -o BatchMode=yes -o IdentitiesOnly=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o ConnectTimeout=10 "$@" -p ${values.port} "zimbra@$host" 2>&1)
status=$?
case $said in
*'Permission denied'*) echo 'login: refused' ;;
*'Connection refused'* | *'Connection timed out'* | *'No route to host'* | *'Could not resolve'*) printf 'login: not reached, %s\\n' "$(printf '%s\\n' "$said" | tail -n 1)" ;;
*) if [ "$status" -eq 255 ]; then printf 'login: not tried, %s\\n' "$(printf '%s\\n' "$said" | tail -n 1)"; else echo 'login: accepted'; fi ;;
esac`;
