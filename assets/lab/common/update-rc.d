#!/bin/sh
# SIMULATED. update-rc.d(8): the links of runlevels 2 to 5 below the rehearsal's root.
# shellcheck source=lab-library
. "${0%/*}/lab-library"
name=${1:-} action=${2:-}
lab_needs init
[ -r "$WRENCHBOOK_LAB/init/$name" ] || lab_fail 1 "update-rc.d: error: cannot find a LSB script for $name"
for level in 2 3 4 5; do
  folder=$WRENCHBOOK_LAB/root/etc/rc$level.d
  mkdir -p "$folder"
  rm -f "$folder"/[SK][0-9][0-9]"$name"
  case $action in
  enable | defaults) ln -s "../init.d/$name" "$folder/S20$name" ;;
  disable) ln -s "../init.d/$name" "$folder/K80$name" ;;
  remove) ;;
  *) lab_fail 1 "update-rc.d: error: invalid action $action" ;;
  esac
done
