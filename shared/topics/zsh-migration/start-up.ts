/** How zsh is looked at: its files, and a start of it on a terminal of its own, as nobody types there. */
import { anywhere, file, type Script, sh } from '../../topic-kit/index.ts';

/** Prints what zsh knows once it has read its files; `wb-end` shows that it came so far. */
const values = `automenu=$options[automenu] nomatch=$options[nomatch] block=\${from_bash_block:-none}
emulate zsh
print -r -- wb-begin
print -r -- "block=$block"
print -r -- "automenu=$automenu"
print -r -- "nomatch=$nomatch"
there=0
for name in "$@"; do
  case $name in
  alias:*) (( \${+aliases[\${name#*:}]} )) ;;
  function:*) (( \${+functions[\${name#*:}]} )) ;;
  *) [[ \${parameters[\${name#*:}]} == *export* ]] ;;
  esac && (( ++there )) || print -r -- "missing=$name"
done
print -r -- "names=$there of $#"
print -r -- wb-end`;

/**
 * Arguments: the home folder, the text above, names. First `zsh -c` with all start-up files, then one that waits for somebody to type, until it
 * switches bracketed paste on: that is the last thing in front of a prompt. Both end with their terminal. Nothing is typed, so no history grows.
 */
const program = `zmodload zsh/zpty zsh/datetime || exit 3
setopt extended_glob
home=$1 text=$2
shift 2
clean="env -i HOME=\${(q)home} USER=\${(q)USER} LOGNAME=\${(q)LOGNAME:-$USER} PATH=\${(q)PATH} LANG=\${(q)LANG:-C} TERM=xterm-256color POWERLEVEL9K_DISABLE_CONFIGURATION_WIZARD=true DISABLE_AUTO_UPDATE=true zsh"
begin() { # COMMAND MARK
  local line until=$(( EPOCHSECONDS + 20 ))
  out=
  zpty -b wb "$1"
  while (( EPOCHSECONDS < until )); do
    while zpty -r -t wb line; do out+=$line; done
    [[ $out == *"$2"* || $out == *'abort compinit [n]?'* ]] && break
    zpty -t wb || { while zpty -r -t wb line; do out+=$line; done; break }
    sleep 0.1
  done
  zpty -d wb
}
plain() { # without escape sequences
  out=\${out//$'\\e]'[^$'\\a']#$'\\a'/}
  out=\${out//$'\\e['[0-9\\;?]#[a-zA-Z]/}
  out=\${out//[$'\\e\\r']/}
}
# Without any of its files zsh asks a new user first.
[[ -e $home/.zshrc || -e $home/.zprofile || -e $home/.zshenv || -e $home/.zlogin ]] || { print block=none; print 'prompt=not tried: there is no file'; exit 0 }
from=$EPOCHREALTIME
begin "$clean -i -l -c \${(q)text} zsh \${(j: :)\${(q)@}}" wb-end
printf 'start=%.2f s\\n' $(( EPOCHREALTIME - from ))
plain
said=\${out%%wb-begin*}
for line in \${\${(f)said}[1,20]}; do print -r -- "says: $line"; done
if [[ $out != *wb-end* ]]; then print prompt=none; exit 0; fi
print -r -- \${\${out##*wb-begin$'\\n'}%%wb-end*}
begin "$clean -i -l" $'\\e[?2004h'
if [[ $out == *$'\\e[?2004h'* ]]; then print prompt=reached; exit 0; fi
plain
print prompt=none
for line in \${\${(f)out}[-5,-1]}; do print -r -- "waits: $line"; done`;

/** `block=`, `automenu=`, `names=`, `prompt=` and what zsh says of itself meanwhile. */
export const startOfZsh = (home: string, names: readonly string[]): Script => sh`zsh -f -c ${program} zsh-check ${file(home)} ${values} ${names}`;

/** Of each file that is there: whether zsh can read it. */
export const syntaxOf = (home: string): Script => sh`for name in .zshenv .zprofile .zshrc .zlogin; do
  [ -e ${file(home)}/$name ] || continue
  if zsh -n ${file(home)}/$name; then printf 'syntax %s: good\\n' "$name"; else printf 'syntax %s: bad\\n' "$name"; fi
done
echo syntax-looked=yes`;

export const loginShell = sh`if command -v dscl >/dev/null 2>&1; then dscl . -read ${anywhere('/Users/')}"$(id -un)" UserShell | sed 's/^UserShell: /login-shell=/'
else getent passwd "$(id -un)" | awk -F: '{ print "login-shell=" $7 }'
fi`;

/** Lines of a file behind a tag, with values of secrets left out before they reach the terminal. */
export const shownLines = (tag: string): Script =>
  sh`awk -v tag=${tag} ${`
{
  sub(/\\r$/, "")
  line = $0
  if (skip) { if (index(line, quote)) skip = 0; next }
  if (line ~ /[\\001-\\010\\013-\\037\\177]/) line = "<not shown>"
  else if (toupper(line) ~ /^[ \\t]*(EXPORT +|DECLARE +-X +)?[A-Z0-9_]*(TOKEN|SECRET|PASSW|PASSPHRASE|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|CREDENTIAL)[A-Z0-9_]*=/) {
    at = index(line, "=")
    value = substr(line, at + 1)
    if (value != "" && value !~ /^["']?(\\$\\(|\`|\\$HOME|~?\\/)/) {
      first = substr(value, 1, 1)
      if ((first == "\\"" || first == "'") && !index(substr(value, 2), first)) { skip = 1; quote = first }
      line = substr(line, 1, at) "<not shown>"
    }
  }
  print tag "| " line
}`}`;
