/** The rehearsal: a machine whose Windows volume is a folder, and what can go wrong on both ways. */
import type { Lab, LabFailure, LabFile } from '../../topic-kit/index.ts';

const volume = 'root/mnt/windows';

/** The head of a 64-bit crash dump: its mark, and the code of the crash at byte 56. */
function crashDump(code: number): Uint8Array {
  const bytes = new Uint8Array(4096);
  bytes.set(Array.from('PAGEDU64', (letter) => letter.charCodeAt(0)));
  new DataView(bytes.buffer).setUint32(56, code, true);
  return bytes;
}

function files(failure: string | null): LabFile[] {
  const renamed = failure === 'already-renamed' ? '.001' : '';
  const config = `${volume}/Windows/System32/config`;
  return [
    { path: 'windows.state', content: `plays=${failure ?? ''}\n` },
    {
      path: 'root/proc/self/mounts',
      content: `/dev/sda3 /mnt/windows fuseblk ${failure === 'read-only' ? 'ro' : 'rw'},relatime,user_id=0,group_id=0,allow_other,blksize=4096 0 0\n`,
    },
    { path: `${volume}/hiberfil.sys`, content: failure === 'hibernated' ? 'hibr' : 'wake' },
    ...['SOFTWARE', 'SYSTEM'].map((hive) => ({ path: `${config}/${hive}${renamed}`, content: `plays ${hive}, half updated\n` })),
    { path: `${config}/SAM`, content: 'plays SAM\n' },
    { path: `${volume}/Windows/MEMORY.DMP`, content: crashDump(0xef) },
  ];
}

const byHand = null;
const fromLinux = 'from Linux';
const failures: readonly LabFailure[] = [
  {
    id: 'already-renamed',
    title: 'Renamed before',
    story: 'Somebody has renamed the hives already, and no restore came after it. The first check says so.',
    stopsAt: { step: 'look', rule: 'software', also: ['system'] },
    wayOut: 'remedy',
  },
  {
    id: 'locked',
    title: 'Locked by BitLocker',
    story: 'No letter shows a Windows, as its volume is encrypted.',
    stopsAt: { step: 'look', rule: 'no-windows' },
    wayOut: 'remedy',
    inWay: byHand,
  },
  {
    id: 'no-restore-point',
    title: 'No restore point',
    story: 'There is nothing to go back to. The hives get their names back.',
    stopsAt: { step: 'restore', rule: 'no-restore-point' },
    wayOut: 'undo',
    inWay: byHand,
  },
  {
    id: 'restore-fails',
    title: 'The restore still fails',
    story: 'System Restore answers in German here, and fails at the registry again.',
    stopsAt: { step: 'restore', rule: 'registry-not-restored' },
    wayOut: 'undo',
    inWay: byHand,
  },
  {
    id: 'sfc-not-all',
    title: 'A file that is not repaired',
    story: 'sfc finds a damaged driver and can’t replace it at first.',
    stopsAt: { step: 'sfc', rule: 'not-all-repaired' },
    wayOut: 'remedy',
    inWay: byHand,
  },
  {
    id: 'hibernated',
    title: 'Fast startup',
    story: 'Windows was not shut down fully. Nothing is written to its volume.',
    stopsAt: { step: 'look', rule: 'hibernated' },
    wayOut: 'remedy',
    inWay: fromLinux,
  },
  {
    id: 'read-only',
    title: 'Mounted read-only',
    story: 'ntfs-3g found the volume unclean, and mounted it for reading only.',
    stopsAt: { step: 'look', rule: 'read-only' },
    wayOut: 'remedy',
    inWay: fromLinux,
  },
];

export const lab: Lab = {
  scenario: 'A Windows 11 that dies at every start since its last update, seen from its recovery environment or from a Linux rescue system',
  failures,
  facts: { renamed: 'SOFTWARE.001' },
  ways: { [fromLinux]: { way: 'linux' } },
  files,
};
