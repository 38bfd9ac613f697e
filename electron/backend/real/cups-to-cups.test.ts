/**
 * Two CUPS, a client and a server: the client's queue runs a filter of the vendor, the server counts pages. They are on one machine, gone to
 * twice: the run enters it for each of them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { format } from '../../../shared/topics/cups-to-cups/page-log.ts';
import { withPassLines } from '../../../shared/topics/cups-to-cups/pass-lines.ts';
import { passwordlessSudo, RealTopic, troublesOf } from './real-topic.test-kit.ts';
import { ScratchMachine, whyNoMachineThatBoots } from './scratch-machine.test-kit.ts';

const packages = ['cups-daemon', 'cups-client', 'cups-core-drivers', 'cups-ipp-utils'];
const why = whyNoMachineThatBoots(packages);
if (why) console.log(`A client of a CUPS server is not tried: ${why}.`);

/** In ISO-8859-1, with the line ends of DOS. Poppler's renderer is set, as there is no ghostscript; and no supplies are asked for by SNMP, which takes seconds. */
const ppd = (filter: string) =>
  Buffer.from(
    `*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "TEST.PPD"
*Manufacturer: "Test"
*Product: "(Test)"
*ModelName: "Test"
*ShortNickName: "Test"
*NickName: "Test PS"
*PSVersion: "(3010.000) 0"
*LanguageLevel: "3"
*ColorDevice: True
*DefaultColorSpace: RGB
*cupsVersion: 1.1
*cupsSNMPSupplies: False
${filter}*OpenUI *PageSize/Media Size: PickOne
*OrderDependency: 10 AnySetup *PageSize
*DefaultPageSize: A4
*PageSize A4/A4: "<</PageSize[595 842]/ImagingBBox null>>setpagedevice"
*PageSize Letter/Letter: "<</PageSize[612 792]/ImagingBBox null>>setpagedevice"
*CloseUI: *PageSize
*OpenUI *PageRegion: PickOne
*OrderDependency: 10 AnySetup *PageRegion
*DefaultPageRegion: A4
*PageRegion A4/A4: "<</PageSize[595 842]/ImagingBBox null>>setpagedevice"
*PageRegion Letter/Letter: "<</PageSize[612 792]/ImagingBBox null>>setpagedevice"
*CloseUI: *PageRegion
*DefaultImageableArea: A4
*ImageableArea A4/A4: "18 18 577 824"
*ImageableArea Letter/Letter: "18 18 594 774"
*DefaultPaperDimension: A4
*PaperDimension A4/A4: "595 842"
*PaperDimension Letter/Letter: "612 792"
*OpenUI *SelectColor/Farbe f\xfcr Gr\xfc\xdfe: PickOne
*OrderDependency: 20 AnySetup *SelectColor
*DefaultSelectColor: Color
*SelectColor Color/Color: "
  <</ProcessColorModel /DeviceRGB>>setpagedevice"
*End
*SelectColor Grayscale/Grau: "<</ProcessColorModel /DeviceGray>>setpagedevice"
*CloseUI: *SelectColor
*DefaultFont: Courier
*Font Courier: Standard "(002.004S)" Standard ROM
`.replaceAll('\n', '\r\n'),
    'latin1',
  );
const conf = (listen: string, pageLog: string) =>
  `LogLevel debug\nListen ${listen}\nWebInterface No\nBrowsing No\n${pageLog}\n<Location />\nOrder allow,deny\nAllow all\n</Location>\n<Policy default>\n<Limit All>\nOrder deny,allow\n</Limit>\n</Policy>\n`;
