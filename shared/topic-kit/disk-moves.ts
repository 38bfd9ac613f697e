/** What is on which volume after each step, and what would be lost by erasing one. Pure. */

export interface DisksHold<Place extends string, Thing extends string> {
  /** Where the machine is started from. */
  booted: Place;
  held: Readonly<Record<Place, readonly Thing[]>>;
}

/** What a step does to the volumes. */
export interface DiskMove<Place extends string, Thing extends string> {
  /** What has to be where, before it. */
  needs: readonly { thing: Thing; on: Place }[];
  booted?: Place;
  erases?: Place | readonly Place[];
  /** May go with what is erased: it is not needed again. */
  disposable?: readonly Thing[];
  puts?: readonly { thing: Thing; on: Place }[];
  /** Goes from there, as one system does that another replaces. */
  takes?: { thing: Thing; from: Place };
}

/** What is nowhere else than there, or in any of these places. */
export function onlyCopies<Place extends string, Thing extends string>({ held }: DisksHold<Place, Thing>, among: Place | readonly Place[]): Thing[] {
  const places: readonly Place[] = typeof among === 'string' ? [among] : among;
  const elsewhere = (Object.keys(held) as Place[]).filter((place) => !places.includes(place)).flatMap((place) => held[place]);
  return places.flatMap((place) => held[place]).filter((thing) => !elsewhere.includes(thing));
}

/** The volumes after a move; `names` are for what is said. Throws Error where something it needs is missing, or where an only copy would be lost. */
export function diskMoved<Place extends string, Thing extends string>(
  disks: DisksHold<Place, Thing>,
  { needs, booted = disks.booted, erases = [], disposable = [], puts = [], takes }: DiskMove<Place, Thing>,
  names: Readonly<Record<Thing, string>>,
): DisksHold<Place, Thing> {
  const missing = needs.find(({ thing, on }) => !disks.held[on].includes(thing));
  if (missing) throw new Error(`${names[missing.thing]} is not on ${missing.on}`);
  const erased: readonly Place[] = typeof erases === 'string' ? [erases] : erases;
  if (erased.includes(booted)) throw new Error(`the machine runs from ${booted}`);
  const lost = onlyCopies(disks, erased).filter((thing) => !disposable.includes(thing));
  if (lost.length > 0) throw new Error(`the only copy would be lost: ${lost.map((thing) => names[thing]).join(', ')}`);
  const held: Record<Place, readonly Thing[]> = { ...disks.held };
  for (const place of erased) held[place] = [];
  if (takes) held[takes.from] = held[takes.from].filter((thing) => thing !== takes.thing);
  for (const { thing, on } of puts) if (!held[on].includes(thing)) held[on] = [...held[on], thing];
  return { booted, held };
}

/** As the volumes are when these steps are done. A step that was skipped is the admin's word that it was not needed: then what is known is kept. */
export function disksAfterSteps<Place extends string, Thing extends string>(
  atFirst: DisksHold<Place, Thing>,
  moves: ReadonlyMap<string, DiskMove<Place, Thing>>,
  done: ReadonlySet<string>,
  names: Readonly<Record<Thing, string>>,
): DisksHold<Place, Thing> {
  let disks = atFirst;
  for (const [id, move] of moves) {
    if (!done.has(id)) continue;
    try {
      disks = diskMoved(disks, move, names);
    } catch {
      // Not possible as far as is known.
    }
  }
  return disks;
}
