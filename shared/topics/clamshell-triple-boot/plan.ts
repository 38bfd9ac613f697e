/** How a disk is divided for three systems. Sizes are MB of 1,048,576 bytes, as Disk Utility of 10.3 counts them. Pure. */

/** 28 bits of sector number, 512 bytes each: the iBook's disk controller, its firmware and Mac OS 9 see no more of a disk. */
export const reachMb = 2 ** 28 / 2048;
/** The partition map and the drivers of Mac OS 9: less than 2 MB. */
export const driversMb = 2;
/** Disk Utility may leave 128 MB free before each volume and after the last: seen in partition maps that it wrote. */
export const gapMb = 128;

export type PartName = 'linux-boot' | 'linux-swap' | 'linux' | 'Macintosh HD' | 'Install';
export interface Part {
  name: PartName;
  fromMb: number;
  sizeMb: number;
  becomes: string;
}
export interface DiskPlan {
  parts: readonly Part[];
  /** What the three systems can use of it. */
  usableMb: number;
  /** Beyond the reach, and what rounding leaves. */
  freeMb: number;
}

/**
 * The least of each. Install holds any DVD of one layer (4.7 GB, 4,483 MB). Mac OS X 10.4 without printer drivers and languages needs 3 GB, 9.2.2 half
 * of one; Debian 8 with Xfce about 3 GB. yaboot is smaller than 1 MB; Disk Utility makes nothing much smaller than 16.
 */
const least: Readonly<Record<PartName, number>> = { 'linux-boot': 16, 'linux-swap': 512, linux: 4096, 'Macintosh HD': 6144, Install: 4608 };
/** More of these is of no use. */
const most = { 'linux-swap': 2048, Install: 6144 } as const;
const order: readonly PartName[] = ['linux-boot', 'linux-swap', 'linux', 'Macintosh HD', 'Install'];
const becomes: Readonly<Record<PartName, string>> = {
  'linux-boot': 'yaboot, as NewWorld boot',
  'linux-swap': 'swap',
  linux: 'Debian, ext3',
  'Macintosh HD': 'Mac OS X 10.4 and Mac OS 9.2.2',
  Install: 'the installer of Mac OS X 10.4',
};

const overheadMb = driversMb + gapMb * (order.length + 1);
const leastMb = overheadMb + Object.values(least).reduce((sum, mb) => sum + mb, 0);
/** In GB of the disk's label. */
export const leastGb = Math.ceil((leastMb * 2 ** 20) / 1e9);

/**
 * The disk of so many GB (10⁹ bytes, as on its label), with Debian's share of what is left once each has its least.
 * Throws RangeError where it is too small for all five.
 */
export function planDisk(diskGb: number, linuxPercent: number): DiskPlan {
  const diskMb = Math.floor((diskGb * 1e9) / 2 ** 20);
  const usableMb = Math.min(diskMb, reachMb);
  if (!(usableMb >= leastMb)) throw new RangeError(`Three systems and an installer need a disk of at least ${leastGb} GB`);
  const spare = usableMb - leastMb;
  const swap = Math.min(most['linux-swap'], least['linux-swap'] + whole(spare / 10));
  const install = Math.min(most.Install, least.Install + whole(spare / 10));
  const left = spare - (swap - least['linux-swap']) - (install - least.Install);
  const linux = least.linux + whole((left * linuxPercent) / 100);
  const mac = least['Macintosh HD'] + whole(left - (linux - least.linux));
  const sizes: Record<PartName, number> = { 'linux-boot': least['linux-boot'], 'linux-swap': swap, linux, 'Macintosh HD': mac, Install: install };
  let at = driversMb;
  const parts = order.map((name): Part => {
    const fromMb = at + gapMb;
    at = fromMb + sizes[name];
    return { name, fromMb, sizeMb: sizes[name], becomes: becomes[name] };
  });
  return { parts, usableMb, freeMb: diskMb - at - gapMb };
}

/** Down to a quarter of a GB: two digits are enough to type it, and nothing is rounded up. */
const whole = (mb: number) => Math.floor(mb / 256) * 256;

/** As it is typed into Disk Utility: MB below one GB. */
export const typedSize = (mb: number): string => (mb < 1024 ? `${mb} MB` : `${mb / 1024} GB`);
