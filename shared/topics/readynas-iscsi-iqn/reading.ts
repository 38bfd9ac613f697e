/** ietd.conf as it is read on the box: without its passwords. */
import { file, type Script, sh } from '../../topic-kit/index.ts';

/** Targets, and their lines that name a node. Lines with users are counted and not shown; one that goes on is read as one. */
export const readConf = (path: string): Script => sh`if [ -r ${file(path)} ]; then
  awk '/^#/ { next }
    { line = $0; while (line ~ /\\\\\\r?$/ && (getline more) > 0) { sub(/\\\\\\r?$/, "", line); line = line more }
      gsub(/[ \\t\\r]+/, " ", line); sub(/^ /, "", line); sub(/ $/, "", line); low = tolower(line) }
    low ~ /^target / { target = substr(line, 8); print "target: " target; next }
    low ~ /^(incoming|outgoing)user/ { users++; next }
    low ~ /(iqn|eui|naa)\\./ { print "line: " target " | " line }
    END { print "users=" users + 0; print "read=yes" }' ${file(path)}
else echo read=no; fi`;
