#!/bin/sh
# A rehearsal's folder as a host of its own, for what a compiled role finds there: the lab's root is the host's `/`, and its shell has the PATH
# and the variables of a rehearsal. Programs come from this machine, below what the lab has in their folders. No network.
# Usage, inside `unshare --mount --net`:  lab-hosts.sh MACHINE NAME LAB TOOLS LINKS SYSTEM WORK
# MACHINE: folder of the machine, whose `root` becomes `/`; in it LAB, the rehearsal's whole folder, is called NAME. TOOLS: the folder of all
# simulated tools. LINKS: links to harmless programs. SYSTEM: programs and files by which it is the system that the procedure is for; a rehearsal
# is not asked what it is. WORK: an empty folder on the same file system.
set -eu
machine=$1 name=$2 lab=$3 tools=$4 links=$5 system=$6 work=$7
root=$machine/root
bound() {
  mkdir -p "$root$2"
  mount --bind "$1" "$root$2"
}
bound "$lab" "$name"
inside=$root$name${machine#"$lab"}/root
for folder in usr bin sbin lib lib64; do
  [ -d "/$folder" ] || continue
  mkdir -p "$root/$folder" "$work/$folder"
  mount -t overlay overlay -o "lowerdir=/$folder,upperdir=$root/$folder,workdir=$work/$folder" "$root/$folder"
  # The lab's own tools come by the lab's name.
  mount --bind "$root/$folder" "$inside/$folder"
done
mkdir -p "$root/dev"
for device in null zero urandom random tty; do
  [ -e "$root/dev/$device" ] || : >"$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
# A host that was restarted has another id: SYSTEM's programs write it.
mkdir -p "$root/proc/sys/kernel/random"
[ -e "$root/proc/sys/kernel/random/boot_id" ] || : >"$root/proc/sys/kernel/random/boot_id"
mount --bind "$system/boot_id" "$root/proc/sys/kernel/random/boot_id"
# df reads the table of mounts.
mkdir -p "$root/proc/self"
[ -e "$root/proc/self/mountinfo" ] || echo '1 0 0:1 / / rw - overlay overlay rw' >"$root/proc/self/mountinfo"
bound "$tools" /.wb/tools
bound "$links" /.wb/links
bound "$system" /.wb/system
if [ -e "$system/os-release" ] && [ ! -e "$root/etc/os-release" ]; then
  mkdir -p "$root/etc"
  : >"$root/etc/os-release"
  mount --bind "$system/os-release" "$root/etc/os-release"
fi
bound /etc/alternatives /etc/alternatives # where Debian's awk leads
# Names of users: a rehearsal's programs find this machine's too.
for file in passwd group; do
  [ -e "$root/etc/$file" ] || : >"$root/etc/$file"
  [ -s "$root/etc/$file" ] || mount --bind "/etc/$file" "$root/etc/$file"
done
mkdir -p "$root/.wb/home"
mount -t tmpfs -o mode=700 home "$root/.wb/home"
echo READY
exec sleep 7200
