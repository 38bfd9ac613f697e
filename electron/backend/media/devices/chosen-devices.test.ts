import { describe, expect, it } from 'vitest';
import type { MediaDevice } from '../../../../shared/api/media.ts';
import { deviceValue } from '../../../../shared/topic-kit/index.ts';
import { findTopic } from '../../topics/topic-registry.ts';
import { deviceIssues } from './chosen-devices.ts';

const identity = { path: '/dev/sdb', vendor: 'SanDisk', model: 'Ultra', serial: '4C53', bytes: 32e9 };
const device = (more: Partial<MediaDevice> = {}): MediaDevice => {
  const known = { ...identity, ...more };
  return { bus: 'USB', removable: true, sectorBytes: 512, partitions: [], mountPoints: [], whyNot: null, value: deviceValue(known), ...known };
};
const issues = (there: MediaDevice[], values: Record<string, string> = {}) =>
  deviceIssues(findTopic('bootable-usb'), { device: deviceValue(identity), ...values }, async () => there);

describe('a device that a form names', () => {
  it('may be chosen where it is there and free', async () => {
    expect(await issues([device()])).toEqual([]);
    expect(await issues([], { device: '' })).toEqual([]);
  });
  it('is refused with its field where it is gone, is another one, or is in use', async () => {
    expect(await issues([])).toMatchObject([{ field: 'device', message: '/dev/sdb is not there.' }]);
    expect(await issues([device({ serial: '9999' })])).toMatchObject([
      { message: expect.stringContaining('different device now: SanDisk Ultra, serial 9999') },
    ]);
    expect(await issues([device({ whyNot: { kind: 'mounted', message: 'It is mounted.', next: 'Unmount it.' } })])).toMatchObject([{ next: 'Unmount it.' }]);
  });
  it('is taken in spite of its size where that was typed, and in spite of nothing else', async () => {
    const large = device({ whyNot: { kind: 'large', message: 'It is large.', next: '' } });
    expect(await issues([large])).toHaveLength(1);
    expect(await issues([large], { largeDevice: '31999999999' })).toHaveLength(1);
    expect(await issues([large], { largeDevice: '32000000000' })).toEqual([]);
    expect(await issues([device({ whyNot: { kind: 'system', message: 'The system.', next: '' } })], { largeDevice: '32000000000' })).toHaveLength(1);
  });
});
