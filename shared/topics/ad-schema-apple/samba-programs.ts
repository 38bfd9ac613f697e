/** Shell text for Samba's database tools: read classes of a schema, and import a file in stages. */
import { file, type Script, sh } from '../../topic-kit/index.ts';
import { auxiliaryOf, mainClass, type Parameters, structuralOf } from './parameters.ts';

/** Where a database is: a path in the script, or a variable of it. */
type Database = Script;
export const databaseOf = ({ database }: Parameters): Database => sh`${file(database)}`;
export const schemaOf = ({ base }: Parameters) => `CN=Schema,CN=Configuration,${base}`;

/** What awk makes of the records of a search: `class NAME: category N`, also for one that is defunct; then whether there was an answer. */
const classLines = `function tell() { if (name != "") print (defunct == "TRUE" ? "defunct class " : "class ") name ": category " (category == "" ? "none" : category); name = category = defunct = "" }
{ sub(/\\r$/, "") }
/^lDAPDisplayName: / { name = $2 }
/^objectClassCategory: / { category = $2 }
/^isDefunct: / { defunct = $2 }
/^$/ { tell() }
/^# returned / { answered = 1 }
END { tell(); print answered ? "schema: read" : "schema: not read" }`;

const filterFor = (classes: readonly string[]) => `(|${classes.map((name) => `(lDAPDisplayName=${name})`).join('')})`;
/** `more`: how to get there, such as an account. */
export const showClasses = (values: Parameters, database: Database, more: readonly string[] = []): Script =>
  sh`ldbsearch -H ${database} ${more} -b ${schemaOf(values)} ${filterFor([...new Set([mainClass(values), ...structuralOf(values), ...auxiliaryOf(values)])])} lDAPDisplayName objectClassCategory isDefunct | awk ${classLines}`;

/** ldbsearch breaks its lines after 78 letters. */
const unfolded = `/^ / { line = line substr($0, 2); next } { if (line != "") print line; line = $0 } END { print line }`;
export const rootOf = (values: Parameters): Script =>
  sh`{ ldbsearch -H ${databaseOf(values)} -s base -b '' dsServiceName; ldbsearch -H ${databaseOf(values)} -s base -b ${schemaOf(values)} fSMORoleOwner; } | awk ${unfolded} |
  awk ${`/^dsServiceName: / { self = substr($0, 16) } /^fSMORoleOwner: / { owner = substr($0, 16) } END { print "schema master: " (self == "" || owner == "" ? "not read" : self == owner ? "this one" : owner) }`}`;

/** Where the class is, and how many objects it has. */
export const objectsOf = (values: Parameters): Script =>
  sh`ldbsearch -H ${databaseOf(values)} -b ${schemaOf(values)} ${filterFor([mainClass(values)])} dn | awk ${unfolded} | sed -n 's/^dn: /class dn: /p'
ldbsearch -H ${databaseOf(values)} -b ${values.base} ${`(objectClass=${mainClass(values)})`} dn | awk ${`/^dn: / { n++ } /^# returned / { answered = 1 } END { print "objects of the class: " (answered ? n + 0 : "not read") }`}`;

/**
 * Writes a file for each stage, which ends where the schema is read again: within one run Samba does not know what the run itself has
 * added. What is there already is left out.
 */
const stages = `BEGIN { RS = ""; FS = "\\n"; while ((getline name < there) > 0) known[tolower(name)] = 1; stage = 1 }
{ dn = $0; sub(/^(#[^\\n]*\\n)*/, "", dn); sub(/\\n.*/, "", dn); sub(/^[Dd][Nn]: */, "", dn); gsub(/ *, */, ",", dn)
  if ($0 ~ /\\nschemaUpdateNow:/) { if (n) { print $0 "\\n" > (dir "/" stage ".ldif"); close(dir "/" stage ".ldif"); stage++; n = 0 } next }
  if ($0 ~ /\\nchangetype: add/ && (tolower(dn) in known)) { skipped++; next }
  print $0 "\\n" > (dir "/" stage ".ldif"); n++; all++ }
END { if (n) stage++; print "stages=" stage - 1; print "records to import: " all + 0 ", there already: " skipped + 0 }`;

/** In a folder of its own, `$dir`. Ends with `import: complete`, or says at which stage it stopped. */
export const importInto = (values: Parameters, database: Database): Script =>
  sh`ldbsearch -H ${database} -b ${schemaOf(values)} '(|(objectClass=attributeSchema)(objectClass=classSchema))' dn | awk ${unfolded} | sed -n 's/^dn: //p' >"$dir/there"
[ -s "$dir/there" ] || { echo 'import: the schema could not be read'; exit 1; }
tr -d '\\r' <${file(values.ldif)} | awk -v dir="$dir" -v there="$dir/there" ${stages} >"$dir/count"
grep '^records' "$dir/count"
stage=0 stages=$(sed -n 's/^stages=//p' "$dir/count")
while [ "$stage" -lt "\${stages:-0}" ]; do
  stage=$((stage + 1))
  ldbmodify -H ${database} ${'--option=dsdb:schema update allowed=true'} "$dir/$stage.ldif" 2>&1 || { echo "import: stopped at stage $stage of $stages"; exit 1; }
done
echo 'import: complete'`;
export const ownFolder = sh`dir=$(mktemp -d) || exit
trap 'rm -rf "$dir"' EXIT`;
