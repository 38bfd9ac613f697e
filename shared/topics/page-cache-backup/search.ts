/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'backup backups tar rsync borg bacula bareos restic dump nightly-dump datensicherung sicherung sauvegarde copia-de-seguridad nocache duplicity | cache caches cached page-cache buff swap swaps swapped swapping fadvise nocache memoryhigh seitencache evict* pollut* slow-after memory ram crawl* träge verdräng* flush* mémoire memoria',
    'page-cache seitencache fadvise posix_fadvise nocache | *',
    'swap | backup* night* tar critical warning datensicherung sicherung | *',
    'limit* | cache memory | copies backup* rsync tar | service unit systemd big large',
  ],
  asked: [
    'nightly tar makes the database crawl in the morning',
    'swap alarm from nagios each time the backup runs',
    'after rsync all ram is buff/cache and apps are swapped out',
    'nocache rsync still fills memory',
    'use MemoryHigh to keep backup from eating the cache',
    'SWAP WARNING - 12% free during borg',
    'Server nach Datensicherung träge, Swap belegt',
    'posix_fadvise dontneed for backup program',
    'backup job flushes everything out of memory',
    'SWAP CRITICAL - 3% free (31 MB out of 1023 MB) at 2am during tar',
    'page cache fills up with backup data',
    'how to make rsync not pollute the cache',
    'mysql slow after nightly dump because caches are cold',
    'limit memory cache of a systemd service that copies big files',
    'server swaps each night when bacula runs',
    'Backup verdrängt den Seitencache',
  ],
  nearMisses: [
    "backup of a SQL server's transaction log",
    'how much swap for 64 GB of RAM',
    'browser cache has old pages',
    'backups have failed since an upgrade',
  ],
};