const serverConf = '/srv/server/cupsd.conf';
const log = '/srv/server/log/page_log';
const setUp = `${passwordlessSudo}
groupadd -r lpadmin
mkdir -p /srv/server/ppd /srv/server/spool/tmp /srv/server/log /srv/server/cache /srv/server/state /srv/out /var/spool/cups/tmp /var/log/cups /var/cache/cups /etc/cups/ppd
cat >/usr/lib/cups/filter/vendorfilter <<'END'
#!/bin/sh
echo "$PRINTER" >>/srv/out/filtered
cat \${6:+"$6"}
END
chmod 755 /usr/lib/cups/filter/vendorfilter
: >/srv/out/filtered
chmod 777 /srv/out /srv/out/filtered
chgrp lp /var/spool/cups /srv/server/spool /var/spool/cups/tmp /srv/server/spool/tmp
chmod 710 /var/spool/cups /srv/server/spool
chmod 1770 /var/spool/cups/tmp /srv/server/spool/tmp
printf '%s\\n' 'ServerRoot /srv/server' 'RequestRoot /srv/server/spool' 'TempDir /srv/server/spool/tmp' 'CacheDir /srv/server/cache' 'StateDir /srv/server/state' \\
  'ErrorLog /srv/server/log/error_log' 'AccessLog /srv/server/log/access_log' 'PageLog ${log}' 'FileDevice Yes' 'SystemGroup root lpadmin' >/srv/server/cups-files.conf
printf '%s' '${conf('127.0.0.1:6310', '')}' >${serverConf}
printf '%s' '${conf('/run/cups/cups.sock', '')}' >/etc/cups/cupsd.conf
unit() { printf '[Service]\\nRuntimeDirectory=cups\\nRuntimeDirectoryPreserve=yes\\nExecStart=/usr/sbin/cupsd -f %s\\nExecStartPost=/bin/sh -c "until lpstat -h %s -r | grep -q is.running; do sleep 0.1; done"\\n' "$3" "$2" >"/etc/systemd/system/$1.service"; }
unit cups /run/cups/cups.sock ''
unit cups-server 127.0.0.1:6310 '-c ${serverConf} -s /srv/server/cups-files.conf'
`;

