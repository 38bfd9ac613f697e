/** Many probes as one script, so that they cost one round trip; and what it printed, taken apart again. Pure. */
import { quote } from '../../../shared/topic-kit/index.ts';

export interface DoctorPart {
  id: string;
  script: string;
}
export interface PartSeen {
  output: string;
  exitStatus: number;
  /** It was ended, as it took too long. */
  late: boolean;
}

/** Each in a shell of its own, with no input, and ended after `seconds`: one that hangs costs only itself. `mark`: nobody else prints it. */
export function doctorScript(parts: readonly DoctorPart[], mark: string, seconds: number): string {
  return [
    'wb_look() {',
    `  printf '\\n%s begin %s\\n' ${mark} "$1"`,
    '  if command -v timeout >/dev/null 2>&1; then',
    `    timeout -k 1 ${seconds} sh -c "$2" </dev/null 2>&1`,
    '    wb_status=$?',
    '  else',
    '    sh -c "$2" </dev/null 2>&1 &',
    '    wb_pid=$!',
    `    ( sleep ${seconds}; kill -9 "$wb_pid" ) >/dev/null 2>&1 &`,
    '    wb_guard=$!',
    '    wait "$wb_pid"',
    '    wb_status=$?',
    '    kill "$wb_guard" 2>/dev/null',
    '  fi',
    `  printf '\\n%s end %s %s\\n' ${mark} "$1" "$wb_status"`,
    '}',
    ...parts.map(({ id, script }) => `wb_look ${quote(id)} ${quote(script)}`),
  ].join('\n');
}

/** By id; one whose end is missing is missing here. */
export function takenApart(output: string, mark: string): Map<string, PartSeen> {
  const seen = new Map<string, PartSeen>();
  let open: { id: string; lines: string[] } | null = null;
  for (const line of output.split('\n')) {
    const [own, word, id = '', status = ''] = line.trim().split(' ');
    if (own === mark && word === 'begin') open = { id, lines: [] };
    else if (own === mark && word === 'end' && open?.id === id) {
      const exitStatus = Number(status);
      // timeout(1) says 124, or 137 where it had to kill; so does the other way.
      seen.set(id, { output: open.lines.join('\n').trim(), exitStatus, late: exitStatus === 124 || exitStatus === 137 });
      open = null;
    } else open?.lines.push(line);
  }
  return seen;
}
