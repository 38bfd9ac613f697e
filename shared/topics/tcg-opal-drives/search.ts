/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'opal tcg sedutil* sed edrive ieee-1667 ieee1667 self-encrypting selbstverschlüsselnd* autochiffrant* hardware-encryption | ssd ssds drive drives disk disks platte* bitlocker support* nvme hdparm sedutil* laptop list which samsung crucial micron seagate encrypt* verschlüssel* opal locking psid',
    'opal sedutil* edrive ieee-1667 ieee1667 | *',
    'bitlocker | hardware-encryption self-encrypting edrive 1667 opal',
  ],
  asked: [
    'which SSDs support TCG Opal 2.0',
    'does my laptop disk do hardware encryption for BitLocker',
    'eDrive IEEE 1667 Samsung 850',
    'sedutil-cli --scan shows No',
    'list of self encrypting drives',
    'Crucial M500 or MX100 with Opal',
    'how can I see whether a drive is SED under Linux',
    'selbstverschlüsselnde SSD für BitLocker',
    'Opal locking enabled on nvme',
  ],
  nearMisses: ['BitLocker asks for the recovery key', 'SSD is worn out', 'LUKS passphrase forgotten'],
};
