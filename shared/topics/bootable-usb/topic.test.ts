import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CommandStep, judge, makePlan, parseDeviceValue, type Rendering, renderScript } from '../../topic-kit/index.ts';
import { labDevice } from './lab.ts';
import { parameters, volumeSerial } from './parameters.ts';
import { steps } from './steps.ts';
import { topic } from './topic.ts';

const stick = '/dev/sdb | SanDisk | Ultra | 4C53 | 30752636928';
const files = { what: 'files', folder: '/srv/uefi', to: 'device', device: stick };
const image = { what: 'image', image: '/srv/installer.img.xz', to: 'device', device: stick };
const rendering: Rendering = { label: 'this machine', rehearsal: false, mapFile: (place) => place };
const plan = (values: object) => makePlan(topic, parameters.parse(values), { kind: 'local' }, rendering).steps;
const issues = (values: object) => parameters.safeParse(values).error?.issues.map(({ path, message }) => `${String(path[0])}: ${message}`) ?? [];

describe('the form', () => {
  it('wants what the choice needs, and nothing else', () => {
    expect(issues({})).toEqual(['folder: Name the folder with the files.', 'device: Choose the stick.']);
    expect(issues({ what: 'image', to: 'file' })).toEqual(['image: Choose the image.', 'imageFile: Name the file that is made.']);
    for (const good of [files, image, { ...files, to: 'file', device: '', imageFile: '/srv/stick.img' }]) expect(issues(good)).toEqual([]);
  });
  it.each([
    ['/dev/sdb', 'no identity'],
    ['/dev/../etc/passwd | a | b | c | 1', 'a way out of /dev'],
    ['sdb | a | b | c | 1', 'no path'],
    ['/dev/sdb | a | b | c | -1', 'no size'],
    ['/dev/sdb; rm -rf / | a | b | c | 1', 'shell text'],
  ])('refuses "%s": %s', (device) => {
    expect(issues({ ...image, device })).toEqual(['device: Choose a device from the list.']);
  });
  it('refuses clusters that FAT32 can’t have on a stick of this size', () => {
    expect(issues({ ...files, cluster: '32768', device: stick.replace('30752636928', '1000341504') })[0]).toMatch(/^cluster: .*at least/);
  });
  it.each(['MY STICK!', '', 'lower', 'TWELVE CHARS', '-FIRST'])('refuses the name "%s"', (label) => {
    expect(issues({ ...files, label })[0]).toMatch(/^label: /);
  });
});

describe('what UEFI starts from the files', () => {
  let base: string;
  beforeEach(() => {
    base = mkdtempSync(path.join(tmpdir(), 'wb-starts-'));
  });
  afterEach(() => rmSync(base, { recursive: true }));
  const check = () => steps(parameters.parse({ ...files, folder: base }), false).find(({ id }) => id === 'check-source') as CommandStep;
  const said = (name: string, content: string) => {
    mkdirSync(path.join(base, path.dirname(name)), { recursive: true });
    writeFileSync(path.join(base, name), content);
    const output = execFileSync('sh', ['-c', renderScript(check().script, (place) => place)], { encoding: 'utf8' });
    return judge(check().matchers, { output, exitStatus: 0, facts: {} })
      .map(({ rule }) => rule)
      .filter((rule) => /start|program/.test(rule));
  };
  it.each([
    ['EFI/BOOT/BOOTX64.EFI', 'MZ…', ['starts']],
    ['efi/boot/bootaa64.efi', 'MZ…', ['starts']],
    ['EFI/Boot/BootIA32.efi', 'MZ…', ['starts']],
    ['EFI/BOOT/grubx64.efi', 'MZ…', ['starts-nothing']],
    ['BOOTX64.EFI', 'MZ…', ['starts-nothing']],
    ['TOOLS/readme.txt', 'x', ['starts-nothing']],
    ['EFI/BOOT/BOOTX64.EFI', '<html>', ['no-program', 'starts-nothing']],
    ['EFI/BOOT/BOOTX64.EFI', '', ['no-program', 'starts-nothing']],
  ])('is said before anything is erased: %s with %j', (name, content, rules) => {
    expect(said(name, content).toSorted()).toEqual(rules.toSorted());
    expect(
      check()
        .matchers.filter(({ id }) => ['starts-nothing', 'no-program'].includes(id))
        .map(({ kind }) => kind),
    ).toEqual(['warning', 'warning']);
  });
  it('is looked at in the first step', () => expect(plan(files)[0]?.id).toBe('check-source'));
  it('is no BIOS, and that is said of MBR where it is chosen and where it is made', () => {
    const made = (table: string) => plan({ ...files, table }).find(({ id }) => id === 'make-image');
    expect(made('mbr')?.intro).toContain('no boot code: UEFI starts from it, a BIOS does not');
    expect(made('gpt')?.intro).not.toContain('BIOS');
  });
});

