/** The answer in words, beside every other device, the rule base and the checklist for a switch. */
import type { CalculationText, PictureText, PictureTone } from '../../topic-kit/index.ts';
import { devices, exceptions } from './devices.ts';
import { type Answer, type Link, link, plain } from './link.ts';
import type { Parameters } from './parameters.ts';
import { endsOf, helpingSwitches, type Path, pathOf } from './paths.ts';

export const words: Readonly<Record<Answer, string>> = {
  yes: 'Yes',
  probably: 'Probably',
  'only-if': 'Not as it is set',
  'probably-not': 'Probably not',
  unknown: 'Unknown',
  no: 'No',
};
const tones: Readonly<Record<Answer, PictureTone>> = {
  yes: 'good',
  probably: 'good',
  'only-if': 'warning',
  'probably-not': 'bad',
  unknown: 'quiet',
  no: 'bad',
};

export function calculate(set: Parameters): CalculationText {
  const path = pathOf(set);
  const { one, other, cable } = endsOf(set);
  const works = path.answer === 'yes' || path.answer === 'probably';
  const helps = works || set.through !== 'none' ? [] : helpingSwitches(one, other, cable);
  const wayOut =
    helps.length > 0
      ? `${path.wayOut} Of those in the rule base: ${helps.map(({ device, answer }) => `${device.name} (${words[answer].toLowerCase()})`).join(', ')}.`
      : path.wayOut;
  const rows = [one, other].flatMap(({ device }) => (device ? [device] : []));
  return {
    results: [
      { id: 'answer', label: 'Will they link?', value: path.answer, unit: '', text: words[path.answer], how: path.reason },
      {
        id: 'speed',
        label: 'Speed',
        value: path.speed ?? 0,
        unit: 'Gbit/s',
        text: path.speed === null ? 'none' : `${path.speed} Gbit/s`,
        how: 'The fastest speed that both ports and both SFPs can do, or the one that is set.',
      },
      { id: 'way-out', label: 'What to do', value: wayOut, unit: '', text: wayOut, how: 'By the rules and exceptions of the tables below.' },
    ],
    tables: [
      ...(one.device
        ? [
            {
              id: 'with-others',
              title: `${one.device.name} with each device, without a switch`,
              heads: ['Device', 'Links?', 'Why'],
              rows: devices.map((device) => {
                const { answer, reason } = link(plain(one.device), plain(device));
                return [device.name, words[answer], reason];
              }),
            },
          ]
        : []),
      {
        id: 'rule-base',
        title: 'Rule base',
        heads: ['Device', 'Speeds, Gbit/s', 'How sure', 'Source', 'Note'],
        rows: devices.map(({ name, speeds, sure, source, note = '' }) => [name, speeds.join(', '), sure, source, note]),
      },
      {
        id: 'exceptions',
        title: 'Exceptions to the rule',
        heads: ['What', 'Source'],
        rows: exceptions.map(({ because, source }) => [because, source]),
      },
      ...(set.through === 'none' && helps.length === 0 ? [] : [zoning]),
      noLink,
    ],
    pictures: [picture(set, path)],
    warnings: [
      ...rows.filter(({ sure }) => sure === 'uncertain').map(({ name }) => `What is known of ${name} is uncertain.`),
      ...rows.flatMap(({ note, name }) => (note ? [`${name}: ${note}`] : [])),
    ],
  };
}

const zoning = {
  id: 'zoning',
  title: 'Checklist behind a switch',
  heads: ['Check', 'Why, and where'],
  rows: [
    ['One initiator in each zone, named by its host and port', 'Initiators in one zone disturb each other.'],
    ['Members by WWPN, not by domain and port', 'The zone stays right if a cable moves.'],
    ['The array’s ports are in the zone', 'Both controllers, for two paths.'],
    ['Access without a zone is off', 'Else a new host sees every disk.'],
    ['Write WWPNs in small hex letters, with colons', 'Mac: system_profiler SPFibreChannelDataType. Linux: /sys/class/fc_host/host*/port_name.'],
    ['Activate the zone set, then save it', 'What is not saved is gone after the switch restarts.'],
    ['LUN masking on the array', 'It is set besides the zones.'],
  ],
};
const noLink = {
  id: 'no-link',
  title: 'No link although they should',
  heads: ['Check', 'How'],
  rows: [
    ['TX and RX', 'Swap the two fibres at one end. The laser is invisible: never look into it.'],
    ['Dirty fibre', 'Clean both ends, or try another cable.'],
    ['Kind of fibre', '50 µm and 62.5 µm, multimode and single mode do not mix.'],
    ['Speed that was negotiated', 'Linux: cat /sys/class/fc_host/host*/speed. ESXi 5.5 and newer: esxcli storage san fc list.'],
    ['State', 'Linux: port_state in /sys/class/fc_host/host*. Mac: “Status: No Link Established” in System Profiler.'],
  ],
};

function picture(set: Parameters, path: Path): PictureText {
  const { one, other } = endsOf(set);
  const middle = devices.find(({ id }) => id === set.through);
  const box = (id: string, device: typeof one.device, column: number) => ({
    id,
    title: device?.name ?? 'Another device',
    text: device ? `${device.speeds.join(', ')} Gbit/s` : 'not in the rule base',
    column,
    row: 0,
  });
  const edge = (from: string, to: string, { answer, speed }: Link) => ({
    from,
    to,
    label: speed === null ? words[answer] : `${words[answer]}: ${speed} Gbit/s`,
    tone: tones[answer],
    dashed: answer !== 'yes',
  });
  const [left, right] = path.halves;
  return {
    kind: 'graph',
    id: 'link',
    title: 'Link',
    caption: `${words[path.answer]}. ${path.reason}`,
    nodes: [box('one', one.device, 0), ...(middle ? [box('switch', middle, 1)] : []), box('other', other.device, middle ? 2 : 1)],
    edges: left && right ? [edge('one', 'switch', left), edge('switch', 'other', right)] : [edge('one', 'other', path)],
  };
}
