/** Shell text that keeps copies of boot code, writes GRUB, and puts the copies back. It follows `reading`, and `place` is the folder of the copies. */
import { file, type Script, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';
import { installer, mounting, reading } from './reading.ts';

/** Checksums of all that is changed: the same before and after the undo. */
export const sums = (values: Parameters): Script =>
  values.firmware === 'bios'
    ? sh`{ ${reading(values)}
} > /dev/null
for disk in $wb_disks; do
  wb_table "$disk"
  dd if=${file('/dev')}/"$disk" bs=440 count=1 2> /dev/null
  dd if=${file('/dev')}/"$disk" bs=512 skip="$start" count="$room" 2> /dev/null
done | cksum | sed 's/^/sum=/; s/ /-/g'`
    : sh`{ ${reading(values)}
} > /dev/null
wb_at=$(mktemp -d)
for pair in $wb_pairs; do wb_mount "\${pair#*:}" ro && wb_files && umount "$wb_at"; done | cksum | sed 's/^/sum=/; s/ /-/g'
rmdir "$wb_at"`;

export const bios = (values: Parameters): Script => sh`for disk in $wb_disks; do
  wb_table "$disk"
  dd if=${file('/dev')}/"$disk" of="$place/$disk.first" bs=512 count=1 2> /dev/null &&
    dd if=${file('/dev')}/"$disk" of="$place/$disk.room" bs=512 skip="$start" count="$room" 2> /dev/null &&
    echo "$start" > "$place/$disk.start" || { echo "stopped-at=$disk"; exit 1; }
done
for disk in $wb_disks; do
  ${installer(values)} --target=i386-pc --boot-directory=${file('/boot')} ${file('/dev')}/"$disk" 2>&1 || { echo "stopped-at=$disk"; exit 1; }
done`;

export const uefi = (values: Parameters): Script => sh`${mounting}
wb_model=$(mktemp -d)
for pair in $wb_pairs; do
  wb_mount "\${pair#*:}" rw && tar -C "$wb_at" -cf "$place/\${pair#*:}.tar" . || { echo "stopped-at=\${pair%%:*}"; exit 1; }
  if [ ! -e "$wb_model/EFI" ]; then
    ${installer(values)} --target=x86_64-efi --boot-directory=${file('/boot')} --efi-directory="$wb_at" --removable --no-nvram 2>&1 && cp -R "$wb_at/EFI" "$wb_model"
  else cp -R "$wb_model/EFI" "$wb_at"; fi || { umount "$wb_at"; echo "stopped-at=\${pair%%:*}"; exit 1; }
  umount "$wb_at" || { echo "stopped-at=\${pair%%:*}"; exit 1; }
done
rm -r "$wb_model"; rmdir "$wb_at"`;

export const restoreBios = sh`for first in "$place"/*.first; do
  disk=\${first##*/}; disk=\${disk%.first}
  dd if="$first" of=${file('/dev')}/"$disk" bs=440 count=1 conv=notrunc 2> /dev/null &&
    dd if="$place/$disk.room" of=${file('/dev')}/"$disk" bs=512 seek="$(cat "$place/$disk.start")" conv=notrunc 2> /dev/null || { echo "not restored: $disk"; exit 1; }
done`;
export const restoreUefi = sh`${mounting}
for kept in "$place"/*.tar; do
  case $kept in */boot.tar) continue ;; esac
  part=\${kept##*/}; part=\${part%.tar}
  tar -tf "$kept" > /dev/null && wb_mount "$part" rw || { echo "not restored: $part"; exit 1; }
  (cd "$wb_at" && find . -mindepth 1 -maxdepth 1 -exec rm -rf {} +) && tar -C "$wb_at" -xf "$kept" && umount "$wb_at" || { echo "not restored: $part"; exit 1; }
done
rmdir "$wb_at"`;
