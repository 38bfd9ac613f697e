import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editConfig } from './config.ts';
import { parseDomains } from './domains.ts';
import { parameters } from './parameters.ts';
import { pictures } from './pictures.ts';
import { probe } from './probe.ts';
import { putWrapper, wrapperText } from './wrapper.ts';

const deviceModel = '/usr/lib/xen/bin/qemu-dm';
const wrapper = `${deviceModel}-citrixpv`;
const on = (toolstack: 'xm' | 'xl') => ({ toolstack, deviceModel, wrapper });
const hvm = "builder = 'hvm'\n";

describe('the device model in a configuration', () => {
  it.each([
    ['is added', hvm, `${hvm}device_model = '${wrapper}'\n`],
    ['is added without a last line end', "builder='hvm'", `builder='hvm'\ndevice_model = '${wrapper}'`],
    ['is added with CRLF', "builder='hvm'\r\n", `builder='hvm'\r\ndevice_model = '${wrapper}'\r\n`],
    ['takes the place of the usual one', `${hvm}device_model='${deviceModel}'\n`, `${hvm}device_model='${wrapper}'\n`],
    ['leaves comments and tabs alone', `${hvm}device_model\t= "${deviceModel}"\t# Gerät\r\n`, `${hvm}device_model\t= '${wrapper}'\t# Gerät\r\n`],
    [
      'takes the place of a path that is built',
      `${hvm}device_model = '/usr/' + arch_libdir + '/xen/bin/qemu-dm'\nvnc=1\n`,
      `${hvm}device_model = '${wrapper}'\nvnc=1\n`,
    ],
    [
      'is the last of two',
      `${hvm}device_model = 'stubdom-dm'\ndevice_model = '${deviceModel}'\n`,
      `${hvm}device_model = 'stubdom-dm'\ndevice_model = '${wrapper}'\n`,
    ],
    ['is none in a comment', `${hvm}# device_model = 'x'\n`, `${hvm}# device_model = 'x'\ndevice_model = '${wrapper}'\n`],
  ])('%s, and nothing more the second time', (_, old, wanted) => {
    expect(editConfig(old, on('xm'))).toBe(wanted);
    expect(editConfig(wanted, on('xm'))).toBe(wanted);
  });

  it('has its own name with xl, and leaves the obsolete one', () => {
    const old = `type = "hvm"\ndevice_model_version = "qemu-xen-traditional"\ndevice_model = "${deviceModel}"\ndisk = [ "phy:/dev/a#b,hda,w",\n  "phy:/dev/c,hdb,w" ]\n`;
    expect(editConfig(old, on('xl'))).toBe(`${old}device_model_override = "${wrapper}"\n`);
  });

  it.each([
    ['other-kind', ''],
    ['other-kind', 'device_model_version = "qemu-xen"\n'],
    ['stub-domain', 'device_model_version = "qemu-xen-traditional"\ndevice_model_stubdomain_override = 1\n'],
  ])('is left alone where xl would start the wrapper with other arguments: %s %j', (rule, more) =>
    expect(editConfig(hvm + more, on('xl'))).toMatchObject({ rule }),
  );

  it('is that of the newer kind where xl is not told another', () => {
    const newer = { toolstack: 'xl', deviceModel: '/usr/bin/qemu-system-i386', wrapper: '/usr/bin/qemu-system-i386-citrixpv' } as const;
    expect(editConfig(hvm, newer)).toBe(`${hvm}device_model_override = "${newer.wrapper}"\n`);
    expect(editConfig(`${hvm}device_model_version = "qemu-xen-traditional"\n`, newer)).toMatchObject({ rule: 'other-kind' });
  });

  it.each([
    ['not-hvm', 'kernel = "/boot/vmlinuz"\n'],
    ['not-hvm', "# builder = 'hvm'\n"],
    ['not-hvm', ''],
    ['other-device-model', `${hvm}device_model = 'stubdom-dm'\n`],
    ['other-device-model', `${hvm}device_model = find_model()\n`],
    ['conditional', `${hvm}if arch == 'x':\n  device_model = '${deviceModel}'\n`],
    ['odd', `${hvm}device_model = \\\n  '${deviceModel}'\n`],
    ['odd', `${hvm}'''\ndevice_model = 'x'\n'''\n`],
  ])('is left alone, by the name of the reason: %s', (rule, old) => expect(editConfig(old, on('xm'))).toMatchObject({ rule }));

  it('changes one line at the most, whatever else is there', () => {
    const line = fc.oneof(
      fc.constantFrom(
        "name = 'a'",
        'vif = [ "bridge=x" ]',
        '# comment',
        '',
        '\tvnc = 1',
        "boot='c' # device_model = 'no'",
        "path = '/a#b'",
        'memory = 512\r',
        'Ünïcode = 1',
      ),
      fc.constant(`device_model = '${deviceModel}'`),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), fc.boolean(), (lines, ends) => {
        const old = `${["builder='hvm'", ...lines].join('\n')}${ends ? '\n' : ''}`;
        const changed = editConfig(old, on('xm'));
        if (typeof changed !== 'string') throw new Error(JSON.stringify(changed));
        expect(editConfig(changed, on('xm'))).toBe(changed);
        const [before, after] = [old.split('\n'), changed.split('\n')];
        const different = after.filter((each, at) => each.trim() !== before[at]?.trim());
        expect(different.filter((each) => each.trim() !== '').length).toBeLessThanOrEqual(1);
        expect(changed).toContain(`device_model = '${wrapper}'`);
      }),
    );
  });

  it('stays quick on a file of 200,000 lines', () => {
    const old = `${hvm}device_model_version = 'qemu-xen-traditional'\n${'vnc = 1\n'.repeat(200_000)}`;
    expect(editConfig(old, on('xl'))).toBe(`${old}device_model_override = "${wrapper}"\n`);
  });
});

