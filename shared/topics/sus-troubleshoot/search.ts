/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'software-update-server update-server updates-server swupd* swupdate softwareupdate-server sus sucatalog reposado softwareaktualisierungs* apple-software-update | sync* log error* catalog* mirror* enable* enabling security-violation missing* corrupt* updates clients path file-download download* not-enabled disk product lädt kopier* folder mac os-x snow-leopard lion apple stuck',
    'swupd* sucatalog | *',
    'security-violation | product url',
    'missing-version-string no-longer-available | product',
    'swscan.apple.com swupd_syncd swcdn* | *',
    'server hosts serves | updates update-list | mac macs mountain-lion snow-leopard lion',
    'mirror mirrors mirrored | updates | lion snow-leopard mac server incomplet*',
  ],
  asked: [
    'Product file URL contains possible security violation',
    'apple software update server does not sync',
    'enable all updates in SUS at once',
    'swupd_syncd_log full of errors',
    'Missing version string for product 041-1234',
    'snow leopard server mirrors updates for lion incompletely',
    'sucatalog corrupt on our update server',
    'Softwareaktualisierungsserver synchronisiert nicht',
    'clients of our mac update server see no updates',
    'swupd_syncd failed apple',
    'mac server software update sync',
    'Our Mountain Lion server hosts updates for 60 Macs, since a week the list stays empty and nothing gets downloaded',
    'Software Update service in Server.app says last checked never, disk is nearly full of old packages in /var/db/swupd',
    'Clients with CatalogURL http://server:8088/index.sucatalog get an error, the catalogue is missing after the last sync',
    'how do I reset the swupdate service on 10.6 Server and make it fetch all again',
    'Feb 11 03:00:42 xserve swupd_syncd[4410]: Download of http://swscan.apple.com/content/catalogs/others/index-lion-snowleopard-leopard.merged-1.sucatalog.gz failed: HTTP status 403',
    'Apple Softwareaktualisierungsserver lädt keine Updates mehr, swupd Log voller Fehler',
  ],
  nearMisses: ['Windows Update server WSUS does not sync', 'softwareupdated: SoftwareUpdate: Catalog is up to date', 'App Store update hangs'],
};
