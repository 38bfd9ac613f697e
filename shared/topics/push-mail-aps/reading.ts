/** What the server says of its setting, its IMAP capabilities, and devices that have registered. Scripts that only read. */
import { file, type Script, sh } from '../../topic-kit/index.ts';
import { deviceMap, type Parameters, pushLog, setting } from './parameters.ts';

/** From 10.8 on they are in Server.app. */
export const serverTools: Script = sh`PATH=$PATH:${file('/Applications/Server.app/Contents/ServerRoot/usr/sbin')}`;

/** `version=`, and `setting=yes|no`; `none`: this release does not have it; `missing`: there is no serveradmin. */
export const showSetting: Script = sh`${serverTools}
printf 'version=%s\\n' "$(sw_vers -productVersion)"
if command -v serveradmin >/dev/null 2>&1; then
  said=$(serveradmin settings ${setting} 2>&1)
  case $said in
  *${`${setting} = `}yes*) echo setting=yes ;;
  *${`${setting} = `}no*) echo setting=no ;;
  *_empty_*) echo setting=none ;;
  *) printf '%s\\n' "$said"; echo setting=unread ;;
  esac
else echo setting=missing
fi`;

/** A server that takes the connection and says nothing ends after 10 seconds: a Mac has no timeout(1), and every one has perl. */
const connect = ({ host, port }: Parameters): Script => sh`wb_imap() {
  perl -e 'alarm shift; exec @ARGV' 10 openssl s_client -quiet -connect ${`${host}:${port}`} 2>&1 | tr -d '\\r'
}
wb_has() { case $1 in *CAPABILITY*XAPPLEPUSHSERVICE*) echo yes ;; *CAPABILITY*) echo no ;; *) echo unread ;; esac; }`;

/**
 * `before-login=yes|no|unread`, with the line that says it. All commands are sent at once: the server answers in order, and closes.
 * `until`: asked again for ten seconds until it is so, as Dovecot reads its configuration again.
 */
export const showCapability = (values: Parameters, until?: 'yes' | 'no'): Script => sh`${connect(values)}
n=0
while :; do
  said=$(printf 'a CAPABILITY\\r\\nz LOGOUT\\r\\n' | wb_imap)
  n=$((n + 1))
  ${until ? sh`[ "$(wb_has "$said")" != ${until} ] && [ $n -lt 10 ] || break; sleep 1` : sh`break`}
done
printf '%s\\n' "$said" | grep -e '^[*] .*CAPABILITY' -e 'connect:errno' -e '^[*] BYE' | sort -u
printf 'before-login=%s\\n' "$(wb_has "$said")"`;

/** `after-login=yes|no|unread`, or `login=refused`. The password goes through a pipe of the shell: it is in no argument and in no file. */
export const showAfterLogin = ({ user }: Parameters): Script =>
  user === ''
    ? sh`echo after-login=not-asked`
    : sh`stty -echo; printf 'Password of the mailbox: '; IFS= read -r password; stty echo; echo
said=$(printf 'a AUTHENTICATE PLAIN %s\\r\\nb CAPABILITY\\r\\nz LOGOUT\\r\\n' "$(printf '\\0%s\\0%s' ${user} "$password" | openssl base64 | tr -d '\\n')" | wb_imap)
password=
case $said in
*"a NO"* | *"a BAD"*) echo login=refused ;;
*) printf 'after-login=%s\\n' "$(wb_has "$(printf '%s\\n' "$said" | grep -e '^a OK' -e '^[*] CAPABILITY')")" ;;
esac`;

/** `warnings=`: how often push_notify has missed a device, of this user where one is named. Such a line alone is usual for users without a device. */
export const countWarnings = ({ guid }: Parameters): Script => sh`if [ -r ${file(pushLog)} ]; then
  printf 'warnings=%s\\n' "$(grep -c -i ${`no device map found for ${guid}`} ${file(pushLog)})"
else echo warnings=unread
fi`;

/** `registered=yes|no|unread`. Only counted: the file holds the tokens of devices. */
export const showRegistered = (guid: string): Script => sh`PATH=$PATH:${file('/usr/libexec')}
if [ ! -e ${file(deviceMap)} ]; then echo registered=no
elif list=$(PlistBuddy -c Print ${file(deviceMap)} 2>/dev/null); then
  if printf '%s\\n' "$list" | grep -i -F -q -e ${guid}; then echo registered=yes; else echo registered=no; fi
else echo registered=unread
fi`;
