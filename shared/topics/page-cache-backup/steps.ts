/** Measure what a tar leaves in the page cache and what helps on this kernel, limit the backup's unit, and measure again. */
import { dropInStep, file, type Matcher, type Remedy, type Step, sh, showUnit } from '../../topic-kit/index.ts';
import { active, advising, controller, functions, tar } from './measure.ts';
import { bytesOf, type Parameters } from './parameters.ts';

const runsOn = 'the server';

const look = ({ unit, sample, property }: Parameters): Step => ({
  kind: 'command',
  id: 'look',
  title: 'Check the system',
  intro: 'Shows the kernel, its control groups, the unit, and whether the file can be measured.',
  danger: 'reads',
  runsOn,
  needsRoot: true,
  script: sh`uname -r | sed 's/^/kernel=/'
${controller}
${showUnit(unit, ['LoadState', property])}
if [ -r ${file(sample)} ]; then
  stat -f -L -c 'filesystem=%T' ${file(sample)}
  stat -L -c %s ${file(sample)} | awk '{ m = int($1 / 1048576); print "size=" m; if (m < 64) print "too-small=" m; if (m > 8192) print "too-large=" m }'
else echo 'sample=unreadable'; fi
command -v fincore >/dev/null || echo 'fincore=missing'`,
  saves: [
    { id: 'kernel', title: 'Kernel', pattern: /^kernel=(\S+)$/ },
    { id: 'limit-before', title: 'Limit before', pattern: /^Memory(?:High|Limit)=(\S+)$/ },
  ],
  matchers: [
    {
      kind: 'failure',
      id: 'no-unit',
      pattern: /^LoadState=(?:not-found|masked)$/,
      means: `systemd has no ${unit}, or it is masked.`,
      next: 'Find the unit with "systemctl list-timers --all". If cron runs the backup, see what this page says of cron.',
    },
    {
      kind: 'failure',
      id: 'no-controller',
      pattern: property === 'MemoryHigh' ? /^controller=(?:v1|none)$/ : /^controller=(?:v2|none)$/,
      means: `The control groups of this system cannot limit memory with ${property}. systemd would ignore it without an error.`,
      next: 'Check again: the check fills in the setting that fits. If the kernel can limit no memory at all, use nocache or a reader that drops what it has read.',
    },
    {
      kind: 'failure',
      id: 'unreadable',
      pattern: /^sample=unreadable$/,
      means: `${sample} is not there, or you cannot read it.`,
      next: 'Name a large file that the backup reads, and start a new run.',
    },
    { kind: 'failure', id: 'small', pattern: /^too-small=\d+$/, means: 'The file is too small to measure.', next: 'Name one of at least 64 MiB.' },
    {
      kind: 'failure',
      id: 'large',
      pattern: /^too-large=\d+$/,
      means: 'The file is too large: it is read up to eight times.',
      next: 'Name one of at most 8 GiB.',
    },
    {
      kind: 'failure',
      id: 'in-memory',
      pattern: /^filesystem=(?:tmpfs|ramfs)$/,
      means: 'The file is in memory: it is always in the page cache.',
      next: 'Name a file on a disk.',
    },
    { kind: 'failure', id: 'no-fincore', pattern: /^fincore=missing$/, means: 'There is no fincore.', next: 'Install util-linux 2.30 or newer.' },
    {
      kind: 'expected',
      id: 'loaded',
      pattern: /^LoadState=loaded$/,
      means: 'systemd has this unit.',
      missing: 'systemd could not load this unit.',
      next: `Check "systemctl status ${unit}".`,
    },
  ],
});

const peakSaves = (names: readonly string[]) =>
  names.flatMap((name) => [
    { id: `${name}-peak`, title: `${name}: most in the cache, in MiB`, pattern: new RegExp(`^${name}-peak=(\\d+)$`) },
    { id: `${name}-curve`, title: `${name}: read and in the cache`, pattern: new RegExp(`^${name}-curve=([\\d:,]+)$`) },
  ]);

const before = ({ sample }: Parameters): Step => ({
  kind: 'command',
  id: 'before',
  title: 'Measure a plain tar',
  intro: 'Drops the file from the cache and reads it with tar, as the backup does. Each line shows how much of it is in the cache then.',
  danger: 'reads',
  runsOn,
  needsRoot: true,
  script: sh`${functions(sample)}
drop_it; echo "begins-with=$(in_cache)"
${tar(sample)} | { measure plain; if [ $((peak * 2)) -lt $size ]; then echo plain=low; else echo plain=fills; fi; }
drop_it`,
  saves: peakSaves(['plain']),
  matchers: [
    {
      kind: 'expected',
      id: 'fills',
      pattern: /^plain=fills$/,
      means: 'tar leaves what it reads in the page cache.',
      missing: 'A plain tar does not fill the page cache here.',
      next: 'Something limits it already (a control group of this login?), or the file system does not use the page cache (ZFS has its own).',
    },
    {
      kind: 'warning',
      id: 'not-dropped',
      pattern: /^begins-with=[1-9]\d*$/,
      means: 'Part of the file stayed in the cache: another program has it open or mapped.',
      next: 'Choose a file that nobody uses now, if the numbers are to be exact.',
    },
  ],
});

/** What one way leaves in the cache says whether it helps: `helps`, `does not help` or why it was not measured. */
const judged: Matcher[] = [
  { kind: 'harmless', id: 'helps', pattern: /^\w+: helps/, text: '…: helps', means: 'This way keeps the cache small on this kernel.' },
  {
    kind: 'harmless',
    id: 'no-help',
    pattern: /^\w+: does not help/,
    text: '…: does not help',
    means: 'This way does not keep the cache small on this kernel.',
  },
  { kind: 'harmless', id: 'unmeasured', pattern: /^\w+: not measured/, text: '…: not measured', means: 'This way could not be measured here.' },
];

