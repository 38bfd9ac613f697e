/** Shell functions that measure how much of a file is in the page cache while a program reads it. */
import { file, type Script, sh } from '../../topic-kit/index.ts';

/** Which control groups can limit memory: `v2`, `v1` or `none`. */
export const controller: Script = sh`if grep -q -w memory ${file('/sys/fs/cgroup/cgroup.controllers')} 2>/dev/null; then echo controller=v2
elif [ -d ${file('/sys/fs/cgroup/memory')} ]; then echo controller=v1; else echo controller=none; fi`;

/** In MiB. */
export const inCache = (sample: string): Script => sh`echo $(($(fincore -n -b -o RES ${file(sample)}) / 1048576))`;

/** The file as tar reads it: tar leaves out reading where its output is /dev/null itself. */
export const tar = (sample: string): Script => {
  const at = sample.lastIndexOf('/');
  return sh`tar -C ${file(sample.slice(0, at) || '/')} -cf - ${`./${sample.slice(at + 1)}`}`;
};

/**
 * Defines `drop_it`, and `measure NAME`, which reads standard input to its end. It takes a tenth of the file at a time, and the reader waits
 * meanwhile: what it counts does not depend on how quick the machine is.
 */
export const functions = (sample: string): Script => sh`in_cache() { ${inCache(sample)}; }
drop_it() { sync ${file(sample)}; dd if=${file(sample)} iflag=nocache count=0 2>/dev/null; }
size=$(($(stat -L -c %s ${file(sample)}) / 1048576))
measure() {
  got=0 peak=0 curve='' piece=$((size / 10 + 1))
  while n=$(dd bs=1M count=$piece iflag=fullblock 2>/dev/null | wc -c) && [ "$n" -gt 0 ]; do
    got=$((got + n / 1048576)) now=$(in_cache)
    [ "$now" -le $peak ] || peak=$now
    curve="$curve,$got:$now"
    bar=$((now * 30 / size))
    printf "%-9s %5d of %d MiB read, %5d MiB in the cache |%-30.\${bar}s|  " "$1" $got $size "$now" '##############################'
    awk '/^Cached:/ { c = int($2 / 1024) } /^pswpout/ { p = $2 } END { print "all of the cache " c " MiB, swapped out " p " pages" }' ${file('/proc/meminfo')} ${file('/proc/vmstat')}
  done
  echo "$1-peak=$peak"
  echo "$1-curve=\${curve#,}"
}`;

/** Advises the kernel at a file: while it is read to standard output, or before it is read twice. */
export const advising = `import os, sys
fd = os.open(sys.argv[1], os.O_RDONLY)
if sys.argv[2] == 'noreuse': os.posix_fadvise(fd, 0, 0, os.POSIX_FADV_NOREUSE)
for again in range(1 if sys.argv[2] == 'dontneed' else 2):
    os.lseek(fd, 0, 0)
    done = 0
    while True:
        block = os.read(fd, 1048576)
        if not block: break
        done += len(block)
        if sys.argv[2] == 'dontneed':
            sys.stdout.buffer.write(block)
            os.posix_fadvise(fd, 0, done, os.POSIX_FADV_DONTNEED)
`;

/** How many MiB of pages the kernel holds to be worth keeping, in the own control group where there is one. */
export const active: Script = sh`active() {
  own=$(sed -n 's/^0:://p' ${file('/proc/self/cgroup')}) old=$(sed -n 's/^[0-9]*:memory://p' ${file('/proc/self/cgroup')})
  for stat in ${file('/sys/fs/cgroup')}"$own/memory.stat" ${file('/sys/fs/cgroup/memory')}"$old/memory.stat"; do
    if [ -r "$stat" ]; then awk '/^active_file / { print int($2 / 1048576) }' "$stat"; return; fi
  done
  awk '/^Active\\(file\\)/ { print int($2 / 1024) }' ${file('/proc/meminfo')}
}`;
