/** Whether two Fibre Channel ends link: by rule, by what is plugged in, and by what is known to fail. Nothing is reached. */
import { defineCalculator, inOrder, oneOf } from '../../topic-kit/index.ts';
import { calculate } from './calculate.ts';
import { parameters } from './parameters.ts';
import { search } from './search.ts';

export const topic = defineCalculator({
  id: 'fc-link-planner',
  title: 'Will these Fibre Channel ends link?',
  summary:
    'For any two devices: yes, no, probably or unknown, with the reason and what to do. Speeds, SFPs, cables, topology, and pairs that fail against the rule.',
  category: 'Storage & firmware',
  platforms: ['No target'],
  fixes: [
    'Will this HBA link with this array, directly or through a switch?',
    'Why is there no link with an Xserve RAID, although both ends can do 2 Gbit/s?',
    'How long may the cable be at this speed?',
  ],
  corrections: [
    'Rule: a port of n Gbit/s does its own speed and the two before it, and so does an SFP. Sure. The exception of the source beats it: an Xserve RAID does not link directly with a ThunderLink FC 1082.',
    'The source concludes from forum posts and Apple’s HT1769 that no HBA above 2 Gbit/s links with an Xserve RAID. Known are the ThunderLink and Apple’s 4 Gbit/s card: the answer for these is “no”, for other HBAs “probably not”.',
    'In the copy of the source the link to Apple’s article is lost. It is HT1769.',
    'The table of HBAs and the reaches of cables are fairly sure. Uncertain: the switches except the SANbox 5200, the generations of the Promise SANLink, and whether the Xserve RAID takes 1 Gbit/s. An answer that rests on an uncertain row is “probably”.',
    'A device that is not in the rule base is “unknown”. Nothing is guessed from its name.',
    'Still needed today for old devices only. Today’s arrays and HBAs follow the rule.',
  ],
  sources: ['Notes on an Xserve RAID and an ATTO ThunderLink FC 1082', 'Apple HT1769', 'Makers’ data sheets and FC-PI, as remembered'],
  search,
  symptoms: [
    { pattern: /Status: No Link Established/i, text: 'Fibre Channel: Status: No Link Established' },
    {
      pattern: oneOf(inOrder(/\bXserve RAID\b/i, /\b(?:link|connect|HBA|ThunderLink|SANLink)/i), inOrder(/\b(?:ThunderLink|SANLink)\b/i, /\bXserve RAID\b/i)),
      text: 'ThunderLink and Xserve RAID: no connection',
    },
    { pattern: inOrder(/\bqla2xxx\b/i, /\bCable is unplugged/i), text: 'qla2xxx: Cable is unplugged...' },
    { pattern: /Firmware port auto speed retry/i, text: 'Firmware port auto speed retry' },
    { pattern: inOrder(/\bport_state\b/i, /\bLinkdown\b/i), text: 'fc_host port_state: Linkdown' },
  ],
  alsoCalled: [
    'Fibre Channel speed negotiation 2 4 8 16 Gbit/s compatible HBA SFP switch array',
    'direct attach Fibre Channel no link LED, zoning checklist',
    'QLE2460 QLE2562 SANbox 5200 Brocade 300 Xserve RAID HT1769',
    'Fibre Channel Geschwindigkeit aushandeln, kein Link, HBA und RAID',
    'Fibre Channel vitesse négociée, pas de lien entre HBA et baie',
    'Fibre Channel sin enlace entre HBA y cabina, velocidad',
  ],
  parameters,
  calculate: (set) => calculate(set),
});
