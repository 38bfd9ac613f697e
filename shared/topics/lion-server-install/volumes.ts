/** What is on which disk after every step, and what would be lost by erasing one. Pure. */

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

export interface Disks {
  /** Where the machine is started from. */
  booted: 'a' | 'b';
  held: Readonly<Record<Place, readonly Thing[]>>;
}
export const atFirst: Disks = { booted: 'a', held: { a: ['snowLeopard'], b: [], old: ['oldServer', 'data'] } };

export interface Move {
  /** What has to be where, before it. */
  needs: readonly { thing: Thing; on: Place }[];
  booted?: 'a' | 'b';
  erases?: Place;
  /** May go with what is erased: it is not needed again. */
  disposable?: readonly Thing[];
  puts?: readonly { thing: Thing; on: Place }[];
  /** One system in the place of another. */
  takes?: { thing: Thing; from: Place };
}

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

/** What is nowhere else than there. */
export const onlyCopies = ({ held }: Disks, place: Place): Thing[] =>
  held[place].filter((thing) => (Object.keys(held) as Place[]).every((other) => other === place || !held[other].includes(thing)));

/** The disks after a move. Throws Error where something it needs is missing, or where an only copy would be lost. */
export function moved(disks: Disks, { needs, booted = disks.booted, erases, disposable = [], puts = [], takes }: Move): Disks {
  const missing = needs.find(({ thing, on }) => !disks.held[on].includes(thing));
  if (missing) throw new Error(`${things[missing.thing]} is not on ${missing.on}`);
  if (erases === booted) throw new Error(`the machine runs from ${erases}`);
  const lost = erases ? onlyCopies(disks, erases).filter((thing) => !disposable.includes(thing)) : [];
  if (lost.length > 0) throw new Error(`the only copy would be lost: ${lost.map((thing) => things[thing]).join(', ')}`);
  const held = { ...disks.held };
  if (erases) held[erases] = [];
  if (takes) held[takes.from] = held[takes.from].filter((thing) => thing !== takes.thing);
  for (const { thing, on } of puts) if (!held[on].includes(thing)) held[on] = [...held[on], thing];
  return { booted, held };
}

/** As the disks are when these steps are done. */
export const disksAfter = (done: ReadonlySet<string>): Disks =>
  [...moves].filter(([id]) => done.has(id)).reduce((disks, [, move]) => follow(disks, move), atFirst);

/** A step that was skipped is the admin's word that it was not needed: the picture then shows what is known. */
function follow(disks: Disks, move: Move): Disks {
  try {
    return moved(disks, move);
  } catch {
    return disks;
  }
}
