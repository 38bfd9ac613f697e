# Commands that go on without the link. tmux or screen holds the terminal of each; beside that there is a folder of its user's
# alone (0700) with FIFOs for the script and for keystrokes, a file for what the terminal shows (0600), and its end.
# Answers are lines `TAG WORD VALUE`.

_wb_nap() { sleep 0.2 2>/dev/null || sleep 1; }

# PID: one that has ended and that nobody waited for, as in some containers, does not run.
_wb_runs() {
  kill -0 "$1" 2>/dev/null || return 1
  case $(cat "/proc/$1/stat" 2>/dev/null) in *') Z '*) return 1 ;; esac
}
_wb_alive() { [ -e "$1/pid" ] && _wb_runs "$(cat "$1/pid")" && [ "$(cat "$1/boot")" = "$(_wb_boot)" ]; }

# FOLDER: running, ended, waiting (its script has not come) or gone
_wb_state() {
  if [ -e "$1/status" ]; then
    echo ended
  elif [ ! -e "$1/begun" ] && [ -e "$1/pid" ]; then
    echo waiting
  elif _wb_alive "$1"; then
    echo running
  else
    echo gone
  fi
}

_wb_look() {
  for _wb_by in tmux screen; do
    command -v "$_wb_by" >/dev/null 2>&1 && { _wb_say by "$_wb_by"; return; }
  done
  _wb_say by none
}

# FOLDER: what carries keystrokes to the terminal, as long as there may be any.
_wb_feed() { printf 'while [ -p %s/in ] && [ ! -e %s/status ]; do cat %s/in; done' "$1" "$1" "$1"; }

_wb_hold_tmux() {
  (
    unset WRENCHBOOK_SESSION TMUX TMUX_PANE
    SHELL=/bin/sh
    export SHELL
    tmux -S "$_wb_dir/socket" -f /dev/null new-session -d -x "$_wb_cols" -y "$_wb_rows" "$@" \; \
      pipe-pane -IO "{ $(_wb_feed "$_wb_dir"); } & exec cat >>$_wb_dir/out"
  ) >/dev/null 2>&1 </dev/null
}

_wb_hold_screen() {
  (
    unset WRENCHBOOK_SESSION STY WINDOW
    SCREENDIR=$_wb_dir/screen
    export SCREENDIR
    mkdir "$SCREENDIR"
    printf 'startup_message off\nlogfile %s/out\nlogfile flush 0\ndeflog on\n' "$_wb_dir" >"$_wb_dir/screenrc"
    screen -c "$_wb_dir/screenrc" -S keep -dm "$@" || exit
    for _wb_try in 1 2 3 4 5 6 7 8 9 10; do
      screen -S keep -X exec .!. sh -c "$(_wb_feed "$_wb_dir")" && exit
      _wb_nap
    done
    exit 1
  ) >/dev/null 2>&1 </dev/null
}

# TOKEN KEEPER: makes the folder and the terminal; nothing of the script is run yet.
_wb_prepare() {
  _wb_umask=$(umask)
  umask 077
  _wb_token=$1 _wb_keeper=$2
  set -- $(stty size)
  _wb_rows=$1 _wb_cols=$2
  for _wb_by in tmux screen; do
    command -v "$_wb_by" >/dev/null 2>&1 || continue
    _wb_dir=$(mktemp -d "${TMPDIR:-/tmp}/wrenchbook-XXXXXXXXXX") || break
    case $_wb_dir in *[!A-Za-z0-9_./-]*) rmdir "$_wb_dir"; break ;; esac
    _wb_boot >"$_wb_dir/boot"
    mkfifo "$_wb_dir/in" "$_wb_dir/script" &&
      "_wb_hold_$_wb_by" sh -c "$_wb_keeper" keeper "$_wb_dir" "$_wb_token" "${TERM-}" "${SHELL-}" "$_wb_umask" "$_wb_rows" "$_wb_cols" &&
      for _wb_try in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
        [ -e "$_wb_dir/pid" ] && [ -e "$_wb_dir/out" ] && { _wb_say by "$_wb_by"; _wb_say folder "$_wb_dir"; return; }
        _wb_nap
      done
    _wb_withdraw "$_wb_dir" >/dev/null
  done
  _wb_say by none
}

# FOLDER TOKEN SCRIPT: now it runs.
_wb_begin() {
  [ "$(_wb_state "$1")" = waiting ] || exit 1
  : >"$1/go"
  printf '%s\n%s' "$3" "$2" >"$1/script"
}

# FOLDER FROM: the terminal as it goes on, from that byte on, and keystrokes to it. 71 where it is gone.
_wb_follow() {
  _wb_dir=$1
  exec 3<&0 2>/dev/null
  stty raw -echo
  _wb_fit() {
    set -- $(stty size <&3)
    stty rows "$1" cols "$2" <"$(cat "$_wb_dir/tty")"
  }
  trap _wb_fit WINCH
  _wb_fit
  cat <&3 >"$1/in" &
  _wb_keys=$!
  tail -c "+$(($2 + 1))" -f "$1/out" &
  _wb_shown=$!
  _wb_gone=0
  until [ -e "$1/status" ]; do
    _wb_runs "$(cat "$1/pid")" || [ -e "$1/status" ] || { _wb_gone=71; break; }
    _wb_nap
  done
  trap '' WINCH
  kill "$_wb_keys" "$_wb_shown"
  wait
  exit "$_wb_gone"
}

# FOLDER FROM: the rest of what it showed; its own status.
_wb_collect() {
  stty raw -echo
  tail -c "+$(($2 + 1))" "$1/out" 2>/dev/null
  exit "$(cat "$1/status" 2>/dev/null || echo 71)"
}

# FOLDER FROM COUNT: bytes as they are in the file.
_wb_window() {
  stty raw -echo
  tail -c "+$(($2 + 1))" "$1/out" | head -c "$3"
}

# FOLDER HALF: all that it showed; where that is more than twice HALF bytes, its beginning and its end.
_wb_whole() {
  stty raw -echo
  _wb_size=$(($(wc -c <"$1/out")))
  [ "$_wb_size" -gt $(($2 + $2)) ] || { cat "$1/out"; exit; }
  head -c "$2" "$1/out"
  printf '\n[%s bytes left out here]\n' $((_wb_size - $2 - $2))
  tail -c "$2" "$1/out"
}

# FOLDER: ends what still waits there, and removes it. Says whether its script had begun.
_wb_withdraw() {
  [ -d "$1" ] || { _wb_say begun unknown; return; }
  [ -e "$1/begun" ] || ! _wb_alive "$1" || kill -9 "$(cat "$1/pid")" 2>/dev/null
  if [ -e "$1/begun" ]; then _wb_say begun yes; else _wb_say begun no; fi
  : >"$1/status"
  [ ! -p "$1/in" ] || (exec 6<>"$1/in"; _wb_nap)
  rm -rf "$1"
}
