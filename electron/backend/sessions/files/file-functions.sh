# What Wrenchbook puts before a quiet script that works on one file of the target (docs/session-protocol.md).
#
# POSIX sh and POSIX tools only: ls, od (base64, where there is one), cksum (else sha256sum), head (else dd), cp, mv, ln, df, stty. Tried with dash, bash, ksh93, zsh and
# busybox ash. Says lines `TAG WORD VALUE`; the tag is random, so that what else reaches the terminal is not taken for it.
# Set before: wb_tag, wb_name (the path), wb_follow (yes: a link's target is meant), wb_root (a rehearsal's root, else empty).
LC_ALL=C
export LC_ALL
umask 077
wb_start=$PWD
# The name of the folder of our own that is worked in, beside the file; empty where none is.
wb_own=
wb_stopped=

wb_say() { printf '%s %s %s\n' "$wb_tag" "$1" "$2"; }
# Nothing comes after it but the end. A line that is lost hangs up more than once: that must not reach the rm.
wb_clean() {
  trap '' INT HUP TERM
  if [ -n "$wb_own" ] && rm -rf draft from to; then rmdir "../$wb_own" 2>/dev/null && wb_own=; fi
}
wb_fail() {
  wb_clean
  wb_say failed "$1 $2"
  exit 1
}
# Ctrl-C, or the line was lost. Nothing is left behind, nothing is done any more, and who would still read what is typed
# finds the end of it. (`exit` in a trap hangs ksh93.)
trap 'wb_stopped=1; exec </dev/null; wb_clean' INT HUP TERM
wb_go() {
  if [ -n "$wb_stopped" ]; then wb_fail interrupted; fi
}

# CRC and size, as cksum(1) of POSIX says them; small busyboxes have none, but a SHA-256.
if cksum </dev/null >/dev/null 2>&1; then
  wb_sum() { cksum <"$1" | { read -r wb_a wb_b wb_c && printf '%s %s' "$wb_a" "$wb_b"; }; }
elif sha256sum </dev/null >/dev/null 2>&1; then
  wb_sum() { sha256sum <"$1" | { read -r wb_a wb_b && printf '%s' "$wb_a"; }; }
else
  wb_fail no-sums
fi
# Whether $1 is the content whose sums are $2: CRC, size and SHA-256.
wb_same() {
  wb_b=$(wb_sum "$1")
  case " $2 " in
  *" ${wb_b:-?} "*) ;;
  *) return 1 ;;
  esac
}
# Mode as ls shows it (with the signs for ACL and context), links, uid, gid, size.
wb_list() { ls -ldn "$1" | { read -r wb_a wb_b wb_c wb_d wb_e wb_f && printf '%s %s %s %s %s' "$wb_a" "$wb_b" "$wb_c" "$wb_d" "$wb_e"; }; }
# What has to stay as it was: mode, uid, gid.
wb_kept() { ls -ldn "$1" | { read -r wb_a wb_b wb_c wb_d wb_e && printf '%s %s %s' "$wb_a" "$wb_c" "$wb_d"; }; }
# Which file it is: inode and mode. Nothing where it can't be told.
wb_node() { ls -lidn"${2-}" "$1" 2>/dev/null | { read -r wb_a wb_b wb_c && printf '%s %s' "$wb_a" "$wb_b"; }; }
wb_size() { ls -ldn "$1" | { read -r wb_a wb_b wb_c wb_d wb_e wb_f && printf '%s' "$wb_e"; }; }

