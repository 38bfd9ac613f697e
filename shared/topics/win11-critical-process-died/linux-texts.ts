/** What the mounted volume shows, and what it means. */
import type { Matcher } from '../../topic-kit/index.ts';

export const linuxLooks: readonly Matcher[] = [
  {
    kind: 'failure',
    id: 'hibernated',
    pattern: /^hibernation: (hibr)$/i,
    means: 'Windows is hibernated, or was shut down with fast startup: it assumes that the volume is unchanged, and would destroy what is written now.',
    next: 'If nothing of that session is worth keeping, discard it: unmount, and mount with ntfs-3g -o remove_hiberfile; that is not always enough since Windows 10. Else start Windows and choose Restart, not Shut down; or, where it does not start, ntfsrecover --kill-fast-restart and its device. Then run the step again.',
    remedies: ['discard-session'],
  },
  {
    kind: 'failure',
    id: 'read-only',
    pattern: /^mount: \S+ \S+ (?:[^,]*,)*?ro(?:,|$)/,
    means: 'The volume is mounted read-only. ntfs-3g does this when Windows is hibernated or the volume was not unmounted cleanly.',
    next: 'Let Windows’ recovery environment check it (chkdsk with its letter and /f), mount it for writing, and run the step again.',
    remedies: ['mount-again'],
  },
  {
    kind: 'failure',
    id: 'two-folders',
    pattern: /^Two folders: /,
    means: 'There are two folders whose names differ in capitals only. It is not known which one Windows uses.',
    next: 'Look at both, and move away the one that does not belong there.',
  },
  {
    kind: 'expected',
    id: 'ntfs',
    pattern: /^mount: \S+ (fuseblk|ntfs3?|fuse\.ntfs(-3g)?|ntfs-3g) /,
    means: 'It is a mounted NTFS volume.',
    missing: 'No NTFS volume is mounted at this folder.',
    next: 'Mount it: ntfs-3g and its device (lsblk -f shows it; BitLocker: cryptsetup open --type bitlk first). Then run the step again.',
    remedies: ['mount-again'],
  },
  {
    kind: 'failure',
    id: 'no-windows',
    pattern: /^No Windows was found$/,
    means: 'It has no folder Windows/System32/config: it is another volume, such as the recovery partition.',
    next: 'Mount the volume with Windows there, the largest as a rule, and run the step again.',
  },
];
