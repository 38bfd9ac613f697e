/** What is put where. */
import { z } from 'zod';
import {
  clusterSizes,
  type DeviceIdentity,
  fatLabel,
  field,
  parseDeviceValue,
  systemShellPackages,
  usualClusterBytes,
  whyNoFatImage,
} from '../../topic-kit/index.ts';

/** A file or folder the lab brings: as the form has it, or already resolved against the lab folder. */
const labFile = /^(lab:|downloads\/)[^/]/;
const path = z
  .string()
  .max(700, 'The path is longer than 700 characters. Use a shorter one.')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not reach the terminal
  .refine((value) => !/[\u0000-\u001f\u007f]/.test(value), 'The path contains a control character.')
  .refine((value) => value === '' || labFile.test(value) || value.startsWith('/'), 'The path must be absolute.')
  .refine((value) => !value.split('/').includes('..'), 'The path must not lead upwards with "..".');

const device = z.string().refine((value) => value === '' || parseDeviceValue(value) !== null, 'Choose a device from the list.');
const mebibyte = 1024 * 1024;
/** In a rehearsal the image lies in the lab's own folder. */
const labImage = 'stick-image.img';

export const parameters = z
  .object({
    what: field(z.enum(['files', 'image']).default('files'), {
      label: 'What goes onto it',
      help: 'Files and folders on a fresh FAT32, such as a UEFI shell with its tools; or a ready-made image, as it is.',
      control: 'choice',
      choices: [
        { value: 'files', label: 'The files of a folder' },
        { value: 'image', label: 'An image: img, iso, gz, xz, bz2, zst, zip, dmg' },
      ],
    }),
    folder: field(path.default(''), {
      label: 'Folder',
      help: `Its content goes into the root of the stick. A UEFI system starts EFI/BOOT/BOOTX64.EFI by itself. Put a UEFI shell there where you need one; Linux systems have it in ${systemShellPackages}.`,
      control: 'text',
      when: { what: 'files' },
    }),
    image: field(path.default(''), {
      label: 'Image',
      help: 'Compressed images are unpacked while they are written, never onto your disk.',
      control: 'file',
      when: { what: 'image' },
    }),
    sha256: field(
      z
        .string()
        // As it is pasted: with a name behind it, or with the words of a web page before it.
        .transform((text) => /^(?:sha-?256:\s*)?([0-9a-f]{64})(?:\s.*)?$/i.exec(text.trim())?.[1] ?? text.trim())
        .pipe(z.string().regex(/^([0-9a-fA-F]{64})?$/, 'Enter the 64 hexadecimal digits of the SHA-256.'))
        .default(''),
      {
        label: 'SHA-256 of the image',
        help: 'As published by its makers. Without it, Wrenchbook looks for a file of the same name with .sha256 appended.',
        control: 'text',
        when: { what: 'image' },
      },
    ),
    to: field(z.enum(['device', 'file']).default('device'), {
      label: 'Where to',
      help: 'An image file can be given to a virtual machine, or be written to a stick later.',
      control: 'choice',
      choices: [
        { value: 'device', label: 'A stick' },
        { value: 'file', label: 'An image file' },
      ],
    }),
    device: field(device.default(''), {
      label: 'Stick',
      help: 'Everything on it is lost. Compare model, serial number and size with what is printed on it.',
      control: 'device',
      when: { to: 'device' },
      liftedBy: 'largeDevice',
    }),
    largeDevice: field(z.string().regex(/^\d*$/, 'Type the size as a number of bytes.').default(''), {
      label: 'Size of a large device',
      help: 'Only for devices above 256 GB, which are seldom sticks: type its size in bytes to confirm that you mean it.',
      control: 'text',
      when: { to: 'device' },
    }),
    imageFile: field(path.default(''), {
      label: 'Image file',
      help: 'Where it is written. The file must not exist yet.',
      control: 'text',
      when: { to: 'file' },
    }),
    fileSize: field(
      z
        .string()
        .regex(/^\d{2,6}$/, 'Give a number of MiB.')
        .default('512'),
      {
        label: 'Size of the image file',
        help: 'In MiB, for files on a fresh FAT32. Unused space takes no room.',
        control: 'text',
        when: { what: 'files', to: 'file' },
      },
    ),
    table: field(z.enum(['gpt', 'mbr']).default('gpt'), {
      label: 'Partition table',
      help: 'Either way only UEFI starts from it. MBR is for UEFI systems that take no GPT on a stick, and for devices that read nothing else; no boot code is written, so that a BIOS finds nothing to start. For a BIOS, write an image of its makers.',
      control: 'choice',
      when: { what: 'files' },
      choices: [
        { value: 'gpt', label: 'GPT' },
        { value: 'mbr', label: 'MBR, without boot code' },
      ],
    }),
    partition: field(z.enum(['system', 'data']).default('system'), {
      label: 'Kind of partition',
      help: 'Of GPT. Every UEFI looks into a system partition, and Windows and macOS hide it. A data partition is shown, and nearly every UEFI starts from it too.',
      control: 'choice',
      when: { what: 'files', table: 'gpt' },
      choices: [
        { value: 'system', label: 'EFI system partition: sure to be found by firmware' },
        { value: 'data', label: 'Data: shown by file managers' },
      ],
    }),
    label: field(z.string().regex(fatLabel, 'Up to eleven capitals, digits, blanks, "-" or "_".').default('WRENCHBOOK'), {
      label: 'Name of the stick',
      help: 'As shown by file managers.',
      control: 'text',
      when: { what: 'files' },
    }),
    cluster: field(z.enum(['usual', ...clusterSizes.map(String)]).default('usual'), {
      label: 'Cluster size',
      help: 'The least room a file takes, in bytes. The usual one fits the size of the stick.',
      control: 'choice',
      when: { what: 'files' },
      choices: ['usual', ...clusterSizes.map(String)].map((value) => ({ value, label: value })),
    }),
    date: field(z.iso.date('Give a date such as 2026-01-31.').default('2026-01-01'), {
      label: 'Date of the files',
      help: 'All get this one: the same files, name and date make the same image, byte for byte.',
      control: 'text',
      when: { what: 'files' },
    }),
    workFolder: field(path.min(1, 'Name a folder.').default('/var/tmp'), {
      label: 'Room for the image',
      help: 'Before it is written to a stick, the image of your files is made here. It takes as much room as they do, and is removed afterwards.',
      control: 'text',
      when: { what: 'files', to: 'device' },
    }),
  })
  .superRefine((values, context) => {
    const missing = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message });
    if (values.what === 'files' && !values.folder) missing('folder', 'Name the folder with the files.');
    if (values.what === 'image' && !values.image) missing('image', 'Choose the image.');
    const device = parseDeviceValue(values.device);
    if (values.to === 'device' && values.device === '') missing('device', 'Choose the stick.');
    if (values.to === 'file' && !values.imageFile) missing('imageFile', 'Name the file that is made.');
    if (values.what === 'files' && (values.to === 'file' || device)) {
      const reason = whyNoFatImage({ bytes: imageBytes(values), clusterBytes: clusterBytes(values) });
      if (reason) missing(values.to === 'file' ? 'fileSize' : 'cluster', reason);
    }
  });

