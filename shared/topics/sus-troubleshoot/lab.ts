/** The rehearsal: Snow Leopard Server with Lion updates, whose sync complains. The middle of the names of settings is a stand-in. */
import type { Lab, LabFile } from '../../topic-kit/index.ts';

const place = 'downloads/10/59/11D2515_ServerEssentials/xajda1v3ycqbtv75fiw5hvosaovu9to9hc/ServerEssentials.dst';
export const block = (product: string, url: string, reason = 'file download path cannot be reached / does not exist.') =>
  `*** Product file URL contains possible security violation.\n*** Product ID: "${product}"; file URL: "${url}"\n*** Reason: ${reason}\n*** The suspect product file will not be downloaded.\n`;

const log = (failure: string | null, rebuild: boolean) =>
  [
    'Starting sync with Apple server\n',
    failure === 'other-reason'
      ? block('041-1234', 'http://swcdn.apple.com/content/downloads/01/02/041-1234/abc/Update.pkg', 'file signature does not match.')
      : block(
          '11D2515_ServerEssentials',
          failure === 'strange' ? 'http://swcdn.apple.com/content/downloads/../../etc/x.dst' : `http://swcdn.apple.com/content/${place}`,
        ),
    'Product 061-9999 is no longer available and has no replacement\n',
    ...(rebuild ? ['*** Missing version string for product 041-0001\n'] : []),
  ].join('');

const files = (failure: string | null, { catalog, enable, folders }: Readonly<Record<string, unknown>> = {}): LabFile[] => [
  { path: 'plays', content: `${failure ?? ''}\n` },
  { path: 'sus.state', content: `state=RUNNING\ncorrupt=${catalog === true ? 'yes' : 'no'}\n` },
  { path: 'sus.wanted', content: `11D2515_ServerEssentials ${place}\n` },
  {
    path: 'sus.settings',
    content: `swupdate:autoMirror = yes\nswupdate:autoEnable = no\nswupdate:packages:_array_id:041-0001:enable = yes\nswupdate:packages:_array_id:061-0002:enable = no\nswupdate:packages:_array_id:11D2515_ServerEssentials:enable = no\n`,
  },
  { path: 'root/var/log/swupd/swupd_syncd_log', content: log(failure, catalog === true) },
  { path: 'root/var/db/swupd/html/content/catalogs/index.sucatalog', content: 'old\n' },
  { path: `root/var/db/swupd/html/content/downloads/10/59/.keep`, content: '' },
  ...(failure === 'old-there' ? [{ path: 'root/var/db/swupd/html/content/catalogs.old/index.sucatalog', content: 'older\n' }] : []),
  ...(enable === true && folders !== true ? [{ path: `root/var/db/swupd/html/content/${place}/.keep`, content: '' }] : []),
];

export const lab: Lab = {
  scenario: 'An update server with Snow Leopard Server whose sync refuses files of Lion',
  failures: [
    {
      id: 'other-reason',
      title: 'Refused for another reason',
      story: 'The signature of the file does not match. A folder does not cure that, and none is made.',
      stopsAt: { step: 'look', rule: 'only-other' },
      wayOut: 'undo',
      inWay: [null, 'catalogues too'],
    },
    {
      id: 'strange',
      title: 'An address that leads elsewhere',
      story: 'The log names a file with “..” in its path. No folder is made for it.',
      stopsAt: { step: 'look', rule: 'strange' },
      wayOut: 'undo',
      inWay: [null, 'catalogues too'],
    },
    {
      id: 'as-root',
      title: 'Somebody has synced as root',
      story: 'Files belong to root now, and the service can’t replace them.',
      stopsAt: { step: 'sync', rule: 'owner' },
      wayOut: 'remedy',
      inWay: [null, 'catalogues too'],
    },
    {
      id: 'old-there',
      title: 'There is a catalogs.old already',
      story: 'Of an earlier try. mv would put the new one inside it.',
      stopsAt: { step: 'catalogues', rule: 'old-there' },
      wayOut: 'remedy',
      inWay: 'catalogues too',
    },
    {
      id: 'not-started',
      title: 'The service does not start again',
      story: 'serveradmin ends with status 0, and the service is stopped.',
      stopsAt: { step: 'catalogues', rule: 'running' },
      wayOut: 'remedy',
      inWay: 'catalogues too',
    },
    {
      id: 'not-enabled',
      title: 'serveradmin does not take the list',
      story: 'It ends with status 0 all the time. Updates are still disabled.',
      stopsAt: { step: 'enable', rule: 'none-off' },
      wayOut: 'undo',
      inWay: 'only enable',
    },
  ],
  facts: { gone: '1' },
  ways: { 'catalogues too': { catalog: true }, 'only enable': { enable: true, folders: false } },
  files,
};
