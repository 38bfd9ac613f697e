/** What is installed, and who has signed the package. Scripts that only read. */
import { file, type Script, sh } from '../../topic-kit/index.ts';
import { app, info } from './parameters.ts';

/**
 * `app=none`, `real` (it has Apple’s identifier), `stub` (nothing but the property list with a version), or `other`; and `version=`.
 * Whether it is a stub is told by what lies in it, not by its version.
 */
export const showApp: Script = sh`if [ ! -e ${file(app)} ]; then echo app=none
else
  identifier=$(defaults read ${file(info)} CFBundleIdentifier 2>/dev/null)
  printf 'version=%s\\n' "$(defaults read ${file(info)} CFBundleShortVersionString 2>/dev/null)"
  if [ "$identifier" = com.apple.RemoteDesktop ]; then echo app=real
  elif [ -z "$identifier" ] && [ -f ${file(`${info}.plist`)} ] && [ "$(find ${file(app)} ! -type d | grep -c .)" = 1 ]; then echo app=stub
  else echo app=other
  fi
fi`;

export const showSystem: Script = sh`printf 'system=%s\\n' "$(sw_vers -productVersion)"`;

/** `package=there|missing`, and `signature=apple|expired|none|other|unread`. */
export const showPackage = (path: string): Script => sh`if [ ! -e ${file(path)} ]; then echo package=missing
else
  echo package=there
  said=$(pkgutil --check-signature ${file(path)} 2>&1)
  printf '%s\\n' "$said" | grep -e 'Status:' -e '^ *[1-9][.] '
  case $said in
  *"signed Apple Software"*) echo signature=apple ;;
  *"certificate that has since expired"*) echo signature=expired ;;
  *"no signature"*) echo signature=none ;;
  *Status:*) echo signature=other ;;
  *) echo signature=unread ;;
  esac
fi`;
