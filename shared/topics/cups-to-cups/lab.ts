/** The rehearsal: a client whose queue filters documents with the vendor's driver, and a server that counts no pages. */
import type { Lab, LabFile } from '../../topic-kit/index.ts';
import { format } from './page-log.ts';

const ppd = [
  '*PPD-Adobe: "4.3"',
  '*LanguageEncoding: ISOLatin1',
  '*NickName: "Laser 8150 BR-Script"',
  '*cupsVersion: 1.3',
  '*cupsFilter: "application/vnd.cups-postscript 0 rastertobr"',
  '*OpenUI *PageSize/Media Size: PickOne',
  '*DefaultPageSize: A4',
  '*PageSize A4/A4: "<</PageSize[595 842]>>setpagedevice"',
  '*PageSize Letter/Letter: "<</PageSize[612 792]>>setpagedevice"',
  '*CloseUI: *PageSize',
  '*OpenUI *SelectColor/Farbe: PickOne',
  '*DefaultSelectColor: Color',
  '*SelectColor Color/Color: "',
  '  <</ProcessColorModel /DeviceRGB>>setpagedevice"',
  '*End',
  '*SelectColor Grayscale/Grayscale: "<</ProcessColorModel /DeviceGray>>setpagedevice"',
  '*CloseUI: *SelectColor',
  '',
].join('\r\n');
const conf = (pageLog: string) => `LogLevel warn\n${pageLog}\nListen *:631\n<Location />\n  Order allow,deny\n  Allow @LOCAL\n</Location>\n`;
const old = '/Nov/2026:10:11:12 +0100]';

const files = (failure: string | null): LabFile[] => {
  const server = (path: string, content: string): LabFile => ({ machine: 'server', path, content });
  return [
    { path: 'plays', content: `${failure ?? ''}\n` },
    {
      path: 'queue.state',
      content: `uri=${failure === 'own-printer' ? 'socket://192.0.2.9' : 'ipp://print.example.org:631/printers/hp-floor2'}\nenabled=${failure === 'paused' ? 'no' : 'yes'}\ndriver=${failure === 'raw' ? 'no' : 'yes'}\njobs=12\n`,
    },
    { path: 'root/etc/cups/ppd/hp.ppd', content: ppd },
    { path: 'root/var/lib/.keep', content: '' },
    server(
      'root/etc/cups/cupsd.conf',
      conf(failure === 'no-pages' ? 'PageLogFormat %p %u %j %T %C' : failure === 'logs' ? `PageLogFormat ${format}` : 'PageLogFormat'),
    ),
    server('units/cups.service', 'Description=CUPS Scheduler\nActiveState=active\nSubState=running\nUnitFileState=enabled\nResult=success\n'),
    server(
      'root/var/log/cups/page_log',
      `hp-floor2 smith 12 [28${old} total 0 - 192.0.2.7 Quarterly report, draft 2 - -\nhp-floor2 Jane Doe 13 [28${old} total 0 - 192.0.2.8 report - -\n`,
    ),
    server('plays', `${failure ?? ''}\n`),
  ];
};

export const lab: Lab = {
  scenario: 'A client that runs the vendor’s driver before the server does, and a server that logs no pages',
  failures: [
    {
      id: 'own-printer',
      title: 'The queue prints on a printer of its own',
      story: 'It prints past the server. With documents passed on as they are, the printer would print rubbish, so nothing is changed.',
      stopsAt: { step: 'look', rule: 'no-server' },
      wayOut: 'undo',
    },
    {
      id: 'raw',
      title: 'The server’s queue has no driver',
      story: 'The client did all the work until now. Somebody has to give the server’s queue a driver first.',
      stopsAt: { step: 'server-queue', rule: 'no-driver' },
      wayOut: 'remedy',
      inWay: null,
    },
    {
      id: 'no-pages',
      title: 'The page log has no pages',
      story: 'Somebody has set a format of their own, without %P. That is left to a person.',
      stopsAt: { step: 'page-log', rule: 'other-format' },
      wayOut: 'undo',
      inWay: null,
    },
    {
      id: 'paused',
      title: 'The queue is paused',
      story: 'The queue was stopped by an earlier error. The test job does not leave the client.',
      stopsAt: { step: 'job', rule: 'waits' },
      wayOut: 'remedy',
      inWay: null,
    },
    {
      id: 'mute',
      title: 'The server’s driver reports no pages',
      story: 'The job arrives as it was. The vendor’s filter on the server does not say how many pages it has made, so nothing is counted.',
      stopsAt: { step: 'logged', rule: 'not-counted' },
      wayOut: 'undo',
      inWay: null,
    },
  ],
  facts: { uri: 'ipp://print.example.org:631/printers/hp-floor2', host: 'print.example.org:631', remote: 'hp-floor2' },
  ways: { everywhere: { way: 'everywhere' } },
  without: { everywhere: ['server'] },
  files,
  differsOnRepeat: {
    files: ['server/root/var/log/cups/page_log', 'client/queue.state'],
    because: 'A test job is printed and logged each time.',
  },
};
