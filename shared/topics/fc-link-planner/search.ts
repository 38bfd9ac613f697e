/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'fibre-channel fiber-channel fc hba thunderlink sanlink xserve-raid xserve sanbox qle2460 qle2562 qla2xxx sfp brocade | link links linkdown linked speed speeds gbit negotiat* compatible talk connect connected cable unplugged direct* enlace lien verbindung handshake 8g 4g 2g 16g no-link together works-with',
    'xserve-raid thunderlink sanlink | *',
  ],
  asked: [
    'will a 16 gig HBA talk to my old 2 gig RAID',
    'Xserve RAID gets no link with ThunderLink',
    'no fibre channel link with 8Gb card and 2Gb array',
    'which speeds does a QLE2562 negotiate',
    'are these two FC ports compatible',
    'qla2xxx Cable is unplugged although it is plugged in',
    'SFP 8G in a 2G switch port',
    'Fibre Channel: kein Link zwischen HBA und RAID',
    'Promise SANLink with Xserve RAID direct',
  ],
  nearMisses: ['fibre internet at home is slow', 'SAN switch licence for more ports', 'qla2xxx: Found an ISP2432 irq 16'],
};