# Sets wb_file to the file that is meant, and wb_dir to its folder.
wb_resolve() {
  wb_file=$wb_name
  wb_links=0
  while [ -L "$wb_file" ]; do
    wb_a=$(
      ls -ld "$wb_file"
      printf x
    )
    wb_a=${wb_a%??}
    wb_a=${wb_a#*"$wb_file -> "}
    [ "$wb_follow" = yes ] || wb_fail symlink "$wb_a"
    wb_links=$((wb_links + 1))
    [ "$wb_links" -le 40 ] || wb_fail link-loop
    case $wb_a in
    /*) wb_file=$wb_root$wb_a ;;
    *) wb_file=${wb_file%/*}/$wb_a ;;
    esac
  done
  wb_dir=${wb_file%/*}
  [ -n "$wb_dir" ] || wb_dir=/
  if [ ! -d "$wb_dir" ]; then wb_fail no-folder "$wb_dir"; fi
  if [ ! -x "$wb_dir" ]; then wb_fail closed-folder "$wb_dir"; fi
  wb_real=$(cd -P "$wb_dir" 2>/dev/null && pwd -P)
  if [ -z "$wb_real" ]; then wb_fail no-folder "$wb_dir"; fi
  wb_inside
}
# A rehearsal stays in its lab, wherever links lead.
wb_inside() {
  [ -n "$wb_root" ] || return 0
  case $wb_real/ in
  "$(cd -P "$wb_root" && pwd -P)"/*) ;;
  *) wb_fail outside "$wb_dir" ;;
  esac
}

# Refuses what is no ordinary file with one name. Says `place`, `in`, and `absent` or `is`. Goes into its folder: what is read lies
# where that is said, also when the path leads elsewhere a moment later.
wb_look() {
  wb_resolve
  cd -P "$wb_dir" 2>/dev/null || wb_fail no-folder "$wb_dir"
  wb_real=$(pwd -P)
  case $wb_file in
  /*) wb_say place "${wb_real%/}/${wb_file##*/}" ;;
  *) wb_say place "$wb_file" ;;
  esac
  wb_file=./${wb_file##*/}
  wb_say in "$wb_real"
  if [ ! -e "$wb_file" ]; then
    wb_say absent
    return
  fi
  if [ -d "$wb_file" ]; then wb_fail folder; fi
  if [ ! -f "$wb_file" ]; then wb_fail special; fi
  wb_is=$(wb_list "$wb_file")
  wb_say is "$wb_is"
  if [ ! -r "$wb_file" ]; then wb_fail unreadable; fi
  wb_names=${wb_is#* }
  wb_names=${wb_names%% *}
  [ "$wb_names" -eq 1 ] || wb_fail hard-links "$wb_names"
}

# The same of a file whose folders may be missing: says the outermost of them as `missing`, and where the file will be.
wb_look_or_new() {
  wb_dir=${wb_name%/*}
  if [ -d "${wb_dir:-/}" ]; then
    wb_look
    return
  fi
  wb_n=
  while [ ! -d "$wb_dir" ]; do
    # Something else stands there, or a link that leads nowhere.
    if [ -e "$wb_dir" ] || [ -L "$wb_dir" ]; then wb_fail no-folder "$wb_dir"; fi
    wb_a=$wb_dir
    wb_n=/${wb_dir##*/}$wb_n
    case $wb_dir in
    /*/*) wb_dir=${wb_dir%/*} ;;
    /*) wb_dir=/ ;;
    */*) wb_dir=${wb_dir%/*} ;;
    *) wb_dir=. ;;
    esac
  done
  cd -P "$wb_dir" 2>/dev/null || wb_fail closed-folder "$wb_dir"
  wb_real=$(pwd -P)
  cd "$wb_start" || wb_fail no-folder "$wb_start"
  wb_inside
  wb_file=$wb_name
  case $wb_file in
  /*) wb_say place "${wb_real%/}$wb_n/${wb_file##*/}" ;;
  *) wb_say place "$wb_file" ;;
  esac
  wb_say missing "$wb_a"
  wb_say in "${wb_real%/}$wb_n"
  wb_say absent
}

# Says the content of wb_file, which was looked at, unless it has more bytes than $1.
wb_read() {
  wb_size=${wb_is##* }
  [ "$wb_size" -le "$1" ] || wb_fail too-large "$wb_size"
  exec 4<"$wb_file"
  # What was opened is what was looked at, and not a link that was put there in between.
  wb_a=$(wb_node /proc/self/fd/0 L <&4)
  if [ -n "$wb_a" ] && [ "$wb_a" != "$(wb_node "$wb_file")" ]; then wb_fail changed; fi
  if [ -n "$wb_base64" ]; then
    wb_say data base64
    # Without lines where it can: each line end costs the terminal and the reader more than what is on the line.
    if [ "$wb_size" -gt 65536 ] && [ "$(printf wb | base64 -w 0 2>/dev/null)" = d2I= ]; then
      base64 -w 0 <&4
    else
      base64 <&4
    fi
  else
    wb_say data
    od -An -v -tx1 <&4
  fi
  exec 4<&-
  wb_go
  wb_say sum "$(wb_sum "$wb_file")"
}

# The same for one of several files: $1 is its path.
wb_next() {
  wb_name=$1
  cd "$wb_start" || wb_fail no-folder "$wb_start"
  wb_say next
  wb_go
}

# Whether wb_file still is what was seen: $1 is its sum, or `absent`.
wb_expect() {
  if [ "$1" = absent ]; then
    if [ -e "$wb_file" ] || [ -L "$wb_file" ]; then wb_fail changed; fi
  elif [ ! -f "$wb_file" ] || ! wb_same "$wb_file" "$1"; then
    wb_fail changed
  fi
}

# Stops before $2 bytes (a number) fill the disk of folder $1.
wb_room() {
  wb_free=$(df -Pk "$1" 2>/dev/null | {
    read -r wb_a
    read -r wb_a wb_b wb_c wb_d wb_e && printf '%s' "$wb_d"
  })
  case $wb_free in
  '' | *[!0-9]*) return ;;
  esac
  [ "$wb_free" -ge "$(($2 / 1024 + 1))" ] || wb_fail no-space "$wb_free $1"
}

