/** What is in which part of the disk, and beside it, after every step. */
import { type DiskMove, type DisksHold, diskMoved, disksAfterSteps } from '../../topic-kit/index.ts';

export type Place = 'before' | 'backup' | 'media' | 'usb' | 'drivers' | 'boot' | 'swap' | 'linux' | 'mac' | 'install';
export const things = {
  oldData: 'what was on the disk',
  tigerDvd: '10.4 DVD',
  pantherCd: '10.3 CD',
  os9Cd: 'Mac OS 9 CD',
  debianCd: 'Debian 8 CD',
  tigerImage: 'image of the 10.4 DVD',
  os9Drivers: 'drivers of Mac OS 9',
  tigerInstaller: 'installer of 10.4',
  tiger: 'Mac OS X 10.4',
  os9: 'Mac OS 9.2.2',
  swapSpace: 'swap',
  debian: 'Debian 8',
  yaboot: 'yaboot',
} as const;
export type Thing = keyof typeof things;
export type Disks = DisksHold<Place, Thing>;
export type Move = DiskMove<Place, Thing>;

const onDisk: readonly Place[] = ['before', 'drivers', 'boot', 'swap', 'linux', 'mac', 'install'];
const nothing = { backup: [], usb: [], drivers: [], boot: [], swap: [], linux: [], mac: [], install: [] };
export const atFirst: Disks = {
  booted: 'before',
  held: { ...nothing, before: ['oldData'], media: ['tigerDvd', 'pantherCd', 'os9Cd', 'debianCd'] },
};

/** By the ids of the steps that move something, in their order. */
export const moves: ReadonlyMap<string, Move> = new Map<string, Move>([
  ['save', { needs: [{ thing: 'oldData', on: 'before' }], puts: [{ thing: 'oldData', on: 'backup' }] }],
  ['image-dvd', { needs: [{ thing: 'tigerDvd', on: 'media' }], puts: [{ thing: 'tigerImage', on: 'usb' }] }],
  [
    'partition',
    {
      needs: [
        { thing: 'oldData', on: 'backup' },
        { thing: 'tigerImage', on: 'usb' },
        { thing: 'pantherCd', on: 'media' },
      ],
      booted: 'media',
      erases: onDisk,
      puts: [{ thing: 'os9Drivers', on: 'drivers' }],
    },
  ],
  [
    'clone',
    {
      needs: [
        { thing: 'tigerImage', on: 'usb' },
        { thing: 'os9Drivers', on: 'drivers' },
      ],
      erases: 'install',
      puts: [{ thing: 'tigerInstaller', on: 'install' }],
    },
  ],
  ['install-tiger', { needs: [{ thing: 'tigerInstaller', on: 'install' }], booted: 'mac', puts: [{ thing: 'tiger', on: 'mac' }] }],
  [
    'os9',
    {
      needs: [
        { thing: 'tiger', on: 'mac' },
        { thing: 'os9Cd', on: 'media' },
      ],
      puts: [{ thing: 'os9', on: 'mac' }],
    },
  ],
  [
    'install-debian',
    {
      needs: [
        { thing: 'debianCd', on: 'media' },
        { thing: 'os9', on: 'mac' },
      ],
      booted: 'media',
      erases: ['boot', 'swap', 'linux'],
      takes: { thing: 'os9Drivers', from: 'drivers' },
      puts: [
        { thing: 'yaboot', on: 'boot' },
        { thing: 'swapSpace', on: 'swap' },
        { thing: 'debian', on: 'linux' },
      ],
    },
  ],
  [
    'drivers',
    {
      needs: [
        { thing: 'os9Cd', on: 'media' },
        { thing: 'debian', on: 'linux' },
      ],
      puts: [{ thing: 'os9Drivers', on: 'drivers' }],
    },
  ],
]);

export const moved = (disks: Disks, move: Move): Disks => diskMoved(disks, move, things);
export const disksAfter = (done: ReadonlySet<string>): Disks => disksAfterSteps(atFirst, moves, done, things);
