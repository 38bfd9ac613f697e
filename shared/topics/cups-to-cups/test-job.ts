/** A document of so many pages, made on the client and printed: a line of text on each. */
import { sh } from '../../topic-kit/index.ts';

/** A PDF 1.4 with a right table of offsets. */
const pdf = (pages: number) => sh`awk -v pages=${pages} '
  function out(text) { printf "%s", text; at += length(text) }
  function object(text) { offset[++count] = at; out(count " 0 obj\\n" text "\\nendobj\\n") }
  BEGIN {
    out("%PDF-1.4\\n")
    for (page = 1; page <= pages; page++) kids = kids 2 + 2 * page " 0 R "
    object("<</Type/Catalog/Pages 2 0 R>>")
    object("<</Type/Pages/Count " pages "/Kids[" kids "]>>")
    object("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
    for (page = 1; page <= pages; page++) {
      object("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents " 3 + 2 * page " 0 R>>")
      text = "BT /F 18 Tf 72 720 Td (Wrenchbook test page " page " of " pages ") Tj ET"
      object("<</Length " length(text) ">>\\nstream\\n" text "\\nendstream")
    }
    table = at
    out("xref\\n0 " count + 1 "\\n0000000000 65535 f \\n")
    for (number = 1; number <= count; number++) out(sprintf("%010d 00000 n \\n", offset[number]))
    out("trailer\\n<</Size " count + 1 "/Root 1 0 R>>\\nstartxref\\n" table "\\n%%EOF\\n")
  }'`;

/** With an option that is set although it is the usual one: such options are logged, defaults are not. Waits a minute for it. */
export const printTest = (queue: string, pages: number) => sh`said=$(${pdf(pages)} | LC_ALL=C lp -d ${queue} -t 'Wrenchbook test' -o sides=one-sided 2>&1)
printf '%s\\n' "$said"
job=$(printf '%s\\n' "$said" | sed -n 's/^request id is \\([^ ]*\\).*/\\1/p')
tries=0
while [ -n "$job" ] && LC_ALL=C lpstat -o ${queue} | grep "^$job " >/dev/null; do
  if [ $tries -ge 60 ]; then echo job=waits; LC_ALL=C lpstat -p ${queue}; exit; fi
  sleep 1
  tries=$((tries + 1))
done
[ -z "$job" ] || echo job=sent`;
