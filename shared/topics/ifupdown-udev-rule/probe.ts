/** Whether udev still runs ifup by a rule of an old release. */
import { file, type Probe, type ProbeFinding, readings, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';
import { isMoved, messagesCounted, owner, packaged, rule, rulePath } from './rule.ts';

export const probe: Probe<Parameters> = {
  looksAt: [rulePath, 'which package it belongs to', 'the rule of today’s ifupdown', 'what ifup has said since this boot'],
  uses: ['iface'],
  needsRoot: true,
  script: ({ iface }) => sh`if [ -L ${rule} ]; then echo rule=link; elif [ ! -e ${rule} ]; then echo rule=none
elif [ -r ${rule} ]; then echo rule=file; else echo rule=unreadable; fi
grep -v '^[[:space:]]*#' ${rule} 2>/dev/null | grep -c -w ifup | sed 's/^/calls=/'
${isMoved}
p=$(${packaged}); echo "packaged=$p"
${owner}
${messagesCounted}
printf '%s\\n' "$said" | sed -n 's/.*interface \\([^ ]*\\) already configured.*/named=\\1/p;s/.*ifstate\\.\\([^ ]*\\)$/named=\\1/p' | tail -n 1
for class in auto hotplug; do ifquery --list --allow=$class 2>/dev/null | grep -c -x -F -e ${iface} | sed "s/^/$class=/"; done
[ ! -e ${file(`/sys/class/net/${iface}`)} ] || echo interface=yes`,
  judge: ({ output }, { iface }) => {
    const found = readings(output);
    const said = Number(found.get('messages') ?? Number.NaN);
    const calls = Number(found.get('calls') ?? Number.NaN);
    const kind = found.get('rule');
    const whose = found.get('owner') ?? '';
    const named = found.get('named') ?? '';
    const findings: ProbeFinding[] = [
      {
        label: rulePath,
        value: kind === 'file' ? `${calls} ${calls === 1 ? 'line runs' : 'lines run'} ifup` : (kind ?? ''),
        means: calls > 0 ? 'udev starts ifup as soon as the driver is there, before networking.service does.' : 'udev runs no ifup because of it.',
        speaks: calls > 0 ? 'for' : 'against',
      },
      {
        label: 'Package',
        value: whose,
        means: whose === 'none' || whose === 'left-behind' ? 'No package of this release brings the file.' : 'A package of this release brings the file.',
        speaks: whose === 'none' || whose === 'left-behind' ? 'for' : 'against',
      },
      { label: 'Rule of today', value: found.get('packaged') ?? '', means: 'What the installed ifupdown brings for udev.', speaks: 'neither' },
      {
        label: 'Messages since this boot',
        value: String(said),
        means: 'Times ifup found an interface already configured, or waited for another ifup.',
        speaks: said > 0 ? 'for' : 'neither',
      },
      ...(found.get('auto') === '1' && found.get('hotplug') === '1'
        ? [{ label: iface, value: 'auto and allow-hotplug', means: 'This alone can cause the message, and is harmless.', speaks: 'against' as const }]
        : []),
    ];
    const proposes = named !== '' && named !== iface ? [{ field: 'iface', value: named, because: 'ifup names this interface in the journal.' }] : [];
    const seen = { findings, proposes };
    if (kind === undefined || Number.isNaN(said)) return { verdict: 'unknown', because: 'The system could not be read.', next: 'Check as root.', ...seen };
    if (found.get('packaged') === '')
      return { verdict: 'not-affected', because: 'ifupdown is not installed.', next: 'netplan or NetworkManager sets up the network here.', ...seen };
    if (kind === 'unreadable') return { verdict: 'unknown', because: `${rulePath} could not be read.`, next: 'Check as root.', ...seen };
    if (kind === 'link')
      return {
        verdict: 'not-affected',
        because: `${rulePath} is a link. A link to /dev/null there switches a rule off on purpose.`,
        next: 'Leave it.',
        ...seen,
      };
    if (kind === 'none' && found.get('moved') === 'yes')
      return {
        verdict: 'already-fixed',
        because: 'The rule was moved away, to /var/lib/wrenchbook/moved.',
        next: said > 0 ? 'The messages of this boot may be older than that: reboot, and check again.' : 'Nothing needs to be done.',
        ...seen,
      };
    if (kind === 'none')
      return {
        verdict: 'not-affected',
        because: `There is no ${rulePath}.`,
        next:
          said > 0
            ? 'The message has another cause: auto and allow-hotplug for one interface, two stanzas for it, cloud-init, or ifup run by hand.'
            : 'Nothing needs to be done.',
        ...seen,
      };
    if (whose !== 'none' && whose !== 'left-behind')
      return { verdict: 'not-affected', because: `The rule belongs to the package ${whose} of this release.`, next: 'Leave it.', ...seen };
    if (calls === 0) return { verdict: 'not-affected', because: 'The rule does not run ifup.', next: 'Leave it, or read what it does.', ...seen };
    return {
      verdict: 'affected',
      because: said > 0 ? 'udev runs ifup before networking.service does, and the journal shows it.' : 'udev runs ifup before networking.service does.',
      next: found.get('interface') === 'yes' ? 'Start the run.' : `There is no interface ${iface}: name the right one, and start the run.`,
      ...seen,
    };
  },
};
