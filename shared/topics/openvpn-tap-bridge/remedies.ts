/** How to fix this of failures. In a rehearsal, `lab` does what the admin's hands would. */
import { type Remedy, sh } from '../../topic-kit/index.ts';

export const remedies: readonly Remedy[] = [
  {
    id: 'add-port',
    title: 'Put the VPN’s port into the bridge',
    explanation: 'On the VPN server: ip link set dev tap0 master br0 up (with your names). Make sure that OpenVPN’s up script does it too.',
    danger: 'changes',
    lab: sh`ip link set dev tap0 master br0 up`,
    afterwards: 'retry',
  },
  {
    id: 'ping',
    title: 'Have somebody ping',
    explanation: 'Ask somebody at a VPN client to clear its ARP cache and to ping a machine of the LAN, then count again.',
    danger: 'reads',
    lab: sh`lab-bridge-hand ping`,
    afterwards: 'retry',
  },
];
