/** Shell functions that read arrays, partition tables and boot code. They only read; an EFI system partition is mounted read-only for it. */
import { file, type Script, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';

export const grubFolder = ({ grub }: Parameters) => `/boot/${grub}`;
export const installer = ({ grub }: Parameters): Script => (grub === 'grub' ? sh`grub-install` : sh`grub2-install`);

/** The array below /boot, how the kernel describes it, and its disks: `wb_disks`, names such as `sda`. */
export const arrays = sh`wb_source=$(findmnt -n -o SOURCE --target ${file('/boot')} | tail -n 1 | sed 's/\\[.*//')
echo "boot-on=$wb_source"
wb_tree=$(lsblk -n -s -l -o NAME,TYPE "$wb_source" 2> /dev/null)
wb_arrays=$(printf '%s\\n' "$wb_tree" | awk '$2 ~ /^(raid|linear)/ { print $1 }' | sort -u)
wb_disks=$(printf '%s\\n' "$wb_tree" | awk '$2 == "disk" { print $1 }' | sort -u)
if [ -z "$wb_tree" ]; then echo array=unread; elif [ -z "$wb_arrays" ]; then echo array=none; fi
for wb_array in $wb_arrays; do
  wb_md=${file('/sys/block')}/$wb_array/md
  echo "array=$wb_array"
  for wb_name in level metadata_version raid_disks degraded sync_action; do
    if [ -r "$wb_md/$wb_name" ]; then sed "s/^/$wb_name=/" "$wb_md/$wb_name"; else echo "$wb_name=unknown"; fi
  done
done
if [ -d ${file('/sys/firmware/efi')} ]; then echo firmware=uefi; else echo firmware=bios; fi`;

/** `wb_table DISK`: sets `label`, where GRUB's core image goes (`start`, `room`, in sectors), and the name of the EFI system partition (`esp`). */
const table = sh`wb_table() {
  set -- $(sfdisk -d ${file('/dev')}/"$1" 2> /dev/null | awk '
    function number(key, text) { text = $0; if (!sub(".*" key "= *", "", text)) return 0; return text + 0 }
    /^label:/ { label = $2 }
    /^sector-size:/ { size = $2 }
    /start=/ {
      first = number("start"); if (low == "" || first < low) low = first
      if (tolower($0) ~ /type=21686148-6449-6e6f-744e-656564454649/) { start = first; room = number("size") }
      if (tolower($0) ~ /type=(c12a7328-f81f-11d2-ba4b-00a0c93ec93b|ef)(,|$)/) { n = split($1, parts, "/"); esp = parts[n] }
    }
    END {
      if (label == "dos" && low > 0) { start = 1; room = low - 1 }
      if (size > 512) room = 0
      print (label == "" ? "none" : label), start + 0, room + 0, (esp == "" ? "none" : esp)
    }')
  label=$1 start=$2 room=$3 esp=$4
}`;

/** `wb_code DISK`: sets `code`, comparing with the core image in /boot. Its first two sectors hold what differs from disk to disk. */
const bios = (values: Parameters) => sh`${table}
wb_core=${file(`${grubFolder(values)}/i386-pc/core.img`)}
wb_size=$(wc -c 2> /dev/null < "$wb_core" || echo 0)
wb_code() {
  blockdev --flushbufs ${file('/dev')}/"$1" 2> /dev/null
  wb_sector=$(dd if=${file('/dev')}/"$1" bs=512 count=1 2> /dev/null | od -A n -v -t x1 | tr -d ' \\n')
  if [ -z "$wb_sector" ]; then code=unread
  elif [ "$(printf %s "$wb_sector" | cut -c 769-776)" = 47525542 ]; then
    code=old
    wb_lba=$(dd if=${file('/dev')}/"$1" bs=4 skip=23 count=1 2> /dev/null | od -A n -t u4 | tr -d ' ')
    if [ "$wb_size" -gt 1024 ]; then
      wb_there=$(dd if=${file('/dev')}/"$1" bs=512 skip=$((wb_lba + 2)) count=$(((wb_size + 511) / 512)) 2> /dev/null | head -c $((wb_size - 1024)) | cksum)
      wb_here=$(tail -c +1025 "$wb_core" | cksum)
      if [ -z "$wb_there" ] || [ -z "$wb_here" ]; then code=unread; elif [ "$wb_there" = "$wb_here" ]; then code=grub; fi
    fi
  elif [ -z "$(printf %s "$wb_sector" | cut -c 1-880 | tr -d 0)" ]; then code=none
  else code=other; fi
}
states=''
for disk in $wb_disks; do
  wb_table "$disk"; wb_code "$disk"
  echo "disk $disk: table=$label room=$room code=$code"
  states="$states$disk:$code "
done
echo "states=$states"
case $states in '' | *:old* | *:other* | *:none* | *:unread*) echo all-disks=no ;; *) echo all-disks=yes ;; esac`;

/** `wb_pairs`, such as `sda:sda1`: the partition that is in use comes first, as the others are to be like it. */
export const partitions = sh`${table}
wb_used=$(findmnt -n -o SOURCE ${file('/boot/efi')} | tail -n 1)
wb_pairs=''
for disk in $wb_disks; do
  wb_table "$disk"
  if [ "$esp" = none ]; then echo "disk $disk: table=$label esp=none code=none"
  elif [ "\${wb_used##*/}" = "$esp" ]; then wb_pairs="$disk:$esp $wb_pairs"
  else wb_pairs="$wb_pairs $disk:$esp"; fi
done`;

/** `wb_mount PARTITION OPTIONS`, at `wb_at`: one that is mounted cannot be mounted again with other options. `wb_files` lists what lies there. */
export const mounting = sh`wb_at=$(mktemp -d)
wb_mount() {
  wb_on=$(findmnt -n -o TARGET -S ${file('/dev')}/"$1" | head -n 1)
  if [ -n "$wb_on" ]; then mount --bind "$wb_on" "$wb_at"; else mount -t vfat -o "$2" ${file('/dev')}/"$1" "$wb_at"; fi
}
wb_files() { (cd "$wb_at" && find . -path './[Ee][Ff][Ii]/*' -type f -exec cksum {} + | sort -k 3); }`;

/** Each has all files of the first one, and the file from which firmware starts a disk that it does not know. */
const uefi = sh`${partitions}
${mounting}
wb_wanted=''
states=$(for disk in $wb_disks; do case " $wb_pairs " in *" $disk:"*) ;; *) printf '%s:none ' "$disk" ;; esac; done)
for pair in $wb_pairs; do
  if wb_mount "\${pair#*:}" ro; then
    wb_there=$(wb_files)
    umount "$wb_at"
    [ -n "$wb_wanted" ] || wb_wanted=$wb_there
    if ! printf '%s\\n' "$wb_there" | grep -q -i '/EFI/BOOT/BOOTX64.EFI$'; then code=none
    elif [ -n "$(printf '%s\\n' "$wb_wanted" | while IFS= read -r line; do printf '%s\\n' "$wb_there" | grep -q -x -F -e "$line" || echo another; done)" ]; then code=old
    else code=grub; fi
  else code=unread; fi
  echo "disk \${pair%%:*}: esp=\${pair#*:} code=$code"
  states="$states\${pair%%:*}:$code "
done
rmdir "$wb_at"
echo "states=$states"
case $states in '' | *:old* | *:other* | *:none* | *:unread*) echo all-disks=no ;; *) echo all-disks=yes ;; esac`;

export const reading = (values: Parameters): Script => sh`${arrays}
${values.firmware === 'bios' ? bios(values) : uefi}`;
