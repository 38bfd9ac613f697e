/** What the client knows of its queue: where it prints, and what its PPD does with documents. Scripts that only read. */
import { file, sh } from '../../topic-kit/index.ts';

export const ppdOf = (queue: string) => file(`/etc/cups/ppd/${queue}.ppd`);

/** `uri=`; and `host=` and `remote=` where it is a queue of a CUPS server. A password in an address is not shown. */
export const whereTo = (queue: string) => sh`uri=$(LC_ALL=C lpstat -v ${queue} | sed -n 's/^device for [^:]*: //p' | sed 's#//[^/@]*@#//hidden@#')
printf 'uri=%s\\n' "$uri"
case $uri in
*@*) ;;
ipp://*/printers/* | ipps://*/printers/* | http://*/printers/* | https://*/printers/* | ipp://*/classes/* | ipps://*/classes/*)
  place=\${uri#*://} name=\${uri##*/}
  printf '%s\\n' "host=\${place%%/*}" "remote=\${name%%\\?*}"
  ;;
esac`;

/**
 * `ppd=`, `kind=`, `filters=` (those that CUPS reads: of the second kind where there are any), `pass=` (lines that pass a document on) and
 * `taken=` (vendor lines for the same types at no cost), and `ppd-sum=`.
 */
export const whatPpdDoes = (queue: string) => sh`if [ ! -f ${ppdOf(queue)} ]; then echo ppd=none
elif [ ! -r ${ppdOf(queue)} ]; then echo ppd=unread
else
  kind=own filters=cupsFilter
  ! grep '^\\*NickName: .*IPP Everywhere' ${ppdOf(queue)} >/dev/null || kind=everywhere
  ! grep '^\\*cupsFilter2:' ${ppdOf(queue)} >/dev/null || filters=cupsFilter2
  printf '%s\\n' ppd=there "kind=$kind" "filters=$filters"
  LC_ALL=C awk -v keyword="*$filters:" -F '"' '
    index($0, keyword) == 1 {
      n = split($2, words, " ")
      free = words[keyword ~ /2:$/ ? 3 : 2] == "0"
      if (free && words[n] == "-") pass++
      else if (free && words[1] ~ /^(application\\/(pdf|postscript|vnd.cups-postscript|vnd.cups-command)|image\\/)/) taken++
    }
    END { printf "pass=%d\\ntaken=%d\\n", pass, taken }' ${ppdOf(queue)}
  printf 'ppd-sum=%s\\n' "$(cksum <${ppdOf(queue)})"
fi`;

/** The choice of each option that is set for the queue, in one line: lpadmin may lose them with another PPD. */
export const defaultsOf = (queue: string) => sh`printf 'defaults=%s\\n' "$(LC_ALL=C lpoptions -p ${queue} -l | awk '{
  split($1, name, "/")
  for (at = 2; at <= NF; at++) if ($at ~ /^[*]/) printf "%s=%s ", name[1], substr($at, 2)
}')"`;

/** The names of options, one a line. */
const names = sh`sed 's/[/:].*//' | sort`;

/** What the server says of its queue, and which options only one side knows. */
export const askServer = (queue: string) => sh`secure=
case $uri in ipps://* | https://*) secure=-E ;; esac
LC_ALL=C lpstat $secure -h "$host" -r
theirs=$(LC_ALL=C lpoptions $secure -h "$host" -p "$remote" -l) || :
ours=$(LC_ALL=C lpoptions -p ${queue} -l 2>/dev/null) || :
printf 'options of the server: %s\\n' "$(printf '%s\\n' "$theirs" | grep -c .)"
only=$(printf '%s\\n' "$theirs" "$ours" | ${names} | uniq -u | tr '\\n' ' ')
printf 'options that only one side has: %s\\n' "\${only:-none}"`;
