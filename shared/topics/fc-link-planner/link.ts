/** Whether two ends link: by speed, by what is plugged in, and by what is known to fail although the rule allows it. Pure. */
import { shortWaveReach, fibreChannelSpeedsOf as speedsOf } from '../../topic-kit/index.ts';
import { copper, type Device, devices, exceptions, longWaveMetres } from './devices.ts';
import type { Parameters } from './parameters.ts';

/** From worst to best. `only-if`: with what `wayOut` says. */
export const answers = ['no', 'unknown', 'probably-not', 'only-if', 'probably', 'yes'] as const;
export type Answer = (typeof answers)[number];

export interface End {
  device: Device | null;
  set: Parameters['leftSet'];
  optic: Parameters['leftOptic'];
  wave: Parameters['leftWave'];
  topology: Parameters['leftTopology'];
}
export interface Link {
  answer: Answer;
  /** In Gbit/s, where it links. */
  speed: number | null;
  reason: string;
  wayOut: string;
}
export interface Cable {
  kind: Parameters['cable'];
  metres: number;
}

export const deviceOf = (id: string): Device | null => devices.find((device) => device.id === id) ?? null;
export const plain = (device: Device | null): End => ({ device, set: 'auto', optic: 'supplied', wave: 'short', topology: 'auto' });
const usualCable: Cable = { kind: 'om3', metres: 3 };
const listed = (speeds: readonly number[]) => `${speeds.join(', ')} Gbit/s`;
const fastest = (speeds: readonly number[]) => speeds[speeds.length - 1] ?? 0;

/** What port and SFP can both do. */
export const speedsAt = ({ device, optic }: End & { device: Device }): number[] => {
  const sfp = device.coding ? device.speeds : speedsOf(optic === 'supplied' ? fastest(device.speeds) : Number(optic));
  return device.speeds.filter((speed) => sfp.includes(speed));
};

const no = (reason: string, wayOut: string): Link => ({ answer: 'no', speed: null, reason, wayOut });

export function link(one: End, other: End, cable: Cable = usualCable): Link {
  const [a, b] = [one.device, other.device];
  if (!a || !b)
    return {
      answer: 'unknown',
      speed: null,
      reason: 'A device is not in the rule base, so nothing is said of it.',
      wayOut: 'Look up the speeds of both ports and both SFPs in their data sheets: a link needs a speed that all four can do. Then try one cable.',
    };
  const known = [a, b].every(({ sure }) => sure !== 'uncertain');
  const ends = [
    { ...one, device: a },
    { ...other, device: b },
  ] as const;
  const refused = byCoding(a, b) ?? byMedium(one, other, cable) ?? byException(a, b) ?? byTopology(ends) ?? bySpeed(ends) ?? bySetting(ends);
  // A "no" that rests on a row that is uncertain is none.
  if (refused) return refused.answer === 'no' && !known && refused.bySpeeds ? { ...refused, answer: 'probably-not' } : refused;
  const common = commonOf(ends);
  const fixed = ends.map(({ set }) => set).filter((set) => set !== 'auto');
  const speed = fixed[0] === undefined ? fastest(common) : Number(fixed[0]);
  const short = a.coding ? null : byReach(cable, speed, common);
  if (short) return short;
  if (fixed.length === 1)
    return {
      answer: 'only-if',
      speed,
      reason: `One end is fixed to ${speed} Gbit/s, and the other is automatic.`,
      wayOut: `Set both ends to ${speed} Gbit/s, or both to automatic: then they take ${fastest(common)} Gbit/s.`,
    };
  const doubtful = !known || (cable.kind === 'copper' && cable.metres > copper.sureMetres);
  return {
    answer: doubtful ? 'probably' : 'yes',
    speed,
    reason: `Both can do ${listed(common)}; ${fixed.length === 2 ? 'both are fixed to' : 'automatic takes'} ${speed} Gbit/s.`,
    wayOut: doubtful ? 'What is known of one device or of so long a copper cable is uncertain. Try it before you count on it.' : 'Nothing is needed.',
  };
}

type Ends = readonly [End & { device: Device }, End & { device: Device }];
type Refused = (Link & { bySpeeds?: true }) | null;
const commonOf = ([one, other]: Ends) => speedsAt(one).filter((speed) => speedsAt(other).includes(speed));

const byCoding = (a: Device, b: Device): Refused =>
  a.coding === b.coding
    ? null
    : no('10 Gbit/s Fibre Channel and FCoE use another coding. Such a port talks to another of its kind only.', 'Use an ordinary port of the switch.');

