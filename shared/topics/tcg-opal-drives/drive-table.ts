/** The source's drives, each with the month in which it was written down. An entry proves nothing about today's firmware. */

export type Claim = 'on the market' | 'announced' | 'promised' | 'listed by Wave' | 'some models';
export interface ListedDrive {
  drive: string;
  opal: 'yes' | '2.0' | 'no';
  ieee1667: 'yes' | 'no' | '';
  /** Year and month of the entry. */
  when: string;
  claim: Claim;
  note?: string;
  /** In what a drive says of its model. */
  model?: RegExp;
}

const first = '2013-09';
const row = (
  drive: string,
  when: string,
  opal: ListedDrive['opal'],
  ieee1667: ListedDrive['ieee1667'],
  claim: Claim,
  model?: RegExp,
  note?: string,
): ListedDrive => ({
  drive,
  when,
  opal,
  ieee1667,
  claim,
  ...(model && { model }),
  ...(note !== undefined && { note }),
});
const cve = 'CVE-2018-12037: could be opened without the password';

export const drives: readonly ListedDrive[] = [
  row('Seagate Momentus FDE', first, 'yes', '', 'on the market', undefined, 'Spinning; probably the first'),
  row('Toshiba, Hitachi disks', first, 'yes', '', 'some models', undefined, 'Spinning'),
  row('Samsung PM830', first, 'yes', '', 'on the market', /\bPM830\b/, 'Sold to makers of computers only'),
  row('Samsung SSD 830', first, 'no', '', 'on the market', /SSD 830\b/),
  row('Micron C400 SED', first, 'yes', '', 'on the market', undefined, 'Sold to makers of computers only'),
  row('Micron C400, Crucial m4', first, 'no', '', 'on the market', /\bM4-CT|\bC400\b/),
  row('Crucial M500, Micron M500', first, '2.0', 'yes', 'on the market', /\bM500\b|_M500/, 'The first for everybody'),
  row('Intel SSD Pro 1500', first, 'yes', 'no', 'announced', /\bSSDSC[12]BF\w+A4/, 'IEEE-1667 “apparently not”'),
  row('Samsung SSD 840 EVO', '2013-12', 'yes', '', 'on the market', /SSD 840 EVO/, `${cve}. sedutil says “No” of some.`),
  row('ADATA XPG SX900', '2014-01', 'yes', '', 'listed by Wave', /\bSX900\b/, 'Some models'),
  row('Kingston KC300', '2014-01', 'yes', '', 'listed by Wave', /\bSKC300/, 'Certain part numbers only'),
  row('LiteOn', '2014-01', 'yes', '', 'listed by Wave', undefined, 'Some models'),
  row('Crucial M550', '2014-03', '2.0', 'yes', 'announced', /\bM550\b|_M550/),
  row('ADATA SP920', '2014-03', '2.0', 'yes', 'announced', /\bSP920/),
  row('SanDisk X300s', '2014-05', 'yes', 'yes', 'on the market', /\bX300s/i, 'With a licence of Wave Embassy'),
  row('Crucial MX100', '2014-06', '2.0', 'yes', 'on the market', /MX100/, cve),
  row('ADATA SP610', '2014-06', '2.0', 'no', 'promised', /\bSP610/, 'By a firmware update'),
  row('Samsung SSD 850 Pro', '2014-07', 'yes', 'yes', 'on the market', /SSD 850 PRO/i),
  row('Intel SSD Pro 2500', '2014-07', '2.0', 'yes', 'on the market', /\bSSDSC[12]BF\w+A5/),
  row('Crucial M600, M510', '2014-09', '2.0', 'yes', 'on the market', /\bM600\b|_M600|\bM510\b/),
  row('ADATA SR1010', '2014-10', '2.0', 'yes', 'on the market', /\bSR1010/),
  row('Samsung SSD 850 EVO', '2014-12', '2.0', 'yes', 'on the market', /SSD 850 EVO/, cve),
  row('Crucial MX200', '2015-01', '2.0', 'yes', 'on the market', /MX200/, cve),
  row('Crucial BX100', '2015-01', 'no', 'no', 'on the market', /BX100/, 'No encryption at all'),
  row('Samsung SSD 950 Pro', '2015-10', 'yes', 'yes', 'promised', /SSD 950 PRO/i, 'Samsung’s data sheet later put it on hold'),
  row('SanDisk X400', '2016-01', 'yes', '', 'promised', /\bX400\b/, 'For April 2016'),
  row('Samsung SSD 750 EVO', '2016-02', 'yes', 'yes', 'on the market', /SSD 750 EVO/),
  row('Crucial MX300', '2016-04', '2.0', 'yes', 'on the market', /MX300/, cve),
  row('Micron 1100', '2016-06', '2.0', 'yes', 'announced', /Micron_?1100/i),
];

export interface Filter {
  text: string;
  support: 'all' | 'opal' | 'edrive' | 'none';
  from: string;
  to: string;
  promised: boolean;
}
export const filtered = ({ text, support, from, to, promised }: Filter): ListedDrive[] =>
  drives.filter(
    ({ drive, note = '', when, opal, ieee1667, claim }) =>
      `${drive} ${note}`.toLowerCase().includes(text.trim().toLowerCase()) &&
      (support === 'all' || (support === 'none' ? opal === 'no' : support === 'opal' ? opal !== 'no' : opal !== 'no' && ieee1667 === 'yes')) &&
      (from === '' || when >= from) &&
      (to === '' || when <= to) &&
      (promised || (claim !== 'promised' && claim !== 'announced')),
  );
export const listedAs = (model: string): ListedDrive | null => drives.find((one) => one.model?.test(model)) ?? null;

/** One line a drive, in columns. */
export const tableLines = (rows: readonly ListedDrive[]): string[] => {
  const cells = [
    ['Drive', 'Opal', 'IEEE-1667', 'Entry of', 'Said to be', 'Note'],
    ...rows.map(({ drive, opal, ieee1667, when, claim, note = '' }) => [drive, opal, ieee1667 || '?', when, claim, note]),
  ];
  const wide = [0, 1, 2, 3, 4].map((at) => Math.max(...cells.map((line) => line[at]?.length ?? 0)));
  return cells.map((line) =>
    line
      .map((cell, at) => cell.padEnd(wide[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
};
