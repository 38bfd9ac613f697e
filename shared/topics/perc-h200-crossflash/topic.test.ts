/** What is peculiar to this topic: what it refuses, what it says and where it leads, against the simulated tools. */
import { afterEach, describe, expect, it } from 'vitest';
import { judge, makePlan, renderText } from '../../topic-kit/index.ts';
import { flasherMatchers } from './flasher-matchers.ts';
import { labDefaults, parameters } from './parameters.ts';
import { Rehearsal } from './rehearsal.test-kit.ts';
import { steps } from './steps.ts';
import { topic } from './topic.ts';

const labRendering = { label: 'lab', rehearsal: true, mapFile: (file: string) => file };
const open: Rehearsal[] = [];
const rehearse = (failure: string | null = null, values: Record<string, string | boolean> = {}) => {
  const rehearsal = new Rehearsal(failure, values);
  open.push(rehearsal);
  return rehearsal;
};
afterEach(() => {
  for (const rehearsal of open.splice(0)) rehearsal.lab.remove();
});

const messages = (values: Record<string, unknown>) => parameters.safeParse({ ...labDefaults, ...values }).error?.issues.map((issue) => issue.message) ?? [];

describe('parameters', () => {
  it.each([
    ['h310', /1000:0073/],
    ['m1015', /IBM/],
    ['h200-embedded', /soldered/],
  ])('refuse the card %s and say why', (card, reason) => {
    expect(messages({ card })[0]).toMatch(reason);
  });

  it.each(['relative/file', 'lab:../../etc/passwd', '/with\nnewline', '', `/${'x'.repeat(701)}`])('refuse the path %j', (path) => {
    expect(messages({ p07Image: path })).toHaveLength(1);
  });

  it('take a SAS address in any of its spellings', () => {
    for (const sasAddress of ['5782bcb012345600', '5782BCB-0-1234-5600', '57:82:bc:b0:12:34:56:00', '0x5782bcb012345600']) {
      expect(parameters.parse({ ...labDefaults, sasAddress }).sasAddress).toBe('5782bcb012345600');
    }
    expect(parameters.parse({ ...labDefaults, sasAddress: ' ' }).sasAddress).toBeUndefined();
    expect(messages({ sasAddress: '5782bcb' })[0]).toMatch(/16 digits/);
  });

  it('want the boot ROM file only when the ROM is not left out', () => {
    expect(messages({ bootRom: undefined })).toEqual([]);
    expect(messages({ bootRom: undefined, leaveOutBootRom: false })[0]).toMatch(/boot ROM/);
  });
});

describe('a rehearsal that goes well', () => {
  it('ends with a 9211-8i that kept its address', () => {
    const rehearsal = rehearse();
    expect(rehearsal.goOn()).toBeNull();
    expect(rehearsal.facts).toEqual({ sasAddress: '5782bcb-0-1234-5600' });
    expect(rehearsal.lab.state()).toMatchObject({
      image: 'lsi',
      fw: '20.00.07.00',
      product: '0x2213',
      sas: '5782bcb012345600',
      bios: 'none',
      subsystem: '1028:1f1c',
    });
    expect(rehearsal.lab.has('stick/SAS-ADDRESS.TXT')).toBe(true);
  });

  it.each(['P16', 'P18', 'P19'])('brings the card to %s', (phase) => {
    const rehearsal = rehearse(null, { finalPhase: phase, finalImage: `lab:${phase}/2118it.bin` });
    expect(rehearsal.goOn()).toBeNull();
    expect(rehearsal.lab.state().fw).toBe(`${phase.slice(1)}.00.00.00`);
  });

  it('writes the boot ROM where it is wanted', () => {
    const rehearsal = rehearse(null, { leaveOutBootRom: false });
    expect(rehearsal.goOn()).toBeNull();
    expect(rehearsal.done).toContain('write-boot-rom');
    expect(rehearsal.lab.state().bios).toBe('07.39.02.00');
    expect(rehearsal.undo()).toEqual(['write-boot-rom']);
    expect(rehearsal.lab.state().bios).toBe('none');
  });

  it('compares the card with the address that was given', () => {
    expect(rehearse(null, { sasAddress: '5782bcb012345600' }).goOn()).toBeNull();
    const other = rehearse(null, { sasAddress: '500605b000000001' });
    const stop = other.goOn();
    expect(stop?.step).toBe('save-sas-address');
    expect(stop?.verdicts).toContainEqual(expect.objectContaining({ kind: 'failure', rule: 'sas-address-as-given' }));
  });
});

