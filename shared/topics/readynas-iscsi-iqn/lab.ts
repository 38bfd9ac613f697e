/** The rehearsal: a box that has removed the initiators of two targets. How it spells their lines is a stand-in: Netgear's word for them is not known. */
import type { Lab, LabFile } from '../../topic-kit/index.ts';

const name = 'iqn.2010-01.com.example:nas';
/** The password of both targets; it may be nowhere but in the file. */
export const labPassword = 'Canary-7391-x';
export const labWanted = `Target ${name}.calendarserver
 InitiatorName iqn.2010-05.com.example:server1
Target ${name}.collaboration
 InitiatorName iqn.2010-05.com.example:server1
 InitiatorName iqn.2010-05.com.example:server2`;

const stanza = (target: string, number: string, more = '') => `Target ${name}.${target}
 Lun 0 Path=/e/${target},Type=fileio,ScsiSN=RN293R60037B-${number},IOMode=wb
 HeaderDigest CRC32,None
 DataDigest CRC32,None
${more} IncomingUser mac ${labPassword}
`;

const files = (failure: string | null): LabFile[] => [
  { path: 'plays', content: `${failure ?? ''}\n` },
  { path: 'nas.state', content: 'box=ReadyNAS Pro\n' },
  {
    path: 'root/etc/ietd.conf',
    content: `${stanza('calendarserver', '003')}\n${stanza(failure === 'renamed' ? 'collab' : 'collaboration', '001', ' InitiatorName iqn.2010-05.com.example:server2\n')}`,
  },
  {
    path: 'root/proc/net/iet/session',
    content: `tid:2 name:${name}.collaboration\n${failure === 'logged-in' ? '\tsid:281474997486080 initiator:iqn.2010-05.com.example:server2\n\t\tcid:0 ip:192.0.2.5 state:active hd:none dd:none\n' : ''}tid:1 name:${name}.calendarserver\n`,
  },
  {
    path: 'root/proc/net/iet/volume',
    content: `tid:2 name:${name}.collaboration\n\tlun:0 state:0 iotype:fileio iomode:wb path:/e/collaboration\ntid:1 name:${name}.calendarserver\n\tlun:0 state:0 iotype:fileio iomode:wb path:/e/calendarserver\n`,
  },
  { path: 'root/etc/init.d/iscsitarget', content: 'lab-iet "$1"\n' },
];

export const lab: Lab = {
  scenario: 'A ReadyNAS whose disks no longer mount: it has removed the initiators of its targets',
  failures: [
    {
      id: 'renamed',
      title: 'A target has another name',
      story: 'Somebody made it again under a new name. Your list names one that there is no longer.',
      stopsAt: { step: 'look', rule: 'target-2' },
      wayOut: 'undo',
    },
    {
      id: 'logged-in',
      title: 'An initiator is logged in',
      story: 'With write-back, a restart could lose its data. It is not done.',
      stopsAt: { step: 'restart', rule: 'active' },
      wayOut: 'remedy',
    },
    {
      id: 'not-accepted',
      title: 'The target does not start with the file',
      story: 'ietd does not know a word of it. One target is no longer served.',
      stopsAt: { step: 'restart', rule: 'served-2' },
      wayOut: 'undo',
    },
    {
      id: 'written-again',
      title: 'The box writes the file again',
      story: 'Its web pages were open, and a restart made it write the file from its own list.',
      stopsAt: { step: 'after', rule: 'all-there' },
      wayOut: 'undo',
    },
  ],
  facts: { 'there-before': '1', users: '2' },
  files,
};