# Goes into a folder of our own below $1, the physical path of a folder. Nobody else can touch what is in there, and from there the file
# is `../NAME`: whoever may write in one of the folders of a path can lead it elsewhere at any moment, but not this.
wb_enter() {
  wb_go
  wb_a=.wrenchbook-${wb_tag#*-}.tmp
  wb_b=$(mkdir -m 700 "$1/$wb_a" 2>&1) || wb_fail no-temp "$1 $wb_b"
  cd -P "$1/$wb_a" 2>/dev/null || wb_fail exposed "$1"
  # It is looked at from within: outside, another may stand in its place by now.
  case $(wb_kept .) in
  d???--[-S]---*" $(id -u) "*) ;; # S: the group is handed down here
  *) wb_fail exposed "$1" ;;
  esac
  wb_own=$wb_a
  if [ -n "$(ls -A .)" ] || [ "$(cd -P .. && pwd -P)" != "$1" ]; then wb_fail exposed "$1"; fi
  # How mv(1) is told not to move into a folder that a link of that name leads to.
  : >from
  if mv -T from to 2>/dev/null; then
    wb_flat=-T
  elif mv -h from to 2>/dev/null; then
    wb_flat=-h
  else
    wb_flat=
    case $(wb_kept ..) in
    d????-??-*" 0 "* | d????-??-*" $(id -u) "*) ;;
    *) wb_fail exposed "$1" ;;
    esac
  fi
  rm -f from to
}
# The same below the folder of wb_file, which is the one that was looked at ($1, where that is known).
wb_enter_beside() {
  if [ -n "$1" ] && [ "$1" != "$wb_real" ]; then wb_fail moved "$wb_real"; fi
  wb_enter "$wb_real"
  wb_file=../${wb_file##*/}
}
wb_leave() {
  rmdir "../$wb_own" 2>/dev/null
  wb_own=
  cd "$wb_start" || wb_fail no-folder "$wb_start"
}

# Copies $1 over $2 with all that can be kept: mode (in octal: $3), owner, times, and where cp(1) can, ACLs and extended
# attributes.
wb_copy() {
  case $(cp --version 2>/dev/null) in
  *GNU* | *uutils*) wb_b=$(cp -a "$1" "$2" 2>&1) ;;
  *) wb_b=$(cp -pPR "$1" "$2" 2>&1) ;;
  esac || wb_fail no-copy "$wb_b"
  # No link or device that stood there for a moment.
  if [ -L "$2" ] || [ ! -f "$2" ]; then wb_fail changed; fi
  wb_keep "$1" "$2" "$3"
}
# Makes sure of mode and owner of $2; $3 is the mode in octal.
wb_keep() {
  if [ "$(wb_kept "$1")" != "$(wb_kept "$2")" ]; then chmod "$3" "$2" 2>/dev/null; fi
  if [ "$(wb_kept "$1")" != "$(wb_kept "$2")" ]; then wb_fail attributes "$(wb_kept "$1") / $(wb_kept "$2")"; fi
}

wb_sync() { sync "$1" 2>/dev/null || sync; }

# Exactly $1 bytes of what is typed. `dd` reads them one by one: slow, and right.
if [ "$(printf abc | head -c 2 2>/dev/null)" = ab ]; then
  wb_take() { head -c "$1"; }
else
  wb_take() { dd bs=1 count="$1" 2>/dev/null; }
fi