describe('named failures', () => {
  it('sas-address-lost programs the address that was read before the erase', () => {
    const rehearsal = rehearse('sas-address-lost');
    expect(rehearsal.goOn()?.step).toBe('check-dell');
    expect(rehearsal.remedy('program-sas-address')).toContainEqual(expect.objectContaining({ kind: 'expected', rule: 'address-programmed' }));
    expect(rehearsal.goOn()).toBeNull();
    expect(rehearsal.lab.state().sas).toBe('5782bcb012345600');
  });

  it('wrong-flasher is, when its warning is skipped, refused at P07 and still led out', () => {
    const rehearsal = rehearse('wrong-flasher');
    rehearsal.goOn();
    rehearsal.skip();
    const stop = rehearsal.goOn();
    expect(stop?.step).toBe('write-p07');
    expect(stop?.verdicts.find((verdict) => verdict.rule === 'nvdata-refused')?.remedies).toEqual(['replace-p07-flasher']);
    rehearsal.remedy('replace-p07-flasher');
    expect(rehearsal.goOn()).toBeNull();
  });

  it('truncated-image is, when its refusal is skipped, refused by the flasher and still led out', () => {
    const rehearsal = rehearse('truncated-image');
    rehearsal.goOn();
    rehearsal.skip();
    const stop = rehearsal.goOn();
    expect(stop?.step).toBe('write-p07');
    expect(stop?.verdicts[0]?.rule).toBe('image-refused');
    rehearsal.remedy('fetch-again');
    expect(rehearsal.goOn()).toBeNull();
  });
});

describe('the stick', () => {
  it('is laid out twice without harm, and taken back without touching what else lies on it', () => {
    const rehearsal = rehearse('no-adapter');
    rehearsal.lab.script('mkdir stick && echo mine > stick/OTHER.TXT');
    rehearsal.goOn();
    const plan = makePlan(topic, parameters.parse(labDefaults), { kind: 'lab' }, labRendering);
    const script = plan.steps.find((step) => step.id === 'lay-out-stick')?.script ?? '';
    expect(rehearsal.lab.script(script)).toMatchObject({ status: 0, output: 'The stick is laid out.\n' });
    rehearsal.undo();
    expect(rehearsal.lab.script('find stick').output).toBe('stick\nstick/OTHER.TXT\n');
  });

  it('is not touched where a folder of the same name is on it already', () => {
    const rehearsal = rehearse();
    rehearsal.lab.script('mkdir -p stick/P07 && echo mine > stick/P07/2118it.bin');
    const stop = rehearsal.goOn();
    expect(stop?.verdicts[0]?.rule).toBe('folder-taken');
    expect(rehearsal.lab.script('find stick -type f; cat stick/P07/2118it.bin').output).toBe('stick/P07/2118it.bin\nmine\n');
  });

  it('is found different when a copy is bad', () => {
    const rehearsal = rehearse('no-adapter');
    rehearsal.goOn();
    rehearsal.lab.script('printf x > stick/P20/2118it.bin');
    const step = steps(parameters.parse({ ...labDefaults }), true).find((candidate) => candidate.id === 'lay-out-stick');
    if (step?.kind !== 'command' || !step.verify) throw new Error('no verification');
    const seen = rehearsal.lab.script(renderText(step.verify.script, labRendering).script);
    expect(judge(step.verify.matchers, { output: seen.output, exitStatus: seen.status ?? 1, facts: {} })).toContainEqual(
      expect.objectContaining({ kind: 'failure', rule: 'stick-compared' }),
    );
  });
});

