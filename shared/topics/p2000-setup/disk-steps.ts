/** The disks are free, become one virtual disk, and the next one its spare. */
import { escapeRegExp, type Step } from '../../topic-kit/index.ts';
import { arrayLine, arrayStep } from './array-line.ts';
import type { Parameters } from './parameters.ts';

const slots = ({ disks }: Parameters) => Array.from({ length: disks }, (_, index) => `1.${index + 1}`);
const spareSlot = ({ disks }: Parameters) => `1.${disks + 1}`;
export const disksStep = (values: Parameters): Step =>
  arrayStep(
    {
      id: 'disks',
      title: 'Check the disks',
      intro: 'Each disk of the plan has to be free.',
      danger: 'reads',
      matchers: [
        {
          kind: 'failure',
          id: 'leftover',
          pattern: new RegExp(`^(?:${[...slots(values), spareSlot(values)].map(escapeRegExp).join('|')}) .*\\bLEFTOVR\\b`),
          text: '1.3 … LEFTOVR',
          means: 'A disk was part of an array before, and may hold its data.',
          next: 'Find out whose it is. If nobody needs it, clear it by hand; a procedure must not. Or take another disk.',
        },
        ...[...slots(values), ...(values.spare ? [spareSlot(values)] : [])].map((slot) => ({
          kind: 'expected' as const,
          id: `slot-${slot.replace('.', '-')}`,
          pattern: new RegExp(`^${escapeRegExp(slot)} .*\\bAVAIL\\b`),
          means: `The disk in ${slot} is free.`,
          missing: `There is no free disk in ${slot}.`,
          next: 'Put a disk in, or start a new run with fewer disks.',
          remedies: ['insert'],
        })),
      ],
    },
    'show',
    'disks',
  );

export const diskGroup = (values: Parameters): Step[] => [
  arrayStep(
    {
      id: 'vdisk',
      title: 'Make the virtual disk',
      intro: 'It can be used at once, and is redundant only when the initialisation is done.',
      danger: 'changes',
      verify: {
        script: arrayLine('show', 'vdisks'),
        matchers: [
          {
            kind: 'expected',
            id: 'vdisk-there',
            pattern: new RegExp(`^vd01 .*\\b${values.level}\\b`, 'i'),
            means: 'The virtual disk is there, with its level.',
            missing: 'The virtual disk is not there with this level.',
            next: 'Read "show events".',
          },
          { kind: 'harmless', id: 'initialises', pattern: /\bINIT \d+%/, text: 'INIT 12%', means: 'It is being initialised. Until then it has no redundancy.' },
        ],
      },
      irreversible: 'Deleting a virtual disk destroys what is on it. This procedure does not do it.',
    },
    ...['create', 'vdisk', 'level', values.level, 'assigned-to', 'a', 'disks', `1.1-${values.disks}`, 'vd01'],
  ),
  ...(values.spare
    ? [
        arrayStep(
          {
            id: 'spare',
            title: 'Make the next disk a global spare',
            intro: 'If spares spin down, a dying one is not noticed: look at them now and then.',
            danger: 'changes',
            verify: {
              script: arrayLine('show', 'disks'),
              matchers: [
                {
                  kind: 'expected',
                  id: 'spare-there',
                  pattern: new RegExp(`^${escapeRegExp(spareSlot(values))} .*\\bGLOBAL SP\\b`),
                  means: 'The disk is a global spare.',
                  missing: 'The disk is not a global spare.',
                  next: 'Read "show events".',
                },
              ],
            },
            irreversible: 'A spare can be made an ordinary disk again by hand, as long as it has not taken the place of another.',
          },
          ...['set', 'spares', 'disks', spareSlot(values)],
        ),
      ]
    : []),
];
