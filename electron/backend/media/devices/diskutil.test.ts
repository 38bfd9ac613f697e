import { describe, expect, it } from 'vitest';
import { listWithDiskutil } from './diskutil.ts';

const list = {
  AllDisks: ['disk0', 'disk0s1', 'disk4', 'disk4s1'],
  AllDisksAndPartitions: [
    {
      Content: 'GUID_partition_scheme',
      DeviceIdentifier: 'disk0',
      OSInternal: false,
      Size: 500277792768,
      Partitions: [{ Content: 'Apple_APFS', DeviceIdentifier: 'disk0s2', Size: 499418034176 }],
    },
    {
      Content: 'FDisk_partition_scheme',
      DeviceIdentifier: 'disk4',
      Size: 30752636928,
      Partitions: [{ Content: 'DOS_FAT_32', DeviceIdentifier: 'disk4s1', MountPoint: '/Volumes/STICK', Size: 30751588352, VolumeName: 'STICK' }],
    },
  ],
  VolumesFromDisks: ['STICK'],
  WholeDisks: ['disk0', 'disk4'],
};
const info: Record<string, object> = {
  disk0: {
    DeviceNode: '/dev/disk0',
    MediaName: 'APPLE SSD AP0512M',
    BusProtocol: 'PCI-Express',
    Internal: true,
    Ejectable: false,
    TotalSize: 500277792768,
    DeviceBlockSize: 4096,
    WritableMedia: true,
  },
  disk4: {
    DeviceNode: '/dev/disk4',
    MediaName: 'Ultra USB 3.0 ',
    BusProtocol: 'USB',
    Internal: false,
    Ejectable: true,
    TotalSize: 30752636928,
    DeviceBlockSize: 512,
    WritableMedia: true,
  },
};
const devices = (said: typeof list = list, more: Record<string, object> = {}) =>
  listWithDiskutil(async (_, words) => JSON.stringify(words.includes('list') ? said : { ...info[words.at(-1) ?? ''], ...more[words.at(-1) ?? ''] }));

describe('the devices of a Mac', () => {
  it('have name, size, bus and partitions', async () => {
    expect((await devices())[1]).toMatchObject({
      path: '/dev/disk4',
      model: 'Ultra USB 3.0',
      bytes: 30752636928,
      bus: 'USB',
      removable: true,
      mountPoints: ['/Volumes/STICK'],
      partitions: [{ name: '/dev/disk4s1', label: 'STICK', content: 'DOS_FAT_32' }],
    });
  });
  it('are not to be chosen where they are built in or mounted', async () => {
    expect((await devices()).map(({ whyNot }) => whyNot?.kind)).toEqual(['system', 'mounted']);
    expect((await devices())[1]?.whyNot?.next).toContain('diskutil unmountDisk disk4');
  });
  it('can be chosen when they are unmounted, unless locked or large', async () => {
    const unmounted = structuredClone(list);
    for (const disk of unmounted.AllDisksAndPartitions) for (const part of disk.Partitions) Reflect.deleteProperty(part, 'MountPoint');
    const stick = async (more: object) => (await devices(unmounted, { disk4: more }))[1]?.whyNot?.kind ?? null;
    expect(await stick({})).toBeNull();
    expect(await stick({ WritableMedia: false })).toBe('read-only');
    expect(await stick({ TotalSize: 2e12 })).toBe('large');
    expect(await stick({ RAIDSlice: true })).toBe('raid');
  });
});