it('makes a partition of the kind that firmware is sure to look at, or of one that file managers show', () => {
  const script = (more: object) => plan({ ...files, ...more }).find(({ id }) => id === 'make-image')?.script;
  expect(script({})).toContain('type=C12A7328-F81F-11D2-BA4B-00A0C93EC93B');
  expect(script({ partition: 'data' })).toContain('type=EBD0A0A2-B9E5-4433-87C0-68B6B72699C7');
  expect(script({ partition: 'data', table: 'mbr' })).toContain('type=c');
});

describe('the plan', () => {
  it('hands every word over quoted, whatever it holds', () => {
    const steps = plan({ ...image, image: "/srv/it's $(mine).img", device: "/dev/sdb | O'Neill | $(reboot) | `id` | 30752636928" });
    expect(steps.at(-1)?.script).toBe(
      `wbmedia write --source '/srv/it'\\''s $(mine).img' --to /dev/sdb --vendor 'O'\\''Neill' --model '$(reboot)' --serial '\`id\`' --bytes 30752636928`,
    );
  });
  it('names the stick where it is confirmed: by serial number, else by what it has', () => {
    const confirm = (device: string) => plan({ ...image, device }).at(-1)?.confirm;
    expect(confirm(stick)).toMatchObject({ object: 'everything on SanDisk Ultra, 30.8 GB (/dev/sdb)', type: '4C53' });
    expect(confirm('/dev/sdb |  | Ultra |  | 30752636928')).toMatchObject({ object: 'everything on Ultra, 30.8 GB (/dev/sdb)', type: 'Ultra' });
    expect(confirm('/dev/sdb |  |  |  | 30752636928')?.type).toBe('/dev/sdb');
  });
  it('wants root’s rights for the device alone', () => {
    expect(plan(files).map(({ id, needsRoot }) => [id, needsRoot])).toEqual([
      ['check-source', false],
      ['make-image', false],
      ['write-stick', true],
      ['remove-image', false],
    ]);
    expect(plan({ ...image, to: 'file', imageFile: '/srv/a.img' }).some(({ needsRoot }) => needsRoot)).toBe(false);
  });
  it('leaves holes of our own image alone, and none of somebody else’s', () => {
    expect(plan(files).find(({ id }) => id === 'write-stick')?.script).toContain('--holes leave');
    expect(plan(image).find(({ id }) => id === 'write-stick')?.script).not.toContain('--holes');
  });
  it('gives each stick another serial number, and the same one each time', () => {
    const serial = (values: object) => volumeSerial(parameters.parse(values));
    expect(serial(files)).toBe(serial(files));
    expect(serial({ ...files, device: stick.replace('4C53', '4C54') })).not.toBe(serial(files));
    expect(serial({ ...files, label: 'OTHER' })).not.toBe(serial(files));
    expect(serial(files)).toMatch(/^[0-9A-F]{8}$/);
  });
});

it('has a stick in the lab that the form takes', () => {
  expect(parseDeviceValue(labDevice)).toMatchObject({ path: '/dev/sdb', serial: '4C530001230501' });
});
