/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'software-update-server update-server updates-server swupd* swupdate softwareupdate-server sus sucatalog reposado softwareaktualisierungs* apple-software-update | sync* log error* catalog* mirror* enable* enabling security-violation missing* corrupt* updates clients path file-download download* not-enabled disk product lädt kopier* folder mac os-x snow-leopard lion apple stuck',
    'swupd* sucatalog | *',
    'security-violation | product url',
    'missing-version-string no-longer-available | product',
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
  ],
  nearMisses: ['Windows Update server WSUS does not sync', 'softwareupdated: SoftwareUpdate: Catalog is up to date', 'App Store update hangs'],
};
