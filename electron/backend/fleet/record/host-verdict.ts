/** What becomes of a host at the end of an attempt. Pure. */
import type { HostStatus } from '../../../../shared/api/fleet.ts';
import type { AttemptRow, Counts, HostRow } from './host-row.ts';

export const noResult = 'Ansible ended well, but a step has no result from this host.';
const nothingBack = 'A step gave nothing back: it is unknown what it did.';

/** `stats`: what Ansible counted of it; undefined where it did not come to its summary. `through`: it has a result of each of its steps. */
export function hostVerdict(host: HostRow, attempt: AttemptRow, stats: Counts[string] | undefined, through: boolean): { status: HostStatus; says: string } {
  if (stats && stats.dark > 0) return { status: 'unreachable', says: host.says || 'It could not be reached.' };
  if (stats && stats.failures > 0) return { status: 'failed', says: host.says };
  if (attempt.kind === 'check') return { status: 'pending', says: '' };
  const started = host.apart.length > 0 || host.cells.some(({ tasks }) => tasks.some(({ attempt: of }) => of === attempt.number));
  // One of them was told how many had failed: that is nothing that ran on it.
  if (!started && attempt.enough !== '')
    return attempt.kind === 'undo'
      ? { status: 'done', says: 'Its undo was not begun.' }
      : { status: 'pending', says: 'It was not begun: enough hosts had failed.' };
  const counted = stats !== undefined && stats.ok + stats.changed + stats.skipped > 0;
  if (attempt.kind === 'undo') {
    // Where another host failed, Ansible's status says nothing of this one; that its undo came to its end does.
    const ended = attempt.status === 0 || host.apart.some(({ name, result }) => name.startsWith('undo-end: ') && result !== null);
    if (counted && ended) return { status: host.status === 'done' && !host.changed ? 'done' : 'undone', says: '' };
    return started ? { status: 'unknown', says: 'It was not seen how its undo ended.' } : { status: 'done', says: 'Its undo was not begun.' };
  }
  if (host.status === 'done') return { status: 'done', says: '' };
  const unknown = host.cells.some(({ status }) => status === 'unknown');
  if (counted && through) return unknown ? { status: 'unknown', says: nothingBack } : { status: 'done', says: '' };
  if (counted && host.notAffected) return { status: 'done', says: host.notAffected };
  if (counted && attempt.status === 0 && attempt.enough === '') return { status: 'unknown', says: noResult };
  if (stats && !counted) return { status: 'unknown', says: 'Nothing ran on this host.' };
  if (!started) return { status: 'pending', says: attempt.lost || attempt.stopped ? '' : 'It was not reached: the run ended before its turn.' };
  if (host.status === 'failed' || host.status === 'unreachable') return { status: host.status, says: host.says };
  if (unknown || attempt.lost) return { status: 'unknown', says: 'A task was started, and its end was not seen.' };
  return { status: 'pending', says: 'It is not finished: the run ended before its last step.' };
}
