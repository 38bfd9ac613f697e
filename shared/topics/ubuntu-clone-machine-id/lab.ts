/** The rehearsal: a clone that has the original's id, also as a copy that D-Bus keeps. */
import type { Lab, LabFile } from '../../topic-kit/index.ts';

const originalId = '0123456789abcdef0123456789abcdef\n';
/** As the check on the original shows it. */
export const originalFingerprint = '6ed6653dba3d';

const files = (failure: string | null, parameters?: Readonly<Record<string, unknown>>): LabFile[] => {
  const id = failure === 'another-id' ? 'f0e1d2c3b4a5968778695a4b3c2d1e0f\n' : failure === 'template' ? '' : originalId;
  const isCopied = parameters?.dbus !== 'none' || failure === 'unknown-copy';
  return [
    { path: 'root/etc/machine-id', content: id },
    { path: 'root/var/lib/dbus/.keep', content: '' },
    ...(isCopied ? [{ path: 'root/var/lib/dbus/machine-id', content: id }] : []),
    { path: 'root/var/lib/wrenchbook/.keep', content: '' },
    { path: 'root/run/systemd/network/10-netplan-enp0s5.network', content: '[Match]\nName=enp0s5\n\n[Network]\nDHCP=ipv4\n' },
    {
      path: 'units/systemd-networkd.service',
      content: 'Description=Network Configuration\nActiveState=active\nSubState=running\nResult=success\nUnitFileState=enabled\n',
    },
    { path: 'clone.state', content: `uuid=${failure === 'same-uuid' ? 'shared' : 'none'}\n` },
  ];
};

export const lab: Lab = {
  scenario: 'A clone of an Ubuntu server in Parallels Desktop that gets the original’s address',
  failures: [
    {
      id: 'another-id',
      title: 'The ids are different',
      story: 'The machines have the same address for another reason. Nothing is changed.',
      stopsAt: { step: 'look', rule: 'same' },
      wayOut: 'undo',
    },
    {
      id: 'template',
      title: 'The machine is a template',
      story: 'Its id is empty on purpose: each copy gets its own at its first boot.',
      stopsAt: { step: 'look', rule: 'no-id' },
      wayOut: 'undo',
      inWay: null,
    },
    {
      id: 'unknown-copy',
      title: 'D-Bus keeps a copy that nobody thought of',
      story: 'systemd would make the old id from it again.',
      stopsAt: { step: 'look', rule: 'dbus-differs' },
      wayOut: 'undo',
      inWay: 'without D-Bus',
    },
    {
      id: 'same-uuid',
      title: 'The hypervisor gives the original’s UUID',
      story: 'systemd makes the id from it, and so it is the original’s again.',
      stopsAt: { step: 'create', rule: 'new' },
      wayOut: 'remedy',
      inWay: null,
    },
  ],
  facts: { 'old-id': originalFingerprint },
  ways: { 'without D-Bus': { dbus: 'none' } },
  files,
};
