/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'apt apt-get apt-cacher* aptly deb debs debian ubuntu dpkg package* paket* paquet* reprepro index mirror repository repo | size mismatch hash hash-sum stale größe unexpected-size taille tamaño more-data old-deb old-build checksum falsche-größe tamano',
    'apt apt-get apt-cacher* aptly deb debs package* paket* reprepro | proxy cache* cacher squid old same-version rebuilt rebuild republish* | proxy* rebuil* republish* stale old refus* mismatch wrong outdated same-version other veralt*',
    'apt apt-get debian ubuntu mirror squid | truncated length expected erwartet* inesperado espéré tamano taille | *',
    'tamano-inesperado taille-inattendue unerwartete-größe | *',
  ],
  asked: [
    'apt upgrade says unexpected size for libssl, mirror sync in progress',
    'apt-cacher-ng keeps handing out an old deb',
    'E: Failed to fetch http://archive.ubuntu.com/ubuntu/pool/main/o/openssl/libssl3_3.0.2-0ubuntu1.10_amd64.deb  File has unexpected size (1902904 != 1902912). Mirror sync in progress?',
    'every debian box behind our package proxy gets hash sum mismatch',
    'we rebuilt a package under the same version number in our own repo and now clients refuse it',
    'apt-get update Hash Sum mismatch only through squid',
    'size mismatch in apt after republishing to aptly',
    'Paket lässt sich nicht laden, apt meldet falsche Größe',
    'apt refuses a deb: size is not what the index says',
    'File has unexpected size (20968 != 12864)',
    'E: Failed to fetch https://repo.internal/pool/main/a/agent/agent_2.1_amd64.deb  Hash Sum mismatch',
    'stale package in apt-cacher after rebuild',
    'W: some index files failed to download, hash mismatch behind our caching proxy',
    'why does apt say writing more data than expected',
    'package server has new build same version, old clients cached the other',
    'apt: Größe stimmt nicht überein, Proxy liefert alte Datei',
    'apt unexpected size mirror sync',
    'apt-cacher-ng wrong deb size',
    'apt-get upgrade on all boxes behind our proxy fails for one single .deb, the byte count differs from the one in Packages',
    'Is it the mirror or is it squid that gives me a truncated package? sudo apt update was fine, install is not',
    'debian bookworm wont download linux-image, says the length is not the one it expected, cleared /var/cache/apt already',
    'how do I make approx / apt-cacher throw away a stale copy of one package so that clients stop complaining Hash Sum or size',
    'E: Failed to fetch http://de.archive.ubuntu.com/ubuntu/pool/main/c/curl/libcurl4_7.68.0-1ubuntu2.20_amd64.deb  File has unexpected size (234112 != 235004). Mirror sync in progress? [IP: 10.0.0.5 3142]',
    'E: El fichero tiene un tamaño inesperado (51224 != 51180). ¿Hay una sincronización de réplicas en curso?',
  ],
  nearMisses: ['apt cannot get the lock /var/lib/dpkg/lock-frontend', 'apt-key is deprecated', 'apt autoremove wants to remove the kernel'],
};
