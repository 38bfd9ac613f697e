/** The form: the app, the stick, the catalogue, and on which system it is done. */
import { z } from 'zod';
import { type DeviceIdentity, field, file, parseDeviceValue } from '../../topic-kit/index.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not reach the terminal
const noControls = /^[^\u0000-\u001f\u007f]*$/;
const path = z
  .string()
  .max(700, 'The path is longer than 700 characters. Use a shorter one.')
  .regex(noControls, 'The path contains a control character.')
  .refine((value) => /^(\/|lab:|downloads\/)/.test(value), 'The path must be absolute.')
  .refine((value) => !value.split('/').includes('..'), 'The path must not lead upwards with "..".')
  .transform((value) => value.replace(/(?<=[^/]|^\/)\/+$/, ''));
const device = z.string().refine((value) => parseDeviceValue(value) !== null, 'Choose a device from the list.');

export const parameters = z.object({
  way: field(z.enum(['macos', 'linux']).default('macos'), {
    label: 'Made on',
    help: 'The system of the machine that the stick is in.',
    control: 'choice',
    choices: [
      { value: 'macos', label: 'macOS: with asr and diskutil' },
      { value: 'linux', label: 'Linux: with dmg2img. The package goes onto the stick only if the kernel can write HFS+' },
    ],
  }),
  app: field(path.default('/Applications/Install Mac OS X Lion.app'), {
    label: 'Lion’s installer app',
    help: 'As the Mac App Store installs it in Applications. On Linux: the folder that was copied from a Mac.',
    control: 'text',
  }),
  device: field(device, {
    label: 'Stick',
    help: 'At least 8 GB. Everything on it is lost. Compare name and size with what is printed on it.',
    control: 'device',
  }),
  catalogue: field(path, {
    label: 'Catalogue',
    help: 'Text of Apple’s software update catalogue for Lion, saved to a file. The address of ServerEssentials.pkg is taken from it.',
    control: 'file',
  }),
  workFolder: field(path.default('/var/tmp'), {
    label: 'Room for the package',
    help: 'ServerEssentials.pkg is downloaded to here. If you already have it, put it there under this name, and nothing is downloaded.',
    control: 'text',
  }),
});
export type Parameters = z.output<typeof parameters>;

/** Throws TypeError where none was chosen. */
export function chosenDevice({ device: value }: Pick<Parameters, 'device'>): DeviceIdentity {
  const found = parseDeviceValue(value);
  if (!found) throw new TypeError('no device was chosen');
  return found;
}
export const imageFile = ({ app }: Parameters) => file(`${app}/Contents/SharedSupport/InstallESD.dmg`);
export const packageFile = ({ workFolder }: Parameters) => file(`${workFolder}/ServerEssentials.pkg`);
/** Where the stick's volume is mounted on Linux. */
export const mountFolder = ({ workFolder }: Parameters) => file(`${workFolder}/wrenchbook-lion`);
