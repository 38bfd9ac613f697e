/** Runs the simulated flasher, shell commands and hands for real, in every POSIX shell of this machine. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { hasShell, LabOnDisk, shells } from './lab-tools.test-kit.ts';

const open: LabOnDisk[] = [];
const labOf = (failure: string | null = null, shell?: readonly [string, ...string[]]) => {
  const lab = new LabOnDisk(failure, shell);
  open.push(lab);
  return lab.onStick();
};
afterEach(() => {
  for (const lab of open.splice(0)) lab.remove();
});

const list = ['-c', '0', '-list'];
const erase = ['-o', '-e', '6'];
const writeDell = ['-o', '-f', '6GBPSAS.FW'];
const writeIt = ['-o', '-f', '2118it.bin'];
const question = 'NVDATA Product ID and Vendor ID do not match. Would you like to flash anyway [y/n]? ';

for (const shell of shells) {
  const name = shell.join(' ');
  const installed = hasShell(shell);
  if (!installed) console.log(`lab tools: ${name} is not installed, skipped`);
  describe.skipIf(!installed)(`in ${name}`, () => {
    it('goes the whole way to a 9211-8i', () => {
      const lab = labOf(null, shell);
      const before = lab.flasher('P07', list);
      expect(before.output).toContain('\tSAS Address                    : 5782bcb-0-1234-5600\n');
      expect(before.output).toContain('\tFirmware Product ID            : 0x2713 (IR)\n');
      expect(before.output).toMatch(/Exiting SAS2Flash\.\nFailed Reconnecting the EFI Driver\. \(EFI Error: Not Found\)\n$/);

      const erased = lab.flasher('P07', erase);
      expect(erased.output).toMatch(
        /Advanced Mode Set[\s\S]*Erasing Flash Region[\s\S]*ERROR: Erase Flash Operation Failed![\s\S]*Finished Processing Commands Successfully/,
      );
      expect(lab.state()).toMatchObject({ chip: 'erased', image: 'none' });
      expect(lab.flasher('P07', ['-listall']).output).toContain('  No Image  ');

      expect(lab.flasher('P07', writeDell).output).toMatch(/Firmware Flash Successful[\s\S]*Adapter Successfully Reset/);
      expect(lab.flasher('P07', list).output).toContain('\tBoard Name                     : Dell 6Gbps SAS HBA\n');

      const p07 = lab.flasher('P07', writeIt, 'y\n');
      expect(p07.output).toContain(`NVDATA Versions Compatible.\n\t\t${question}`);
      expect(p07.output).toMatch(/Firmware Flash Successful[\s\S]*Resetting Adapter\.\.\.\n\t\tAdapter Reset Failed!/);
      expect(p07.status).toBe(0);
      expect(lab.flasher('P07', list).output).toMatch(/ERROR: Failed to upload image ![\s\S]*SAS Address +: Undetermined/);

      expect(lab.tool('reset', []).output).toMatch(/EFI Shell version[\s\S]*fs1 {2}:Removable HardDisk/);
      expect(lab.flasher('P07', list).output).toMatch(/Firmware Version +: 07\.00\.00\.00\n/);

      const p20 = lab.flasher('P20', writeIt);
      expect(p20.output).toContain('LSI Corporation SAS2 Flash Utility\nVersion 20.00.00.00 (2014.09.18) \n');
      expect(p20.output).toMatch(
        /Firmware Flash Successful\.[\s\S]*Adapter Successfully Reset\.\n\n\tFinished Processing Commands Successfully\.\n\tExiting SAS2Flash\.\n$/,
      );
      const after = lab.flasher('P20', list).output;
      expect(after).toContain('\tSAS Address                    : 5782bcb-0-1234-5600\n\tNVDATA Version (Default)       : 14.01.00.08\n');
      expect(after).toContain(
        '\tFirmware Product ID            : 0x2213 (IT)\n\tFirmware Version               : 20.00.07.00\n\tNVDATA Vendor                  : LSI\n',
      );
      expect(after).toContain('\tBoard Name                     : Dell 6Gbps SAS HBA\n');
      expect(lab.state().subsystem).toBe('1028:1f1c');
    });

    it('loses the terminal and the card when the power goes in step 8', () => {
      const lab = labOf('power-cut-step-8', shell);
      lab.flasher('P07', erase);
      const cut = lab.flasher('P07', writeDell);
      expect(cut.signal).toBe('SIGKILL');
      expect(cut.output).toMatch(/Beginning Firmware Download\.\.\.\n$/);
      const again = lab.flasher('P07', writeDell);
      expect(again.status).toBe(1);
      expect(again.output).toMatch(
        /Chip is in FAULT state\. Attempting Host Boot\.\.\.\n\tERROR: Firmware Host Boot Failed !\n\tFirmware fault occurred\. Fault code: 0A/,
      );
      lab.tool('lab-hand', ['power-cycle']);
      expect(lab.flasher('P07', erase).output).toContain('ERROR: Firmware Host Boot Failed !');
    });

    it('refuses to run outside of a rehearsal', () => {
      const lab = labOf(null, shell);
      for (const tool of ['sas2flash', 'map', 'reset', 'lab-hand']) {
        const refused = lab.outside(tool);
        expect(refused.status).not.toBe(0);
        expect(refused.output).toMatch(/simulated tool\. It runs only in a rehearsal/);
      }
    });
  });
}

describe('listing', () => {
  it('prints the table as the published tool does', () => {
    const { output } = labOf().flasher('P20', ['-listall']);
    expect(output).toContain(
      [
        'Num   Ctlr            FW Ver        NVDATA        x86-BIOS         PCI Addr',
        '----------------------------------------------------------------------------',
        '',
        '0  SAS2008(B2)     07.15.08.00    07.00.00.07    07.11.10.00     00:01:00:00',
      ].join('\n'),
    );
    expect(output).toContain('\tFinished Processing Commands Successfully.\n\tExiting SAS2Flash.\n');
  });

  it('finds no adapter until the card is seated again', () => {
    const lab = labOf('no-adapter');
    const none = lab.flasher('P07', ['-listall']);
    expect(none.output).toContain(
      "\tNo LSI SAS adapters found! Limited Command Set Available!\n\tERROR: Command Not allowed without an adapter!\n\tERROR: Couldn't Create Command -listall\n",
    );
    expect(none.status).toBe(1);
    lab.tool('lab-hand', ['reseat-card']);
    expect(lab.flasher('P07', ['-listall']).output).toContain('0  SAS2008(B2)');
  });

  it('asks for a file when the card has none, in the P20 generation only', () => {
    const lab = labOf();
    lab.flasher('P07', erase);
    lab.tool('reset', []);
    expect(lab.flasher('P20', list, 'quit\n').output).toContain(
      'Controller is not operational. A firmware download is required.\n\tEnter firmware file name or quit to exit: ',
    );
    expect(lab.flasher('P07', list).output).not.toContain('Enter firmware file name');
    expect(lab.flasher('P07', ['-listall']).output).toContain('\tController not Operational, Update Firmware!');
  });
});

describe('the flasher file in the folder', () => {
  it('is missed in the shell’s own words', () => {
    const { output, status } = labOf().flasher('EFI', list);
    expect(output).toBe("'sas2flash.efi' is not recognized as an internal or external command, operable program, or script file.\n");
    expect(status).toBe(14);
  });

  it('decides between the question and the refusal', () => {
    const lab = labOf('wrong-flasher');
    expect(lab.flasher('P07', ['-listall']).output).toContain('Version 20.00.00.00');
    lab.flasher('P07', erase);
    lab.flasher('P07', writeDell);
    const refused = lab.flasher('P07', writeIt);
    expect(refused.output).toContain('ERROR: Product ID and Vendor ID match FAILED.\n\n\tDue to error remaining commands will not be executed.\n');
    expect(refused.status).toBe(1);
    expect(lab.tool('lab-hand', ['replace-file', 'P07/sas2flash.efi']).output).toContain('Copied it to the stick too');
    expect(lab.flasher('P07', writeIt, 'y\n').output).toContain(question);
    expect(lab.state().image).toBe('lsi');
  });

  it('is reached under the name typed on the server', () => {
    expect(labOf().script('cd stick/P07 && sas2flash.efi -listall').output).toContain('SAS2FLASH: Disconnecting the EFI Driver.\n');
  });
});

describe('writing', () => {
  it('leaves Dell’s image when the question is answered with n, or not at all', () => {
    const lab = labOf();
    lab.flasher('P07', erase);
    lab.flasher('P07', writeDell);
    for (const answer of ['n\n', '']) {
      expect(lab.flasher('P07', writeIt, answer).status).toBe(1);
      expect(lab.state()).toMatchObject({ image: 'dell', chip: 'ok' });
    }
  });

  it('refuses IT firmware over IR firmware', () => {
    const lab = labOf();
    expect(lab.flasher('P07', writeDell).output).toContain('ERROR: Cannot Flash IT Firmware over IR Firmware!');
    expect(lab.state().image).toBe('ir');
  });

  it('plays the erase that did nothing once', () => {
    const lab = labOf('it-over-ir');
    const first = lab.flasher('P07', erase).output;
    expect(lab.flasher('P07', writeDell).output).toContain('ERROR: Cannot Flash IT Firmware over IR Firmware!');
    expect(lab.flasher('P07', erase).output).toBe(first);
    expect(lab.flasher('P07', writeDell).output).toContain('Firmware Flash Successful.');
  });

  it('refuses LSI’s image on a card without Dell’s', () => {
    const lab = labOf();
    lab.flasher('P07', erase);
    expect(lab.flasher('P07', writeIt).output).toContain('Failed to Validate Mfg Page 2!');
  });

  it('refuses a file that was cut off, longer, or changed in one byte', () => {
    const lab = labOf('truncated-image');
    lab.flasher('P07', erase);
    lab.flasher('P07', writeDell);
    expect(lab.flasher('P07', writeIt, 'y\n').output).toContain('\t\tFirmware Image Validation Failed!\n');
    const image = path.join(lab.folder, 'stick/P07/2118it.bin');
    lab.tool('lab-hand', ['replace-file', 'P07/2118it.bin']);
    lab.script(`printf 'more' >> ${image}`);
    expect(lab.flasher('P07', writeIt, 'y\n').output).toContain('Firmware Image Validation Failed!');
    lab.tool('lab-hand', ['replace-file', 'P07/2118it.bin']);
    lab.script(`printf 'x' | dd of=${image} bs=1 seek=5000 conv=notrunc 2> /dev/null`);
    expect(lab.flasher('P07', writeIt, 'y\n').output).toContain('Firmware Image Validation Failed!');
    lab.tool('lab-hand', ['replace-file', 'P07/2118it.bin']);
    expect(lab.flasher('P07', writeIt, 'y\n').output).toContain('Firmware Flash Successful.');
  });

  it('writes and takes away the boot ROM, and refuses what is none', () => {
    const lab = labOf();
    lab.flasher('P07', ['-o', '-e', '5']);
    expect(lab.state().bios).toBe('none');
    expect(lab.flasher('P20', ['-o', '-b', '2118it.bin']).output).toContain('Firmware Image Validation Failed!');
    expect(lab.flasher('P20', ['-o', '-b', 'mptsas2.rom']).output).toContain('Flash BIOS Image Successful.');
    expect(lab.flasher('P20', list).output).toMatch(/BIOS Version +: 07\.39\.02\.00/);
  });
});

describe('after a restart at the wrong time', () => {
  it('fails to host boot until all power was taken away', () => {
    const lab = labOf('reboot-after-erase');
    expect(lab.flasher('P07', erase).output).toContain('EFI Shell version 2.31');
    const dead = lab.flasher('P07', writeDell);
    expect(dead.output).toContain('Chip is in FAULT state. Attempting Host Boot...\n\tERROR: Firmware Host Boot Failed !\n');
    expect(dead.output).not.toContain('Fault code');
    lab.tool('reset', []);
    expect(lab.flasher('P07', writeDell).output).toContain('Host Boot Failed');
    lab.tool('lab-hand', ['power-cycle']);
    expect(lab.flasher('P07', writeDell).output).toMatch(/Chip is in RESET state[\s\S]*Host Boot Successful[\s\S]*Firmware Flash Successful/);
    expect(lab.state().chip).toBe('ok');
  });
});

describe('the SAS address', () => {
  it('is lost after Dell’s image in its named failure and can be programmed again', () => {
    const lab = labOf('sas-address-lost');
    lab.flasher('P07', erase);
    lab.flasher('P07', writeDell);
    expect(lab.flasher('P07', list).output).toContain('SAS Address                    : 0000000-0-0000-0000');
    expect(lab.flasher('P07', ['-o', '-sasadd', '5782bcb-0-1234-5600']).output).toContain('\tSAS Address must be 16 numbers (0-F)\n');
    expect(lab.flasher('P07', ['-o', '-sasadd', '5782BCB012345600']).output).toContain('\tSAS Address Successfully Programmed!\n');
    expect(lab.flasher('P07', list).output).toContain('5782bcb-0-1234-5600');
  });

  it('is erased by level 7 and kept by level 6', () => {
    const lab = labOf();
    lab.flasher('P07', erase);
    expect(lab.state().sas).toBe('5782bcb012345600');
    lab.flasher('P07', ['-o', '-e', '7']);
    expect(lab.state().sas).toBe('0000000000000000');
  });
});

describe('the Linux build', () => {
  it('erases nothing and ends with "Successfully" anyway', () => {
    const lab = labOf();
    const { output, status } = lab.tool('sas2flash', erase);
    expect(output).toMatch(
      /Erase Flash Command not Supported on this platform\.[\s\S]*Reset Successful![\s\S]*IOCStatus=0x1, IOCLogInfo=0x0[\s\S]*Finished Processing Commands Successfully/,
    );
    expect(status).toBe(0);
    expect(lab.state().image).toBe('ir');
  });
});

describe('the server', () => {
  it('answers only from the UEFI shell', () => {
    const lab = labOf();
    expect(lab.tool('map', ['-b']).output).toMatch(/fs0[\s\S]*fs1 {2}:Removable HardDisk[\s\S]*blk3/);
    lab.tool('lab-hand', ['boot-disk']);
    expect(lab.tool('map', ['-b']).status).toBe(2);
    expect(lab.flasher('P07', list).status).toBe(2);
  });

  it('does not start from a stick without a shell', () => {
    const lab = labOf();
    lab.script('rm stick/EFI/BOOT/BOOTX64.EFI');
    expect(lab.tool('lab-hand', ['boot-stick']).status).toBe(1);
  });

  it('hands replace only files of the lab', () => {
    const lab = labOf();
    writeFileSync(path.join(lab.folder, 'fresh-secret'), '');
    expect(lab.tool('lab-hand', ['replace-file', '../fresh-secret']).status).toBe(2);
    expect(lab.tool('lab-hand', ['replace-file', 'P07/none']).status).toBe(1);
    expect(lab.tool('lab-hand', ['dance']).status).toBe(2);
  });
});
