/** The iPXE script with the menu. Pure. */
import type { EditRefusal } from '../../topic-kit/index.ts';
import { baseName, type Installer } from './installers.ts';
import { installersOf, type Parameters } from './parameters.ts';
import { bootFiles, fonts } from './tree.ts';

/** By which a menu of an earlier run is known. */
const mark = '# Made by Wrenchbook: ipxe-wimboot.';
/** `l` is for the local disk. */
const keys = '123456789abcdefghijkmnopqrstuvwxyz';

/** A setting of iPXE, which puts its value in. */
const value = (setting: string) => `\${${setting}}`;

export function makeMenu(values: Parameters): string {
  const installers = installersOf(values);
  const timeout = values.wait > 0 ? ` --timeout ${values.wait * 1000}` : '';
  return [
    '#!ipxe',
    `${mark} Each run rewrites it: changes made here by hand are lost.`,
    `set tftp tftp://${values.server}`,
    '',
    ':menu',
    'menu Windows installers',
    ...installers.map(({ name }, index) => `item --key ${keys[index]} win${index + 1} ${name}`),
    'item --gap',
    'item --key l local Start from the local disk',
    `choose --default win1${timeout} entry || goto local`,
    `goto ${value('entry')}`,
    ...installers.flatMap((installer, index) => ['', ...entryLines(installer, index, values.wimboot)]),
    '',
    ':local',
    'exit',
    '',
    ':failed',
    'echo A file could not be fetched, or wimboot did not start. The lines above say which.',
    'imgfree',
    'prompt Press any key for the menu || sleep 10',
    'goto menu',
    '',
  ].join('\n');
}

/** wimboot puts the driver's files into X:\Windows\System32; without a font it goes on. */
const entryLines = ({ name, folder, drivers }: Installer, index: number, wimboot: string): string[] => [
  `:win${index + 1}`,
  `echo Fetching ${name}`,
  'imgfree',
  `set disc ${value('tftp')}/${folder}`,
  `kernel ${value('tftp')}/${wimboot} gui || goto failed`,
  ...bootFiles.map(({ path, as }) => `initrd ${value('disc')}/${path} ${as} || goto failed`),
  ...drivers.map((driver) => `initrd ${value('tftp')}/${driver} ${baseName(driver)} || goto failed`),
  ...fonts.map((font) => `initrd ${value('disc')}/boot/fonts/${font} ${font} ||`),
  'boot || goto failed',
];

/** A menu that is not ours is left alone. */
export function editMenu(old: string, values: Parameters): string | EditRefusal {
  if (old.trim() === '' || old.includes(mark)) return makeMenu(values);
  return {
    rule: 'other-menu',
    means: `${values.menu} is there already, and was not made by Wrenchbook.`,
    next: `Start a new run with another menu file, such as windows.ipxe, and put a line into your menu that leads there: chain tftp://${values.server}/windows.ipxe`,
  };
}
