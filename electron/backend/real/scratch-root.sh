#!/bin/sh
# A throw-away machine for tests: this machine's files under an overlay in memory, unpacked packages on top, a /dev of its
# own, /proc/sys read-only. Nothing that is done in it reaches the real machine, and it is gone with its last process.
# Usage, inside `unshare --mount --pid --fork --kill-child`:  [CHANGES=yes] scratch-root.sh UNPACKED… -- COMMAND…
# With CHANGES, what the machine has changed is to be seen in its /run/changes: this machine's own files are not in there.
set -eu
mount -t tmpfs -o mode=755 scratch /mnt
mkdir /mnt/upper /mnt/work /mnt/root
while [ "$1" != -- ]; do
  cp -a "$1"/. /mnt/upper/
  shift
done
shift
mount -t overlay overlay -o lowerdir=/,upperdir=/mnt/upper,workdir=/mnt/work /mnt/root
cd /mnt/root
mount -t proc proc proc
mount --bind proc/sys proc/sys
mount -o remount,bind,ro proc/sys
mount -t tmpfs -o mode=755 dev dev
node() { mknod -m 666 "dev/$1" c "$2" "$3"; }
node null 1 3
node zero 1 5
node full 1 7
node random 1 8
node urandom 1 9
node tty 5 0
mkdir dev/pts dev/shm
mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts dev/pts
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
mount -t tmpfs -o mode=755 run run
mount -t tmpfs -o mode=1777 tmp tmp
if [ -n "${CHANGES:-}" ]; then
  mkdir run/changes
  mount --bind /mnt/upper run/changes
  mount -o remount,bind,ro run/changes
fi
# Not only chroot: who enters this mount namespace from elsewhere, as container programs do, comes to its root.
pivot_root . mnt
exec chroot . sh -c 'umount -l /mnt; exec "$@"' sh "$@"