export type Parameters = z.infer<typeof parameters>;
type Sizes = Pick<Parameters, 'to' | 'device' | 'fileSize' | 'cluster'>;

/** Throws TypeError where none was chosen. */
export function chosenDevice({ device }: Pick<Parameters, 'device'>): DeviceIdentity {
  const found = parseDeviceValue(device);
  if (!found) throw new TypeError('no device was chosen');
  return found;
}
/** As large as the stick, so that the copy of GPT's table is at its end. */
export const imageBytes = (values: Sizes): number => (values.to === 'device' ? chosenDevice(values).bytes : Number(values.fileSize) * mebibyte);
export const clusterBytes = (values: Sizes): number => (values.cluster === 'usual' ? usualClusterBytes(imageBytes(values)) : Number(values.cluster));

/** Where the image of the files is made. */
export function imagePlace(values: Parameters, rehearsal: boolean): string {
  if (values.to === 'file') return values.imageFile;
  return rehearsal ? labImage : `${values.workFolder.replace(/(?<!\/)\/+$/, '')}/wrenchbook-${volumeSerial(values)}.img`;
}

/** Another one for each stick and name, and the same each time (FNV-1a). */
export function volumeSerial({ device, label, to, imageFile }: Parameters): string {
  let hash = 0x811c9dc5;
  for (const character of `${to === 'device' ? device : imageFile} ${label}`) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0').toUpperCase();
}

/** Where the shell finds it: `lab:` files lie in the lab's downloads folder. */
export const sourceOf = (place: string) => (place.startsWith('lab:') ? `downloads/${place.slice('lab:'.length)}` : place);
