/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'pxe ipxe netboot wimboot winpe network-boot tftp undionly* boot.wim wds dhcp-option-67 proxydhcp wpeinit | windows winpe install* setup menu boot.wim wimboot http chainload* script share guest e53 e55 boot-filename driver load memtest undionly* startet proxydhcp',
    'pxe-e53 pxe-e55 pxe-e51 boot-filename wimboot undionly* | *',
    'install* setup boot* | network netzwerk réseau red over-the-network | windows winpe win',
    'media-driver device-drivers | missing found setup network windows',
    'winpe | share net-use samba guest password map',
  ],
  asked: [
    'netboot windows pe over http with ipxe',
    'menu for PXE installs: windows, debian, memtest',
    'PXE-E53: No boot filename received',
    'A media driver your computer needs is missing when booting setup over the network',
    'net use asks for a password from WinPE, share of samba as guest',
    'wimboot: boot.wim does not load',
    'DHCP option 67 chainload undionly.kpxe',
    'Windows über Netzwerk installieren ohne WDS',
    'boot windows installer from the network',
    'pxe boot menu with ipxe script',
    'undionly.kpxe then http boot of boot.wim',
    'WinPE cannot map the install share, guest access',
    'PXE-E55: ProxyDHCP service did not reply to request on port 4011',
    'setup from network: no device drivers were found',
    'how to install win 10 on a machine without dvd and usb via tftp',
    'iPXE startet Windows-Setup nicht',
    'pxe boot windows 10 setup',
    'ipxe wimboot boot.wim menu',
    'I want to install Windows 11 and Server 2022 from LAN without WDS, only a Linux box with http and samba',
    "WinPE comes up through iPXE but setup.exe can't find the install.wim, where to put net use of the share",
    "How do I offer several Windows ISO's in one netboot menu, UEFI and legacy BIOS machines",
    'startnet.cmd mapping \\\\srv\\install read only as guest fails in WinPE because unauthenticated guest access is blocked',
    'wimboot v2.7.3 -- Windows Imaging Format bootloader -- https://ipxe.org/wimboot ... http://10.0.0.2/win10/sources/boot.wim... Connection timed out (https://ipxe.org/4c0a6092)',
    'Windows-Installation per Netzwerk mit iPXE und Samba-Freigabe',
  ],
  nearMisses: ['PXE boot of thin clients is slow', 'tftp upload of a switch configuration', 'network adapter driver is missing after setup'],
};
