/** The rehearsal: a server whose nightly backup reads a large image, while its programs are swapped out. One MiB of the file is 16 KiB here. */
import type { Lab, LabFile } from '../../topic-kit/index.ts';

const unit = 'Description=Nightly backup\nActiveState=inactive\nSubState=dead\nResult=success\nMemoryHigh=infinity\nMemoryLimit=infinity\n';
const meminfo = `MemTotal:        4019712 kB
MemFree:          112040 kB
Cached:          3600512 kB
Active(file):     400128 kB
SwapTotal:       1048572 kB
SwapFree:          20480 kB
`;

/** Control groups as the real check has them; the other way has those of today. */
const files = (failure: string | null, parameters?: Readonly<Record<string, unknown>>): LabFile[] => {
  const isOld = (parameters?.property !== 'MemoryHigh') !== (failure === 'other-groups');
  return [
    { path: failure === 'no-unit' ? 'units/other.service' : 'units/backup.service', content: unit },
    { path: 'root/srv/backup/disk.img', content: 'an image of 96 MiB, as the lab has it\n' },
    { path: 'root/proc/meminfo', content: meminfo },
    { path: 'root/proc/vmstat', content: 'pswpin 20311\npswpout 88120\n' },
    { path: 'root/proc/self/cgroup', content: isOld ? '4:memory:/user.slice\n1:name=systemd:/user.slice\n' : '0::/user.slice\n' },
    ...(isOld
      ? [{ path: 'root/sys/fs/cgroup/memory/user.slice/memory.stat', content: 'active_file 0\n' }]
      : [
          { path: 'root/sys/fs/cgroup/cgroup.controllers', content: 'cpuset cpu io memory pids\n' },
          { path: 'root/sys/fs/cgroup/user.slice/memory.stat', content: 'active_file 0\n' },
        ]),
    { path: 'root/etc/systemd/system/.keep', content: '' },
    { path: 'reading', content: 'dropped 0\n' },
    {
      path: 'cache.state',
      content: `limits=${failure === 'ignored' ? 'no' : 'yes'}\nfilesystem=${failure === 'in-memory' ? 'tmpfs' : 'ext2/ext3'}\n`,
    },
  ];
};

export const lab: Lab = {
  scenario: 'A server that mails a swap warning each night while its backup runs',
  failures: [
    {
      id: 'no-unit',
      title: 'cron runs the backup',
      story: 'There is no unit that could be limited. Nothing is changed; the page says what cron has to run.',
      stopsAt: { step: 'look', rule: 'no-unit' },
      wayOut: 'undo',
      inWay: null,
    },
    {
      id: 'other-groups',
      title: 'Control groups of the other version',
      story: 'systemd would take the setting and ignore it. The run stops before anything is changed.',
      stopsAt: { step: 'look', rule: 'no-controller' },
      wayOut: 'undo',
    },
    {
      id: 'in-memory',
      title: 'The file is on a tmpfs',
      story: 'Such a file is always in the page cache, so it shows nothing.',
      stopsAt: { step: 'look', rule: 'in-memory' },
      wayOut: 'undo',
      inWay: null,
    },
    {
      id: 'ignored',
      title: 'The kernel was started with cgroup_disable=memory',
      story: 'The drop-in is read, and nothing is limited. Only the second measurement shows it.',
      stopsAt: { step: 'after', rule: 'exceeded' },
      wayOut: 'remedy',
      inWay: null,
    },
  ],
  facts: { 'limit-before': 'infinity' },
  ways: { 'version 2': { property: 'MemoryHigh' } },
  files,
};
