/** What the Mac and the server say: tickets, who the server sees, and what is mounted. Scripts that only read. */
import { type Script, sh } from '../../topic-kit/index.ts';
import { label } from './parameters.ts';

/** `cache=alice@EXAMPLE.COM default valid` for each. Without any, klist says so on stderr. */
export const tickets = sh`klist -l 2>/dev/null | awk ${`
{ place = "other"; name = $1 }
$1 == "*" { place = "default"; name = $2 }
name ~ /@/ { print "cache=" name " " place (/[Ee]xpired/ ? " expired" : " valid") }`}
echo tickets-looked=yes`;

/**
 * `user=` is whom the server has logged in, by its own word, in a session of its own. A mounted share keeps what it had. smbutil may end
 * with 0 whatever happens. `service=yes`: the default cache got a ticket for the server, so Kerberos was used.
 */
export const identity = (server: string): Script => sh`smbutil identity -N ${`//${server}`} 2>&1 | awk ${`
/^Network User:/ { sub(/^Network User: */, ""); print "user=" $0; next }
/^Network Domain:/ { sub(/^Network Domain: */, ""); print "domain=" $0; next }
/^(Network|Local) / { next }
NF { print "smbutil: " $0 }`}
if klist 2>/dev/null | grep -i -q -e ${`cifs/${server}@`}; then echo service=yes; else echo service=no; fi`;

export const mounts = (server: string): Script => sh`mount | sed -n ${`s#^//.*@${server}/.* on \\(/.*\\) (smbfs.*#mount=\\1#p`}
echo mounts-looked=yes`;

/** `agent=loaded` and how its last run ended. */
export const agent = sh`if launchctl list ${label} >/dev/null 2>&1; then echo agent=loaded; else echo agent=none; fi
launchctl list ${label} 2>/dev/null | sed -n 's/.*"LastExitStatus" = \\([0-9]*\\);.*/agent-status=\\1/p'`;
