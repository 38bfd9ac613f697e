/** What people met with real files and real cards: each in the words and shapes of its report. */
import { describe, expect, it } from 'vitest';
import { type ConsoleStep, isFailure, judge, type Matcher } from '../../topic-kit/index.ts';
import { makeEfiProgram, makeUefiShell } from './efi-program-maker.ts';
import { inspectDellImage, inspectItImage, inspectNewFlasher, inspectOldFlasher, inspectRom } from './file-checks.ts';
import { makeFirmwareImage } from './firmware-image-maker.ts';
import { makeOptionRom } from './option-rom.ts';
import { labDefaults, parameters } from './parameters.ts';
import { remedies } from './remedies.ts';
import { steps } from './steps.ts';

const plan = (given: Record<string, string | boolean> = {}) => steps(parameters.parse({ ...labDefaults, leaveOutBootRom: false, ...given }), true);
const stepOf = (id: string, given = {}) => plan(given).find((step) => step.id === id) as ConsoleStep;
const verdictsOf = (matchers: readonly Matcher[], output: string) =>
  judge(matchers, { output, exitStatus: 0, facts: { sasAddress: '5782bcb-0-1234-5600' } }).filter(({ kind }) => kind === 'failure' || kind === 'warning');
const rulesAt = (step: string, output: string, given = {}) => verdictsOf(stepOf(step, given).matchers, output).map(({ rule }) => rule);
const rule = (finding: { problem: { rule: string } | null }) => finding.problem?.rule ?? null;

/** As the published flashers have it: banner, format and number are texts of their own. */
const flasher = (version: string, wide = false) => {
  const texts = ['LSI Corporation SAS2 Flash Utility', 'Version %s (%s)', 'Copyright (c) 2008-2014 LSI Corporation', version, '2014.09.18'];
  return makeEfiProgram({ machine: 0x0ebc, texts: wide ? texts.map((text) => [...text, ''].join('\0')) : texts, size: 396_288 });
};
const image = (productId: number, version: readonly [number, number, number], packaged: readonly [number, number, number] | null, size: number) =>
  makeFirmwareImage({
    productId,
    firmwareVersion: { major: version[0], minor: version[1], unit: version[2], dev: 0 },
    nvdataVersion: { major: version[0], minor: 0, unit: 0, dev: 5 },
    ...(packaged && { packageVersion: { major: packaged[0], minor: packaged[1], unit: packaged[2], dev: 0 } }),
    versionName: '',
    vendorName: 'LSI Logic',
    packageName: 'Not Packaged Yet',
    size,
    extendedImages: [3, 4, 5],
  });

