/** What LSI's flasher says when it fails, whatever it was asked for, and the noise that is the same for every command. */
import type { LineMatcher, Prompt } from '../../topic-kit/index.ts';
import { chipAt, type Stage } from './chip-matchers.ts';
import { failure } from './flasher-failure.ts';

const noise: readonly LineMatcher[] = [
  {
    kind: 'harmless',
    id: 'efi-driver-reconnect',
    pattern: /Failed (?:Reconnecting|Disconnecting) the EFI Driver/,
    text: 'Failed Reconnecting the EFI Driver. (EFI Error: Not Found)',
    means: 'The server’s own driver cannot be taken off the card or put back. The flasher does not need it. The message is gone after the reboot.',
  },
];

const starting: readonly LineMatcher[] = [
  failure(
    'wrong-shell',
    /InitShellApp: (?:Application not started from Shell|Shell environment interfaces not found)/,
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
    /Mfg ?Page ?2 Mismatch|Failed to Validate Mfg ?Page ?2/i,
    'The card’s own settings do not fit LSI’s image. This happens when Dell’s 6GBPSAS.FW was not written first.',
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
    /Firmware Image Validation Failed|Firmware Image Checksum Failed|does not have a Valid Signature/i,
    'The flasher finds the file damaged, cut off, or no firmware at all. Nothing was written.',
    'Do not reboot. Put a good copy of the file on the stick and run the step again.',
    ['fetch-again'],
  ),
  failure(
    'no-file',
    /Failed to Open File|Could not (?:open|read) file/i,
    'The file is not in this folder, or the stick can’t be read.',
    'Check the folder and the name, then run the step again.',
  ),
  failure(
    'downgrade-refused',
    /Cannot downgrade NVDATA version/i,
    'The card has a later phase than the image. A single write can only go up. Nothing was written.',
    'Going down takes the whole procedure: erase, Dell’s image, P07, then the phase you want. Do not reboot if the card was already erased.',
  ),
  failure(
    'download-failed',
    /Firmware Download Failed/i,
    'The image did not reach the card’s flash intact.',
    'Do not reboot. Run the step again; if it fails again, write Dell’s image again.',
    ['write-dell-again'],
  ),
];

const commands: readonly LineMatcher[] = [
  failure(
    'erase-not-supported',
    /Erase Flash Command not Supported on this platform|Due to Exception Command not Executed/,
    'Nothing was erased. This build of the flasher cannot erase; its last line still says "Successfully".',
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
    'Do not reboot while the card is being rewritten. Fix the cause and run the step again.',
  ),
];

/** The rules of every flasher command. */
export const flasherMatchers = (stage: Stage): readonly LineMatcher[] => [...noise, ...starting, ...chipAt(stage), ...images, ...commands];

/** Where no firmware runs, a list may ask for one. */
export const firmwareQuestion: Prompt = {
  id: 'firmware-file',
  pattern: /Enter firmware file name or quit to exit:\s*$/,
  question: 'Enter firmware file name or quit to exit:',
  explanation: 'No firmware runs on the card, so the flasher asks for one. Quit, and let this run say what to do next.',
  answers: [{ value: 'quit', label: 'Leave', means: 'Nothing is written.' }],
  recommended: 'quit',
};
