/** Hosts by name, volumes that nobody sees, then each mapped to its own host. */
import { escapeRegExp, type Step } from '../../topic-kit/index.ts';
import { arrayLine, arrayStep } from './array-line.ts';
import type { Parameters } from './parameters.ts';
import { parseVolumes } from './volumes.ts';

export const volumeSteps = (values: Parameters): Step[] => {
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