describe('files', () => {
  it.each([false, true])('P1: the version of a published flasher is read, in 16-bit characters: %s', (wide) => {
    expect(rule(inspectOldFlasher(flasher('20.00.00.00', wide)))).toBe('wrong-flasher');
    expect(rule(inspectOldFlasher(flasher('19.00.00.00', wide)))).toBe('wrong-flasher');
    expect(inspectOldFlasher(flasher('05.00.00.00', wide))).toEqual({ summary: 'UEFI program (EFI byte code), flasher version 5', problem: null });
    expect(rule(inspectNewFlasher(flasher('05.00.00.00', wide)))).toBe('swapped-flashers');
    expect(inspectNewFlasher(flasher('20.00.00.00', wide)).problem).toBeNull();
  });

  it('P1: the number that stands beside the title counts, not another program’s', () => {
    const texts = [
      '11.00.00.00',
      'a driver that is linked in',
      'LSI Corporation SAS2 Flash Utility',
      'Version %s (%s)',
      '05.00.00.00',
      'a help text',
      '21.00.00.00',
    ];
    expect(inspectOldFlasher(makeEfiProgram({ machine: 0x0ebc, texts, size: 8192 })).summary).toContain('flasher version 5');
  });

  it('P2: a UEFI shell, or another program, is no flasher', () => {
    const texts = ['UEFI Interactive Shell v%d.%d', 'Displays only the UEFI Shell version.'];
    for (const wrong of [makeUefiShell(), makeEfiProgram({ machine: 0x8664, texts, size: 4096 })])
      for (const inspect of [inspectOldFlasher, inspectNewFlasher])
        expect(inspect(wrong).problem).toMatchObject({ rule: 'not-a-flasher', means: expect.stringContaining('UEFI shell') });
    const other = makeEfiProgram({ machine: 0x8664, texts: ['LSI Corporation SAS3 Flash Utility', 'Version 05.00.00.00'], size: 4096 });
    expect(inspectOldFlasher(other).problem).toMatchObject({ rule: 'not-a-flasher', means: 'This program is not an SAS2 flasher.' });
  });

  it('P3: LSI’s images do not pass as Dell’s, and Dell’s do not pass as LSI’s, whatever their length', () => {
    expect(inspectDellImage(image(0x2713, [7, 0, 0], null, 882_808)).problem).toMatchObject({
      rule: 'swapped-images',
      means: expect.stringContaining('RAID (IR)'),
    });
    expect(rule(inspectDellImage(image(0x2213, [7, 0, 0], null, 630_960)))).toBe('swapped-images');
    expect(rule(inspectDellImage(image(0x2213, [7, 0, 0], null, 885_404)))).toBe('swapped-images');
    for (const packaged of [
      [7, 3, 5],
      [7, 3, 6],
    ] as const) {
      const dells = image(0x2213, [7, 15, 8], packaged, 885_404);
      expect(inspectDellImage(dells)).toMatchObject({ summary: expect.stringContaining(`Dell’s package 07.03.0${packaged[2]}.00`), problem: null });
      expect(rule(inspectItImage(dells, 7, 'P07'))).toBe('swapped-images');
    }
    expect(rule(inspectDellImage(image(0x2713, [7, 15, 8], [7, 3, 6], 900_000)))).toBe('not-it-firmware');
    expect(inspectItImage(image(0x2213, [7, 0, 0], null, 885_404), 7, 'P07').problem).toBeNull();
  });

  it('P4: the boot ROM is one for a PC’s BIOS, of this controller', () => {
    const rom = (codeType: number, vendor = 0x1000, device = 0x72) => makeOptionRom(8, { vendor, device, codeType });
    expect(inspectRom(rom(0))).toEqual({ summary: 'Option ROM (BIOS for 1000:0072), 4096 bytes', problem: null });
    expect(rule(inspectRom(rom(3)))).toBe('uefi-rom');
    expect(rule(inspectRom(rom(0, 0x8086, 0x1521)))).toBe('other-rom');
    expect(rule(inspectRom(rom(0, 0x1000, 0x5d)))).toBe('other-rom');
    const first = rom(0);
    first[0x1c + 0x15] = 0;
    expect(inspectRom(new Uint8Array([...first, ...rom(3)])).problem).toBeNull();
    expect(stepOf('write-boot-rom').verify?.matchers.find(({ id }) => id === 'rom-listed')?.next).toContain('skip the step');
  });

  it('P5: a P20 before 20.00.07.00 is warned of, as a file and on the card', () => {
    for (const unit of [0, 4, 6]) {
      expect(inspectItImage(image(0x2213, [20, 0, unit], null, 722_708), 20, 'P20')).toMatchObject({ problem: null, warning: { rule: 'early-p20' } });
      expect(rulesAt('final-check', `SAS Address : 5782bcb-0-1234-5600\nFirmware Version : 20.00.0${unit}.00\nFirmware Product ID : 0x2213 (IT)`)).toEqual([
        'early-p20',
      ]);
    }
    expect(inspectItImage(image(0x2213, [20, 0, 7], null, 722_708), 20, 'P20').warning).toBeUndefined();
    expect(inspectItImage(image(0x2213, [19, 0, 0], null, 722_708), 19, 'P19').warning).toBeUndefined();
    expect(rulesAt('final-check', 'SAS Address : 5782bcb-0-1234-5600\nFirmware Version : 20.00.07.00\nFirmware Product ID : 0x2213 (IT)')).toEqual([]);
  });
});

