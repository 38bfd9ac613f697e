/** Whether the backup fills the page cache, and whether its unit is limited. */
import { file, type Probe, type ProbeFinding, readings, sh, showUnit } from '../../topic-kit/index.ts';
import { controller, inCache } from './measure.ts';
import { type Parameters, properties } from './parameters.ts';

export const probe: Probe<Parameters> = {
  looksAt: ['the limits of the unit', 'how much of the file is in the page cache', 'memory, cache and swap', 'which control groups limit memory'],
  uses: ['unit', 'sample', 'property'],
  needsRoot: true,
  script: ({ unit, sample }) => sh`${showUnit(unit, ['LoadState', ...properties])}
${controller}
if [ -r ${file(sample)} ]; then
  stat -L -c %s ${file(sample)} | awk '{ print "size=" int($1 / 1048576) }'
  echo "cached=$(${inCache(sample)})"
fi
awk '/^(MemTotal|Cached|SwapTotal|SwapFree):/ { sub(":", "", $1); print $1 "=" int($2 / 1024) }' ${file('/proc/meminfo')}
awk '/^pswpout / { print "pswpout=" $2 }' ${file('/proc/vmstat')}`,
  judge: ({ output }, { unit, sample, property }) => {
    const found = readings(output);
    const number = (name: string) => Number(found.get(name) || Number.NaN);
    // Without a limit it is infinity, or in old versions a number beyond all memories.
    const isLimited = properties.some((name) => Number(found.get(name) || Number.NaN) < 1e15);
    const [size, cached, swapTotal, swapFree, out] = ['size', 'cached', 'SwapTotal', 'SwapFree', 'pswpout'].map(number) as [
      number,
      number,
      number,
      number,
      number,
    ];
    const isFull = cached * 2 >= size;
    const swaps = swapTotal > 0 && out > 0 && swapFree * 2 < swapTotal && number('Cached') * 2 > number('MemTotal');
    const fitting = { v2: 'MemoryHigh', v1: 'MemoryLimit' }[found.get('controller') ?? ''];
    const findings: ProbeFinding[] = [
      {
        label: 'Limit of the unit',
        value: properties.map((name) => `${name}=${found.get(name) ?? '?'}`).join(', '),
        means: isLimited ? 'Its page cache is limited.' : 'It may fill the whole page cache.',
        speaks: isLimited ? 'against' : 'for',
      },
      {
        label: sample,
        value: Number.isNaN(size) ? 'unreadable' : `${cached} of ${size} MiB in the cache`,
        means: isFull ? 'A file that only the backup reads is in the page cache.' : 'Most of it is not in the page cache now.',
        speaks: isFull ? 'for' : 'neither',
      },
      {
        label: 'Swap',
        value: swapTotal > 0 ? `${swapTotal - swapFree} of ${swapTotal} MiB used, ${out} pages written since the boot` : 'none',
        means: swaps ? 'Programs were swapped out although most of the memory is cache.' : 'A large cache alone is normal.',
        speaks: swaps ? 'for' : 'neither',
      },
      {
        label: 'Control groups',
        value: found.get('controller') ?? '',
        means: fitting ? `They can limit with ${fitting}.` : 'They cannot limit memory.',
        speaks: 'neither',
      },
    ];
    const proposes =
      fitting && fitting !== property
        ? [{ field: 'property', value: fitting, because: `This system has control groups of version ${fitting === 'MemoryHigh' ? 2 : 1}.` }]
        : [];
    const seen = { findings, proposes };
    if (found.get('LoadState') === undefined || Number.isNaN(swapTotal))
      return { verdict: 'unknown', because: 'systemd or the memory of this system could not be read.', next: 'Check as root.', ...seen };
    if (found.get('LoadState') !== 'loaded')
      return { verdict: 'unknown', because: `systemd has no ${unit}.`, next: 'Name the unit that runs the backup, and check again.', ...seen };
    if (isLimited) return { verdict: 'already-fixed', because: 'The unit’s memory and page cache are limited.', next: 'Nothing needs to be done.', ...seen };
    if (!fitting)
      return {
        verdict: 'not-affected',
        because: 'The control groups here cannot limit memory, so this procedure cannot help.',
        next: 'Use nocache, or a reader that drops what it has read.',
        ...seen,
      };
    if (isFull || swaps)
      return {
        verdict: 'affected',
        because: isFull ? 'The backup leaves what it reads in the page cache.' : 'Programs were swapped out for the page cache.',
        next: 'Start the run.',
        ...seen,
      };
    return { verdict: 'unknown', because: 'Neither the file nor the swap shows it now.', next: 'Check again right after a backup.', ...seen };
  },
};
