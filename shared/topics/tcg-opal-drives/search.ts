/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'opal tcg sedutil* sed edrive ieee-1667 ieee1667 self-encrypting selbstverschlüsselnd* autochiffrant* hardware-encryption | ssd ssds drive drives disk disks platte* bitlocker support* nvme hdparm sedutil* laptop list which samsung crucial micron seagate encrypt* verschlüssel* opal locking psid',
    'opal sedutil* edrive ieee-1667 ieee1667 | *',
    'bitlocker | hardware-encryption self-encrypting edrive 1667 opal',
    '0x803100b2 hardware-based-encryption | *',
    'drive specified | hardware* encryption',
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
    'opal 2.0 ssd list 2015',
    'bitlocker hardware encryption IEEE 1667',
    'Does the Crucial MX200 or Samsung 850 EVO work as eDrive in Windows 8.1',
    'I need self encrypting drives for notebooks, which Intel Pro 2500 / Micron M600 models have Opal really',
    'how to tell if the SSD built into this ThinkPad is a SED, sedutil scan prints No',
    'manage-bde falls back to software though the SSD data sheet says TCG, what must firmware (UEFI 2.3.1) and drive fulfil',
    'ERROR: An error occurred (code 0x803100b2): The drive specified does not support hardware-based encryption.',
    'Welche SSDs unterstützen Opal 2 und eDrive für BitLocker?',
  ],
  nearMisses: ['BitLocker asks for the recovery key', 'SSD is worn out', 'LUKS passphrase forgotten'],
};
