/** Speeds and reaches of Fibre Channel. Pure. */

export const fibreChannelSpeeds = [1, 2, 4, 8, 16, 32, 64, 128] as const;
/** What a port or an SFP of so many Gbit/s can do: its own speed and the two before it. Empty for a number that is no speed. */
export const fibreChannelSpeedsOf = (fastest: number): number[] => {
  const at = fibreChannelSpeeds.indexOf(fastest as 1);
  return fibreChannelSpeeds.slice(Math.max(0, at - 2), at + 1);
};

export const multimodeFibres = ['om1', 'om2', 'om3', 'om4'] as const;
export type MultimodeFibre = (typeof multimodeFibres)[number];
/** How far short wave (850 nm) reaches, in metres, by fibre and speed; missing: not at all. Of FC-PI, fairly sure. */
export const shortWaveReach: Readonly<Record<MultimodeFibre, Readonly<Record<number, number>>>> = {
  om1: { 1: 300, 2: 150, 4: 70, 8: 21, 16: 15 },
  om2: { 1: 500, 2: 300, 4: 150, 8: 50, 16: 35, 32: 20 },
  om3: { 1: 860, 2: 500, 4: 380, 8: 150, 16: 100, 32: 70 },
  om4: { 1: 860, 2: 500, 4: 400, 8: 190, 16: 125, 32: 100 },
};