const compare = ({ sample }: Parameters): Step => ({
  kind: 'command',
  id: 'compare',
  title: 'Compare the other ways',
  intro: 'Reads the file with nocache, with O_DIRECT and with posix_fadvise in three manners. It says what this kernel honours, by measurement.',
  danger: 'reads',
  runsOn,
  needsRoot: true,
  minutes: 2,
  script: sh`${functions(sample)}
${active}
judge() { measure "$1"; if [ $((peak * 4)) -lt $((size * 3)) ]; then echo "$1: helps, at most $peak MiB"; else echo "$1: does not help, $peak MiB"; fi; }
if command -v nocache >/dev/null; then drop_it; nocache ${tar(sample)} | judge nocache; else echo 'nocache: not measured, it is not installed'; fi
drop_it; dd if=${file(sample)} bs=1M iflag=nocache 2>/dev/null | judge dd
drop_it; if dd if=${file(sample)} bs=1M count=1 iflag=direct 2>/dev/null >/dev/null; then dd if=${file(sample)} bs=1M iflag=direct 2>/dev/null | judge direct
else echo 'direct: not measured, this file system refuses O_DIRECT'; fi
if command -v python3 >/dev/null; then
  drop_it; python3 -c ${advising} ${file(sample)} dontneed | judge dontneed
  drop_it; was=$(active); python3 -c ${advising} ${file(sample)} twice; plain=$(($(active) - was))
  drop_it; was=$(active); python3 -c ${advising} ${file(sample)} noreuse; advised=$(($(active) - was))
  echo "noreuse-active=$advised of $plain"
  if [ $((plain * 2)) -lt $size ]; then echo 'noreuse: not measured, the kernel does not mark the pages as used'
  elif [ $((advised * 2)) -lt $plain ]; then echo 'noreuse: helps, the pages are given up first'; else echo 'noreuse: does not help, the pages count as used'; fi
else echo 'dontneed: not measured, there is no python3'; echo 'noreuse: not measured, there is no python3'; fi
drop_it; echo 'compare: done'`,
  saves: [...peakSaves(['nocache', 'dd', 'direct', 'dontneed']), { id: 'noreuse', title: 'POSIX_FADV_NOREUSE', pattern: /^noreuse: (.+)$/ }],
  matchers: [
    ...judged,
    {
      kind: 'expected',
      id: 'compared',
      pattern: /^compare: done$/,
      means: 'The ways were compared.',
      missing: 'The comparison did not come to its end.',
      next: 'Read the lines above.',
    },
  ],
});

const limit = (values: Parameters): Step => ({
  ...dropInStep({
    id: 'limit',
    title: 'Limit the backup’s unit',
    intro: `From its next start on, the unit’s processes and the page cache that they fill get ${values.mib} MiB. What they read beyond that replaces their own pages, and not those of others. A backup that runs now is limited at once.`,
    runsOn,
    unit: values.unit,
    name: 'page-cache',
    settings: { [values.property]: String(bytesOf(values)) },
    shows: { [values.property]: { value: String(bytesOf(values)), was: 'limit-before' } },
  }),
});

const after = (values: Parameters): Step => ({
  kind: 'command',
  id: 'after',
  title: 'Measure again, with the limit',
  intro: 'The same tar under the same limit. For a backup that cron runs, this is the command to put in front of it.',
  danger: 'reads',
  runsOn,
  needsRoot: true,
  script: sh`${functions(values.sample)}
drop_it
systemd-run --scope -q -p ${`${values.property}=${bytesOf(values)}`} -- ${tar(values.sample)} |
  { measure limited; if [ $peak -le $((${values.mib} + 16)) ]; then echo limited=kept; else echo limited=exceeded; fi; }
drop_it`,
  saves: peakSaves(['limited']),
  matchers: [
    {
      kind: 'failure',
      id: 'refused',
      pattern: /^(?:Failed to start transient scope unit|Unknown assignment)/,
      means: 'systemd did not start the tar under the limit.',
      next: 'Read what it says. Old versions do not know this setting.',
    },
    {
      kind: 'failure',
      id: 'exceeded',
      pattern: /^limited=exceeded$/,
      means: 'tar has more in the cache than the limit allows.',
      next: 'Check that the kernel’s control groups limit memory: "cat /sys/fs/cgroup/cgroup.controllers" has to name memory.',
      remedies: ['controller'],
    },
    {
      kind: 'failure',
      id: 'nothing-read',
      pattern: /^limited-peak=0$/,
      means: 'tar has read nothing, so nothing was measured.',
      next: 'Read the lines above.',
      remedies: ['controller'],
    },
    {
      kind: 'expected',
      id: 'kept',
      pattern: /^limited=kept$/,
      means: 'The file stays within the limit while it is read.',
      missing: 'The measurement did not come to its end.',
      next: 'Read the lines above.',
    },
  ],
});

export const steps = (values: Parameters): Step[] => [look(values), before(values), compare(values), limit(values), after(values)];

export const remedies: readonly Remedy[] = [
  {
    id: 'controller',
    title: 'Let the kernel limit memory',
    explanation: 'Remove cgroup_disable=memory from the kernel’s command line, or add cgroup_enable=memory, and reboot. Then the step runs again.',
    danger: 'changes',
    lab: sh`lab-backup-hand controller`,
    afterwards: 'retry',
  },
];
