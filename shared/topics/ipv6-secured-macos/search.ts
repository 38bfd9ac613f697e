/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'ipv6 inet6 eui-64 eui64 slaac | mac macos os-x sierra macbook mac-mini high-sierra imac mojave catalina apple | secured random* changed chang* unpredictable stable predictable fixed eui-64 eui64 mac-address opmode cga zufällig* aléatoire aleatoria different privacy dns aaaa address* adresse dirección',
    'secured | ipv6 inet6 autoconf',
    'opmode | ipv6 inet6 send',
  ],
  asked: [
    'mac shows inet6 autoconf secured',
    'since Sierra the IPv6 address of our Mac server is random',
    'want EUI-64 based IPv6 on macOS again',
    'net.inet6.send.opmode in sysctl.conf',
    'predictable IPv6 address for a Mac for DNS',
    'Mac ipv6 address no longer has ff:fe in it',
    'fixed IPv6 address on a Mac server',
    'IPv6-Adresse vom Mac ändert sich, soll aus der MAC-Adresse kommen',
    'cryptographically generated address on macOS off',
  ],
  nearMisses: ['IPv6 privacy extensions on Windows', 'turn off IPv6 on a Mac', 'en0: inet6 fe80::1 prefixlen 64 scopeid 0x4'],
};
