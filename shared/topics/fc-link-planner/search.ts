/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'fibre-channel fiber-channel fc hba thunderlink sanlink xserve-raid xserve sanbox qle2460 qle2562 qla2xxx sfp brocade | link links linkdown linked speed speeds gbit negotiat* compatible talk connect connected cable unplugged direct* enlace lien verbindung handshake 8g 4g 2g 16g no-link together works-with',
    'xserve-raid thunderlink sanlink | *',
    'qle* lpe* emulex qlogic hba carte-fc fc | array msa tape-library tape baie raid library | 2-gb 4-gb 8-gb 16-gb 2gb 4gb 8gb 16gb autonegotiate talk light see-light login compatible fonctionne optic optique no-light pair',
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
    '16G HBA with 2G storage',
    'fibre channel SFP speed compatibility',
    'Will a QLE2672 talk with an old array that can only do 2 Gb, or do I need a 4/8 optic between',
    'can i put 8 Gbit shortwave transceiver in a 32G Brocade G620 port and connect LTO-5 drive with OM2 cable 80 meters',
    'direct attach tape library to HBA, no light comes up; is the drive loop only and the card point to point only?',
    'No login between Emulex LPe16002 and the 4Gb MSA, both see light. Supposed to autonegotiate, is that pair known bad',
    '  7   7   010700   id    N16   Mod_Inv     FC  (Speed Mismatch / Incompatible SFP)',
    "Est-ce qu'une carte FC 16 Gb/s fonctionne avec une baie 4 Gb/s, quelle optique SFP choisir ?",
    '16G HBA with 4G array compatible?',
    'fibre channel speed negotiation SFP mismatch',
    'can a QLE2460 be connected direct to a 32Gb storage port or is the speed gap too large',
    'what transceiver do I need that an old 2 gig tape library links to a Brocade 6510',
    'will an 8 Gb Emulex speak loop with a G620 switch, my disk shelf is loop only',
    'OM2 cable 120 m, 16Gb SFP both sides, no light — should that ever work?',
    'lpfc 0000:04:00.0: 0:1303 Link Up Event x1 received Data: x1 x0 x4 x0 comes never between LPe32002 and 4Gb MSA1500',
    'Passt ein 32GFC-HBA zu einem alten 4-Gbit-Storage, oder kommt kein Link zustande?',
  ],
  nearMisses: ['fibre internet at home is slow', 'SAN switch licence for more ports', 'qla2xxx: Found an ISP2432 irq 16'],
};
