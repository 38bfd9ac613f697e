/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'ipv6 inet6 eui-64 eui64 slaac | mac macos os-x sierra macbook mac-mini high-sierra imac mojave catalina apple | secured random* changed chang* unpredictable stable predictable fixed eui-64 eui64 mac-address opmode cga zufällig* aléatoire aleatoria different privacy dns aaaa address* adresse dirección',
    'secured | ipv6 inet6 autoconf',
    'opmode | ipv6 inet6 send',
    'mac macos mac-mini imac macbook | v6 ipv6 cga | predictable cga host-part stable secured random',
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
    'macos disable secured ipv6 address',
    'sysctl net.inet6.send.opmode',
    'How get I EUI-64 back on Sierra, our firewall rules are by the MAC derived v6 address',
    "ifconfig en0 prints autoconf secured and the interface id isn't from the hardware any more, DNS AAAA of my Mac is wrong now",
    'Mac mini server on Monterey should have a predictable v6 host part, CGA is used though, can i turn it off for good',
    'After upgrading to High Sierra the IPv6 host part has no ff:fe in the middle anymore and the AAAA record is stale',
    'inet6 fe80::1c4e:9a2b:77d0:e3f1%en0 prefixlen 64 secured scopeid 0x5',
    'macOS: adresse IPv6 "secured" désactiver, revenir à l\'adresse basée sur la MAC',
  ],
  nearMisses: ['IPv6 privacy extensions on Windows', 'turn off IPv6 on a Mac', 'en0: inet6 fe80::1 prefixlen 64 scopeid 0x4'],
};
