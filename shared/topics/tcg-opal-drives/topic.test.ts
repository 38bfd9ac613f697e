import { describe, expect, it } from 'vitest';
import { answersIn, readProtocols, readQuery, readScan, readTrusted } from './answers.ts';
import { drives, filtered, listedAs, tableLines } from './drive-table.ts';
import { parameters } from './parameters.ts';
import { probe } from './probe.ts';

// Lines of real drives, as published: issue 304 of Drive-Trust-Alliance/sedutil (850 EVO), 503 (KIOXIA KXG8), 364 (970 EVO Plus), 478 and 227 (no Opal), 206 (960 PRO).
const query850 = `/dev/sdb ATA Samsung SSD 850 EVO 500GB                EMT02B6Q -
TPer function (0x0001)
    ACKNAK = N, ASYNC = N. BufferManagement = N, comIDManagement  = N, Streaming = Y, SYNC = Y
Locking function (0x0002)
    Locked = Y, LockingEnabled = Y, LockingSupported = Y, MBRDone = N, MBREnabled = Y, MediaEncrypt = Y
Opal V1.0 function (0x0200)
Base comID = 0x1004, comIDs = 1
OPAL 2.0 function (0x0203)
    Base comID = 0x1004, Initial PIN = 0x0\\00, Reverted PIN = 0x0\\00, comIDs = 1
`;
const query970 = `TPer function (0x0001)
Locking function (0x0002)
    Locked = N, LockingEnabled = N, LockingSupported = Y, MBRDone = N, MBREnabled = N, MBRAbsent = N, MediaEncrypt = Y
OPAL 2.0 function (0x0203)
Block SID Authentication function (0x0402)
`;
const protocols960 = `NVME Security Receive Command Success:0
       0  1  2  3  4  5  6  7  8  9  a  b  c  d  e  f
0000: 00 00 00 00 00 00 00 04 00 01 02 ef 00 00 00 00 "................"
`;
const scan = `Scanning for Opal compliant disks
/dev/nvme0  2  Samsung SSD 960 PRO 512GB                4B6QCXP7
/dev/sda   12  Samsung SSD 850 EVO 1TB                  EMT02B6Q
/dev/sdb   No   
/dev/sdd No  Kingston SHPM2280P2H/240G              OC34L5TA
/dev/da10    E WDC     WUSTR1519ASS201  B925
No more disks present ending scan
`;
const words = (word48: string) =>
  `\n/dev/sda:\n${Array.from({ length: 32 }, (_, line) => Array.from({ length: 8 }, (__, at) => (line * 8 + at === 48 ? word48 : '0040')).join(' ')).join('\n')}\n`;
const ata = (word48 = '4001') => `== hdparm sda\n\n/dev/sda:\n\nATA device, with non-removable media\n== words sda\n${words(word48)}`;

describe('outputs of real drives', () => {
  it('are read: --query', () => {
    expect(readQuery(query850)).toEqual({ opal1: true, opal2: true, enterprise: false, locking: { locked: true, enabled: true } });
    expect(readQuery(query970)).toMatchObject({ opal1: false, opal2: true, locking: { locked: false, enabled: false } });
    for (const none of ['Invalid or unsupported disk /dev/sda', 'NVME Security Command Error:8194', '', 'sh: 1: sedutil-cli: not found'])
      expect(readQuery(none)).toBeNull();
  });
  it('are read: --scan', () =>
    expect([...readScan(scan)]).toEqual([
      ['nvme0', '2'],
      ['sda', '12'],
      ['sdb', ''],
      ['sdd', ''],
      ['da10', 'E'],
    ]));
  it.each([
    [protocols960, [0, 1, 2, 0xef]],
    ['0000: 00 00 00 00 00 00 00 05 00 01 02 ee ef 00 00 00 "................"', [0, 1, 2, 0xee, 0xef]],
    ['0000: 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 "................"', null],
    ['0000: 00 00 00 00 00 00 00 40 00 01 ', null],
    ['NVMe status: INVALID_FIELD', null],
    ['', null],
  ])('are read: the list of protocols in %j', (text, wanted) => expect(readProtocols(text)).toEqual(wanted));
  it.each([
    ['4001', true],
    ['4000', false],
    ['0000', null],
    ['0001', null],
    ['ffff', null],
  ])('are read: word 48 = %s', (word, wanted) => expect(readTrusted(words(word))).toBe(wanted));
  it('are not read where they are cut off', () => expect(readTrusted(words('4001').slice(0, 300))).toBeNull());
});

