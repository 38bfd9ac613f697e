/** The rehearsal: a Xen server with two Windows domains, one of which hangs, and what can go wrong. */
import type { Lab, LabFailure, LabFile } from '../../topic-kit/index.ts';

const config = (name: string, deviceModel: string) => `# ${name}: Windows Server 2008 R2
kernel = "/usr/lib/xen/boot/hvmloader"
builder = 'hvm'
memory = 2048
name = "${name}"
vif = [ 'type=ioemu, bridge=xenbr0' ]
disk = [ 'phy:/dev/vg0/${name},hda,w' ]
device_model_version = "qemu-xen-traditional"
${deviceModel}
vnc = 1
`;
const built = "device_model\t= '/usr/' + arch_libdir + '/xen/bin/qemu-dm' # as it came";
const log = (name: string, id: number, hangs: boolean) => `domid: ${id}
Using file /dev/vg0/${name} in read-write mode
Watching /local/domain/0/device-model/${id}/logdirty/cmd
qemu_map_cache_init nr_buckets = 10000 size 4194304
Register xen platform.
Done register platform.
${hangs ? `XENUTIL: WARNING: CloseFrontend: timed out in XenbusWaitForBackendStateChange: /local/domain/0/backend/console/${id}/0 in state INITIALISING; retry.\n` : ''}`;

/** Backend nodes as xend makes them; each value is a file. */
const nodes = (id: number): LabFile[] =>
  ['console', 'vfb'].flatMap((kind) => [
    { path: `xenstore/local/domain/0/backend/${kind}/${id}/0/frontend`, content: `/local/domain/${id}/${kind}/0` },
    { path: `xenstore/local/domain/0/backend/${kind}/${id}/0/state`, content: '1' },
  ]);

const files = (failure: string | null): LabFile[] => [
  { path: 'xen.state', content: `answers=${failure === 'no-xend' ? 'no' : 'yes'}\nnext=8\nplays=${failure ?? ''}\n` },
  { path: 'domains/win2008', content: '7' },
  { path: 'domains/files', content: '5' },
  ...nodes(7),
  ...nodes(5),
  { path: 'root/usr/lib/xen/bin/qemu-dm', content: '#!/bin/sh\n# SIMULATED. The device model.\n' },
  {
    path: 'root/etc/xen/win2008.cfg',
    content: config('win2008', failure === 'stub-domain' ? 'device_model = \'stubdom-dm\'\ndevice_model_override = "stubdom-dm"' : built),
  },
  ...(failure === 'config-elsewhere' ? [] : [{ path: 'root/etc/xen/vm/files', content: config('files', '# device_model is left as it is') }]),
  { path: 'root/var/log/xen/qemu-dm-win2008.log', content: log('win2008', 7, true) },
  { path: 'root/var/log/xen/qemu-dm-files.log', content: log('files', 5, false) },
];

const failures: readonly LabFailure[] = [
  {
    id: 'no-xend',
    title: 'The toolstack does not answer',
    story: 'The server has the other toolstack only, or its daemon is not running. The first check says so.',
    stopsAt: { step: 'look', rule: 'no-toolstack', also: ['unasked'] },
    wayOut: 'undo',
  },
  {
    id: 'config-elsewhere',
    title: 'A configuration is somewhere else',
    story: 'The domain "files" was started from another file. Nothing is changed.',
    stopsAt: { step: 'look', rule: 'config-files' },
    wayOut: 'undo',
  },
  {
    id: 'stub-domain',
    title: 'The device model is a stub domain',
    story: 'Its configuration names stubdom-dm, which runs in a domain of its own and can’t be wrapped.',
    stopsAt: { step: 'config-win2008', rule: 'other-device-model' },
    wayOut: 'undo',
  },
  {
    id: 'will-not-shut-down',
    title: 'Windows does not shut down',
    story: 'Windows does not react for five minutes.',
    stopsAt: { step: 'restart-win2008', rule: 'still-running' },
    wayOut: 'remedy',
  },
  {
    id: 'shutdown-refused',
    title: 'The toolstack refuses to shut it down',
    story: 'Windows’ drivers do not run, so that it was never asked. This is told apart from a Windows that does not react, and nothing is forced.',
    stopsAt: { step: 'restart-win2008', rule: 'not-shut-down' },
    wayOut: 'undo',
  },
  {
    id: 'late-nodes',
    title: 'The toolstack is later than the wrapper',
    story: 'On a loaded server the nodes are created half a minute after the device model was started.',
    stopsAt: { step: 'check', rule: 'free-win2008', also: ['free-files'] },
    wayOut: 'remedy',
  },
];

export const lab: Lab = {
  scenario: 'A Xen 4.0 server with two Windows domains; one has Citrix’s drivers already and spins at its start',
  failures,
  facts: {},
  ways: { 'with xl': { toolstack: 'xl' } },
  differsOnRepeat: {
    files: ['xen.state', 'domains/win2008', 'domains/files', 'root/var/log/xen/qemu-dm-win2008.log', 'root/var/log/xen/qemu-dm-files.log'],
    because: 'the domains are started again, with new ids and new logs',
  },
  files,
};
