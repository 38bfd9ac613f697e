# Prints what a target is, a line each: TAG KEY=VALUE. Wants _wb_tag and _wb_tools. Plain POSIX sh; also for systems where
# next to nothing is installed, so every program may be missing. Reads only; parsed by parse-facts.ts.
_wb_say() { printf '%s %s=%s\n' "$_wb_tag" "$1" "$2"; }
_wb_say clock "$(date +%s 2>/dev/null)"
_wb_say system "$(uname -s 2>/dev/null)"
_wb_say release "$(uname -r 2>/dev/null)"
_wb_say machine "$(uname -m 2>/dev/null)"
_wb_say node "$(uname -n 2>/dev/null)"
_wb_say uid "$(id -u 2>/dev/null || /usr/xpg4/bin/id -u 2>/dev/null)"
_wb_say user "$(id -un 2>/dev/null || /usr/xpg4/bin/id -un 2>/dev/null)"
_wb_say shell "${SHELL-}"
for _wb_file in /etc/os-release /usr/lib/os-release; do
  [ -r "$_wb_file" ] || continue
  while IFS= read -r _wb_line || [ -n "$_wb_line" ]; do
    case $_wb_line in ID=* | ID_LIKE=* | NAME=* | VERSION_ID=* | VERSION=*) _wb_say os-release "$_wb_line" ;; esac
  done <"$_wb_file"
  break
done
for _wb_file in /etc/redhat-release /etc/alpine-release /etc/openwrt_version /etc/debian_version; do
  [ -r "$_wb_file" ] || continue
  IFS= read -r _wb_line <"$_wb_file" || :
  _wb_say "${_wb_file#/etc/}" "$_wb_line"
done
if command -v sw_vers >/dev/null 2>&1; then
  sw_vers 2>/dev/null | while IFS= read -r _wb_line; do _wb_say sw_vers "$_wb_line"; done
fi
for _wb_tool in $_wb_tools; do
  _wb_say "tool.$_wb_tool" "$(command -v "$_wb_tool" 2>/dev/null)"
done
_wb_say end ""
