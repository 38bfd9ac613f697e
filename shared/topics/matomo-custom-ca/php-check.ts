/** A small PHP program that asks a server as Matomo does: with the CA file that its configuration names. For PHP 5.5 and newer. */
import { anywhere, file, quote, type Script, sh } from '../../topic-kit/index.ts';
import { configOf, type Parameters } from './parameters.ts';

/**
 * Prints NAME=VALUE lines: `version`, `config`, `url`, `set` (custom_cacert_pem), `file` (what Matomo uses), and one for each word of WB_ASK:
 * curl's number of the error and its text. Configurations are merged as Matomo merges them: global, common, its own.
 */
const program = `$root = getenv("WB_ROOT");
preg_match("/VERSION = .([0-9][^\\x27\\x22]*)/", (string) @file_get_contents("$root/core/Version.php"), $found);
echo "version=", isset($found[1]) ? $found[1] : "", "\\n";
$set = ""; $hosts = array();
foreach (array("$root/config/global.ini.php", "$root/config/common.config.ini.php", getenv("WB_CONFIG")) as $at => $file) {
  if (!is_readable($file)) { if ($at === 2) { echo "config=unread\\n"; exit; } continue; }
  $ini = @parse_ini_string(file_get_contents($file) . "\\n", true);
  if ($ini === false) { echo "config=broken $file\\n"; exit; }
  if (isset($ini["General"]["custom_cacert_pem"])) $set = $ini["General"]["custom_cacert_pem"];
  if (isset($ini["General"]["trusted_hosts"])) $hosts = (array) $ini["General"]["trusted_hosts"];
}
$url = getenv("WB_URL") ?: (isset($hosts[0]) ? "https://" . $hosts[0] . "/" : "");
$used = $set;
foreach (array("$root/vendor/composer/ca-bundle/res/cacert.pem", "$root/core/DataFiles/cacert.pem") as $file)
  if ($used === "" && is_file($file)) $used = $file;
echo "config=read\\nurl=$url\\nset=$set\\nfile=$used\\n";
foreach (array_filter(explode(" ", (string) getenv("WB_ASK"))) as $name) {
  $c = curl_init($name === "public" ? getenv("WB_PUBLIC") : $url);
  curl_setopt_array($c, array(CURLOPT_NOBODY => true, CURLOPT_RETURNTRANSFER => true, CURLOPT_CONNECTTIMEOUT => 10, CURLOPT_TIMEOUT => 20));
  curl_setopt($c, CURLOPT_CAINFO, $name === "matomo" || $name === "php-ini" ? $used : getenv("WB_CA"));
  curl_exec($c);
  echo "$name=", trim(curl_errno($c) . " " . curl_error($c)), "\\n";
}`;

type Ask = 'matomo' | 'php-ini' | 'new' | 'public';

/** As the user that PHP runs as: what root may read proves nothing. `php-ini` is asked with curl.cainfo set to the new file. */
export function askAsMatomo(values: Omit<Parameters, 'public'> & { public?: string }, ...ask: Ask[]): Script {
  const run = (options: string, words: readonly Ask[]) =>
    sh`WB_ASK=${words.join(' ')} su -s ${anywhere('/bin/sh')} ${values.user} -c ${`exec php ${options}-r ${quote(program)}`}`;
  const others = ask.filter((word) => word !== 'php-ini');
  return sh`export WB_ROOT=${file(values.root)} WB_CONFIG=${file(configOf(values))} WB_CA=${file(values.bundle)} WB_URL=${values.url} WB_PUBLIC=${values.public ?? ''}
${run('', others)}${ask.includes('php-ini') ? sh` || exit\n${run('-d curl.cainfo="$WB_CA" -d openssl.cafile="$WB_CA" ', ['php-ini'])} | grep '^php-ini='` : sh``}`;
}

/** What curl says of a certificate: of its issuer, or another trouble that no list of CAs cures. */
export const issuerUnknown = /unable to get (?:local )?issuer certificate|self[- ]signed certificate|unable to verify the first certificate/i;
