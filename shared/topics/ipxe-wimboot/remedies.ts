/** How to fix this of failures. In a rehearsal, `lab` does what the admin's hands would. */
import { type Remedy, sh } from '../../topic-kit/index.ts';

export const remedies: readonly Remedy[] = [
  {
    id: 'rename',
    title: 'Rename it',
    explanation: 'On the boot server, give each part of the path the capitals that are wanted (mv). Merge a folder that exists twice with different capitals.',
    danger: 'changes',
    lab: sh`lab-boot-hand rename`,
    afterwards: 'retry',
  },
  {
    id: 'copy',
    title: 'Copy the disc again',
    explanation:
      'Mount the disc or its image, and copy all of it into the installer’s folder (cp -R). wimboot is not part of it: get it from the iPXE project.',
    danger: 'changes',
    lab: sh`lab-boot-hand copy`,
    afterwards: 'retry',
  },
  {
    id: 'start-samba',
    title: 'Start Samba',
    explanation: 'On the boot server: systemctl enable --now smbd (Debian); systemctl enable --now smb (Fedora, Red Hat).',
    danger: 'changes',
    lab: sh`lab-boot-hand start-samba`,
    afterwards: 'retry',
  },
];
