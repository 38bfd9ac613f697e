# Starts a rehearsal's shell so that nothing but the rehearsal is in reach: PATH has its simulated tools and links to harmless programs, and
# where the system allows it, the rest of the disk is read-only and there is no network. Plain POSIX sh:
#   sh lab-start.sh PROGRAM ARGUMENT…
# WRENCHBOOK_LAB: the rehearsal's folder, where it begins. WRENCHBOOK_LAB_TOOLS: its simulated tools. WRENCHBOOK_LAB_LINKS: the folder of
# links, made when they are missing.

# What the helper and topics' scripts use of a system: programs that only read, print, or work on the files that they are given.
harmless='[ awk base64 basename bash bzip2 cat chgrp chmod chown cksum cmp comm cp cut date dd df diff dirname du egrep env expr false fgrep file
find fold getconf grep gunzip gzip head hexdump iconv id install join ln locale logname ls md5sum mkdir mkfifo mktemp mv nl nohup od paste perl
printf pwd readlink realpath rm rmdir sed seq setsid sh sha1sum sha256sum shasum sleep sort split stat strings stty sum sync tail tar tee test timeout
touch tr true truncate tsort tty uname uniq wc which who whoami xargs xxd xz yes zcat'
mkdir -p "$WRENCHBOOK_LAB_LINKS" || exit
for tool in $harmless; do
  [ ! -e "$WRENCHBOOK_LAB_LINKS/$tool" ] || continue
  place=$(command -v "$tool") || continue
  case $place in
  /*) ;;
  *) place=/usr/bin/$tool && [ -e "$place" ] || place=/bin/$tool ;; # the shell has it built in
  esac
  [ ! -e "$place" ] || ln -s "$place" "$WRENCHBOOK_LAB_LINKS/$tool" 2>/dev/null # two rehearsals may begin at once
done
_wb_path=$WRENCHBOOK_LAB_TOOLS:${WRENCHBOOK_LAB_TOOLS%/*}/common:$WRENCHBOOK_LAB_LINKS
mkdir -p "$WRENCHBOOK_LAB/tmp"
TMPDIR=$WRENCHBOOK_LAB/tmp
unset WRENCHBOOK_LAB_TOOLS WRENCHBOOK_LAB_LINKS
export TMPDIR _wb_path

# Every other file system becomes read-only; where one can't be, its own rights hold as they do without a seal.
# shellcheck disable=SC2016 # it is read by the shell within
seal='
lab=$(pwd -P) # a link on the way there is none to the kernel
mount --bind "$lab" "$lab"
while read -r _ _ _ _ place options _; do
  place=$(printf %b "$place") # a blank is \040 there
  case $place in
  "$lab" | /dev | /dev/* | /proc | /proc/* | /sys | /sys/*) ;;
  *) mount -o "remount,bind,$options,ro" "$place" 2>/dev/null ;;
  esac
done </proc/self/mountinfo
cd "$WRENCHBOOK_LAB"
'
# shellcheck disable=SC2016
go='PATH=$_wb_path; unset _wb_path; exec "$@"'
cd "$WRENCHBOOK_LAB" || exit
user=$(id -u)
if [ -n "${WRENCHBOOK_LAB_OPEN-}" ]; then :
elif [ "$user" = 0 ] && unshare --mount --net true 2>/dev/null; then
  exec unshare --mount --net sh -c "$seal$go" sh "$@"
elif unshare --user --map-root-user --mount --net unshare --user --map-user="$user" true 2>/dev/null; then
  _wb_user=$user
  _wb_group=$(id -g)
  export _wb_user _wb_group
  # shellcheck disable=SC2016
  exec unshare --user --map-root-user --mount --net \
    sh -c "$seal"'exec unshare --user --map-user="$_wb_user" --map-group="$_wb_group" sh -c "unset _wb_user _wb_group; $0" sh "$@"' "$go" "$@"
fi
eval "$go"
