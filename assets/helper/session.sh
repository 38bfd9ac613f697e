# Wrenchbook's session helper: runs scripts that arrive on its terminal, one at a time, between marks.
#
# Plain POSIX sh. Tried with dash, bash, zsh and busybox ash; with ksh93, Ctrl-C does not reach every program. Started once
# for a session; hops start it again inside itself. Protocol (docs/session-protocol.md):
#   here → Wrenchbook  ESC ] 6973 ; NONCE ; SEQ ; WORD… BEL   ready, begin, end
#   Wrenchbook → here  NONCE run KEY / +piece of a line / =rest of a line / NONCE end LINES or CRC SIZE / NONCE bye
#                      NONCE keep KEY / … the same: shell functions for later scripts, which evaluate _wb_kept
# The marks of a script, begin and end, carry its KEY in place of the nonce. Both arrive over the terminal, never as an argument,
# so that `ps` does not show them. No variable has them in the subshell that runs scripts; its memory does.

# Behind a hop the bootstrap that read this text has done the first part already (electron/backend/sessions/hops/bootstrap.ts).
if [ -z "${_wb_token-}" ]; then
  _wb_saved=$(stty -g)
  # While waiting for a script: no echo, and Ctrl-C is an ordinary byte that can't end the helper.
  stty -echo -isig
  printf '\033]6973;hello;\007'
fi
# Ignored, and so by stty too: killed half-way by a Ctrl-C that came late, it would leave the terminal as the script had it.
trap '' INT QUIT
[ -n "${_wb_nonce-}" ] || IFS= read -r _wb_nonce || exit 1
case $_wb_nonce in '' | *[!0-9a-f]*) exit 1 ;; esac
_wb_seq=0
_wb_key=
_wb_line_end='
'

# A line that loses characters can lose a mark: there each is said three times, and counts once.
_wb_mark() {
  _wb_said="${_wb_key:-$_wb_nonce};$_wb_seq;$1"
  printf '\033]6973;%s\007' "$_wb_said"
  [ -z "${_wb_lossy-}" ] || printf '\033]6973;%s\007\033]6973;%s\007' "$_wb_said" "$_wb_said"
  _wb_seq=$((_wb_seq + 1))
}

# On a line that loses characters a read ends after ten seconds of silence: the last line of a script may be what was lost, and nobody sends
# that again while the script may be running. By read itself, or where it has no such option (dash) by the terminal.
_wb_limit=
if [ -n "${_wb_lossy-}" ]; then
  # shellcheck disable=SC3045 # whether it is there is what is tried
  (IFS= read -r -t 1 _wb_line </dev/null) 2>/dev/null
  [ $? -ne 1 ] || _wb_limit='-t 10'
fi
_wb_wait() {
  stty -echo -isig
  [ -z "${_wb_lossy-}" ] || [ -n "$_wb_limit" ] || stty -icanon min 0 time 100
}

# A Ctrl-D that was left over is no end. A terminal that is gone has nothing but ends. Silence ends a script, which then does not fit.
_wb_ends=0
_wb_read() {
  # shellcheck disable=SC2086,SC2229,SC3045 # none or two words, tried above
  until IFS= read -r $_wb_limit _wb_line; do
    if [ -n "${_wb_lossy-}" ]; then
      stty -g >/dev/null 2>&1 || return 1
      _wb_line="$_wb_nonce end"
      return 0
    fi
    _wb_ends=$((_wb_ends + 1))
    [ "$_wb_ends" -lt 100 ] || return 1
  done
  _wb_ends=0
}

# Programs for root are found also where a login's PATH, or that of sudo or su, leaves them out; in a rehearsal nothing beside its own is.
case ${WRENCHBOOK_LAB+lab}:$PATH: in lab:* | *:/usr/sbin:*) ;; *) PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin ;; esac

# Over a line that can fall silent without a word, signs of life: nothing else tells while a command says nothing. They mean nothing more, and
# carry no nonce. Where they end, as nobody can wait there or somebody ended them, that is said.
if [ -n "${_wb_beats-}" ]; then
  (
    unset _wb_nonce
    while
      printf '\033]6973;alive;%s\007' "$_wb_token"
      sleep "$_wb_beats" >/dev/null 2>&1 && kill -0 $$
    do :; done
    printf '\033]6973;still;%s\007' "$_wb_token"
  ) </dev/null 2>/dev/null &
  _wb_beats=$!
fi

_wb_wait
_wb_mark "ready;$(id -u);$(uname -s)"
while _wb_read; do
  _wb_key=
  case $_wb_line in
  "$_wb_nonce run "* | "$_wb_nonce keep "*) _wb_given=${_wb_line#"$_wb_nonce "} ;;
  "$_wb_nonce bye") break ;;
  "$_wb_nonce end "*) _wb_mark damaged && continue ;; # its beginning was lost on the way
  *) continue ;; # left-over keystrokes of the admin
  esac
  _wb_does=${_wb_given%% *}
  _wb_given=${_wb_given#* }
  _wb_script=
  _wb_count=0
  while _wb_read; do
    case $_wb_line in
    '+'*) _wb_script=$_wb_script${_wb_line#+} ;;
    '='*) _wb_script=$_wb_script${_wb_line#=}$_wb_line_end ;;
    "$_wb_nonce end"*) break ;;
    *) continue ;;
    esac
    _wb_count=$((_wb_count + 1))
  done
  # Not run unless it is what was sent: by its lines, as others may share the terminal; over a line that may lose characters by its sum, or
  # without cksum by its length.
  _wb_sum=${_wb_line#"$_wb_nonce end"}
  case $_wb_sum in
  ' '*' '*) _wb_is=$(printf '%s' "$_wb_given$_wb_script" | cksum 2>/dev/null) || _wb_is="${_wb_sum% *} $((${#_wb_given} + ${#_wb_script}))" ;;
  *) _wb_is=$_wb_count ;;
  esac
  [ " ${_wb_is# }" = "$_wb_sum" ] || { _wb_mark damaged && continue; }
  _wb_key=$_wb_given
  _wb_mark begin
  if [ "$_wb_does" = keep ]; then
    # shellcheck disable=SC2034 # scripts evaluate it
    _wb_kept=$_wb_script
    _wb_mark 'end;0'
    continue
  fi
  trap : INT QUIT # not ignored, as the script's programs would inherit that
  stty "$_wb_saved"
  (eval "unset _wb_beats _wb_lossy _wb_limit _wb_said _wb_nonce _wb_key _wb_given _wb_does _wb_line _wb_script _wb_sum _wb_is _wb_count _wb_saved _wb_seq _wb_token _wb_text
$_wb_script")
  _wb_status=$?
  trap '' INT QUIT
  stty "$_wb_saved"
  _wb_wait
  _wb_mark "end;$_wb_status"
done
if [ -n "${_wb_beats-}" ]; then
  exec 2>/dev/null # a shell may have something to say of it
  kill "$_wb_beats"
fi
stty "$_wb_saved"