function byMedium(one: End, other: End, { kind, metres }: Cable): Refused {
  if (one.wave !== other.wave) return no('The SFPs are of different kinds.', 'Use the same kind at both ends: both short wave, both long wave, or copper.');
  const wanted = kind === 'copper' ? 'copper' : kind === 'single' ? 'long' : 'short';
  if (wanted !== one.wave)
    return no('The cable does not go with the SFPs.', 'Short wave needs multimode fibre, long wave single mode, copper SFPs a copper cable.');
  if (kind === 'copper' && metres > copper.mostMetres) return no(`Copper reaches ${copper.mostMetres} m at the most.`, 'Use fibre and short wave SFPs.');
  return kind === 'single' && metres > longWaveMetres ? no('Long wave reaches 10 km.', 'Use SFPs for longer distances.') : null;
}

function byException(a: Device, b: Device): Refused {
  for (const { array, above, known, because } of exceptions) {
    const hba = a.id === array ? b : b.id === array ? a : null;
    if (hba?.kind !== 'hba' || fastest(hba.speeds) <= above) continue;
    const wayOut = 'Put a switch between them that links with both. Or use an HBA that does not go above 2 Gbit/s.';
    if (known.includes(hba.id)) return no(because, wayOut);
    return { answer: 'probably-not', speed: null, reason: `${because} Of this HBA it is likely, and not known.`, wayOut };
  }
  return null;
}

function byTopology(ends: Ends): Refused {
  if (ends.some(({ device }) => device.kind === 'switch')) return null;
  const set = ends.map(({ topology }) => topology);
  if (set.includes('loop') && set.includes('point'))
    return no('One end does loop only, the other point-to-point only.', 'Set both to automatic, or both to the same.');
  return set.includes('loop') && fastest(commonOf(ends)) >= 16
    ? no('There is no loop at 16 Gbit/s and above.', 'Set both to point-to-point, or to a slower speed.')
    : null;
}

function bySpeed(ends: Ends): Refused {
  for (const end of ends)
    if (speedsAt(end).length === 0)
      return {
        ...no(`${end.device.name} does ${listed(end.device.speeds)}, and its SFP none of these.`, `Use an SFP of ${fastest(end.device.speeds)} Gbit/s.`),
        bySpeeds: true,
      };
  if (commonOf(ends).length > 0) return null;
  const [one, other] = ends;
  const ports = one.device.speeds.filter((speed) => other.device.speeds.includes(speed));
  const [slow] = ports;
  if (slow !== undefined)
    return {
      answer: 'only-if',
      speed: null,
      reason: `Both ports can do ${listed(ports)}, but not with these SFPs.`,
      wayOut: `Use SFPs that do ${slow} Gbit/s in both: an SFP does its own speed and the two before it.`,
    };
  return {
    ...no(
      `There is no common speed: ${one.device.name} does ${listed(speedsAt(one))}, ${other.device.name} ${listed(speedsAt(other))}.`,
      'Put a switch between them that links with both, or use an HBA of another generation.',
    ),
    bySpeeds: true,
  };
}

function bySetting(ends: Ends): Refused {
  const common = commonOf(ends);
  const fixed = ends.map(({ set }) => (set === 'auto' ? null : Number(set)));
  for (const speed of fixed)
    if (speed !== null && !common.includes(speed))
      return no(`A port is fixed to ${speed} Gbit/s, which not both ends can do.`, `Set both ends to automatic, or both to one of ${listed(common)}.`);
  return fixed[0] !== null && fixed[1] !== null && fixed[0] !== fixed[1]
    ? no('The two ends are fixed to different speeds.', 'Set both to automatic, or both to the same.')
    : null;
}

function byReach({ kind, metres }: Cable, speed: number, common: readonly number[]): Link | null {
  if (kind === 'single') return null;
  const most = (at: number) => (kind === 'copper' ? (at <= copper.fastest ? copper.mostMetres : 0) : (shortWaveReach[kind][at] ?? 0));
  if (metres <= most(speed)) return null;
  const slower = common.filter((each) => metres <= most(each)).at(-1);
  const reason =
    most(speed) === 0 ? `This cable is not for ${speed} Gbit/s.` : `At ${speed} Gbit/s this cable reaches ${most(speed)} m, and it is ${metres} m long.`;
  if (slower !== undefined) return { answer: 'only-if', speed: slower, reason, wayOut: `Fix both ends to ${slower} Gbit/s, or use a better cable.` };
  return no(reason, 'Use a better or shorter cable, or long wave SFPs and single mode.');
}
