/** Whether a file is an updater with firmware in it, and whether it was taken out already. */
import { file, type Probe, type ProbeFinding, readings, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';
import { findPayload, otherKinds } from './payload.ts';

export const probe: Probe<Parameters> = {
  looksAt: ['how the file begins, and where its archive begins', 'whether the new folder exists, and what is in it', 'unsquashfs'],
  uses: ['updater', 'folder', 'depth'],
  script: ({ updater, folder }) => sh`${findPayload(updater)}
if [ -e ${file(folder)} ]; then echo folder=there; else echo folder=none; fi
for wb_bin in ${file(folder)}/TS*.bin; do [ ! -f "$wb_bin" ] || [ "$(wb_tar < "$wb_bin")" != ustar ] || echo "firmware=\${wb_bin##*/}"; done
for wb_part in components system; do [ ! -s ${file(folder)}/"$wb_part.md5" ] || echo "$wb_part=there"; done
if command -v unsquashfs > /dev/null 2>&1; then echo unsquashfs=there; else echo unsquashfs=none; fi`,
  judge: ({ output }, { updater, folder, depth }) => {
    const found = readings(output);
    const kind = found.get('kind') ?? '';
    const firmware = found.get('firmware');
    const other = otherKinds[kind];
    const usable = ['scexe', 'targz', 'bin'].includes(kind);
    const missing = (['components', 'system'] as const).slice(0, depth === 'system' ? 2 : depth === 'components' ? 1 : 0).filter((part) => !found.has(part));
    const findings: ProbeFinding[] = [
      {
        label: updater,
        value: kind,
        means: other?.means ?? (kind === 'bin' ? 'It is a firmware file already; its components can be unpacked.' : 'Its archive was found.'),
        speaks: usable ? 'for' : 'neither',
      },
      ...(kind === 'scexe' ? [{ label: 'Archive', value: `byte ${found.get('payload')}`, means: 'Counted from 0.', speaks: 'for' as const }] : []),
      ...(found.has('script-says')
        ? [
            {
              label: 'Script',
              value: found.get('script-says') ?? '',
              means: 'The script names another place. The run goes by what was found.',
              speaks: 'neither' as const,
            },
          ]
        : []),
      {
        label: folder,
        value: firmware ?? found.get('folder') ?? '',
        means: firmware ? 'The firmware file is there.' : found.get('folder') === 'there' ? 'It exists. The run needs a new one.' : 'The run makes it.',
        speaks: firmware ? 'against' : 'neither',
      },
      ...(depth === 'system' && found.get('unsquashfs') === 'none'
        ? [{ label: 'unsquashfs', value: 'not there', means: 'Install squashfs-tools before the run.', speaks: 'neither' as const }]
        : []),
    ];
    if (firmware !== undefined && missing.length === 0)
      return { verdict: 'already-fixed', because: `${firmware} is in the folder, unpacked as far as you chose.`, next: 'Nothing needs to be done.', findings };
    if (found.get('folder') === 'there')
      return {
        verdict: 'unknown',
        because: 'The folder exists, and is not one that a whole run has made.',
        next: 'Choose a folder that does not exist.',
        findings,
      };
    if (usable)
      return {
        verdict: 'affected',
        because: kind === 'bin' ? 'It is a firmware file.' : 'It is an updater with an archive.',
        next: 'Start the run.',
        findings,
      };
    if (kind === '' || kind === 'unread' || other === undefined)
      return { verdict: 'unknown', because: otherKinds.unread?.means ?? '', next: 'Correct the path.', findings };
    return { verdict: 'not-affected', because: other.means, next: other.next, findings };
  },
};
