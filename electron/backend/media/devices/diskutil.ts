/** The same on macOS: `diskutil` lists, and `plutil` turns what it says into JSON. */
import { z } from 'zod';
import type { MediaDevice, WhyNotDevice } from '../../../../shared/api/media.ts';
import { deviceValue, sizeText } from '../../../../shared/topic-kit/index.ts';
import { largestUnasked } from './why-not.ts';

const partition = z.object({
  DeviceIdentifier: z.string(),
  Size: z.number(),
  Content: z.string().default(''),
  VolumeName: z.string().default(''),
  MountPoint: z.string().optional(),
});
const disk = partition.extend({ Partitions: z.array(partition).default([]), APFSVolumes: z.array(partition).default([]) });
const diskList = z.object({ AllDisksAndPartitions: z.array(disk), WholeDisks: z.array(z.string()) });
type Disk = z.infer<typeof disk>;

const diskInfo = z.object({
  DeviceNode: z.string(),
  MediaName: z.string().default(''),
  BusProtocol: z.string().default(''),
  Internal: z.boolean().default(false),
  RemovableMedia: z.boolean().default(false),
  Ejectable: z.boolean().default(false),
  WritableMedia: z.boolean().default(true),
  TotalSize: z.number().default(0),
  DeviceBlockSize: z.number().default(512),
  RAIDMaster: z.boolean().default(false),
  RAIDSlice: z.boolean().default(false),
});
type DiskInfo = z.infer<typeof diskInfo>;

export async function listWithDiskutil(run: (program: string, words: readonly string[]) => Promise<string>): Promise<MediaDevice[]> {
  const ask = async (...words: string[]): Promise<unknown> =>
    JSON.parse(await run('/bin/sh', ['-c', 'set -o pipefail; diskutil "$@" | plutil -convert json -r -o - -', 'sh', ...words]));
  const { AllDisksAndPartitions } = diskList.parse(await ask('list', '-plist', 'physical'));
  return Promise.all(AllDisksAndPartitions.map(async (found) => macDevice(found, diskInfo.parse(await ask('info', '-plist', found.DeviceIdentifier)))));
}

function macDevice(found: Disk, info: DiskInfo): MediaDevice {
  const partitions = [...found.Partitions, ...found.APFSVolumes];
  // diskutil knows no serial number.
  const identity = { path: info.DeviceNode, vendor: '', model: info.MediaName.trim(), serial: '', bytes: info.TotalSize || found.Size };
  return {
    ...identity,
    bus: info.BusProtocol,
    removable: info.RemovableMedia || info.Ejectable,
    sectorBytes: info.DeviceBlockSize,
    partitions: partitions.map((part) => ({
      name: `/dev/${part.DeviceIdentifier}`,
      bytes: part.Size,
      content: part.Content,
      label: part.VolumeName,
      mountPoints: part.MountPoint === undefined ? [] : [part.MountPoint],
    })),
    mountPoints: [found, ...partitions].flatMap(({ MountPoint }) => MountPoint ?? []),
    whyNot: whyNot(found, info),
    value: deviceValue(identity),
  };
}

function whyNot(found: Disk, info: DiskInfo): WhyNotDevice | null {
  const all = [found, ...found.Partitions, ...found.APFSVolumes];
  if (info.Internal || all.some(({ MountPoint }) => MountPoint === '/' || MountPoint?.startsWith('/System/Volumes')))
    return { kind: 'system', message: 'It is built into this Mac.', next: 'Choose another device.' };
  if (info.RAIDMaster || info.RAIDSlice || all.some(({ Content }) => Content === 'Apple_RAID'))
    return { kind: 'raid', message: 'It is a member of a RAID set.', next: 'Take it out of the set first, with Disk Utility.' };
  if (all.some(({ Content }) => Content === 'Apple_CoreStorage'))
    return { kind: 'volume-group', message: 'It holds a logical volume group.', next: 'Delete the group first: diskutil coreStorage delete.' };
  const mounted = all.find(({ MountPoint }) => MountPoint !== undefined);
  if (mounted)
    return {
      kind: 'mounted',
      message: `It is mounted: ${mounted.DeviceIdentifier} at ${mounted.MountPoint}.`,
      next: `Unmount it: diskutil unmountDisk ${found.DeviceIdentifier}.`,
    };
  if (!info.WritableMedia) return { kind: 'read-only', message: 'It is write-protected.', next: 'Unlock its switch, or use another device.' };
  const bytes = info.TotalSize || found.Size;
  if (bytes === 0) return { kind: 'no-medium', message: 'It has no medium.', next: 'Insert one.' };
  if (bytes > largestUnasked)
    return {
      kind: 'large',
      message: `It is larger than ${sizeText(largestUnasked)}: more likely a disk than a stick.`,
      next: `If it is meant, type its size in bytes: ${bytes}.`,
    };
  return null;
}