describe.skipIf(why)('a client of a CUPS server', () => {
  let machine: ScratchMachine;
  let topic: RealTopic;
  const server = '-h 127.0.0.1:6310';
  beforeAll(async () => {
    machine = await ScratchMachine.start(setUp, [], { packages, boot: { units: ['cups.service', 'cups-server.service'] } });
    machine.know();
    writeFileSync(`${machine.root}/srv/server.ppd`, ppd(''));
    machine.asRoot(
      `lpadmin ${server} -p hp-floor2 -E -v file:///srv/out/paper -P /srv/server.ppd -o pdftops-renderer-default=pdftops -o printer-is-shared=true 2>&1`,
    );
  }, 600_000);
  afterAll(() => machine?.stop());
  afterEach(() => topic?.end());

  /** The state in which people meet it: a client's queue with this filter. */
  const meet = (filter: string, pageLog = `PageLogFormat ${format} %{SelectColor}`) => {
    writeFileSync(`${machine.root}/srv/client.ppd`, ppd(filter));
    writeFileSync(`${machine.root}${serverConf}`, conf('127.0.0.1:6310', pageLog));
    machine.asRoot(`systemctl restart cups-server.service
lpadmin -p hp -E -v ipp://127.0.0.1:6310/printers/hp-floor2 -P /srv/client.ppd -o pdftops-renderer-default=pdftops 2>&1`);
  };
  const begin = (more: Record<string, string> = {}) => {
    topic = new RealTopic(
      machine,
      'cups-to-cups',
      { queue: 'hp', pages: '6', conf: serverConf, log, unit: 'cups-server.service', ...more },
      { server: { kind: 'ssh', host: 'machine' } },
    );
  };
  /** What the server logs of a document of six pages, and who ran the filter of the vendor. */
  const print = (options = '') => {
    machine.asRoot(`: >/srv/out/filtered
${pages()} | lp -d hp -t 'six pages, two of them [old]' ${options} -
tries=0
while [ -n "$(lpstat -o; lpstat ${server} -o)" ] && [ $tries -lt 300 ]; do sleep 0.1; tries=$((tries + 1)); done`);
    const [, page, rest] = /\] (total \d+) - localhost six pages, two of them \[old\] (.*)$/.exec(machine.asRoot(`tail -n 1 ${log}`).trim()) ?? [];
    return [page, rest, machine.asRoot('cat /srv/out/filtered').trim()];
  };
  const pages = () =>
    `printf '%%PDF-1.4\\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\\n2 0 obj <</Type/Pages/Count 6/Kids[3 0 R 3 0 R 3 0 R 3 0 R 3 0 R 3 0 R]>> endobj\\n3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>> endobj\\ntrailer <</Root 1 0 R>>\\n'`;
  const livePpd = () => readFileSync(`${machine.root}/etc/cups/ppd/hp.ppd`);
  const vendor = '*cupsFilter: "application/vnd.cups-postscript 0 vendorfilter"\r\n'.replace('\r', '');

  it('has its pages and options logged after the run, and not before it and once that was undone', { timeout: 600_000 }, async () => {
    meet(vendor);
    expect(print('-o sides=one-sided -o SelectColor=Color')).toEqual(['total 0', '- - -', 'hp']);
    const jobs = 100_000;
    machine.asRoot(`awk 'BEGIN { for (job = 1000; job < ${1000 + jobs}; job++)
  printf "hp-floor2 Jane %d Doe %d [28/Nov/2026:10:11:12 +0100] total %d - 192.0.2.7 a report [of %d] total 9 - - -\\n", job % 9, job, job % 4 == 0 ? 3 : job % 2, job }' >>${log}`);
    begin();
    const before = livePpd();
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
    const done = await topic.run();
    expect(done.says, troublesOf(done)).toBe('Done and verified.');
    expect(topic.runs.shown).toContain(`jobs=${jobs + 1} counted=${jobs / 4} uncounted=${(jobs * 3) / 4 + 1} unread=0`);
    const [head = '', tail = ''] = before.toString('latin1').split(vendor.replace('\n', '\r\n'));
    const types = ['application/pdf', 'image/*', 'application/postscript', 'application/vnd.cups-postscript', 'application/vnd.cups-command'];
    expect(livePpd().toString('latin1')).toBe(
      `${head}*% ${vendor.replace('\n', '\r\n')}${types.map((type) => `*cupsFilter: "${type} 0 -"\r\n`).join('')}${tail}`,
    );
    expect(machine.asRoot('cupstestppd /etc/cups/ppd/hp.ppd')).toContain('PASS');
    // Options are logged that the client sets, even if they equal the default; defaults are not.
    expect(print('-o sides=one-sided -o SelectColor=Color')).toEqual(['total 6', '- one-sided Color', '']);
    expect(print()).toEqual(['total 6', '- - -', '']);
    expect(await topic.look()).toMatchObject({ verdict: 'already-fixed' });
    const undone = await topic.undo(done);
    expect(undone.says, troublesOf(undone)).toContain('Print a test job');
    expect(livePpd().equals(before)).toBe(true);
    expect(machine.asRoot('ls /var/lib/wrenchbook/cups-to-cups 2>&1 || :')).toContain('No such file');
    expect(print('-o sides=one-sided')).toEqual(['total 0', '- - -', 'hp']);
  });

  it('is found out by the page log, which the run has switched on, when its PPD was left as it is', { timeout: 600_000 }, async () => {
    meet(vendor, 'PageLogFormat');
    begin();
    const state = await topic.run({ without: ['pass'] });
    const rules = state.steps.find(({ id }) => id === state.current)?.verdicts.map(({ rule }) => rule);
    expect([state.status, state.current, rules], troublesOf(state)).toEqual(['failed', 'logged', expect.arrayContaining(['not-counted'])]);
    expect(machine.asRoot(`grep PageLogFormat ${serverConf}`).trim()).toBe(`PageLogFormat ${format}`);
    await topic.undo(state);
    expect(machine.asRoot(`grep PageLogFormat ${serverConf}`).trim()).toBe('PageLogFormat');
  });

  it('with cupsFilter2 in its PPD has lines of that kind, and is counted as well', { timeout: 600_000 }, () => {
    const second = `${vendor}*cupsFilter2: "application/vnd.cups-postscript application/vnd.cups-postscript 0 vendorfilter"\n`;
    meet(second);
    expect(print()).toEqual(['total 0', '- - -', 'hp']);
    writeFileSync(`${machine.root}/srv/client.ppd`, Buffer.from(String(withPassLines(ppd(second).toString('latin1'))), 'latin1'));
    machine.asRoot('lpadmin -p hp -P /srv/client.ppd 2>&1');
    expect(print('-o sides=one-sided')).toEqual(['total 6', '- one-sided -', '']);
  });

  it('is counted as an IPP Everywhere queue, and has its PPD again once that was undone', { timeout: 600_000 }, async () => {
    meet(vendor);
    const before = livePpd();
    begin({ way: 'everywhere' });
    const state = await topic.run();
    expect(state.says, troublesOf(state)).toBe('Done and verified.');
    expect(print('-o sides=one-sided')).toEqual(['total 6', expect.stringContaining('one-sided'), '']);
    await topic.undo(state);
    expect(livePpd().equals(before)).toBe(true);
  });

  it('is left alone where the server has no driver, or does not answer', { timeout: 600_000 }, async () => {
    meet(vendor);
    machine.asRoot(`lpadmin ${server} -p raw -E -v file:///srv/out/paper -m raw -o printer-is-shared=true 2>&1`);
    for (const [uri, rule] of [
      ['ipp://127.0.0.1:6310/printers/raw', 'no-driver'],
      ['ipp://127.0.0.1:6399/printers/hp', 'unreachable'],
    ] as const) {
      machine.asRoot(`lpadmin -p hp -v ${uri}`);
      begin();
      const state = await topic.run();
      const rules = state.steps.find(({ id }) => id === state.current)?.verdicts.map((verdict) => verdict.rule);
      expect([state.current, rules], troublesOf(state)).toEqual(['server-queue', [rule]]);
      await topic.end();
    }
  });
});
