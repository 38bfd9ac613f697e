/** One host in one step: what its tasks came to. Pure. */
import type { AttemptKind, CellStatus, CellTask } from '../../../../shared/api/fleet.ts';
import type { AnsibleEvent } from './ansible-event.ts';

export type TaskResult = Extract<AnsibleEvent, { e: 'result' }>;

export interface TaskInCell {
  id: string;
  name: string;
  attempt: number;
  kind: AttemptKind;
  startedAt: number;
  /** Null: it was started, and nothing came back so far. */
  result: TaskResult | null;
  /** A failure that the playbook itself dealt with (`rescue`). */
  rescued: boolean;
}

/**
 * `over`: nothing more is coming for this step; only then it is judged by what it has. `gone`: nothing is coming for the whole attempt.
 * A step that was not over by then is unknown, whatever came back of it.
 */
export function cellStatusOf(tasks: readonly TaskInCell[], { over, gone }: { over: boolean; gone: boolean }): CellStatus {
  const [last] = tasks.slice(-1);
  if (!last) return 'pending';
  const kinds = tasks.map(taskStatus);
  if (kinds.includes('failed')) return 'failed';
  if (kinds.includes('unreachable')) return 'unreachable';
  if (kinds.includes('running')) return gone ? 'unknown' : 'running';
  // More of its tasks might have come.
  if (!over) return gone ? 'unknown' : 'running';
  if (kinds.includes('unknown')) return 'unknown';
  if (last.kind === 'check') return kinds.includes('changed') ? 'would-change' : 'pending';
  if (last.kind === 'undo') return kinds.every((kind) => kind === 'skipped') ? 'skipped' : 'undone';
  if (kinds.includes('changed')) return 'changed';
  return kinds.includes('ok') ? 'ok' : 'skipped';
}

/** A result without anything in it is no proof. */
export function taskStatus({ result, rescued }: TaskInCell): CellStatus {
  if (!result) return 'running';
  if (result.status === 'unreachable') return 'unreachable';
  if (result.status === 'skipped') return 'skipped';
  if (result.status === 'failed' && !result.ignored && !rescued) return 'failed';
  if (result.said.empty && !result.hidden) return 'unknown';
  return result.changed ? 'changed' : 'ok';
}

/** What is shown of a task; outputs as they came, cut only by the plugin. */
export function shownTask(task: TaskInCell, gone: boolean): CellTask {
  const { name, attempt, kind, result, startedAt } = task;
  const status = taskStatus(task);
  const said = result?.said;
  const items = said?.items ?? [];
  const joined = (own: string | undefined, key: 'stdout' | 'stderr') => [own ?? '', ...items.map((item) => item[key] ?? '')].filter(Boolean).join('\n');
  const message = result?.hidden ? 'The output is hidden: the task has no_log.' : String(said?.msg ?? said?.skip_reason ?? '');
  return {
    name,
    attempt,
    kind,
    status: status === 'running' && gone ? 'unknown' : status,
    command: items.length > 0 ? items.map(({ command }) => command ?? '').join('\n') : (said?.command ?? ''),
    exit: said?.rc ?? null,
    output: joined(said?.stdout ?? said?.module_stdout, 'stdout'),
    error: joined(said?.stderr ?? said?.module_stderr, 'stderr'),
    message: said?.empty && !result?.hidden && result?.status === 'ok' ? 'Nothing came back: it is unknown what this did.' : message,
    diff: said?.diff ?? '',
    at: new Date(1000 * (result?.at ?? startedAt)).toISOString(),
  };
}