describe('the wrapper', () => {
  it('is written anew in the place of an older one, and never over another program', () => {
    const older = wrapperText(deviceModel, 10);
    expect(putWrapper('', deviceModel, 10)).toBe(older);
    expect(putWrapper(older, deviceModel, 30)).toBe(wrapperText(deviceModel, 30));
    expect(putWrapper('#!/bin/sh\nxenstore-rm /local/domain/0/backend/console/$2\n', deviceModel, 10)).toMatchObject({ rule: 'other-program' });
  });
});

describe('the list of domains', () => {
  it('has paths of its own or the usual ones', () => {
    expect(parseDomains(' win2008 \n\nfiles /etc/xen/vm/files\r\n')).toEqual([
      { name: 'win2008', config: '/etc/xen/win2008.cfg' },
      { name: 'files', config: '/etc/xen/vm/files' },
    ]);
  });
  it.each([
    '',
    '\n',
    'a b',
    '-rf',
    'a;b',
    'a /etc/x y',
    'a ../x',
    'a\na',
    'a.b\na-b',
    'A\na',
    `${'x'.repeat(41)}`,
    Array.from({ length: 21 }, (_, at) => `d${at}`).join('\n'),
  ])('is refused where it is %j', (domains) => expect(parameters.safeParse({ domains }).success).toBe(false));
});

describe('the look', () => {
  const values = parameters.parse({ domains: 'a\nb' });
  const seen = (...lines: string[]) => ({ output: ['Name      ID Mem VCPUs', ...lines].join('\n'), exitStatus: 0 });
  it.each([
    ['affected', ['a id=7 console=yes vfb=yes hangs=2 config=plain', 'b id=none console=no vfb=no hangs=0 config=plain']],
    ['affected', ['a id=7 console=no vfb=no hangs=0 config=wrapped', 'b id=none console=no vfb=no hangs=0 config=plain']],
    ['affected', ['a id=7 console=yes vfb=no hangs=0 config=wrapped', 'b id=8 console=no vfb=no hangs=0 config=wrapped']],
    ['already-fixed', ['a id=7 console=no vfb=no hangs=0 config=wrapped', 'b id=none console=no vfb=no hangs=0 config=wrapped']],
    ['unknown', ['a id=7 console=no vfb=no hangs=0 config=wrapped', 'b id=none console=no vfb=no hangs=0 config=missing']],
    ['unknown', ['a id=7 console=no vfb=no hangs=0 config=wrapped']],
  ])('says %s of %j', (verdict, lines) => expect(probe.judge(seen(...lines), values).verdict).toBe(verdict));
  it('can’t tell where the toolstack does not answer', () => {
    expect(probe.judge({ output: 'Error: Unable to connect to xend', exitStatus: 1 }, values)).toMatchObject({
      verdict: 'unknown',
      because: 'xm does not answer.',
      proposes: [],
    });
    const other = probe.judge({ output: 'sh: xm: not found\ntoolstack: xl', exitStatus: 1 }, values);
    expect(other.proposes).toEqual([{ field: 'toolstack', value: 'xl', because: 'xl is there.' }]);
  });
});

it('draws who is first, before and with the wrapper', () => {
  const values = parameters.parse({ domains: 'a', delay: 8 });
  const rows = (done: readonly string[]) => pictures(values, { done: new Set(done) }).flatMap((picture) => (picture.kind === 'cells' ? picture.rows : []));
  expect(rows([]).at(-1)?.cells).toMatch(/^BBBBBBW+$/);
  expect(rows(['wrap']).at(-1)?.cells).toMatch(/^BBBBBBWWR+$/);
});
