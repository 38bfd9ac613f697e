/** A backup that reads much fills the page cache, and programs are swapped out for it. */
import { defineTopic } from '../../topic-kit/index.ts';
import { lab } from './lab.ts';
import { parameters } from './parameters.ts';
import { pictures } from './pictures.ts';
import { probe } from './probe.ts';
import { search } from './search.ts';
import { remedies, steps } from './steps.ts';

export const topic = defineTopic({
  id: 'page-cache-backup',
  version: 1,
  title: 'A backup that evicts everything',
  summary: 'Measures what a backup leaves in the page cache, compares the ways to keep it small on this kernel, and limits the backup’s unit.',
  category: 'Services & apps',
  platforms: ['Linux'],
  risk: { level: 'changes', text: 'Adds one drop-in to one unit. Reads one large file several times and drops it from the page cache.' },
  minutes: 6,
  fixes: ['Swap warnings and slow programs each night while a backup runs, although most of the memory is page cache and more memory does not help.'],
  needs: [
    'Root on the server.',
    'A backup that a systemd service runs. If cron runs it, put "systemd-run --scope -p MemoryHigh=256M --" in front of its command.',
  ],
  cannotUndo: [],
  corrections: [
    'The source patches GNU tar 1.29. Today a memory limit for the backup’s control group does the same for any program, also for one that writes: what it reads replaces its own pages.',
    'The source says that there is no way to ask for the alignment of O_DIRECT. Since Linux 6.1 there is: statx with STATX_DIOALIGN.',
    'The source says that the kernel ignores POSIX_FADV_NOREUSE. The notes for this page said that since Linux 6.3 it has an effect on files that are read. Measured on Linux 6.18 (without MGLRU), pages that are read with it still count as used. Its effect on mapped files was not measured.',
    'POSIX_FADV_DONTNEED after each block works only if it names the range from the start of the file. On Linux 6.18 with ext4, “dd iflag=nocache”, which names the last block only, left 226 of 256 MiB in the cache. That large folios are the reason is uncertain.',
    'nocache drops a file when it is closed: it helps with many small files, and not with a large one.',
    'The source’s first way, to switch the page cache off, does not exist on Linux. Do not use drop_caches from cron or the mount option sync.',
    'Linux 6.14 has uncached buffered reads (RWF_DONTCACHE). That is fairly sure; tar does not use them.',
    'MemoryHigh needs control groups of version 2 with the memory controller; it was not seen on such a machine. MemoryLimit was, on version 1.',
  ],
  sources: [
    'Notes on two servers whose backup filled memory and swap',
    'systemd.resource-control(5), posix_fadvise(2), fincore(1), nocache(1), dd(1)',
    'Own measurements on Linux 6.18 with ext4',
  ],
  search,
  symptoms: [
    { pattern: /\bSWAP (?:WARNING|CRITICAL)\b/i, text: 'SWAP CRITICAL - 3% free (31 MB out of 1023 MB)' },
    {
      pattern: /\bswap (?:space )?(?:is |runs |running |is running )?(?:very |extremely |almost )?(?:low|full|used up)\b/i,
      text: 'The swap space is running low each night',
    },
    { pattern: /\bpage cache (?:is |was )?(?:full|filled|flushed|evicted|polluted|thrash)/i, text: 'page cache polluted by the backup' },
    { pattern: /\bslow (?:after|during|while) (?:the |a )?(?:nightly )?backup/i, text: 'The server is slow after the nightly backup' },
  ],
  alsoCalled: [
    'tar fills memory with cache, buff/cache uses all RAM during backup',
    'nocache does not help with large files, posix_fadvise DONTNEED NOREUSE',
    'limit page cache of a process, MemoryHigh systemd-run rsync backup',
    'Swap voll während der Datensicherung, Backup verdrängt alles aus dem Speicher',
    'la sauvegarde remplit le cache et le swap',
    'la copia de seguridad llena la memoria caché y el swap',
  ],
  parameters,
  labDefaults: { mib: '64', property: 'MemoryLimit' },
  steps: (values) => steps(values),
  remedies,
  probe,
  pictures,
  targets: ['local', 'ssh'],
  systems: {
    oneOf: [{ os: 'linux' }],
    tools: [
      { name: 'systemd-run', package: 'systemd' },
      { name: 'fincore', package: 'util-linux' },
    ],
  },
  lab,
});
