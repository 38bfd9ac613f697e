/** How much a virtual disk holds, and how long it is initialised. Pure. Sizes in bytes. */

export const levels = ['raid1', 'raid5', 'raid6', 'raid10'] as const;
export type Level = (typeof levels)[number];

/** Fewest disks; RAID 10 takes an even number. */
export const fewest: Readonly<Record<Level, number>> = { raid1: 2, raid5: 3, raid6: 4, raid10: 4 };

export const whyNotDisks = (level: Level, disks: number): string | null => {
  if (disks < fewest[level]) return `${level} needs ${fewest[level]} disks at least`;
  if (level === 'raid1' && disks !== 2) return 'raid1 takes exactly two disks';
  return level === 'raid10' && disks % 2 === 1 ? 'raid10 takes an even number of disks' : null;
};

/** How many disks' worth of data: RAID 5 all but one, RAID 6 all but two, mirrors half. */
const dataDisks = (level: Level, disks: number): number => ({ raid1: disks / 2, raid10: disks / 2, raid5: disks - 1, raid6: disks - 2 })[level];

/** Each disk counts as the smallest one. What the array keeps for itself is not taken off. */
export const usableBytes = (level: Level, sizes: readonly number[]): number => dataDisks(level, sizes.length) * Math.min(...sizes);

/** Disks that may fail before data is lost, at the worst. */
export const mayFail = (level: Level): number => (level === 'raid6' ? 2 : 1);

const decimal = 1e12;
const binary = 2 ** 40;
/** As disks are sold, and as many systems count: `6.00 TB (5.46 TiB)`. */
export const bothSizes = (bytes: number): string => `${(bytes / decimal).toFixed(2)} TB (${(bytes / binary).toFixed(2)} TiB)`;

/** The source's four disks of 2 TB took "close to two days": about 12 MB/s of each disk. */
export const initialiseHours = (sizes: readonly number[]): number => Math.max(...sizes) / 12e6 / 3600;
