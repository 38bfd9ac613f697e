import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEfiProgram, readFlasher, shellVersion } from './efi-program.ts';
import { makeEfiProgram, makeFlasher, makeUefiShell } from './efi-program-maker.ts';
import { inspectDellImage, inspectItImage, inspectNewFlasher, inspectOldFlasher, inspectRom, inspectShell } from './file-checks.ts';
import { describeProduct, firmwareVersionText, nvdataVersionText, parseFirmwareImage } from './firmware-image.ts';
import { type ImageRecipe, makeFirmwareImage } from './firmware-image-maker.ts';
import { lab } from './lab.ts';
import { makeOptionRom, parseOptionRom } from './option-rom.ts';

const byte = fc.nat(255);
const version = fc.record({ major: byte, minor: byte, unit: byte, dev: byte });
const name = fc.string({ unit: fc.constantFrom(...'ABCabc019-'), minLength: 1, maxLength: 32 });
const recipe: fc.Arbitrary<ImageRecipe> = fc.record({
  productId: fc.nat(0xffff),
  firmwareVersion: version,
  nvdataVersion: version,
  packageVersion: version,
  versionName: name,
  vendorName: name,
  packageName: name,
  size: fc.integer({ min: 0, max: 8192 }),
  extendedImages: fc.array(byte, { maxLength: 5 }),
});

describe('a made image', () => {
  it('parses to what went in', () => {
    fc.assert(
      fc.property(recipe, (made) => {
        const file = makeFirmwareImage(made);
        const { size: _, ...fields } = made;
        expect(parseFirmwareImage(file)).toEqual({ image: { ...fields, vendorId: 0x1000, size: file.length } });
      }),
    );
  });

  it('is refused when one byte is changed', () => {
    fc.assert(
      fc.property(recipe, fc.nat(), fc.integer({ min: 1, max: 255 }), (made, at, flip) => {
        const file = makeFirmwareImage(made);
        file[at % file.length] = (file[at % file.length] ?? 0) ^ flip;
        // The three low bytes of the first word are a branch instruction: covered by the checksum like the rest.
        expect(parseFirmwareImage(file)).toHaveProperty('fault');
      }),
      { numRuns: 500 },
    );
  });

  it('is refused when it is cut off anywhere, and called truncated once its signature is there', () => {
    fc.assert(
      fc.property(recipe, fc.nat(), (made, at) => {
        const file = makeFirmwareImage(made);
        const cut = file.subarray(0, at % file.length);
        const parsed = parseFirmwareImage(cut);
        expect(parsed).toHaveProperty('fault');
        if (cut.length >= 0x40) expect(parsed).toHaveProperty('fault', 'truncated');
      }),
      { numRuns: 300 },
    );
  });

  it('is refused when bytes follow it', () => {
    fc.assert(
      fc.property(recipe, fc.uint8Array({ minLength: 1, maxLength: 64 }), (made, more) => {
        const file = new Uint8Array([...makeFirmwareImage(made), ...more]);
        expect(parseFirmwareImage(file)).toHaveProperty('fault', 'trailing-bytes');
      }),
    );
  });
});

describe('any file', () => {
  it('is parsed in bounded time without an exception', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2048 }), recipe, fc.boolean(), (content, made, withHeader) => {
        const file = withHeader ? new Uint8Array([...makeFirmwareImage(made).subarray(0, 0x30), ...content]) : content;
        for (const inspect of [parseFirmwareImage, parseEfiProgram, parseOptionRom, readFlasher, shellVersion]) expect(() => inspect(file)).not.toThrow();
      }),
    );
  });
});

describe('the layout', () => {
  it('is that of the kernel’s header', () => {
    const file = makeFirmwareImage({
      productId: 0x2213,
      firmwareVersion: { major: 20, minor: 0, unit: 7, dev: 0 },
      nvdataVersion: { major: 0x14, minor: 1, unit: 0, dev: 8 },
      versionName: 'version',
      vendorName: 'vendor',
      packageName: 'package',
      size: 1024,
      extendedImages: [],
    });
    const view = new DataView(file.buffer);
    expect(view.getUint32(0x00, true) >>> 24).toBe(0xea);
    expect([4, 8, 12].map((at) => view.getUint32(at, true))).toEqual([0x5afaa55a, 0xa55afaa5, 0x5aa55afa]);
    expect(view.getUint32(0x14, true)).toBe(0x14000700);
    expect(view.getUint32(0x18, true)).toBe(0x14010008);
    expect([view.getUint16(0x20, true), view.getUint16(0x22, true)]).toEqual([0x1000, 0x2213]);
    expect([view.getUint32(0x2c, true), view.getUint32(0x30, true)]).toEqual([1024, 0]);
    expect(String.fromCharCode(...file.subarray(0x64, 0x68))).toBe('@(#)');
    expect(String.fromCharCode(...file.subarray(0xb0, 0xb7))).toBe('package');
  });

  it('is shown as the flasher shows it', () => {
    expect(firmwareVersionText({ major: 20, minor: 0, unit: 7, dev: 0 })).toBe('20.00.07.00');
    expect(nvdataVersionText({ major: 0x14, minor: 1, unit: 0, dev: 8 })).toBe('14.01.00.08');
    expect(describeProduct(0x2213)).toEqual({ sas2008: true, personality: 'IT', text: '0x2213 (IT)' });
    expect(describeProduct(0x2713)).toMatchObject({ sas2008: true, personality: 'IR' });
    expect(describeProduct(0x2214).sas2008).toBe(false);
  });
});

