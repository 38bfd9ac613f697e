/** Whether these installers can be started over the network already. */
import { file, type Probe, type ProbeJudgement, readings, sh } from '../../topic-kit/index.ts';
import { installersOf, menuPlace, type Parameters } from './parameters.ts';
import { showShare } from './samba.ts';
import { neededFiles } from './tree.ts';

export const probe: Probe<Parameters> = {
  looksAt: ['the files below the TFTP root', 'the menu', 'the share, as Samba understands it'],
  uses: ['installers', 'server', 'root', 'wimboot', 'menu', 'share', 'smbConf'],
  script: (values) => sh`there=0
[ -d ${file(values.root)} ] && echo root=yes
for path in ${neededFiles(values)}; do
  [ ! -s ${file(values.root)}/"$path" ] || there=$((there + 1))
done
echo "files=$there"
entries=0
for folder in ${installersOf(values).map(({ folder }) => folder)}; do
  ! grep -qxF "set disc \\\${tftp}/$folder" ${file(menuPlace(values))} 2> /dev/null || entries=$((entries + 1))
done
echo "entries=$entries"
[ -r ${file(values.smbConf)} ] && echo smb-conf=yes
${showShare(values)}`,
  judge: ({ output }, values) => judge(readings(output), values),
};

function judge(found: ReadonlyMap<string, string>, values: Parameters): ProbeJudgement {
  const wanted = { files: neededFiles(values).length, entries: installersOf(values).length };
  const has = (name: 'files' | 'entries') => Number(found.get(name) ?? Number.NaN);
  const shared = found.get('path') === values.root;
  const readable =
    shared &&
    /^yes$/i.test(found.get('guest-ok') ?? '') &&
    /^yes$/i.test(found.get('read-only') ?? '') &&
    /^bad (user|password)$/i.test(found.get('map-to-guest') ?? '');
  const findings: ProbeJudgement['findings'] = [
    {
      label: 'Files that are needed',
      value: `${found.get('files') ?? '?'} of ${wanted.files}`,
      means: has('files') === wanted.files ? 'All are there.' : 'The first step names those that are missing.',
      speaks: 'neither',
    },
    {
      label: 'Installers in the menu',
      value: `${found.get('entries') ?? '?'} of ${wanted.entries}`,
      means: has('entries') === wanted.entries ? 'All can be chosen.' : 'The rest can’t be chosen yet.',
      speaks: has('entries') === wanted.entries ? 'against' : 'for',
    },
    {
      label: `Share ${values.share}`,
      value: readable ? 'read-only, for guests' : shared ? 'not open to guests, or open for writing' : 'not there',
      means: readable ? 'Windows’ installer finds its packages.' : 'Windows’ installer does not find its packages.',
      speaks: readable ? 'against' : 'for',
    },
  ];
  if (found.get('root') !== 'yes')
    return { verdict: 'not-affected', because: `There is no folder ${values.root}.`, next: 'Give the TFTP server’s own folder.', findings: [] };
  if (found.get('smb-conf') !== 'yes' || Number.isNaN(has('files')) || Number.isNaN(has('entries')))
    return { verdict: 'unknown', because: `${values.smbConf} can’t be read.`, next: 'Install Samba, or give the right file.', findings };
  if (has('files') === wanted.files && has('entries') === wanted.entries && readable)
    return {
      verdict: 'already-fixed',
      because: 'Files, menu and share are there.',
      next: 'If a machine does not start, check what DHCP tells it (step "Make DHCP name the menu").',
      findings,
    };
  return { verdict: 'affected', because: 'Not all of it is set up yet.', next: 'Start the run.', findings };
}
