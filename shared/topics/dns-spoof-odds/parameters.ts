/** The letters of the formula, each with its range; the usual values are those of the source's experiment. */
import { z } from 'zod';
import { sliderField } from '../../topic-kit/index.ts';

export const parameters = z.object({
  R: sliderField({
    label: 'Forged answers a second (R)',
    help: 'How many the attacker’s packets arrive. A full gigabit line carries about 1.5 million small ones.',
    usual: 36_000,
    range: { min: 1, max: 10_000_000, step: 'logarithmic', whole: true, unit: 'a second' },
  }),
  W: sliderField({
    label: 'Window (W)',
    help: 'From the resolver’s question to the true answer: the round trip to the authoritative server, often 0.1 s.',
    usual: 0.03,
    range: { min: 0.0001, max: 5, step: 'logarithmic', whole: false, unit: 's' },
  }),
  Wc: sliderField({
    label: 'Closed between windows (Wc)',
    help: 'From the true answer until the attacker has made the resolver ask again. 0 gives the formula as published.',
    usual: 0.003,
    range: { min: 0, max: 0.5, step: 0.001, whole: false, unit: 's' },
  }),
  D: sliderField({
    label: 'Identical questions at once (D)',
    help: 'How many the resolver has open for the same name. 1 where it asks once; old ones let an attacker open many.',
    usual: 1,
    range: { min: 1, max: 1000, step: 'logarithmic', whole: false, unit: '' },
  }),
  N: sliderField({
    label: 'Authoritative servers (N)',
    help: 'Whose address the answer has to come from; 2.5 on average.',
    usual: 1,
    range: { min: 1, max: 13, step: 0.5, whole: false, unit: '' },
  }),
  P: sliderField({
    label: 'Source ports (P)',
    help: 'From how many the resolver chooses. 1: always the same port. About 64,000: any port that is not reserved.',
    usual: 1,
    range: { min: 1, max: 65_535, step: 'logarithmic', whole: true, unit: '' },
  }),
  I: sliderField({
    label: 'Query identifiers (I)',
    help: 'From how many it chooses; 65,536 where all 16 bits are random.',
    usual: 65_536,
    range: { min: 1, max: 65_536, step: 'logarithmic', whole: true, unit: '' },
  }),
  letters: sliderField({
    label: 'Letters with random case (0x20)',
    help: 'Of the name that is asked for. Each doubles what has to be guessed. 0: the resolver does not do that.',
    usual: 0,
    range: { min: 0, max: 60, step: 1, whole: true, unit: '' },
  }),
});
export type Parameters = z.output<typeof parameters>;