describe('what the flasher says', () => {
  const after = (code: string) => `Firmware Flash Successful.\nResetting Adapter...\nAdapter Reset Failed!\nFirmware fault occurred. Fault code: ${code}`;

  it.each(['D04', '704', '04'])('P6: a fault %s after a good write is not the end', (code) => {
    for (const step of ['write-dell', 'write-p07', 'write-final']) {
      const seen = verdictsOf(stepOf(step).matchers, after(code));
      expect(seen.map(({ noWayBack }) => noWayBack)).not.toContain(true);
      expect(seen.find(({ rule: id }) => id === 'fault-after-write')?.remedies).toContain('write-dell-again');
      expect(isFailure(seen)).toBe(true);
    }
  });

  it('P6: it is the end only behind a host boot that failed, with nothing written', () => {
    const dead = 'Chip is in FAULT state. Attempting Host Boot...\nERROR: Firmware Host Boot Failed !\nFirmware fault occurred. Fault code: 0A';
    expect(verdictsOf(stepOf('write-dell').matchers, dead).some(({ noWayBack }) => noWayBack)).toBe(true);
    expect(verdictsOf(stepOf('write-dell').matchers, 'Firmware fault occurred. Fault code: 0A').map(({ rule: id, noWayBack }) => [id, noWayBack])).toEqual([
      ['firmware-fault', false],
    ]);
  });

  it('P7: no way out leads ahead, and a card that is half done is told where to begin', () => {
    for (const given of [{}, { way: 'script' }]) {
      const all = plan(given);
      all.forEach((step, at) => {
        const matchers = 'matchers' in step ? step.matchers : [];
        for (const id of matchers.flatMap(({ remedies: ways = [] }) => ways)) {
          const afterwards = remedies.find((remedy) => remedy.id === id)?.afterwards;
          if (typeof afterwards !== 'object') continue;
          const to = all.findIndex((one) => one.id === afterwards.again);
          expect(to >= 0 && to <= at, `${step.id}: ${id}`).toBe(true);
        }
      });
    }
    for (const said of ['\tController not Operational, Update Firmware!', 'Selected Adapter does not have valid firmware!'])
      expect(verdictsOf(stepOf('list-controllers').matchers, said)[0]).toMatchObject({
        rule: 'needs-firmware',
        next: expect.stringContaining('No firmware that runs'),
        remedies: [],
      });
    expect(verdictsOf(stepOf('list-controllers').matchers, 'ERROR: Failed to upload image !')[0]).toMatchObject({
      next: expect.stringContaining('do not reboot'),
      remedies: [],
    });
    expect(verdictsOf(stepOf('check-dell').matchers, 'Controller not Operational')[0]?.remedies).toEqual(['write-dell-again']);
    expect(verdictsOf(stepOf('check-after-reboot').matchers, 'Failed to upload image')[0]?.remedies).toEqual(['reboot-first']);
  });

  it('P8: an erase without firmware has one verdict, and never says that a reboot is safe', () => {
    const seen = verdictsOf(stepOf('erase').matchers, 'Controller is not operational. A firmware Hostboot is required.');
    expect(seen.map(({ rule: id }) => id)).toEqual(['needs-firmware']);
    for (const { next } of verdictsOf(stepOf('erase').matchers, 'nothing that is known')) expect(next).not.toMatch(/a reboot is safe\b(?!\.$)/);
  });

  it.each(['list-controllers', 'save-sas-address', 'check-dell', 'check-after-reboot', 'final-check'])('P8b: %s knows the question for a file', (id) => {
    expect(stepOf(id).prompts?.some(({ pattern }) => pattern.test('Enter firmware file name or quit to exit: '))).toBe(true);
  });

  it.each([
    ['P9', 'write-p07', 'Failed to validate MfgPage2 !', 'mfg-page-2'],
    ['P10', 'list-controllers', '0  SAS2008(B2)\nSAS2FLASH: Failed Disconnecting the EFI Driver. (EFI Error: Not Found)', null],
    ['P10b', 'write-p07', 'ERROR: Could not open file: 2118it.bin:', 'no-file'],
    ['P10b', 'write-p07', 'Could not read file', 'no-file'],
    ['P10b', 'write-p07', 'Firmware Image Checksum Failed', 'image-refused'],
    ['P10b', 'write-p07', 'Firmware Image does not have a Valid Signature', 'image-refused'],
    ['P10b', 'write-final', 'ERROR: Cannot downgrade NVDATA version 14.01.00.08 to 10.00.00.01', 'downgrade-refused'],
    ['P10b', 'write-dell', 'Firmware Download Failed!', 'download-failed'],
    ['P10b', 'check-dell', 'Selected Adapter does not have valid firmware!', 'needs-firmware'],
    ['P10b', 'list-controllers', 'InitShellApp: Shell environment interfaces not found', 'wrong-shell'],
    ['P10c', 'write-dell', 'Firmware Flash Successful.\nHost Boot limit reached, exiting !', 'host-boot-limit'],
    ['P10c', 'write-dell', 'Firmware Flash Successful.\nFirmware Returned Exception. IOCStatus=0x4, IOCLogInfo=0x0', 'firmware-exception'],
  ])('%s: %s: %j', (_, step, said, expected) => {
    expect(rulesAt(step, said)).toEqual(expected === null ? [] : [expected]);
  });
});

