/** What the files of a year would take, measured by the smallest one that is there. */
import { file, type Script, sh } from '../../topic-kit/index.ts';
import { breaksOf, type Parameters } from './parameters.ts';

export const filesAYear = { month: 12, day: 365, hour: 8760 } as const;

/**
 * `a year needs at least …` in whole blocks of 4 KiB, and `room=no` where the file system has less, or fewer inodes. One without a number of
 * inodes, as btrfs, has enough.
 */
export const room = (values: Parameters): Script => {
  const files = breaksOf(values).reduce((sum, kind) => sum + filesAYear[kind], 0);
  return sh`size=$(find ${file(values.data)} -maxdepth 1 -type f -name 'awstats[0-9]*.txt' -exec ls -ln {} + | awk 'NR == 1 || $5 < min { min = $5 } END { print min + 0 }')
free=$(df -Pk ${file(values.data)} | awk 'NR == 2 { print $4 + 0 }')
inodes=$(df -Pi ${file(values.data)} 2>/dev/null | awk 'NR == 2 && $2 > 0 { print $4 + 0 }')
awk -v files=${files} -v size="$size" -v free="$free" -v inodes="\${inodes:-none}" 'BEGIN {
  kib = files * 4 * int((size + 4095) / 4096)
  printf "a year needs at least %d files, %d MiB; free: %d MiB, inodes: %s\\n", files, kib / 1024, free / 1024, inodes
  print "room=" (kib > free || (inodes != "none" && files > inodes) ? "no" : "yes")
}'`;
};
