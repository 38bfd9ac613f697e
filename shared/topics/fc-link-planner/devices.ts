/** The rule base: what each device can negotiate, how sure that is, and who says so. A device that is not in it is unknown. */

export type Sure = 'sure' | 'fairly sure' | 'uncertain';
export interface Device {
  id: string;
  name: string;
  kind: 'array' | 'hba' | 'switch';
  /** Speeds of its port in Gbit/s, rising. */
  speeds: readonly number[];
  sure: Sure;
  source: string;
  /** 10GFC and FCoE are other codings than the rest. */
  coding?: '10gfc';
  note?: string;
}

const dataSheet = 'Maker’s data sheet, as remembered';
const source = 'Notes on an Xserve RAID and a ThunderLink FC 1082';
const qlogic = (id: string, name: string, speeds: readonly number[]): Device => ({
  id,
  name: `QLogic ${name}`,
  kind: 'hba',
  speeds,
  sure: 'fairly sure',
  source: dataSheet,
});
const emulex = (id: string, name: string, speeds: readonly number[]): Device => ({
  id,
  name: `Emulex ${name}`,
  kind: 'hba',
  speeds,
  sure: 'fairly sure',
  source: dataSheet,
});
const hba = (id: string, name: string, speeds: readonly number[], sure: Sure, from = dataSheet): Device => ({
  id,
  name,
  kind: 'hba',
  speeds,
  sure,
  source: from,
});
const fcSwitch = (id: string, name: string, speeds: readonly number[], more: Partial<Device> = {}): Device => ({
  id,
  name,
  kind: 'switch',
  speeds,
  sure: 'uncertain',
  source: dataSheet,
  ...more,
});

export const devices: readonly Device[] = [
  { id: 'xserve-raid', name: 'Apple Xserve RAID', kind: 'array', speeds: [1, 2], sure: 'fairly sure', source, note: 'That it takes 1 Gbit/s is uncertain.' },
  { id: 'p2000-g3', name: 'HP P2000 G3 FC', kind: 'array', speeds: [2, 4, 8], sure: 'fairly sure', source: dataSheet },
  { id: 'msa2000-g2', name: 'HP MSA2000 G2 FC', kind: 'array', speeds: [2, 4], sure: 'fairly sure', source: dataSheet },
  hba('apple-2g', 'Apple Fibre Channel PCI-X/PCI Express card, 2 Gbit/s', [1, 2], 'sure', source),
  hba('apple-4g', 'Apple Fibre Channel PCI Express card, 4 Gbit/s', [1, 2, 4], 'fairly sure', 'Apple HT1769'),
  hba('thunderlink-1082', 'ATTO ThunderLink FC 1082', [2, 4, 8], 'sure', source),
  hba('sanlink', 'Promise SANLink (the first)', [1, 2, 4], 'uncertain'),
  hba('sanlink2', 'Promise SANLink2', [2, 4, 8], 'uncertain'),
  qlogic('qle2460', 'QLE2460, QLE2462', [1, 2, 4]),
  qlogic('qle2560', 'QLE2560, QLE2562', [2, 4, 8]),
  qlogic('qle2670', 'QLE2670, QLE2672', [4, 8, 16]),
  qlogic('qle2690', 'QLE2690, QLE2692', [4, 8, 16]),
  qlogic('qle2740', 'QLE2740, QLE2742', [8, 16, 32]),
  emulex('lpe11000', 'LPe11000', [1, 2, 4]),
  emulex('lpe12000', 'LPe12000', [2, 4, 8]),
  emulex('lpe16000', 'LPe16000', [4, 8, 16]),
  fcSwitch('sanbox-5200', 'QLogic SANbox 5200', [1, 2], { sure: 'sure', source, note: 'Its four 10 Gbit/s ports are for other switches.' }),
  fcSwitch('sanbox-5200-10g', 'QLogic SANbox 5200, a 10 Gbit/s port', [10], { coding: '10gfc', sure: 'fairly sure' }),
  fcSwitch('sanbox-5600', 'QLogic SANbox 5600', [1, 2, 4]),
  fcSwitch('brocade-200e', 'Brocade 200E', [1, 2, 4]),
  fcSwitch('brocade-300', 'Brocade 300', [1, 2, 4, 8], { note: '1 Gbit/s only with a 4 Gbit/s SFP.' }),
  fcSwitch('brocade-6505', 'Brocade 6505', [2, 4, 8, 16], { note: '2 Gbit/s only with an 8 Gbit/s SFP.' }),
];

/** What holds against the rule, for devices that are joined without a switch. */
export interface Exception {
  array: string;
  /** HBAs that are faster than this, in Gbit/s. */
  above: number;
  /** Of these it is known; of others it is only likely. */
  known: readonly string[];
  because: string;
  source: string;
}
export const exceptions: readonly Exception[] = [
  {
    array: 'xserve-raid',
    above: 2,
    known: ['thunderlink-1082', 'apple-4g'],
    because: 'An Xserve RAID does not link directly with an HBA that can do more than 2 Gbit/s, although both can do 2.',
    source: `${source}; Apple HT1769`,
  },
];

export const longWaveMetres = 10_000;
/** Copper: uncertain between 5 and 10 m, and from 8 Gbit/s there is none. */
export const copper = { fastest: 4, sureMetres: 5, mostMetres: 10 };