# The first wb_pieces of the pieces, which have so many characters each, into descriptor 3, and that each was taken: the next one comes while
# they are decoded. Where what came is not a piece, the sum shows it. After a piece that can't be decoded the others are read all the same.
wb_decode() {
  exec 5>&1
  (
    for wb_n in "$@"; do
      if [ "$wb_pieces" -eq 0 ]; then break; fi
      wb_pieces=$((wb_pieces - 1))
      wb_take "$wb_n"
      wb_say took >&5
    done
  ) | (
    base64 "$wb_base64" >&3 2>/dev/null
    wb_a=$?
    cat >/dev/null
    exit "$wb_a"
  ) || wb_bad=1
  exec 5>&-
  wb_go
}
# One piece of printf text, the same way.
wb_print() {
  wb_go
  wb_piece=$(wb_take "$1")
  wb_go
  if [ "${#wb_piece}" -ne "$1" ]; then wb_fail interrupted; fi
  # The text is made for this: every % and \ in it is an escape.
  printf "$wb_piece" >&3 2>/dev/null || wb_bad=1
  wb_say took
}

# How base64(1) decodes, which POSIX did not have until 2024; empty where it does not.
wb_base64=
for wb_a in -d -D; do
  if [ "$(printf d2I= | base64 "$wb_a" 2>/dev/null)" = wb ]; then
    wb_base64=$wb_a
    break
  fi
done

# Puts what is sent into the draft. $1 is its sum in the end, and $2 says how many pieces come in base64; then the lengths of these, and of those
# that come as printf(1) text where there is no base64.
wb_receive() {
  wb_want=$1
  wb_pieces=$2
  shift 2
  if [ ! -w draft ]; then chmod u+w draft; fi
  ( : >>draft) 2>/dev/null || wb_fail damaged
  # Out of line mode: a line there has 4,096 bytes at most, and the rest would be lost.
  stty -icanon -echo min 1 time 0
  exec 3>|draft
  wb_say ready "${wb_base64:+base64}"
  wb_bad=
  wb_go
  if [ -n "$wb_base64" ]; then
    wb_decode "$@"
  else
    shift "$wb_pieces"
    for wb_n in "$@"; do wb_print "$wb_n"; done
  fi
  exec 3>&-
  if [ -n "$wb_bad" ] || ! wb_same draft "$wb_want"; then
    wb_room .. 65536
    wb_fail damaged
  fi
}

# Puts the draft in the place of wb_file, or where there was none ($1 is `absent`) beside no other.
wb_put() {
  wb_expect "$1"
  wb_go
  wb_sync draft
  if [ "$1" = absent ] && ln -n draft "$wb_file" 2>/dev/null; then
    rm -f draft
  else
    wb_expect "$1"
    wb_b=$(mv -f ${wb_flat:+"$wb_flat"} draft "$wb_file" 2>&1) || wb_fail no-move "$wb_b"
  fi
  wb_sync ..
  wb_say is "$(wb_list "$wb_file")"
  wb_leave
}

# Makes the folders $2 …, each in the one before it; $1 is the physical path of what the first one is in. Nobody is followed who puts a link
# in the way: each is entered, and looked at from within.
wb_make_folders() {
  wb_real=$1
  wb_a=${2%/*}
  case $2 in
  /*) wb_a=${wb_a:-/} ;;
  */*) ;;
  *) wb_a=. ;;
  esac
  shift
  cd -P "$wb_a" 2>/dev/null || wb_fail moved "$wb_a"
  if [ "$(pwd -P)" != "$wb_real" ]; then wb_fail moved "$(pwd -P)"; fi
  for wb_n in "$@"; do
    wb_go
    wb_n=${wb_n##*/}
    wb_a=$(wb_kept .)
    wb_a=${wb_a#* }
    wb_owner=${wb_a% *}:${wb_a#* }
    wb_b=$(mkdir -m 755 "./$wb_n" 2>&1) || wb_fail no-new-folder "${wb_real%/}/$wb_n: $wb_b"
    cd -P "./$wb_n" 2>/dev/null || wb_fail exposed "$wb_real"
    case $(wb_kept .) in
    d*" $(id -u) "*) ;;
    *) wb_fail exposed "$wb_real" ;;
    esac
    if [ "$(cd -P .. && pwd -P)" != "$wb_real" ]; then wb_fail exposed "$wb_real"; fi
    if [ "$(id -u)" -eq 0 ]; then
      wb_b=$(chown "$wb_owner" . 2>&1) || wb_fail no-new-folder "${wb_real%/}/$wb_n: $wb_b"
    fi
    wb_real=${wb_real%/}/$wb_n
  done
  cd "$wb_start" || wb_fail no-folder "$wb_start"
}
# Removes folders that were made, the deepest first, as far as they are empty.
wb_drop_folders() {
  for wb_a in "$@"; do
    if [ -L "$wb_a" ]; then break; fi
    if [ -d "$wb_a" ]; then rmdir "$wb_a" 2>/dev/null || break; fi
  done
}