describe('what the card has now', () => {
  const ids = (given: Record<string, string>) => plan(given).map(({ id }) => id);
  const nothing = { cardHas: 'nothing', sasAddress: '5782bcb012345600' };
  const issues = (given: Record<string, unknown>) =>
    parameters.safeParse({ ...labDefaults, ...given }).error?.issues.map(({ path: [name] }) => String(name)) ?? [];

  it('P7: no firmware that runs: nothing is asked of the card, nothing erased, and it begins with Dell’s image', () => {
    expect(ids(nothing).slice(4, 8)).toEqual(['list-controllers', 'keep-address', 'write-dell', 'check-dell']);
    expect(ids(nothing)).not.toContain('erase');
    for (const said of [
      'SAS2008(B2)\n\tController not Operational, Update Firmware!\n\tDue to error remaining commands will not be executed.\n\tUnable to Process Commands.',
      '0  SAS2008(B2)       No Image     No Image      No Image     00:01:00:00\nERROR: Failed to upload image !',
    ])
      expect(rulesAt('list-controllers', said, nothing)).toEqual([]);
    expect(rulesAt('list-controllers', '0  SAS2008(B2)     07.15.08.00    07.00.00.07     07.11.10.00     00:01:00:00', nothing)).toEqual(['has-firmware']);
    expect(issues({ cardHas: 'nothing' })).toEqual(['sasAddress']);
  });

  it('LSI’s firmware of an earlier phase: one write, without the files of the way through Dell’s image', () => {
    const few = { cardHas: 'lsi', p07Flasher: undefined, dellImage: undefined, p07Image: undefined };
    expect(issues(few)).toEqual([]);
    expect(issues({ ...few, cardHas: 'whole' })).toEqual(['p07Flasher', 'dellImage', 'p07Image']);
    expect(ids({ cardHas: 'lsi' }).slice(-6)).toEqual(['find-stick', 'list-controllers', 'save-sas-address', 'write-final', 'write-boot-rom', 'final-check']);
    const list = (version: string) => `SAS Address : 5782bcb-0-1234-5600\nFirmware Product ID : 0x2213 (IT)\nFirmware Version : ${version}`;
    const given = { cardHas: 'lsi', finalPhase: 'P18', finalImage: 'lab:P18/2118it.bin' };
    expect(rulesAt('save-sas-address', list('16.00.00.00'), given)).toEqual([]);
    expect(rulesAt('save-sas-address', list('18.00.00.00'), given)).toEqual([]);
    expect(rulesAt('save-sas-address', list('20.00.07.00'), given)).toEqual(['later-phase']);
    expect(rulesAt('save-sas-address', list('16.00.00.00').replace('0x2213 (IT)', '0x2713 (IR)'), given)).toEqual(['it-product']);
  });

  it('is led by the scripts only on the whole way', () => {
    expect(issues({ ...nothing, way: 'script' })).toEqual(['way']);
    expect(issues({ cardHas: 'lsi', way: 'script' })).toEqual(['way']);
  });

  it('says on the last write that up is one write, and down the whole way', () => {
    expect(stepOf('write-final').irreversible).toMatch(/later phase can be written over it at any time\. An earlier one takes the whole procedure/);
  });

  it('is on a card for whoever types by hand', () => {
    const boot = plan({ way: 'hand' }).find(({ id }) => id === 'boot-server');
    const [card] = boot?.kind === 'manual' ? (boot.cards ?? []) : [];
    expect(card?.lines.filter((line) => !line.startsWith('#') && !line.startsWith('cd '))).toEqual([
      ...['sas2flash.efi -listall', 'sas2flash.efi -c 0 -list', 'sas2flash.efi -c 0 -list >a \\SAS-ADDRESS.TXT', 'sas2flash.efi -o -e 6'],
      ...['sas2flash.efi -o -f 6GBPSAS.FW', 'sas2flash.efi -c 0 -list', 'sas2flash.efi -o -f 2118it.bin', 'reset', 'sas2flash.efi -c 0 -list'],
      ...['sas2flash.efi -o -f 2118it.bin', 'sas2flash.efi -o -b mptsas2.rom', 'sas2flash.efi -c 0 -list'],
    ]);
  });
});
