import { describe, expect, it } from 'vitest';
import { makePlan, parseDeviceValue, type Rendering } from '../../topic-kit/index.ts';
import { labDevice } from './lab.ts';
import { parameters } from './parameters.ts';
import { topic } from './topic.ts';

const stick = '/dev/disk2 |  | Ultra USB 3.0 |  | 8053063680';
const mac = { device: stick, catalogue: '/Users/you/catalogue.txt' };
const linux = { ...mac, way: 'linux', device: '/dev/sdb | SanDisk | Ultra | 4C53 | 8053063680', app: '/srv/Install Mac OS X Lion.app/' };
const rendering: Rendering = { label: 'this machine', rehearsal: false, mapFile: (place) => place };
const plan = (values: object) => makePlan(topic, parameters.parse(values), { kind: 'local' }, rendering).steps;
const issues = (values: object) => parameters.safeParse(values).error?.issues.map(({ path, message }) => `${String(path[0])}: ${message}`) ?? [];

describe('the form', () => {
  it('takes both ways, and wants a device from the list and absolute paths', () => {
    for (const good of [mac, linux]) expect(issues(good)).toEqual([]);
    expect(issues({ ...mac, device: '/dev/disk2' })).toEqual(['device: Choose a device from the list.']);
    expect(issues({ ...mac, catalogue: 'catalogue.txt' })).toEqual(['catalogue: The path must be absolute.']);
    expect(issues({ ...mac, app: '/Applications/../etc' })).toEqual(['app: The path must not lead upwards with "..".']);
    expect(issues({ ...mac, workFolder: '/tmp\n/x' })).toEqual(['workFolder: The path contains a control character.']);
  });
  it('knows the stick of the lab', () => {
    expect(parseDeviceValue(labDevice)).toMatchObject({ path: '/dev/disk2', model: 'Ultra USB 3.0' });
  });
});

describe('the plan', () => {
  it('has the package in hand before anything is erased, on macOS', () => {
    const ids = plan(mac).map(({ id }) => id);
    expect(ids).toEqual(['find-image', 'pick-package', 'fetch-package', 'write-stick', 'check-stick', 'put-package', 'eject', 'server-app']);
  });
  it('writes raw, as the stick builder does, and mounts then, on Linux', () => {
    const steps = plan(linux);
    expect(steps.map(({ id }) => id)).toEqual([
      ...['find-image', 'check-source', 'write-stick', 'mount-stick', 'pick-package', 'fetch-package', 'put-package', 'unmount-stick', 'server-app'],
    ]);
    expect(steps[2]).toMatchObject({
      needsRoot: true,
      script: `wbmedia write --source '/srv/Install Mac OS X Lion.app/Contents/SharedSupport/InstallESD.dmg' --to /dev/sdb --vendor SanDisk --model Ultra --serial 4C53 --bytes 8053063680`,
      confirm: { object: 'everything on SanDisk Ultra, 8.1 GB (/dev/sdb)', type: '4C53' },
    });
  });
  it('names the stick where it is confirmed, and looks at it again before it erases it', () => {
    const write = plan(mac).find(({ id }) => id === 'write-stick');
    expect(write?.confirm).toMatchObject({ object: 'everything on Ultra USB 3.0, 8.1 GB (/dev/disk2)', type: 'Ultra USB 3.0' });
    const script = write?.script ?? '';
    expect(script.indexOf(`[ "$name" = 'Ultra USB 3.0' ] && [ "$bytes" = 8053063680 ]`)).toBeGreaterThan(0);
    expect(script.indexOf('diskutil partitionDisk')).toBeGreaterThan(script.indexOf('Refused: $stick is a different device'));
  });
  it('hands every word over quoted, whatever it holds', () => {
    const [find] = plan({ ...mac, app: "/Applications/it's $(mine).app" });
    expect(find?.script).toContain(`[ -f '/Applications/it'\\''s $(mine).app/Contents/SharedSupport/InstallESD.dmg' ]`);
  });
});
