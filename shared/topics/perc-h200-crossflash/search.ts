/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'h200 9211* 9210* m1015 h310 sas2008 sas2flash sas2flsh crossflash* umflash* lsi perc raid-card raid-controller raid-karte sas-card sas-karte mps0 mpt2sas* | it-mode ir-mode it-firmware hba passthrough flash* umflash* 2tb 4tb 3tb tb-drives 2-tb 3-tb 4-tb zfs truenas unraid freenas it-ir lsi-firmware firmware ir-to convert* storage-slot crossflash* iucrc 804b log_info non-operational pal r710 plain',
    'raid-card raid-controller perc dell | it-mode hba zfs 2-tb 2tb passthrough',
    'sas2flash sas2flsh h200 9211* m1015 crossflash* iucrc pal-exiting | *',
    'drives disks platten hard-drives discos disques | 2tb 2-tb over-2 larger bigger | perc dell raid controller detected seen recognized erkannt',
  ],
  asked: [
    'picked up a used dell h200 and need it in IT mode for truenas',
    'R710 with h200 only sees 2TB of my 4TB drives',
    'sas2flsh: Cannot Flash IT Firmware over IR Firmware!',
    'ibm m1015 to 9211-8i',
    'Invalid PCIe card found in the Internal Storage slot! after flashing',
    'freebsd mps0 firmware mismatch driver 20',
    'raid card to plain hba for zfs',
    'H200 umflashen auf LSI 9211',
    'dell raid controller to HBA mode for ZFS',
    'hard drives over 2 TB not detected by PERC',
    'mpt2sas_cm0: log_info(0x31120303): originator(PL), code(0x12), sub_code(0x0303)',
    'sas2flash refuses LSI firmware on dell card',
    'convert h200 integrated to 9211-8i P20',
    'Failed to initialize PAL. Exiting Program.',
    'flash SAS2008 from IR to IT',
    'carte H200 en mode IT',
  ],
  nearMisses: [
    'RAID controller battery failed',
    'mpt2sas_cm0: port enable: SUCCESS',
    'predictive failure on disk 3 in slot 5',
    'PPD with a filter that passes jobs through',
    'mps0: Firmware: 20.00.07.00, Driver: 21.02.00.00-fbsd',
  ],
};
