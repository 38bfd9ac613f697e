/** What LSI's flasher says when it fails, whatever it was asked for, and the noise that is the same for every command. */
import type { LineMatcher } from '../../topic-kit/index.ts';

const failure = (id: string, pattern: RegExp, means: string, next: string, remedies: readonly string[] = []): LineMatcher => ({
  kind: 'failure',
  id,
  pattern,
  means,
  next,
  remedies,
});

const noise: readonly LineMatcher[] = [
  {
    kind: 'harmless',
    id: 'efi-driver-reconnect',
    pattern: /Failed Reconnecting the EFI Driver/,
    text: 'Failed Reconnecting the EFI Driver. (EFI Error: Not Found)',
    means: 'The server’s own driver cannot be put back on the card. The flasher does not need it. It stops after the reboot.',
  },
];

const starting: readonly LineMatcher[] = [
  failure(
    'wrong-shell',
    /InitShellApp: Application not started from Shell/,
    'The flasher cannot start from this UEFI shell: it wants the other shell version.',
    'Put the other UEFI shell (usually version 1) on the stick and start from it. Nothing on the card was changed by this.',
  ),
  failure(
    'not-recognized',
    /is not recognized as an internal or external command/,
    'The shell does not find the program in this folder.',
    'Check that you are on the stick (fs1: or so) and in the right folder, then run the step again.',
  ),
  failure(
    'no-adapter',
    /No LSI SAS adapters found!|Command Not allowed without an adapter!|Couldn't Create Command/,
    'The flasher sees no LSI card in this server. The card was not touched.',
    'Switch off, seat the card again or try another slot, then run the step again.',
    ['reseat-card'],
  ),
  failure(
    'pal',
    /Failed to initialize PAL/,
    'This build of the flasher cannot run on this server (usual for the DOS build on UEFI machines).',
    'Use the UEFI build from the UEFI shell.',
  ),
];

const chip: readonly LineMatcher[] = [
  {
    kind: 'warning',
    id: 'host-boot',
    pattern: /Chip is in (FAULT|RESET) state/,
    means: 'No firmware runs on the card. The flasher tries to lend it the one from the file.',
    next: 'Wait: "Firmware Host Boot Successful" must follow. Do not reboot.',
  },
  failure(
    'host-boot-failed',
    /Firmware Host Boot Failed/,
    'The card does not start from the file either. Usually it was restarted while its flash was empty.',
    'Take all power from the server for 30 seconds (a reset is not enough), start from the stick and write Dell’s image again. That often helps, not always.',
    ['power-cycle'],
  ),
  {
    ...failure(
      'firmware-fault',
      /Firmware fault occurred/,
      'The card’s processor stops with a fault before any firmware can be lent to it. Its flash holds half an image, and no flasher can reach it any more. From here there is no way back.',
      'Keep the saved SAS address. What is left: have the flash chip and the start-up record (SBR) programmed with a chip programmer, or take another card.',
    ),
    noWayBack: true,
  },
  failure('needs-firmware', /Controller (is )?not operational/i, 'The card has no firmware that runs.', 'Do not reboot. Write Dell’s image again.', [
    'write-dell-again',
  ]),
  failure(
    'waits-for-reboot',
    /Failed to upload image/i,
    'The card still runs its old firmware from memory and cannot answer. That is so from the end of the P07 step until the reboot.',
    'Reboot the server, then look again.',
    ['reboot-first'],
  ),
];

const images: readonly LineMatcher[] = [
  failure(
    'it-over-ir',
    /Cannot Flash IT Firmware over IR Firmware/,
    'The card still holds its RAID (IR) firmware: the erase did nothing, although it looked the same as usual. Nothing was written now.',
    'Erase again, then write Dell’s image.',
    ['erase-again'],
  ),
  failure(
    'nvdata-refused',
    /Product ID and Vendor ID match FAILED/,
    'This flasher is too new: it refuses LSI’s image because Dell’s NVDATA is on the card. The P05 flasher asks instead. Nothing was written.',
    'Do not reboot. Put the P05 flasher into folder P07 of the stick and run the step again.',
    ['replace-p07-flasher'],
  ),
  failure(
    'mfg-page-2',
    /Mfg Page 2 Mismatch|Failed to Validate Mfg Page 2/,
    'The card’s own settings do not fit LSI’s image. That is so when Dell’s 6GBPSAS.FW did not go in first.',
    'Do not reboot. Write Dell’s image, then LSI’s P07, both with the P05 flasher.',
    ['write-dell-again'],
  ),
  failure(
    'other-device',
    /NVDATA Image does not match Controller|Device ID - NVDATA|No compatible NVDATA Image/,
    'The image is for another card. Nothing was written.',
    'Do not reboot. Check which file lies on the stick under this name, replace it, and run the step again.',
    ['fetch-again'],
  ),
  failure(
    'image-refused',
    /Firmware Image Validation Failed/,
    'The flasher finds the file damaged or cut off. Nothing was written.',
    'Do not reboot. Put a good copy of the file on the stick and run the step again.',
    ['fetch-again'],
  ),
  failure('no-file', /Failed to Open File/i, 'The file is not in this folder.', 'Check the folder and the name, then run the step again.'),
];

const commands: readonly LineMatcher[] = [
  failure(
    'erase-not-supported',
    /Erase Flash Command not Supported on this platform|Due to Exception Command not Executed/,
    'Nothing was erased. This build of the flasher cannot erase; its last line says "Successfully" all the same.',
    'Run the UEFI build from the UEFI shell. The Linux and Windows builds cannot erase.',
  ),
  failure(
    'address-digits',
    /SAS Address must be 16 numbers/,
    'The flasher wants the address as 16 digits without dashes. Nothing was changed.',
    'Type the address again, with all 16 digits.',
  ),
  failure(
    'commands-stopped',
    /Due to error remaining commands will not be executed|Unable to Process Commands/,
    'The flasher stopped before it had done everything. The lines above say why; after a question it means that the answer was no.',
    'Do not reboot while the card is being rewritten. Put the cause right and run the step again.',
  ),
];

/** The rules of every flasher command. A step that knows better about one of them leaves it out by its id. */
export const flasherMatchers = (leaveOut: readonly string[] = []): readonly LineMatcher[] =>
  [...noise, ...starting, ...chip, ...images, ...commands].filter((matcher) => !leaveOut.includes(matcher.id));
