/** Asks drives what they support, by commands that only read. Serial numbers are left out. */
import { anywhere, file, type Script, sh } from '../../topic-kit/index.ts';

export const allowTpm = '/sys/module/libata/parameters/allow_tpm';

/** Prints `== TOOL DRIVE` in front of what each tool says. A tool that is not there says nothing, and `tool.NAME=none`. */
export const askDrives = (names: string): Script => sh`wb_has() { "$@" > /dev/null 2>&1; [ $? -ne 127 ]; }
wb_hidden() { sed -e 's/^\\([ \\t]*Serial Number: *\\).*/\\1-/' -e 's/^\\(sn *: *\\).*/\\1-/' -e '/^\\/dev\\/[^ :]* [A-Z][A-Za-z]* /s/\\( [^ ]* *\\)$/ -/'; }
for wb_tool in 'sedutil-cli --help' 'hdparm -V' 'nvme version' 'smartctl -V'; do
  # shellcheck disable=SC2086
  if wb_has $wb_tool; then wb_there=yes; else wb_there=none; fi
  echo "tool.\${wb_tool%% *}=$wb_there"
done
echo "allow_tpm=$(cat ${file(allowTpm)} 2> /dev/null || echo none)"
wb_names=${names}
[ -n "$wb_names" ] || wb_names=$(ls ${file('/sys/block')} 2> /dev/null | grep -E '^(sd[a-z]+|nvme[0-9]+n[0-9]+)$')
for wb_name in $wb_names; do
  wb_dev=${anywhere('/dev')}/$wb_name
  echo "== drive $wb_name"
  echo "== smartctl $wb_name"; LC_ALL=C smartctl -i "$wb_dev" 2>&1 | wb_hidden
  case $wb_name in
    nvme*)
      echo "== nvme $wb_name"; nvme id-ctrl -H "$wb_dev" 2>&1 | wb_hidden | grep -E '^(mn|fr|oacs) |Security Send|denied|No such'
      echo "== protocols $wb_name"; nvme security-recv "$wb_dev" --secp=0 --spsp=0 --nssf=0 --size=512 --al=512 2>&1 | head -n 8 ;;
    *)
      echo "== hdparm $wb_name"; LC_ALL=C hdparm -I "$wb_dev" 2>&1 | wb_hidden
      echo "== words $wb_name"; LC_ALL=C hdparm --Istdout "$wb_dev" 2>&1 ;;
  esac
  echo "== sedutil $wb_name"; sedutil-cli --query "\${wb_dev%n[0-9]}" 2>&1 | wb_hidden
done
echo "== scan all"; sedutil-cli --scan 2>&1
echo "== end all"
echo asked=yes`;
