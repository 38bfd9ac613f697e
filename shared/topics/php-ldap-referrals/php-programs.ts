/** Small programs for `php -r`: a search with a time limit, what libldap does by itself, and what a file's connections do. For PHP 5.4 and newer. */
import { file, type Script, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';

/**
 * Follows a reference with the same account, to hosts of the same domain and over TLS only: the password goes to whatever server a
 * reference names. `$connection`, `$host`, `$dn` and `$password` are the program's own.
 */
export const rebind = [
  'ldap_set_option($connection, LDAP_OPT_REFERRALS, 1);',
  'ldap_set_rebind_proc($connection, function ($ldap, $url) use ($host, $dn, $password) {',
  '    $to = parse_url($url);',
  "    $domain = substr(strstr($host, '.') ?: $host, 1);",
  "    $same = $to['host'] === $host || substr($to['host'], -strlen($domain) - 1) === '.' . $domain;",
  "    if (!$same || $to['scheme'] !== 'ldaps') return 1;",
  '    ldap_set_option($ldap, LDAP_OPT_PROTOCOL_VERSION, 3);',
  '    return ldap_bind($ldap, $dn, $password) ? 0 : 1;',
  '});',
];

const search = `list(, $off, $uri, $base, $filter, $dn) = $argv;
$password = $dn === "" ? "" : rtrim(fgets(STDIN), "\\r\\n");
$c = ldap_connect($uri);
ldap_set_option($c, LDAP_OPT_PROTOCOL_VERSION, 3);
if ($off === "off") ldap_set_option($c, LDAP_OPT_REFERRALS, 0);
$start = microtime(true);
if (!($dn === "" ? @ldap_bind($c) : @ldap_bind($c, $dn, $password))) { echo "bind: ", ldap_error($c), "\\n"; exit(0); }
$r = @ldap_search($c, $base, $filter, array("dn"));
$error = ldap_error($c);
$entries = $r ? ldap_count_entries($c, $r) : 0;
$references = 0;
for ($one = $r ? @ldap_first_reference($c, $r) : false; $one; $one = @ldap_next_reference($c, $one)) $references++;
printf("search: entries=%d references=%d error=%s seconds=%.2f\\n", $entries, $references, $error, microtime(true) - $start);`;

/** A line `search: entries=… references=… error=… seconds=…`, or `bind: ERROR`. The password is asked for, and passed on by a pipe. */
export function timedSearch({ uri, base, filter, user, seconds }: Parameters, referrals: 'as-set' | 'off'): Script {
  const run = sh`timeout -k 2 ${seconds} php -d display_errors=stderr -r ${search} -- ${referrals} ${uri} ${base} ${filter} ${user}`;
  const asked = sh`stty -echo; printf 'Password for the search: '; IFS= read -r password; stty echo; echo
printf '%s\\n' "$password" | ${run}`;
  return sh`${user === '' ? sh`${run} < /dev/null` : asked}
case $? in 124 | 137) echo ${`search: no answer within ${seconds} seconds`} ;; esac`;
}

/** A line `referrals by default: followed`, or `not followed`: what libldap has read of ldap.conf and the environment. */
export const byDefault = sh`php -r ${'$c = ldap_connect("ldap://127.0.0.1"); ldap_get_option($c, LDAP_OPT_REFERRALS, $on); echo "referrals by default: ", $on ? "followed" : "not followed", "\\n";'}`;

/** Reads a file as PHP itself does, by its tokens: a line `on:` or `off:` for each connection, with the number of its line. */
const scan = `$tokens = array();
foreach (token_get_all(file_get_contents($argv[1])) as $t) {
  $text = is_array($t) ? $t[1] : $t;
  $line = is_array($t) ? $t[2] : 0;
  if (is_array($t) && in_array($t[0], array(T_WHITESPACE, T_COMMENT, T_DOC_COMMENT, T_INLINE_HTML, T_NS_SEPARATOR))) continue;
  $tokens[] = array(ltrim($text, "\\\\"), $line);
}
$text = function ($at) use ($tokens) { return isset($tokens[$at]) ? $tokens[$at][0] : ""; };
$name = function ($from, $to) use ($tokens) { return implode("", array_map(function ($t) { return $t[0]; }, array_slice($tokens, $from, max(0, $to - $from)))); };
$calls = array();
foreach ($tokens as $at => $t) {
  if (strtolower($t[0]) !== "ldap_connect" || $text($at + 1) !== "(" || in_array($text($at - 1), array("function", "->", "::"))) continue;
  $is = $text($at - 1) === "@" ? $at - 2 : $at - 1;
  for ($from = $is; $from > 0 && !in_array($text($from - 1), array(";", "{", "}", "(", ",")) && strpos($text($from - 1), "<?") !== 0; $from--);
  $calls[] = array($at, $text($is) === "=" ? $name($from, $is) : "?", $t[1]);
}
foreach ($calls as $n => $call) {
  list($at, $var, $line) = $call;
  $state = "on";
  for ($i = $at + 1; $i < count($tokens); $i++) {
    foreach ($calls as $m => $other) if ($m > $n && $other[0] === $i && $other[1] === $var) break 2;
    $f = strtolower($text($i));
    if ($text($i + 1) !== "(" || strpos($f, "ldap_") !== 0) continue;
    for ($comma = $i + 2; $comma < count($tokens) && $text($comma) !== "," && $text($comma) !== ")"; $comma++);
    if ($name($i + 2, $comma) !== $var) continue;
    if (in_array($f, array("ldap_bind", "ldap_sasl_bind", "ldap_search", "ldap_list", "ldap_read"))) break;
    if ($f === "ldap_set_option" && $text($comma + 1) === "LDAP_OPT_REFERRALS") $state = in_array(strtolower($text($comma + 3)), array("0", "false")) ? "off" : "on";
  }
  echo $state, ": line ", $line, " of ", $argv[1], "\\n";
}`;
/** The same for Roundcube's configuration, by address book. It is not loaded: it is a program that the web server's user may write. */
const scanRoundcube = `$depth = 0; $book = null; $key = null; $last = array(); $state = "on";
foreach (token_get_all(file_get_contents($argv[1])) as $t) {
  $text = is_array($t) ? $t[1] : $t;
  if (is_array($t) && in_array($t[0], array(T_WHITESPACE, T_COMMENT, T_DOC_COMMENT))) continue;
  $word = trim($text, "\\"'");
  if ($book === null && $text === "=" && in_array("ldap_public", $last) && count($last) > 6) { $book = $last[5]; $depth = 0; $state = "on"; }
  elseif ($book !== null && ($text === "[" || $text === "(")) $depth++;
  elseif ($book !== null && ($text === "]" || $text === ")")) { if (--$depth === 0) { echo $state, ": address book ", $book, "\\n"; $book = null; } }
  elseif ($book !== null && $depth === 1 && $text === "=>") $key = end($last);
  elseif ($key === "referrals" && $depth === 1) { $state = in_array(strtolower($word), array("false", "0")) ? "off" : "on"; $key = null; }
  elseif ($text === "," || $depth !== 1) $key = null;
  if ($text === ";" || $text === "{") $last = array(); else $last[] = $word;
}`;
const ofEach = (find: Script, program: string) => sh`{ ${find}; } | while IFS= read -r each; do
  php -l "$each" < /dev/null
  php -r ${program} -- "$each" < /dev/null || echo "unread: $each"
done | awk '{ print } /^on: / { on++ } /^off: / { off++ } /^unread: / { unread++ } END { print "connections that follow: " on + 0 ", that do not: " off + 0 ", files not read: " unread + 0 }'`;

/** The folders of Composer's packages are left out: their next update would undo a change. */
export const phpFiles = (folder: string) =>
  sh`find -H ${file(folder)} -name vendor -prune -o -type f \\( -name '*.php' -o -name '*.inc' -o -name '*.phtml' \\) -exec grep -l -i 'ldap_connect' {} +`;
/** Whether PHP can read the files and what their connections do, with the sum as the last line. */
export const connectionsIn = ({ way, folder, roundcube }: Parameters): Script =>
  way === 'roundcube' ? ofEach(sh`printf '%s\\n' ${file(roundcube)}`, scanRoundcube) : ofEach(phpFiles(folder), scan);
