/** What Apache itself reads: its files, and the sections that ask for a password, with macros and variables filled in. */
import { anywhere, file, type Matcher, type Script, sh } from '../../topic-kit/index.ts';
import type { Variant } from './parameters.ts';

/**
 * Shell functions. `read_files`: the files that Apache reads, one a line, as it says itself; where it can't be asked (before 2.4.10, or with a
 * broken configuration) all that is in the folder and behind its links. `read_config`: their text with macros and variables filled in, where
 * mod_info can be loaded for this question; else as it stands.
 */
export const readFunctions = ({ asks, folder, infoModule }: Variant): Script => sh`read_files() {
  said=$(${asks(sh`-t -D DUMP_INCLUDES`)} 2> /dev/null | sed -n 's/^ *([^)]*) \\(\\/.*\\)$/\\1/p')
  if [ -n "$said" ]; then printf '%s\\n' "$said"; else find -L ${file(folder)} -type f; fi
}
read_config() {
  said=$(${asks(sh`-t -D DUMP_CONFIG -C ${anywhere(`LoadModule info_module ${infoModule}`)}`)} 2> /dev/null)
  case $said in
  *'# In file:'*) printf '%s\\n' "$said" ;;
  *) read_files | sort -u | while IFS= read -r one; do cat "$one" 2> /dev/null; echo; done ;;
  esac
}`;

/**
 * awk over what `read_config` says: a line for each section that sets a type, with tabs between its parts: type, `IP port scheme name` of its
 * site, path of its address (empty: not known), realm, password file. Conditions are no sections of their own.
 */
const program = `function bare(text) { if (text ~ /^".*"$/ || text ~ /^'.*'$/) text = substr(text, 2, length(text) - 2); return text }
function up(values, at) { while (at > 0 && values[at] == "") at--; return at >= 0 ? values[at] : "" }
function place(at,   root) {
  if (kind[at] == "location" && arg[at] ~ /^\\//) return arg[at]
  if (kind[at] == "virtualhost" || at == 0) return "/"
  root = up(docroot, at)
  if (kind[at] == "directory" && root != "" && index(arg[at] "/", root "/") == 1) return substr(arg[at], length(root) + 1) "/"
  return ""
}
function told(at) {
  if (type[at] == "") return
  n++; found[n] = type[at] "\\t"; rest[n] = "\\t" place(at) "\\t" up(realm, at) "\\t" up(users, at)
}
function flush(address, name, tls,   i, ip, port) {
  ip = address; sub(/ .*/, "", ip); port = ip
  if (port ~ /:[0-9]+$/) sub(/.*:/, "", port); else port = listen == "" ? "80" : listen
  sub(/:[0-9*]+$/, "", ip)
  if (ip == "" || ip == "*" || ip == "_default_" || ip == "0.0.0.0" || ip == "[::]") ip = "127.0.0.1"
  for (i = 1; i <= n; i++) print found[i] ip " " port " " (tls || port == 443 ? "https" : "http") " " name rest[i]
  n = 0
}
function reset(at) { type[at] = ""; realm[at] = ""; users[at] = ""; docroot[at] = ""; server[at] = ""; ssl[at] = "" }
BEGIN { depth = 0; reset(0) }
{
  sub(/\\r$/, "")
  line = held $0; held = ""
  if (line ~ /\\\\$/) { held = substr(line, 1, length(line) - 1); next }
  gsub(/^[ \\t]+|[ \\t]+$/, "", line)
  if (line == "" || line ~ /^#/) next
  key = line; sub(/[ \\t].*/, "", key); key = tolower(key)
  value = line; if (!sub(/^[^ \\t]+[ \\t]+/, "", value)) value = ""
  if (line ~ /^<\\//) {
    if (key ~ /^<\\/(if|macro|require|limit|else)/) next
    told(depth)
    if (kind[depth] == "virtualhost") { flush(arg[depth], server[depth], ssl[depth]) }
    if (depth > 0) depth--
    next
  }
  if (line ~ /^</) {
    if (key ~ /^<(if|macro|require|limit|else)/) next
    if (key == "<virtualhost" && n > 0) flush("", server[0], "")
    depth++; reset(depth); kind[depth] = substr(key, 2); sub(/>$/, "", kind[depth])
    sub(/>$/, "", value); gsub(/^[ \\t]+|[ \\t]+$/, "", value); arg[depth] = bare(value)
    if (arg[depth] != "/") sub(/\\/$/, "", arg[depth])
    next
  }
  if (key == "authtype") type[depth] = tolower(bare(value))
  else if (key == "authname") realm[depth] = bare(value)
  else if (key == "authuserfile") users[depth] = bare(value)
  else if (key == "documentroot") { docroot[depth] = bare(value); sub(/\\/$/, "", docroot[depth]) }
  else if (key == "servername") { server[depth] = bare(value); sub(/^https?:\\/\\//, "", server[depth]); sub(/:[0-9]+$/, "", server[depth]) }
  else if (key == "sslengine") ssl[depth] = tolower(value) == "on" ? 1 : ""
  else if (key == "listen" && listen == "") { listen = value; sub(/ .*/, "", listen); sub(/.*:/, "", listen) }
}
END { told(0); flush("", server[0], "") }`;

/** `sections`: what the program says of the configuration. */
export const sectionsFunction = (variant: Variant): Script => sh`${readFunctions(variant)}
sections() { read_config | awk ${program}; }`;

/** Folders that Apache serves from, where it looks for .htaccess: of DocumentRoot, Alias and Directory. Not the whole disk. */
export const htaccessWith = (line: string): Script => sh`read_config | tr -d '\\r' | awk '
  { key = tolower($1); value = $2 }
  key == "alias" || key == "scriptalias" { value = $3 }
  key == "documentroot" || key == "<directory" || key == "alias" || key == "scriptalias" { gsub(/^"|[>"]+$/, "", value); gsub(/"/, "", value); if (value ~ /^\\/./ && value !~ /[*?[$]/) print value }
' | sort -u | while IFS= read -r served; do
  [ ! -d "$served" ] || find "$served" -name .htaccess -type f -exec grep -s -l -i -E ${line} {} +
done | sort -u | sed 's/^/htaccess: /'`;

export const htaccess: Matcher = {
  kind: 'failure',
  id: 'htaccess',
  pattern: /^htaccess: /,
  means: 'This .htaccess uses Digest. Without its module every request there would get "500 Internal Server Error".',
  next: 'Change it by hand: AuthType Basic, and an AuthUserFile made with htpasswd in place of Digest’s. Remove the AuthDigest… lines. Then run the step again.',
};

/** Names the password files of sections with Digest, over all files, where there are several. */
export const severalFiles: Script = sh`sections | awk -F '\\t' '$1 == "digest" && $5 != "" && !seen[$5]++ { n++; names = names (n > 1 ? ", " : "") $5 } END { if (n > 1) print "several password files: " names }'`;

export const severalPasswordFiles: Matcher = {
  kind: 'failure',
  id: 'several-password-files',
  pattern: /^several password files: /,
  means: 'Sections take passwords from several files, over all that Apache reads. With one file for all, the users of one would get into the others.',
  next: 'Give each of these sections AuthType Basic and a file of its own, made with htpasswd, by hand. Then run the step again.',
};
