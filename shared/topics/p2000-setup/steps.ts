/** In the source's order: addresses, firmware, passwords, disks, volumes. Nothing here deletes, restores defaults or trusts. */
import { escapeRegExp, type Remedy, type Step, sh } from '../../topic-kit/index.ts';
import { arrayLine, arrayStep } from './array-line.ts';
import { planCards } from './cards.ts';
import type { Parameters } from './parameters.ts';
import { passwordSteps } from './passwords.ts';
import { parseVolumes } from './volumes.ts';

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

const slots = ({ disks }: Parameters) => Array.from({ length: disks }, (_, index) => `1.${index + 1}`);
const spareSlot = ({ disks }: Parameters) => `1.${disks + 1}`;
const disksStep = (values: Parameters): Step =>
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

const diskGroup = (values: Parameters): Step[] => [
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

const volumeSteps = (values: Parameters): Step[] => {
  const volumes = parseVolumes(values.volumes);
  const hosts = [...new Map(volumes.map((volume) => [volume.host, volume])).values()];
  return [
    ...hosts.map(({ host, wwpn }) =>
      arrayStep(
        {
          id: `host-${host.toLowerCase()}`,
          title: `Name the host ${host}`,
          intro: `${wwpn} is its HBA’s port name.`,
          danger: 'changes',
          verify: {
            script: arrayLine('show', 'hosts'),
            matchers: [
              {
                kind: 'expected',
                id: 'host-there',
                pattern: new RegExp(`^${wwpn} +${escapeRegExp(host)}\\b`, 'i'),
                means: 'The host is there.',
                missing: 'The host is not there.',
              },
            ],
          },
          irreversible: 'A name can be removed by hand; nothing depends on it but the maps.',
        },
        ...['create', 'host', 'id', wwpn, host],
      ),
    ),
    ...volumes.flatMap(({ name, gigabytes, host, lun }) => [
      arrayStep(
        {
          id: `volume-${name.toLowerCase()}`,
          title: `Make the volume ${name}, mapped to nobody`,
          intro: 'Without no-mapping every host would see it at once, and could write to it.',
          danger: 'changes',
          verify: {
            script: arrayLine('show', 'volume-maps', name),
            matchers: [
              {
                kind: 'failure',
                id: 'seen-by-all',
                pattern: /^\S+ +\d+ +read-write +all other /,
                text: 'a1,b1 1 read-write all other hosts',
                means: 'Every host sees the volume, and may write to it.',
                next: 'Unmap it at once: unmap volume NAME. Then start a new run for the rest.',
              },
              {
                kind: 'expected',
                id: 'volume-there',
                pattern: new RegExp(`Name \\(${escapeRegExp(name)}\\)`),
                means: 'The volume is there.',
                missing: 'The volume is not there.',
              },
            ],
          },
          irreversible: 'Deleting a volume destroys what is on it. This procedure does not do it.',
        },
        ...['create', 'volume', 'vdisk', 'vd01', 'size', `${gigabytes}GB`, 'no-mapping', name],
      ),
      arrayStep(
        {
          id: `map-${name.toLowerCase()}`,
          title: `Map ${name} to ${host}`,
          intro: 'By one port of each controller, so that the host has two paths.',
          danger: 'changes',
          verify: {
            script: arrayLine('show', 'volume-maps', name),
            matchers: [
              {
                kind: 'expected',
                id: 'mapped',
                pattern: new RegExp(`^\\S+ +${lun} +read-write +\\S+ +${escapeRegExp(host)}\\b`),
                means: 'The host sees the volume.',
                missing: 'The host does not see the volume with this LUN.',
              },
              {
                kind: 'failure',
                id: 'seen-by-all',
                pattern: /^\S+ +\d+ +read-write +all other /,
                text: 'a1,b1 1 read-write all other hosts',
                means: 'Every other host sees the volume, too.',
                next: 'Unmap it for all others.',
              },
            ],
          },
          undo: arrayLine('unmap', 'volume', 'host', host, name),
          undone: {
            script: arrayLine('show', 'volume-maps', name),
            matchers: [
              {
                kind: 'absent',
                id: 'unmapped',
                pattern: new RegExp(`^\\S+ +\\d+ +read-write +\\S+ +${escapeRegExp(host)}\\b`),
                looked: new RegExp(`Name \\(${escapeRegExp(name)}\\)`),
                means: 'The host does not see it any more.',
                found: 'The host still sees it.',
                missing: 'The maps could not be read.',
              },
            ],
          },
        },
        ...['map', 'volume', 'access', 'rw', 'ports', 'a1,b1', 'lun', String(lun), 'host', host, name],
      ),
    ]),
  ];
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
