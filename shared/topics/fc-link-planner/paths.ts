/** Two ends with nothing or a switch between them, and which switches would do. Pure. */
import { type Device, devices } from './devices.ts';
import { type Answer, answers, type Cable, deviceOf, type End, type Link, link, plain } from './link.ts';
import type { Parameters } from './parameters.ts';

export interface Path extends Link {
  /** The two links, where there is a switch. */
  halves: readonly Link[];
}
export const worse = (one: Answer, other: Answer): Answer => (answers.indexOf(one) <= answers.indexOf(other) ? one : other);

export const endsOf = (set: Parameters): { one: End; other: End; cable: Cable } => ({
  one: { device: deviceOf(set.left), set: set.leftSet, optic: set.leftOptic, wave: set.leftWave, topology: set.leftTopology },
  other: { device: deviceOf(set.right), set: set.rightSet, optic: set.rightOptic, wave: set.rightWave, topology: set.rightTopology },
  cable: { kind: set.cable, metres: set.metres },
});

/** Through a switch whose ports are automatic, with the SFPs of each end's kind. */
export function through(one: End, other: End, middle: Device, cable?: Cable): Path {
  const halves = [one, other].map((end) => link(end, { ...plain(middle), set: end.set, wave: end.wave }, cable));
  const [left, right] = halves as [Link, Link];
  const answer = worse(left.answer, right.answer);
  const bad = left.answer === answer ? left : right;
  const works = answer === 'yes' || answer === 'probably';
  return {
    answer,
    speed: works ? Math.min(left.speed ?? 0, right.speed ?? 0) : null,
    reason: works
      ? `Each half links by itself: at ${left.speed} and at ${right.speed} Gbit/s.`
      : `The link ${bad === left ? 'of one end' : 'of the other end'} with ${middle.name}: ${bad.reason}`,
    wayOut: works ? (answer === 'yes' ? 'Set up the zones: see the checklist.' : bad.wayOut) : bad.wayOut,
    halves,
  };
}

export function pathOf(set: Parameters): Path {
  const { one, other, cable } = endsOf(set);
  const middle = deviceOf(set.through);
  return middle ? through(one, other, middle, cable) : { ...link(one, other, cable), halves: [] };
}

/** Switches through which two ends link, the surest first. */
export function helpingSwitches(one: End, other: End, cable?: Cable): { device: Device; answer: Answer }[] {
  if (!one.device || !other.device || [one, other].some(({ device }) => device?.kind === 'switch')) return [];
  return devices
    .filter(({ kind, coding }) => kind === 'switch' && !coding)
    .map((device) => ({ device, answer: through(one, other, device, cable).answer }))
    .filter(({ answer }) => answer === 'yes' || answer === 'probably')
    .sort((a, b) => answers.indexOf(b.answer) - answers.indexOf(a.answer));
}
