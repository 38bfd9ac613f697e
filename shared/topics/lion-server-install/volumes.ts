/** What is on which disk after every step, and what would be lost by erasing one. Pure. */
import { type DiskMove, type DisksHold, diskMoved, disksAfterSteps } from '../../topic-kit/index.ts';

export type Place = 'a' | 'b' | 'old';
export const things = {
  snowLeopard: 'Snow Leopard client',
  installer: 'Install Mac OS X Lion',
  serverApp: 'Server app',
  lion: 'Lion client',
  lionServer: 'Lion Server',
  oldServer: 'Snow Leopard Server',
  data: 'Users, mail, files',
} as const;
export type Thing = keyof typeof things;

export type Disks = DisksHold<Place, Thing>;
export const atFirst: Disks = { booted: 'a', held: { a: ['snowLeopard'], b: [], old: ['oldServer', 'data'] } };

export type Move = DiskMove<Place, Thing>;

/** By the ids of the steps that change something, in their order. */
export const moves: ReadonlyMap<string, Move> = new Map<string, Move>([
  [
    'download',
    {
      needs: [{ thing: 'snowLeopard', on: 'a' }],
      puts: [
        { thing: 'installer', on: 'a' },
        { thing: 'serverApp', on: 'a' },
      ],
    },
  ],
  ['erase-b', { needs: [{ thing: 'snowLeopard', on: 'a' }], booted: 'a', erases: 'b' }],
  ['lion-on-b', { needs: [{ thing: 'installer', on: 'a' }], puts: [{ thing: 'lion', on: 'b' }] }],
  [
    'server-on-b',
    {
      needs: [
        { thing: 'lion', on: 'b' },
        { thing: 'serverApp', on: 'a' },
      ],
      booted: 'b',
      takes: { thing: 'lion', from: 'b' },
      puts: [{ thing: 'lionServer', on: 'b' }],
    },
  ],
  [
    'copy-apps',
    {
      needs: [
        { thing: 'installer', on: 'a' },
        { thing: 'serverApp', on: 'a' },
      ],
      puts: [
        { thing: 'installer', on: 'b' },
        { thing: 'serverApp', on: 'b' },
      ],
    },
  ],
  ['erase-a', { needs: [{ thing: 'lionServer', on: 'b' }], booted: 'b', erases: 'a', disposable: ['snowLeopard'] }],
  [
    'server-on-a',
    {
      needs: [
        { thing: 'lionServer', on: 'b' },
        { thing: 'installer', on: 'b' },
        { thing: 'serverApp', on: 'b' },
      ],
      puts: [{ thing: 'lionServer', on: 'a' }],
    },
  ],
  [
    'migrate',
    {
      needs: [
        { thing: 'lionServer', on: 'a' },
        { thing: 'data', on: 'old' },
      ],
      booted: 'a',
      puts: [{ thing: 'data', on: 'a' }],
    },
  ],
]);

/** The disks after a move. Throws Error where something it needs is missing, or where an only copy would be lost. */
export const moved = (disks: Disks, move: Move): Disks => diskMoved(disks, move, things);

/** As the disks are when these steps are done. */
export const disksAfter = (done: ReadonlySet<string>): Disks => disksAfterSteps(atFirst, moves, done, things);
