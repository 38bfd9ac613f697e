/** How to fix this of failures. In a rehearsal, `lab` does what the admin's hands would. */
import { type Remedy, sh } from '../../topic-kit/index.ts';

const hand = (id: string, title: string, explanation: string): Remedy => ({
  id,
  title,
  explanation,
  danger: 'changes',
  lab: sh`lab-windows-hand ${id}`,
  afterwards: 'retry',
});

export const remedies: readonly Remedy[] = [
  hand('unlock', 'Unlock the volume', 'In the command prompt there: manage-bde -unlock, the letter, -RecoveryPassword and the 48 digits of the recovery key.'),
  hand(
    'rename-back',
    'Give the hives their names back',
    'In the recovery environment: RESCUE back. From Linux: rename both files with the highest number, so that no number is behind their names.',
  ),
  hand('repair-again', 'Repair again', 'Restart Windows, and type the DISM line and the sfc line again.'),
  hand(
    'discard-session',
    'Discard the hibernated session',
    'Unmount the volume, and mount it with ntfs-3g -o remove_hiberfile. If it stays read-only: restart Windows with Restart (not Shut down), or run ntfsrecover --kill-fast-restart on its device. What was open in the hibernated session and not saved is lost.',
  ),
  hand('mount-again', 'Mount it for writing', 'Unmount it, and mount it with ntfs-3g. Its message says why, where it is read-only again.'),
];
