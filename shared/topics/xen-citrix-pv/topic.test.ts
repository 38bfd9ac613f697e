import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CommandStep, judge, type Matcher, quote, renderScript } from '../../topic-kit/index.ts';
import { editConfig } from './config.ts';
import { type Domain, parseDomains } from './domains.ts';
import { showDomains } from './looks.ts';
import { parameters } from './parameters.ts';
import { pictures } from './pictures.ts';
import { probe } from './probe.ts';
import { steps } from './steps.ts';
import { topic } from './topic.ts';
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
    expect(putWrapper('', deviceModel, 10, [])).toBe(older);
    expect(putWrapper(older, deviceModel, 30, [])).toBe(wrapperText(deviceModel, 30));
    expect(putWrapper('#!/bin/sh\nxenstore-rm /local/domain/0/backend/console/$2\n', deviceModel, 10, [])).toMatchObject({ rule: 'other-program' });
  });
});

describe('the wrapper of two runs', () => {
  const [a, b] = parseDomains('a\nb /etc/xen/vm/b') as [Domain, Domain];
  it('names the domains of both, each once, and is another file than the first one wrote', () => {
    const first = putWrapper('', deviceModel, 10, [a]) as string;
    const both = putWrapper(first, deviceModel, 10, [b]) as string;
    expect(both).toContain('# for a /etc/xen/a.cfg\n# for b /etc/xen/vm/b\n');
    expect(both).not.toBe(first);
    expect(putWrapper(both, deviceModel, 10, [a])).toBe(both);
    expect(putWrapper(both, deviceModel, 10, [b])).toBe(both);
  });
});

describe('a path that is put together (CoreOS on xm)', () => {
  const edit = (value: string, model = deviceModel) =>
    editConfig(`${hvm}device_model = ${value}\n`, { toolstack: 'xm', deviceModel: model, wrapper: `${model}-citrixpv` });
  it.each([
    ["'/usr/' + arch_libdir + '/xen-4.0/bin/qemu-dm'", deviceModel],
    ["'/opt/' + arch_libdir + '/xen/bin/qemu-dm'", deviceModel],
    ["'/usr/' + a + '/lib/xen/' + b + '/bin/qemu-dm'", deviceModel],
    ["'/usr/lib/xen/bin' + '/bin/qemu-dm'", deviceModel],
  ])('is refused where what is spelt out is another one: %s', (value, model) => expect(edit(value, model)).toMatchObject({ rule: 'other-device-model' }));
  it.each([
    ["'/usr/' + arch_libdir + '/xen-4.0/bin/qemu-dm'", '/usr/lib64/xen-4.0/bin/qemu-dm'],
    ["'/usr/' + arch_libdir + '/xen/bin/qemu-dm'", deviceModel],
    ['"/usr/"+arch_libdir+"/xen" + "/bin/qemu-dm"', deviceModel],
  ])('is taken where it can be this one: %s', (value, model) => expect(edit(value, model)).toBe(`${hvm}device_model = '${model}-citrixpv'\n`));
});

describe('a toolstack that does not tell', () => {
  const both = 'xend is running, which prevents xl from working correctly.\nIf you still want to force the execution of xl please use the -f option.';
  const asked = (id: string, toolstack = 'xl') => steps(parameters.parse({ domains: 'windows-vm', toolstack })).find((step) => step.id === id) as CommandStep;
  const judged = (matchers: readonly Matcher[], output: string) =>
    judge(matchers, { output, exitStatus: 0, facts: {} }).flatMap(({ kind, rule }) => (kind === 'failure' ? [rule] : []));
  const line = (id: string) => `windows-vm id=${id} console=no vfb=no hangs=0 config=plain`;
  it('is named in the look, where both are there', () => expect(judged(asked('look').matchers, `${both}\n${line('none')}`)).toContain('no-toolstack'));
  it('is no proof that nodes are gone, and one that says that the domain does not run is', () => {
    expect(judged(asked('free').verify?.matchers ?? [], line('unknown'))).toEqual(['unasked']);
    expect(judged(asked('free').verify?.matchers ?? [], line('none'))).toEqual([]);
    expect(judged(asked('free').verify?.matchers ?? [], line('7'))).toEqual([]);
  });
  it('is told from one that says that there is no such domain', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'wb-xl-'));
    const said = (text: string) => {
      writeFileSync(path.join(folder, 'xl'), `#!/bin/sh\nprintf '%s\\n' ${quote(text)} >&2\nexit 1\n`, { mode: 0o755 });
      const script = renderScript(showDomains(parameters.parse({ domains: 'windows-vm', toolstack: 'xl' })), (name) => `${folder}${name}`);
      return /id=\S+/.exec(execFileSync('sh', ['-c', script], { encoding: 'utf8', env: { PATH: `${folder}:${process.env.PATH}` } }))?.[0];
    };
    try {
      expect(said(both)).toBe('id=unknown');
      expect(said('windows-vm is an invalid domain identifier (rc=-6)')).toBe('id=none');
      expect(said("Can't get domid of domain name 'windows-vm', maybe this domain does not exist.")).toBe('id=none');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
  it('makes the look before a run say that it is not known', () =>
    expect(
      probe.judge({ output: `Name ID Mem\n${line('unknown')}`, exitStatus: 0 }, parameters.parse({ domains: 'windows-vm', toolstack: 'xl' })),
    ).toMatchObject({ verdict: 'unknown' }));
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

it.each([
  'Device 0 (vkbd) could not be connected. Hotplug scripts not working.',
  'STOP 0x7B after the tools',
  'STOP: 0x0000007B after installing the XenServer tools',
  'spinning dots never end',
  'Windows bleibt beim Starten hängen',
])('is found by what people paste: %s', (line) => expect(topic.symptoms.filter(({ pattern }) => pattern.test(line)).length).toBeGreaterThan(0));
