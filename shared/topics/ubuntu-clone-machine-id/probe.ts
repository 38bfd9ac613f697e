/** Whether this machine has the original's id. */
import { file, type Probe, type ProbeFinding, readings, sh } from '../../topic-kit/index.ts';
import { dbus, dhcpClient, fingerprint } from './machine-id.ts';
import type { Parameters } from './parameters.ts';

export const probe: Probe<Parameters> = {
  looksAt: ['a fingerprint of the machine’s id', 'D-Bus’s id', 'how this machine asks for its address', 'its addresses'],
  uses: ['original', 'dbus'],
  needsRoot: true,
  script: () => sh`${fingerprint}
${dbus}
systemd-detect-virt | sed 's/^/virt=/'
${dhcpClient}
ip -4 -o address show scope global | awk '{ print "address=" $4 " on " $2 }'
ls ${file('/var/lib/wrenchbook/moved')} 2>/dev/null | grep -q '^etc-machine-id' && echo moved=yes`,
  judge: ({ output }, { original, dbus: chosen }) => {
    const found = readings(output);
    const id = found.get('machine-id') ?? '';
    const copy = found.get('dbus') === 'other' ? 'copy' : (found.get('dbus') ?? '');
    const byMac = /^(?:ClientIdentifier=mac|netplan: )/m.test(output);
    const findings: ProbeFinding[] = [
      {
        label: 'Fingerprint',
        value: id,
        means: original === '' ? 'Compare it with that of the original.' : id === original ? 'It is the original’s.' : 'It is not the original’s.',
        speaks: original === '' ? 'neither' : id === original ? 'for' : 'against',
      },
      {
        label: 'D-Bus',
        value: found.get('dbus') ?? '',
        means: copy === 'copy' ? 'A copy: systemd would make the old id from it again.' : 'It does not keep an id of its own.',
        speaks: 'neither',
      },
      {
        label: 'Asks for its address',
        value: byMac ? 'by MAC address' : found.get('networkd') === 'active' ? 'by the id' : 'not by networkd',
        means:
          byMac || found.get('networkd') !== 'active'
            ? 'The id does not decide over the address.'
            : 'systemd-networkd makes its client identifier from the id.',
        speaks: byMac || found.get('networkd') !== 'active' ? 'against' : 'for',
      },
      { label: 'Address', value: found.get('address') ?? 'none', means: 'Compare it with that of the original.', speaks: 'neither' },
    ];
    const proposes = copy !== '' && copy !== chosen ? [{ field: 'dbus', value: copy, because: 'That is what this machine has.' }] : [];
    const seen = { findings, proposes };
    if (!/^[0-9a-f]{12}$/.test(id))
      return id === 'none' || id === 'empty' || id === 'invalid'
        ? { verdict: 'unknown', because: 'This machine has no valid id.', next: 'It gets one at its next boot: check again then.', ...seen }
        : { verdict: 'unknown', because: 'The id could not be read.', next: 'Check as root.', ...seen };
    if (found.get('moved') === 'yes' && id !== original)
      return {
        verdict: 'already-fixed',
        because: 'The old id was moved away, and the machine has another one.',
        next: 'Reboot if that has not been done yet.',
        ...seen,
      };
    if (original === '')
      return {
        verdict: 'unknown',
        because: 'The fingerprint of the original is not known.',
        next: 'Check the original, and put its fingerprint into the form. If both are the same, start the run.',
        ...seen,
      };
    if (id !== original)
      return {
        verdict: 'not-affected',
        because: 'This machine and the original have different ids.',
        next: 'Compare their MAC addresses, and look for static addresses.',
        ...seen,
      };
    return { verdict: 'affected', because: 'This machine has the id of the original.', next: 'Start the run on the clone, not on the original.', ...seen };
  },
};