describe('checking the chosen files', () => {
  const files = new Map(lab.files(null).map((file) => [file.path.replace('downloads/', ''), file.content]));
  const bytes = (path: string) => {
    const content = files.get(path);
    if (!(content instanceof Uint8Array)) throw new Error(`The lab brings no ${path}`);
    return content;
  };
  const rule = (finding: { problem: { rule: string } | null }) => finding.problem?.rule ?? null;

  it('accepts each file in its place', () => {
    expect(inspectDellImage(bytes('P07/6GBPSAS.FW')).problem).toBeNull();
    expect(inspectItImage(bytes('P07/2118it.bin'), 7, 'P07')).toEqual({
      summary: 'LSI Logic Not Packaged Yet, firmware 07.00.00.00, product 0x2213 (IT), NVDATA 07.01.00.00, 12288 bytes, checksum right',
      problem: null,
    });
    for (const phase of [16, 18, 19, 20]) expect(inspectItImage(bytes(`P${phase}/2118it.bin`), phase, `P${phase}`).problem).toBeNull();
    expect(inspectOldFlasher(bytes('P07/sas2flash.efi')).problem).toBeNull();
    expect(inspectNewFlasher(bytes('P20/sas2flash.efi')).problem).toBeNull();
    expect(inspectShell(bytes('EFI/BOOT/BOOTX64.EFI')).summary).toContain('shell version 1');
    expect(inspectRom(bytes('P20/mptsas2.rom')).problem).toBeNull();
  });

  it('refuses swapped, foreign, cut-off and wrong files by name', () => {
    expect(rule(inspectDellImage(bytes('P07/2118it.bin')))).toBe('swapped-images');
    expect(rule(inspectItImage(bytes('P07/6GBPSAS.FW'), 7, 'P07'))).toBe('swapped-images');
    expect(rule(inspectItImage(bytes('P20/2118it.bin'), 7, 'P07'))).toBe('wrong-phase');
    expect(inspectItImage(bytes('P16/2118it.bin'), 20, 'P20').problem?.means).toBe('This image is P16, but P20 is asked for.');
    expect(rule(inspectItImage(bytes('P20/2118it.bin').slice(0, 4000), 20, 'P20'))).toBe('image-truncated');
    expect(rule(inspectItImage(bytes('P07/sas2flash.efi'), 7, 'P07'))).toBe('not-a-firmware-image');
    expect(rule(inspectOldFlasher(bytes('P20/sas2flash.efi')))).toBe('wrong-flasher');
    expect(rule(inspectNewFlasher(bytes('P07/sas2flash.efi')))).toBe('swapped-flashers');
    expect(rule(inspectOldFlasher(bytes('P07/2118it.bin')))).toBe('not-an-efi-program');
    expect(rule(inspectOldFlasher(bytes('P07/sas2flash.efi').slice(0, 5000)))).toBe('program-truncated');
    expect(rule(inspectShell(bytes('P07/sas2flash.efi')))).toBe('not-a-shell');
    expect(rule(inspectRom(bytes('P07/2118it.bin')))).toBe('not-an-option-rom');
    expect(rule(inspectRom(bytes('P20/mptsas2.rom').slice(0, 1024)))).toBe('rom-truncated');
  });

  it('refuses RAID firmware and firmware of other chips', () => {
    const made = (productId: number) =>
      makeFirmwareImage({
        productId,
        firmwareVersion: { major: 20, minor: 0, unit: 7, dev: 0 },
        nvdataVersion: { major: 0x14, minor: 1, unit: 0, dev: 0 },
        versionName: '',
        vendorName: '',
        packageName: '',
        size: 4096,
        extendedImages: [3],
      });
    expect(rule(inspectItImage(made(0x2713), 20, 'P20'))).toBe('not-it-firmware');
    expect(rule(inspectItImage(made(0x2214), 20, 'P20'))).toBe('wrong-chip');
    expect(inspectItImage(made(0x2213), 20, 'P20').problem).toBeNull();
  });

  it('lets a flasher pass whose version is not readable, and says so', () => {
    const finding = inspectOldFlasher(makeFlasher(20, { readable: false }));
    expect(finding).toEqual({ summary: expect.stringContaining('version not readable'), problem: null });
  });

  it('reads the version in UEFI’s 16-bit characters too', () => {
    const wide = [...'LSI Corporation SAS2 Flash Utility\nVersion 05.00.00.00 (2010.02.09)'].join('\0');
    expect(readFlasher(makeEfiProgram({ machine: 0x8664, texts: [wide], size: 1024 }))).toEqual({ phase: 5 });
    expect(shellVersion(makeUefiShell())).toBe(1);
    const help = 'Displays only the UEFI Shell version.';
    expect(shellVersion(makeEfiProgram({ machine: 0x8664, texts: [help, 'UEFI %s Shell v%d.%d'], size: 4096 }))).toBe(2);
    expect(shellVersion(makeEfiProgram({ machine: 0x8664, texts: [help], size: 4096 }))).toBeNull();
    expect(parseOptionRom(makeOptionRom(3))).toEqual({ images: [{ vendor: 0x1000, device: 0x72, codeType: 0 }] });
  });
});