# $1: sums of what is there or `absent`, $2: its folder as it was seen or empty, $3: mode in octal, $4: bytes of the new content, then as for
# wb_receive.
wb_write() {
  wb_was=$1
  wb_mode=$3
  wb_room "$wb_real" "$4"
  wb_enter_beside "$2"
  shift 4
  wb_expect "$wb_was"
  if [ "$wb_was" = absent ]; then : >draft; else wb_copy "$wb_file" draft "$wb_mode"; fi
  wb_receive "$@"
  chmod "$wb_mode" draft
  if [ "$wb_was" != absent ]; then wb_keep "$wb_file" draft "$wb_mode"; fi
  wb_put "$wb_was"
}

# Where backups lie: $1, or without it the user's own place. Sets wb_base; says it, and which folders on the way are missing.
wb_find_base() {
  wb_base=$1
  if [ -z "$wb_base" ]; then
    if [ "$(id -u)" -eq 0 ]; then
      wb_base=/var/lib/wrenchbook/backups
    else
      case ${XDG_STATE_HOME-} in
      /*) wb_base=$XDG_STATE_HOME/wrenchbook/backups ;;
      *) wb_base=$HOME/.local/state/wrenchbook/backups ;;
      esac
    fi
  fi
  wb_say base "$wb_base"
  wb_a=$wb_base
  while [ ! -d "$wb_a" ]; do
    wb_say missing "$wb_a"
    case $wb_a in
    */*) wb_a=${wb_a%/*} ;;
    *) break ;;
    esac
    if [ -z "$wb_a" ]; then break; fi
  done
}

# A copy of wb_file, whose sum is $1 and whose mode $2, as $3/$4. The same copy again where it is there already.
wb_backup() {
  wb_expect "$1"
  cd "$wb_start" || wb_fail no-folder "$wb_start"
  wb_file=$wb_real/${wb_file##*/}
  wb_b=$(mkdir -p "$3" 2>&1) || wb_fail no-backup-folder "$3 $wb_b"
  chmod 700 "$3"
  if [ -e "$3/$4" ]; then
    if ! wb_same "$3/$4" "$1"; then wb_fail foreign-backup "$3/$4"; fi
    return
  fi
  wb_room "$3" "$(wb_size "$wb_file")"
  wb_enter "$(cd -P "$3" && pwd -P)"
  wb_copy "$wb_file" draft "$2"
  wb_go
  if ! wb_same draft "$1"; then wb_fail damaged; fi
  wb_sync draft
  wb_b=$(mv -f ${wb_flat:+"$wb_flat"} draft "../$4" 2>&1) || wb_fail no-move "$wb_b"
  wb_sync ..
  wb_leave
}

# Puts the backup $4 (its sum is $5, its mode $3) in the place of wb_file, whose sum is $1, or `absent`; its folder was $2.
wb_restore() {
  wb_from=$(cd -P "${4%/*}" 2>/dev/null && pwd -P)/${4##*/}
  if [ ! -f "$wb_from" ] || ! wb_same "$wb_from" "$5"; then wb_fail no-backup "$4"; fi
  wb_expect "$1"
  wb_room "$wb_real" "$(wb_size "$wb_from")"
  wb_enter_beside "$2"
  wb_copy "$wb_from" draft "$3"
  if ! wb_same draft "$5"; then wb_fail damaged; fi
  wb_put "$1"
}

# Removes wb_file, whose sum is $1 and whose folder was $2.
wb_remove() {
  wb_enter_beside "$2"
  wb_expect "$1"
  wb_go
  wb_b=$(rm -f "$wb_file" 2>&1) || wb_fail no-remove "$wb_b"
  wb_sync ..
  wb_leave
}

# Removes the backup $1 and then the folders that follow, as far as they are empty.
wb_discard() {
  rm -f "$1"
  shift
  for wb_a in "$@"; do
    if [ -d "$wb_a" ]; then rmdir "$wb_a" 2>/dev/null || break; fi
  done
}
