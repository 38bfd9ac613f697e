/** Part 8: an image onto a loop device, written and read back, beside dd and cmp on the same device in the same run. */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { writerPrelude } from '../../electron/backend/media/writer-program.ts';
import { against, median, table } from './table.ts';
import type { Surroundings } from './throughput.ts';
import { folder } from './workspace.ts';

const target = 1.1;
const run = (script: string, ...words: string[]) =>
  execFileSync('/bin/sh', ['-c', script, 'sh', ...words], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
/** Seconds. What one run leaves in caches is no help to the next. */
function time(script: string, ...words: string[]): number {
  run('sync; echo 3 > /proc/sys/vm/drop_caches');
  const begun = performance.now();
  run(script, ...words);
  return (performance.now() - begun) / 1000;
}

export async function media({ quick, rounds, say }: Surroundings): Promise<string> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'Media are left out: loop devices need Linux and root.';
  const place = folder('media');
  const source = path.join(place, 'source.img');
  const packed = path.join(place, 'packed.xz');
  const stick = path.join(place, 'stick.img');
  const mebibytes = quick ? 256 : 1024;
  let device = '';
  try {
    // Text of random letters: no zeros to be left out, and xz has work with it.
    run('head -c "$2"M /dev/urandom | base64 | head -c "$2"M > "$1"; truncate -s "$2"M "$3"', source, String(mebibytes), stick);
    run('head -c "$2"M "$1" | xz -0 -T0 > "$3"', source, String(mebibytes / 8), packed);
    device = run('losetup -f --show "$1"', stick).trim();
    const words = ['--to', device, '--model', 'image stick.img', '--bytes', String(mebibytes * 1024 * 1024)];
    const ours = (from: string) => time(`${writerPrelude(path.resolve('assets'))}wbmedia "$@"`, 'write', '--source', from, ...words);
    const theirs = () =>
      time(
        `dd if="$1" of="$2" bs=4M oflag=direct conv=fsync status=none && blockdev --flushbufs "$2" &&
        losetup --direct-io=on "$2" && dd if="$2" iflag=direct bs=4M status=none | cmp - "$1" && losetup --direct-io=off "$2"`,
        source,
        device,
      );
    const unpack = () => time('xz -dc "$1" > /dev/null', packed);
    theirs(); // the file below the device has its room from here on
    // In turn, so that what slows the machine down for a while is shared.
    const seconds = Array.from({ length: rounds }, () => ({ ours: ours(source), theirs: theirs(), packed: ours(packed), unpack: unpack() }));
    const of = (what: keyof (typeof seconds)[number]) => median(seconds.map((each) => each[what]));
    const slower = Math.max(2 * of('unpack'), of('ours') / 8);
    for (const each of seconds) say(`${each.ours.toFixed(2)} s; dd and cmp ${each.theirs.toFixed(2)} s`);
    say(`written and compared in ${of('ours').toFixed(1)} s, dd and cmp in ${of('theirs').toFixed(1)} s`);
    const rows = [
      ['raw, to dd and cmp', of('ours').toFixed(2), of('theirs').toFixed(2), against(of('ours') / of('theirs'), '≤', target, 2)],
      [
        'an eighth of it from xz, to the slower of unpacking it twice and writing it',
        of('packed').toFixed(2),
        slower.toFixed(2),
        against(of('packed') / slower, '≤', target, 2),
      ],
    ];
    return table([`An image of ${mebibytes} MiB onto a loop device, seconds`, 'Wrenchbook', 'beside', 'ratio'], rows);
  } finally {
    if (device) run('losetup -d "$1"', device);
    rmSync(place, { recursive: true, force: true });
  }
}
