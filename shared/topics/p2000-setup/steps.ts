/** In the source's order: addresses, firmware, passwords, disks, volumes. Nothing here deletes, restores defaults or trusts. */
import { type Remedy, type Step, sh } from '../../topic-kit/index.ts';
import { arrayLine, arrayStep } from './array-line.ts';
import { planCards } from './cards.ts';
import { diskGroup, disksStep } from './disk-steps.ts';
import type { Parameters } from './parameters.ts';
import { passwordSteps } from './passwords.ts';
import { volumeSteps } from './volume-steps.ts';

const plan = (values: Parameters): Step => ({
  kind: 'manual',
  id: 'plan',
  title: 'Read the plan',
  intro: 'What the disks will hold, the order of the work, and how the array is reached.',
  danger: 'reads',
  minutes: 5,
  runsOn: 'your desk',
  instructions: [
    'Use the serial console, or ssh to controller A: the target’s type is “array command line”. Log in as manage.',
    'Blank covers hold no disk: a bay needs a caddy with an interposer (371595-001 or 60-272-02).',
    'Disks that were in another array may hold its data. The run stops at them.',
  ],
  cards: planCards(values),
});

const system = arrayStep(
  {
    id: 'system',
    title: 'Check the array’s health',
    intro: 'An update or a new disk group on an array that is not well makes things worse.',
    danger: 'reads',
    matchers: [
      {
        kind: 'failure',
        id: 'not-well',
        pattern: /^(?:System )?Health: (?:Degraded|Fault|Critical)/i,
        text: 'Health: Degraded',
        means: 'The array is not well.',
        next: 'Find out why ("show events"), and repair that first.',
        remedies: ['repair'],
      },
      { kind: 'harmless', id: 'well', pattern: /^(?:System )?Health: OK/i, text: 'Health: OK', means: 'The array is well.' },
    ],
  },
  'show',
  'system',
);

const addressStep = (values: Parameters, controller: 'a' | 'b'): Step => {
  const ip = controller === 'a' ? values.ipA : values.ipB;
  const within = { from: new RegExp(`^Network Parameters Controller ${controller.toUpperCase()}`), to: /^Network Parameters Controller / };
  return arrayStep(
    {
      id: `address-${controller}`,
      title: `Give controller ${controller.toUpperCase()} its address`,
      intro: 'Over ssh the connection is lost if it is this controller’s own address: connect again to the new one, which takes up to two minutes.',
      danger: 'changes',
      verify: {
        script: arrayLine('show', 'network-parameters'),
        matchers: [
          {
            kind: 'equal',
            id: 'ip',
            pattern: /^IP Address *: *(\S+)$/,
            within,
            to: { text: ip },
            means: 'The controller has the address.',
            differs: 'The controller does not show this address.',
            next: 'Another device may have it. Read the lines above.',
          },
          {
            kind: 'expected',
            id: 'manual',
            pattern: /^Addressing Mode *: *(?:Manual|Static)$/i,
            within,
            means: 'The address is fixed.',
            missing: 'The address is not shown as a fixed one.',
            next: 'A firmware update fails if DHCP changes it. Run the step again.',
          },
        ],
      },
      undo: arrayLine('set', 'network-parameters', 'dhcp', 'controller', controller),
      undone: {
        script: arrayLine('show', 'network-parameters'),
        matchers: [
          {
            kind: 'expected',
            id: 'dhcp',
            pattern: /^Addressing Mode *: *DHCP$/i,
            within,
            means: 'The controller asks DHCP again, as it came.',
            missing: 'The controller does not ask DHCP again.',
            next: 'Set it at the serial console.',
          },
        ],
      },
    },
    ...['set', 'network-parameters', 'ip', ip, 'netmask', values.netmask, 'gateway', values.gateway, 'controller', controller],
  );
};

const firmware: Step = {
  kind: 'manual',
  id: 'firmware',
  title: 'Update the firmware, if there is a newer one',
  intro: 'By the vendor’s utility or the array’s web page, with Partner Firmware Update on. It takes 15 to 45 minutes.',
  danger: 'changes',
  minutes: 45,
  runsOn: 'your desk',
  instructions: [
    'Only while the health is OK and no job runs. Hosts with one path lose their disks meanwhile.',
    'Never switch the array off during the update.',
    'Each controller restarts its Management Controller. Connect again afterwards.',
    'If the array has the newest firmware, there is nothing to do.',
  ],
  lab: sh`array show versions`,
  verify: {
    script: arrayLine('show', 'versions'),
    looksOnlyAt: 'whether both controllers tell a version',
    matchers: [
      {
        kind: 'expected',
        id: 'versions',
        pattern: /\bVersion *: *\S/i,
        means: 'The array shows its versions.',
        missing: 'The array shows no version.',
        next: 'Wait until both controllers have restarted, then run the step again.',
      },
    ],
  },
  irreversible: 'Older firmware is not put back by this procedure.',
};

export const steps = (values: Parameters): Step[] => [
  plan(values),
  system,
  disksStep(values),
  addressStep(values, 'b'),
  addressStep(values, 'a'),
  firmware,
  ...passwordSteps(values),
  ...diskGroup(values),
  ...volumeSteps(values),
];

const byHand = (id: string, title: string, explanation: string): Remedy => ({
  id,
  title,
  explanation,
  danger: 'changes',
  lab: sh`array-hand ${id}`,
  afterwards: 'retry',
});
export const remedies: readonly Remedy[] = [
  byHand('repair', 'Repair the array', 'Replace what "show events" names, and wait until the health is OK. Then the step runs again.'),
  byHand('insert', 'Put the disk in', 'Push it in with its caddy and interposer, and wait for its light. Then the step runs again.'),
  byHand('change', 'Change it by hand', 'At the array: set password admin. Then the step runs again.'),
];
