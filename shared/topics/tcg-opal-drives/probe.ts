/** What each drive of the machine supports, and whether the kernel lets the drives be asked. */
import { type Probe, type ProbeFinding, readings } from '../../topic-kit/index.ts';
import { answersIn, type DriveAnswer } from './answers.ts';
import { askDrives } from './asking.ts';
import { listedAs } from './drive-table.ts';
import type { Parameters } from './parameters.ts';

const eDrive = ({ opal, ieee1667, locking }: DriveAnswer) => {
  if (opal === 'no' || ieee1667 === 'no') return 'BitLocker eDrive: no.';
  if (opal === '2.0' && ieee1667 === 'yes')
    return locking?.enabled
      ? 'BitLocker eDrive: only after it is set back to its first state, which erases it.'
      : 'BitLocker eDrive: the drive itself can do it.';
  return ieee1667 === 'unknown' ? 'BitLocker eDrive: not known, as IEEE-1667 could not be read.' : 'BitLocker eDrive: not known.';
};

function findingOf(answer: DriveAnswer): ProbeFinding {
  const { name, model, kind, opal, ieee1667, locking, because } = answer;
  const listed = listedAs(model);
  const state = locking ? (locking.locked ? ' It is locked now.' : locking.enabled ? ' Its locking is set up.' : ' Its locking is not set up.') : '';
  return {
    label: `${name}${model ? `: ${model}` : ''}`,
    value: kind === 'other' ? 'no ATA device' : `Opal ${opal}, IEEE-1667 ${ieee1667}`,
    means:
      `${because}${state} ${kind === 'other' ? '' : eDrive(answer)}${listed ? ` The table of ${listed.when} has ${listed.drive}: Opal ${listed.opal}, IEEE-1667 ${listed.ieee1667 || 'not named'}${listed.note ? ` (${listed.note})` : ''}.` : ''}`.trim(),
    speaks: opal === 'unknown' && kind === 'ata' ? 'for' : 'neither',
  };
}

export const probe: Probe<Parameters> = {
  looksAt: ['each drive by smartctl, hdparm, nvme and sedutil', 'whether the kernel passes TCG commands to SATA drives'],
  uses: ['drives'],
  needsRoot: true,
  script: ({ drives }) => askDrives(drives),
  judge: ({ output }) => {
    const found = readings(output);
    const answers = answersIn(output);
    const kept = !['1', 'Y', 'none'].includes(found.get('allow_tpm') ?? 'none');
    const findings: ProbeFinding[] = [
      ...answers.map(findingOf),
      {
        label: 'allow_tpm',
        value: found.get('allow_tpm') ?? '',
        means: kept ? 'The kernel keeps TCG commands from SATA drives.' : 'The kernel passes TCG commands, or has no SATA driver.',
        speaks: kept ? 'for' : 'against',
      },
      ...['sedutil-cli', 'hdparm', 'nvme', 'smartctl'].flatMap((tool) =>
        found.get(`tool.${tool}`) === 'none' ? [{ label: tool, value: 'not there', means: 'Its answers are missing.', speaks: 'neither' as const }] : [],
      ),
    ];
    const open = answers.filter(({ opal, kind }) => opal === 'unknown' && kind !== 'other');
    if (found.get('asked') !== 'yes') return { verdict: 'unknown', because: 'The drives could not be asked.', next: 'Check as root.', findings: [] };
    if (answers.length === 0)
      return { verdict: 'not-affected', because: 'There is no SATA, SAS or NVMe drive.', next: 'A virtual disk has nothing of this.', findings };
    if (answers.every(({ kind }) => kind === 'other'))
      return {
        verdict: 'not-affected',
        because: 'None of these is an ATA or NVMe drive that can be asked.',
        next: 'Connect the drive directly, without a USB bridge or RAID controller.',
        findings,
      };
    if (open.some(({ kind }) => kind === 'ata') && kept)
      return {
        verdict: 'affected',
        because: 'The kernel keeps TCG commands from SATA drives, so what they support is not known.',
        next: 'Start the run: it lets them through, and asks.',
        findings,
      };
    if (open.length > 0)
      return {
        verdict: 'unknown',
        because: `${open.map(({ name }) => name).join(', ')}: ${open[0]?.because ?? ''}`,
        next: 'Install sedutil, or read the maker’s data sheet.',
        findings,
      };
    return { verdict: 'already-fixed', because: 'Each drive that can be asked has answered.', next: 'Read the findings.', findings };
  },
};
