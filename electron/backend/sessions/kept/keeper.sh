# What tmux or screen runs on the target: waits for the script, runs it on the terminal that they hold, and leaves its status.
# keeper FOLDER TOKEN TERM SHELL UMASK ROWS COLUMNS
_wb_dir=$1 _wb_token=$2 TERM=$3 SHELL=$4
export TERM SHELL
unset TMUX TMUX_PANE STY WINDOW TERMCAP SCREENDIR
tty >"$_wb_dir/tty"
stty rows "$6" cols "$7" # screen holds it at 24 by 80
echo $$ >"$_wb_dir/pid.new" && mv "$_wb_dir/pid.new" "$_wb_dir/pid"
_wb_tries=0
until [ -e "$_wb_dir/go" ]; do
  _wb_tries=$((_wb_tries + 1))
  # Nobody comes any more: nothing was run, and nothing stays.
  [ "$_wb_tries" -lt 3000 ] || { rm -rf "$_wb_dir"; exit 1; }
  sleep 0.1 2>/dev/null || sleep 1
done
_wb_script=$(cat "$_wb_dir/script")
_wb_line_end='
'
case $_wb_script in
*"$_wb_line_end$_wb_token") ;;
*) exit 1 ;; # the link was lost while it came
esac
_wb_script=${_wb_script%"$_wb_line_end$_wb_token"}
: >"$_wb_dir/begun"
trap : INT QUIT # not ignored, as the script's programs would inherit that
(umask "$5"; set --; eval "unset _wb_dir _wb_token _wb_tries _wb_line_end _wb_script
$_wb_script")
_wb_status=$?
trap '' INT QUIT HUP
# All that was printed before this has reached the file when this has.
printf '\033]6973;kept;%s\007' "$_wb_token"
_wb_tries=0
until tail -c 4096 "$_wb_dir/out" | grep -F "kept;$_wb_token" >/dev/null || [ "$_wb_tries" -gt 100 ]; do
  _wb_tries=$((_wb_tries + 1))
  sleep 0.1 2>/dev/null || sleep 1
done
echo "$_wb_status" >"$_wb_dir/status.new" && mv "$_wb_dir/status.new" "$_wb_dir/status"
# Who waits for keystrokes finds that none will come.
exec 6<>"$_wb_dir/in"
sleep 1