describe('what the flasher says', () => {
  const rules = (output: string) => judge(flasherMatchers('erased'), { output, exitStatus: 0, facts: {} }).map((verdict) => `${verdict.kind}:${verdict.rule}`);

  it.each([
    ['ERROR: Cannot Flash IT Firmware over IR Firmware!', 'failure:it-over-ir'],
    ['ERROR: NVDATA Image does not match Controller Device ID!\nDevice ID - NVDATA:0x70 Controller:0x72', 'failure:other-device'],
    ['ERROR: NVDATA Image does not match Controller SubSystem ID!', 'failure:other-device'],
    ['ERROR: No compatible NVDATA Image(s) found!', 'failure:other-device'],
    ['Firmware Image Validation Failed!', 'failure:image-refused'],
    ['Chip is in RESET state. Attempting Host Boot...', 'warning:host-boot'],
    ['ERROR: Firmware Host Boot Failed !', 'failure:host-boot-failed'],
    ['Mfg Page 2 Mismatch Detected.', 'failure:mfg-page-2'],
    ['Failed to Validate Mfg Page 2!', 'failure:mfg-page-2'],
    ['Firmware fault occurred. Fault code: 05', 'failure:firmware-fault'],
    ['Controller is not operational. A firmware download is required.', 'failure:needs-firmware'],
    ['\tController not Operational, Update Firmware!', 'failure:needs-firmware'],
    ['Due to error remaining commands will not be executed.\nUnable to Process Commands.', 'failure:commands-stopped'],
    [
      "No LSI SAS adapters found! Limited Command Set Available!\nERROR: Command Not allowed without an adapter!\nERROR: Couldn't Create Command -listall",
      'failure:no-adapter',
    ],
    ['ERROR: Failed to initialize PAL.  Exiting Program.', 'failure:pal'],
    ['SAS Address must be 16 numbers (0-F)', 'failure:address-digits'],
    ['ERROR: Product ID and Vendor ID match FAILED.', 'failure:nvdata-refused'],
    ['InitShellApp: Application not started from Shell', 'failure:wrong-shell'],
    ['Failed Reconnecting the EFI Driver. (EFI Error: Not Found)', 'harmless:efi-driver-reconnect'],
    ['ERROR: something nobody has seen', 'failure:unknown-error'],
  ])('%j is %s', (output, rule) => {
    expect(rules(output)).toEqual([rule]);
  });

  it('is a failure when an erase is not supported, whatever the last line says', () => {
    const said =
      'Erase Flash Command not Supported on this platform.\nReset Successful!\nDue to Exception Command not Executed. IOCStatus=0x1, IOCLogInfo=0x0\nFinished Processing Commands Successfully.';
    expect(rules(said)).toEqual(['failure:erase-not-supported']);
  });
});

