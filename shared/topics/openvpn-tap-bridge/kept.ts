/** Whether the setting lasts: asked of what makes the bridge when the server starts. */
import { file, type Matcher, type Script, sh } from '../../topic-kit/index.ts';
import { keptIn, type Parameters } from './parameters.ts';
import { allWords, networkdSettings } from './settings.ts';

/**
 * Says `kept=1` where what makes the bridge has the setting as it reads its files, else `kept=0`. `unread=…` where it can't read them;
 * `systemd=252` where that makes the bridge. ifupdown is asked itself: of Debian by ifquery, of busybox by a run that does nothing.
 */
export function showKept(values: Parameters): Script {
  const { bridge, keep } = values;
  if (keep === 'ifupdown')
    return sh`if command -v ifquery > /dev/null; then said=$(ifquery ${bridge} 2>&1); else said=$(ifup -n -f ${bridge} 2>&1); fi
status=$?
case $said in *[Uu]'nknown interface'*) status=0 ;; esac
if [ "$status" -ne 0 ]; then printf '%s\\n' "$said" | sed 's/^/unread=/'; [ -n "$said" ] || echo "unread=status $status"; fi
printf '%s\\n' "$said" | grep -c -E ${`^[[:space:]]*((post-)?up:?[[:space:]]+)?ip link set dev ${bridge.replaceAll('.', '\\.')} type bridge ${allWords(values)}[[:space:]]*$`} | sed 's/^[1-9].*/1/; s/^/kept=/'`;
  const settings = Object.entries(networkdSettings(values));
  // What systemd takes: the last of each key, over all sections of the name.
  return sh`{ systemctl --version 2> /dev/null || networkctl --version 2> /dev/null; } | sed -n '1s/^systemd \\([0-9]*\\).*/systemd=\\1/p'
[ -e ${file(keptIn(values))} ] || echo kept=0
[ ! -e ${file(keptIn(values))} ] || awk -v wanted=${settings.map(([key, value]) => `${key}=${value}`).join(' ')} '
  { sub(/\\r$/, "") }
  /^[[:space:]]*\\[/ { inside = ($0 ~ /^[[:space:]]*\\[Bridge\\][[:space:]]*$/) }
  inside && /^[[:space:]]*[A-Za-z]/ { key = $0; sub(/=.*/, "", key); gsub(/[[:space:]]/, "", key); value = $0; sub(/^[^=]*=[[:space:]]*/, "", value); sub(/[[:space:]]*$/, "", value); set[key] = value }
  END {
    n = split(wanted, pairs, " "); kept = 1
    for (i = 1; i <= n; i++) { split(pairs[i], pair, "="); if (set[pair[1]] "" != pair[2] "") kept = 0 }
    print "kept=" kept
  }' ${file(keptIn(values))}`;
}

/** The newest systemd that takes an ageing time of 0 for "not set" (systemd issues 7019 and 7021). */
export const ignoresZero = 234;

const unread: Matcher = {
  kind: 'failure',
  id: 'unread',
  pattern: /^unread=/,
  means: 'ifupdown can’t read its configuration, as it says here: with it, no interface would come up at the next start.',
  next: 'Read which line it names. If it is not the line of this step, fix it; then run the step again.',
};

export const keptMatchers: readonly Matcher[] = [
  unread,
  {
    kind: 'failure',
    id: 'old-systemd',
    pattern: /^systemd=(?:\d|\d\d|1\d\d|2[0-2]\d|23[0-4])$/,
    means: `systemd up to ${ignoresZero} ignores AgeingTimeSec=0: after a reboot the bridge would learn again.`,
    next: 'Set it with a command when the bridge comes up, such as a unit of your own with "ip link set dev … type bridge ageing_time 0", and skip this step with that as the reason.',
  },
  {
    kind: 'expected',
    id: 'kept',
    pattern: /^kept=1$/,
    means: 'What creates the bridge at the next boot has the setting, according to its own reading of the files.',
    missing: 'What creates the bridge at the next boot does not have the setting.',
    next: 'Check whether the file is read at all (a "source" line, the folder, another file of the same bridge), and start a new run with the right one.',
  },
];

/** After the way back: the files can be read, and that is said. */
export const readAgain = (values: Parameters) => ({
  script: sh`${showKept(values)}
echo 'Its files were asked about.'`,
  matchers: [
    unread,
    {
      kind: 'expected',
      id: 'asked',
      pattern: /^Its files were asked about\.$/,
      means: 'What creates the bridge can read its files.',
      missing: 'Could not find out whether the files can be read.',
      next: 'Check by hand: ifquery, or systemd-analyze.',
    },
    {
      kind: 'expected',
      id: 'told',
      pattern: /^kept=[01]$/,
      means: 'It says what it has.',
      missing: 'It does not say what it has.',
      next: 'Check by hand: ifquery, or read the file.',
    },
  ] satisfies Matcher[],
});
