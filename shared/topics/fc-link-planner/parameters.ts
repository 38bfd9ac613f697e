/** Two ends, what is plugged into them, and what is between them. */
import { z } from 'zod';
import { field, sliderField } from '../../topic-kit/index.ts';
import { devices } from './devices.ts';

const ids = ['other', ...devices.map(({ id }) => id)] as [string, ...string[]];
const deviceChoices = [...devices.map(({ id, name }) => ({ value: id, label: name })), { value: 'other', label: 'Another device' }];
const end = (label: string, help: string, usual: string) => field(z.enum(ids).default(usual), { label, help, control: 'choice', choices: deviceChoices });

const switches = devices.filter(({ kind, coding }) => kind === 'switch' && !coding);
const sets = ['auto', '1', '2', '4', '8', '16', '32'] as const;
const setting = (label: string) =>
  field(z.enum(sets).default('auto'), {
    label,
    help: 'What the port is set to.',
    control: 'choice',
    choices: sets.map((value) => ({ value, label: value === 'auto' ? 'Automatic' : `Fixed to ${value} Gbit/s` })),
  });
const optics = ['supplied', '2', '4', '8', '16', '32'] as const;
const optic = (label: string) =>
  field(z.enum(optics).default('supplied'), {
    label,
    help: 'It is printed on the SFP. An SFP does its own speed and the two before it.',
    control: 'choice',
    choices: optics.map((value) => ({ value, label: value === 'supplied' ? 'As fast as the port' : `${value} Gbit/s` })),
  });
const waves = ['short', 'long', 'copper'] as const;
const wave = (label: string) =>
  field(z.enum(waves).default('short'), {
    label,
    help: 'Both ends need the same kind.',
    control: 'choice',
    choices: [
      { value: 'short', label: 'Short wave, 850 nm' },
      { value: 'long', label: 'Long wave, 1310 nm' },
      { value: 'copper', label: 'Copper' },
    ],
  });
const topologies = ['auto', 'loop', 'point'] as const;
const topology = (label: string) =>
  field(z.enum(topologies).default('auto'), {
    label,
    help: 'Matters where there is no switch.',
    control: 'choice',
    choices: [
      { value: 'auto', label: 'Automatic' },
      { value: 'loop', label: 'Loop only' },
      { value: 'point', label: 'Point-to-point only' },
    ],
  });

export const parameters = z.object({
  left: end('One end', 'If it is not in the list, the answer is “unknown”: nothing is guessed.', 'thunderlink-1082'),
  right: end('Other end', 'An array, an HBA or a switch.', 'xserve-raid'),
  through: field(z.enum(['none', ...switches.map(({ id }) => id)] as [string, ...string[]]).default('none'), {
    label: 'Between them',
    help: 'A switch makes two links of one. Each has to work by itself.',
    control: 'choice',
    choices: [{ value: 'none', label: 'Nothing: a direct link' }, ...switches.map(({ id, name }) => ({ value: id, label: name }))],
  }),
  leftSet: setting('Speed of one end'),
  rightSet: setting('Speed of the other end'),
  leftOptic: optic('SFP of one end'),
  rightOptic: optic('SFP of the other end'),
  leftWave: wave('Kind of SFP at one end'),
  rightWave: wave('Kind of SFP at the other end'),
  leftTopology: topology('Topology of one end'),
  rightTopology: topology('Topology of the other end'),
  cable: field(z.enum(['om1', 'om2', 'om3', 'om4', 'single', 'copper']).default('om3'), {
    label: 'Cable',
    help: 'It is printed on the jacket. For two links through a switch: the worse one.',
    control: 'choice',
    choices: [
      { value: 'om1', label: 'Multimode OM1, 62.5 µm' },
      { value: 'om2', label: 'Multimode OM2, 50 µm' },
      { value: 'om3', label: 'Multimode OM3' },
      { value: 'om4', label: 'Multimode OM4' },
      { value: 'single', label: 'Single mode' },
      { value: 'copper', label: 'Copper' },
    ],
  }),
  metres: sliderField({
    label: 'Length of the cable',
    help: 'With patch panels: all of it.',
    usual: 3,
    range: { min: 1, max: 10_000, step: 'logarithmic', whole: true, unit: 'm' },
  }),
});
export type Parameters = z.output<typeof parameters>;