describe('a drive', () => {
  const one = (text: string, more = 'tool.sedutil-cli=yes\nallow_tpm=1\n') =>
    answersIn(`${more}== drive ${text.includes('sda') ? 'sda' : 'nvme0n1'}\n${text}\n== end all`)[0];
  it.each([
    ['Opal 2.0', `${ata()}== sedutil sda\n${query850}`, '2.0'],
    ['word 48 without it', ata('4000'), 'no'],
    [
      'sedutil that says no',
      `${ata()}== sedutil sda\nInvalid or unsupported disk /dev/sda\n== scan all\n/dev/sda No  INTEL SSDSC2BW480A3L                     LF1i`,
      'no',
    ],
    ['no scan', `${ata()}== sedutil sda\n`, 'unknown'],
    ['nothing at all', '== hdparm sda\n\n/dev/sda:\n', 'unknown'],
    ['a USB bridge', '== smartctl sda\n/dev/sda: Unknown USB bridge [0x174c:0x55aa (0x100)]\n== hdparm sda\n\n/dev/sda:\n', 'unknown'],
    ['an NVMe list', `== protocols nvme0n1\n${protocols960}`, 'yes'],
    ['an NVMe list without TCG', '== protocols nvme0n1\n0000: 00 00 00 00 00 00 00 01 00 00 ', 'no'],
    ['NVMe without security', '== nvme nvme0n1\n  [0:0] : 0\tSecurity Send and Receive Not Supported', 'no'],
    ['NVMe that may not be asked', '== nvme nvme0n1\nopen: Permission denied', 'unknown'],
  ])('with %s', (_, text, opal) => expect(one(text)).toMatchObject({ opal }));
  it('that the kernel keeps back is unknown, and never no', () =>
    expect(
      one(`${ata()}== sedutil sda\nInvalid or unsupported disk /dev/sda\n== scan all\n/dev/sda No  X 1`, 'tool.sedutil-cli=yes\nallow_tpm=0\n'),
    ).toMatchObject({
      opal: 'unknown',
      because: expect.stringContaining('allow_tpm'),
    }));
  it('has IEEE-1667 where its list has EEh, and of SATA it is unknown', () => {
    expect(one(`== protocols nvme0n1\n${protocols960}`)).toMatchObject({ ieee1667: 'no' });
    expect(one('== protocols nvme0n1\n0000: 00 00 00 00 00 00 00 03 00 01 ee ')).toMatchObject({ ieee1667: 'yes' });
    expect(one(`${ata()}== sedutil sda\n${query850}`)).toMatchObject({ ieee1667: 'unknown' });
  });
});

describe('what nvme and smartctl print of real drives', () => {
  // Their shape as published: nvme-cli 2.x with tabs in issue 6190 of raspberrypi/linux, with blanks in issue 25 of thopiekar/rcraid-dkms, indented in pull
  // request 4049 of linux-nvme/nvme-cli; smartctl 7.4 in issues 214 and 258 of smartmontools/smartmontools; of a SAS drive in pull request 3 of natankeddem/hush.
  const oacs = (security: string, gap: string, indent = '  ') =>
    `NVME Identify Controller:
vid       : 0x144d
sn        : S5P2NS0X000000H     
mn        : Samsung SSD 980 PRO 1TB                 
fr        : 5B2QGXA7
oacs      : 0x17
${indent}[10:10] : 0${gap}Lockdown Command and Feature Not Supported
${indent}[6:6] : 0${gap}NVMe-MI Send and Receive Not Supported
${indent}[1:1] : 0x1${gap}Format NVM Supported
${indent}[0:0] : ${security.startsWith('Not') ? '0' : '0x1'}${gap}Security Send and Receive ${security}
`;
  const nvme = (text: string) => answersIn(`tool.nvme=yes\n== drive nvme0n1\n== nvme nvme0n1\n${text}== end all`)[0];
  it.each(['\t', '     ', '   '])('security commands, with %j between value and words', (gap) => {
    for (const indent of ['', '  ', '    ']) {
      expect(nvme(oacs('Not Supported', gap, indent))).toMatchObject({ opal: 'no', model: 'Samsung SSD 980 PRO 1TB' });
      // That it takes them says nothing of Opal.
      expect(nvme(oacs('Supported', gap, indent))).toMatchObject({ opal: 'unknown', model: 'Samsung SSD 980 PRO 1TB' });
    }
  });
  const head = 'smartctl 7.4 2023-08-01 r5530 [x86_64-linux-6.2.0-34-generic] (local build)\n\n=== START OF INFORMATION SECTION ===\n';
  it.each([
    ['Model Family:     Silicon Motion based SSDs\nDevice Model:     TS256GSSD230S\nSerial Number:    F800000000\n', 'TS256GSSD230S'],
    ['Device Model:     WDC  WUH722424ALE6L4\nFirmware Version: LVGNWF10\nATA Security is:  Disabled, frozen [SEC2]\n', 'WDC  WUH722424ALE6L4'],
    ['Vendor:               SEAGATE\nProduct:              ST10000NM0226\nRevision:             KTB5\nTransport protocol:   SAS (SPL-4)\n', 'ST10000NM0226'],
    ['Model Number:                       KINGSTON SNV2S1000G\nFirmware Version:                   SBM02103\n', 'KINGSTON SNV2S1000G'],
  ])('the model in %j', (text, model) =>
    expect(answersIn(`== drive sda\n== smartctl sda\n${head}${text}== end all`)[0]).toMatchObject({ model, opal: 'unknown' }),
  );
});