describe('the plan', () => {
  const plan = makePlan(topic, parameters.parse({ ...labDefaults, leaveOutBootRom: false }), { kind: 'lab' }, labRendering);

  it('types what the flasher is told on the server', () => {
    expect(plan.steps.filter((step) => step.kind === 'console').map((step) => `${step.id}: ${step.script}`)).toEqual([
      'find-stick: cd stick && map -b',
      'list-controllers: cd stick/P07 && sas2flash.efi -listall',
      'save-sas-address: cd stick/P07 && { sas2flash.efi -c 0 -list > ../SAS-ADDRESS.TXT; code=$?; cat ../SAS-ADDRESS.TXT; exit $code; }',
      'erase: cd stick/P07 && sas2flash.efi -o -e 6',
      'write-dell: cd stick/P07 && sas2flash.efi -o -f 6GBPSAS.FW',
      'check-dell: cd stick/P07 && sas2flash.efi -c 0 -list',
      'write-p07: cd stick/P07 && sas2flash.efi -o -f 2118it.bin',
      'reboot: cd stick && reset',
      'check-after-reboot: cd stick/P07 && sas2flash.efi -c 0 -list',
      'write-final: cd stick/P20 && sas2flash.efi -o -f 2118it.bin',
      'write-boot-rom: cd stick/P20 && sas2flash.efi -o -b mptsas2.rom',
      'final-check: cd stick/P20 && sas2flash.efi -c 0 -list',
    ]);
  });

  it('types the same on a console, and leaves nothing of the lab there', () => {
    const values = parameters.parse({ ...labDefaults, stickFolder: '/media/wren/STICK/', leaveOutBootRom: false });
    const rendering = { label: 'console', rehearsal: false, console: 'uefi-shell', mapFile: (file: string) => file } as const;
    const way = { by: 'serial', device: '/dev/ttyS0', speed: 115_200 } as const;
    const { steps: real } = makePlan(topic, values, { kind: 'console', console: { way, dialect: 'uefi-shell' } }, rendering);
    const typed = real.flatMap(({ id, typed: texts }) => Object.entries(texts ?? {}).flatMap(([which, text]) => (text ? [[id, which, text.lines]] : [])));
    const list = 'sas2flash.efi -c 0 -list';
    expect(typed).toEqual([
      ['boot-server', 'verify', ['map -b']],
      ['find-stick', 'script', ['map -b']],
      ['list-controllers', 'script', ['sas2flash.efi -listall']],
      ['save-sas-address', 'script', [list, `${list} >a \\SAS-ADDRESS.TXT`]],
      ['save-sas-address', 'verify', ['type SAS-ADDRESS.TXT']],
      ['save-sas-address', 'undo', ['rm -q SAS-ADDRESS.TXT']],
      ['save-sas-address', 'undone', ['ls']],
      ['erase', 'script', ['sas2flash.efi -o -e 6']],
      ['write-dell', 'script', ['sas2flash.efi -o -f 6GBPSAS.FW']],
      ['check-dell', 'script', [list]],
      ['write-p07', 'script', ['sas2flash.efi -o -f 2118it.bin']],
      ['reboot', 'script', ['reset']],
      ['check-after-reboot', 'script', [list]],
      ['write-final', 'script', ['sas2flash.efi -o -f 2118it.bin']],
      ['write-boot-rom', 'script', ['sas2flash.efi -o -b mptsas2.rom']],
      ['write-boot-rom', 'verify', ['sas2flash.efi -listall']],
      ['write-boot-rom', 'undo', ['sas2flash.efi -o -e 5']],
      ['write-boot-rom', 'undone', ['sas2flash.efi -listall']],
      ['final-check', 'script', [list]],
    ]);
    const inShell = real
      .filter((step) => step.typed === undefined)
      .flatMap((step) => [step.script, step.verifyScript, step.undoScript].filter((text) => text !== null));
    expect(inShell.join('\n')).toContain('mkdir -p /media/wren/STICK/EFI/BOOT');
    expect(inShell.join('\n')).not.toMatch(/lab-hand|(?<!\/)stick\//);
  });

  it('says "do not reboot" from the erase until LSI’s image is written, and no longer', () => {
    const held = plan.steps.filter((step) => step.hold?.startsWith('Do not reboot')).map((step) => step.id);
    expect(held).toEqual(['erase', 'write-dell', 'check-dell', 'write-p07', 'write-final', 'write-boot-rom']);
  });

  it('asks about NVDATA only in the step that runs the P05 flasher with LSI’s image', () => {
    expect(plan.steps.filter((step) => step.prompts.some((prompt) => prompt.id === 'nvdata')).map((step) => step.id)).toEqual(['write-p07']);
  });
});

describe('symptoms', () => {
  it.each([
    '(da1:mps0:0:0:0): SCSI sense: ABORTED COMMAND asc:47,3 (Information unit iuCRC error detected)',
    'length 131072 SMID 609 terminated ioc 804b scsi 0 state 0 xfer 0',
    'drives larger than 2 TB not seen',
    'need IT mode',
    'passthrough of disks',
    'NVDATA Product ID and Vendor ID do not match',
  ])('recognise %j', (text) => {
    expect(topic.symptoms.some((symptom) => symptom.pattern.test(text))).toBe(true);
  });

  it('do not take everything for their own', () => {
    expect(topic.symptoms.some((symptom) => symptom.pattern.test('exit mode of the 2nd TB of RAM'))).toBe(false);
  });
});
