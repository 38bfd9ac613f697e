/** The rehearsal: a server with one port to the switch, and one that is to be wired into a loop of four. */
import type { Lab, LabFile } from '../../topic-kit/index.ts';

const port = (name: string, state: string, type: string, speed: string, wwpn: string): LabFile[] =>
  Object.entries({
    port_state: state,
    port_type: type,
    speed,
    supported_speeds: '1 Gbit, 2 Gbit, 4 Gbit',
    port_name: wwpn,
    'statistics/loss_of_signal_count': '0x0',
    'statistics/lip_count': '0x0',
  }).map(([file, value]) => ({ path: `root/sys/class/fc_host/${name}/${file}`, content: `${value}\n` }));

const files = (failure: string | null): LabFile[] => [
  { path: 'plays', content: `${failure ?? ''}\n` },
  { path: 'loop.state', content: `paths=${failure === 'no-path' ? 0 : 1}\nrate=auto\n` },
  ...port('host3', 'Online', 'NPort (fabric via point-to-point)', '4 Gbit', '0x21000024ff000001'),
  ...port('host4', 'Linkdown', 'Unknown', 'unknown', '0x21010024ff000001'),
];

export const lab: Lab = {
  scenario: 'Three servers and an array whose second controller has no switch',
  failures: [
    {
      id: 'no-path',
      title: 'A LUN has no path by the switch',
      story: 'A zone is missing. The loop would be the only path, and stop with each restart of a node.',
      stopsAt: { step: 'other-path', rule: 'no-path' },
      wayOut: 'undo',
    },
    {
      id: 'direct',
      title: 'A port is set to point-to-point only',
      story: 'Somebody has set one HBA so, for a switch it had before. The loop of all does not come up.',
      stopsAt: { step: 'up', rule: 'direct' },
      wayOut: 'remedy',
    },
    { id: 'fixed', title: 'A port is fixed to 2 Gbit/s', story: 'All nodes follow the slowest one.', stopsAt: { step: 'up', rule: 'speed' }, wayOut: 'remedy' },
    {
      id: 'crossed',
      title: 'TX and RX are crossed',
      story: 'One cable is in the wrong half of its port, so one node gets no light.',
      stopsAt: { step: 'up', rule: 'no-signal' },
      wayOut: 'remedy',
    },
    {
      id: 'off',
      title: 'One node is off',
      story: 'A server of the loop is switched off. There is no hub that passes it by.',
      stopsAt: { step: 'up', rule: 'down' },
      wayOut: 'remedy',
    },
    {
      id: 'not-mapped',
      title: 'A LUN is not mapped to the loop’s ports',
      story: 'The loop is up, and the array shows the LUN on the first controller only.',
      stopsAt: { step: 'second-path', rule: 'two' },
      wayOut: 'remedy',
    },
  ],
  facts: {},
  files,
};