describe('the check', () => {
  const look = (output: string) => probe.judge({ output, exitStatus: 0 }, parameters.parse({}));
  it.each([
    ['unknown', ''],
    ['unknown', 'allow_tpm=0\n== drive sda\n'],
    ['not-affected', 'allow_tpm=none\nasked=yes'],
    ['not-affected', '== drive loop0\n== hdparm loop0\n\n/dev/loop0:\n== end all\nasked=yes'],
    ['affected', `allow_tpm=0\ntool.sedutil-cli=yes\n== drive sda\n${ata()}== end all\nasked=yes`],
    ['unknown', `allow_tpm=1\ntool.sedutil-cli=none\n== drive nvme0n1\n== end all\nasked=yes`],
    ['already-fixed', `allow_tpm=1\ntool.sedutil-cli=yes\n== drive sda\n${ata()}== sedutil sda\n${query850}== end all\nasked=yes`],
  ])('says %s of %j', (verdict, output) => expect(look(output).verdict).toBe(verdict));
  it('names what the table has of a drive', () =>
    expect(
      look(`allow_tpm=1\n== drive sda\n== smartctl sda\nDevice Model:     Samsung SSD 850 EVO 500GB\n${ata()}== sedutil sda\n${query850}== end all\nasked=yes`)
        .findings[0]?.means,
    ).toContain('The table of 2014-12'));
});

describe('the table', () => {
  const all = { text: '', support: 'all', from: '', to: '', promised: true } as const;
  it('has each drive once, with a month, in their order', () => {
    expect(new Set(drives.map(({ drive }) => drive)).size).toBe(drives.length);
    const months = drives.map(({ when }) => when);
    expect(months).toEqual([...months].sort());
    for (const when of months) expect(when).toMatch(/^201[3-6]-(?:0[1-9]|1[0-2])$/);
    expect(filtered(all)).toHaveLength(drives.length);
  });
  it.each([
    [{ text: 'crucial mx' }, ['Crucial MX100', 'Crucial MX200', 'Crucial MX300']],
    [{ support: 'none' }, ['Samsung SSD 830', 'Micron C400, Crucial m4', 'Crucial BX100']],
    [{ from: '2016-02' }, ['Samsung SSD 750 EVO', 'Crucial MX300', 'Micron 1100']],
    [{ from: '2015-01', to: '2015-12', promised: false }, ['Crucial MX200', 'Crucial BX100']],
    [{ support: 'edrive', text: 'intel' }, ['Intel SSD Pro 2500']],
    [{ text: 'no such drive' }, []],
  ] as const)('filtered by %j', (more, wanted) => expect(filtered({ ...all, ...more }).map(({ drive }) => drive)).toEqual(wanted));
  it.each([
    ['Samsung SSD 850 EVO 500GB', 'Samsung SSD 850 EVO'],
    ['Crucial_CT250MX200SSD1', 'Crucial MX200'],
    ['Samsung SSD 850 PRO 512GB', 'Samsung SSD 850 Pro'],
    ['Samsung SSD 860 EVO 250GB', undefined],
    ['', undefined],
  ])('knows the model %j as %s', (model, drive) => expect(listedAs(model)?.drive).toBe(drive));
  it('is in columns, and has one line where nothing fits', () => {
    const lines = tableLines(drives);
    expect(lines).toHaveLength(drives.length + 1);
    expect(new Set(lines.map((line) => line.slice(0, 80).search(/201\d|Entry/))).size).toBe(1);
    expect(tableLines([])).toHaveLength(1);
  });
});

it.each(['sda; rm', '$(id)', 'SDA', '../x', '-v', 'sda\nsdb', `sd${'a'.repeat(220)}`])('the drives %j are not taken', (names) =>
  expect(parameters.safeParse({ drives: names }).success).toBe(false),
);
it('the drives may have /dev in front of them', () => expect(parameters.parse({ drives: '/dev/sda  nvme0n1' }).drives).toBe('sda  nvme0n1'));
it.each(['2014', '2014-13', '14-06', 'x'])('the month %j is not taken', (from) => expect(parameters.safeParse({ from }).success).toBe(false));
