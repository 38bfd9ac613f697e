/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'apt apt-get apt-cacher* aptly deb debs debian ubuntu dpkg package* paket* paquet* reprepro index mirror repository repo | size mismatch hash hash-sum stale größe unexpected-size taille tamaño more-data old-deb old-build checksum falsche-größe tamano',
    'apt apt-get apt-cacher* aptly deb debs package* paket* reprepro | proxy cache* cacher squid old same-version rebuilt rebuild republish* | proxy* rebuil* republish* stale old refus* mismatch wrong outdated same-version other veralt*',
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
  ],
  nearMisses: ['apt cannot get the lock /var/lib/dpkg/lock-frontend', 'apt-key is deprecated', 'apt autoremove wants to remove the kernel'],
};
