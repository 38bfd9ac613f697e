/** Many probes as one script, so that they cost one round trip; and what it printed, taken apart again. Pure. */
import { quote } from '../../../shared/topic-kit/index.ts';

export interface DoctorPart {
  id: string;
  script: string;
}
export interface PartSeen {
  output: string;
  exitStatus: number;
  /** `late`: it took too long; `cut`: it printed too much. It was ended, and what it printed is not all. */
  ended: 'itself' | 'late' | 'cut';
}

/** So many look at the same time. */
const lanes = 4;
/** What one may print, in bytes: all of them are kept in a variable of the target's shell. */
const mostBytes = 32_768;

/**
 * Each in a shell of its own, with no input, and ended after `seconds` or when it prints without end: one that hangs costs only itself. They look
 * in lanes, a few at the same time; a lane prints when the one before it has printed, so that no file is needed to keep them apart. What a probe
 * leaves running is not waited for. `mark`: nobody else prints it.
 */
export function doctorScript(parts: readonly DoctorPart[], mark: string, seconds: number): string {
  const used = Math.min(lanes, Math.max(1, parts.length));
  const inLanes = Array.from({ length: used }, (_, lane) => parts.filter((_part, index) => index % used === lane));
  return [
    'wb_run() {',
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
    'wb_look() {',
    `  printf '\\n%s begin %s\\n' ${mark} "$1"`,
    `  wb_run "$1" "$2" 2>/dev/null | LC_ALL=C sed '/^${mark} end /q' | head -c ${mostBytes}`,
    `  printf '\\n%s close %s\\n' ${mark} "$1"`,
    '}',
    ...inLanes.map((own, lane) => [`wb_lane${lane}() {`, '  :', ...own.map(({ id, script }) => `  wb_look ${quote(id)} ${quote(script)}`), '}'].join('\n')),
    `: | ${inLanes.map((_, lane) => `{ wb_seen=$(wb_lane${lane} </dev/null); cat; printf '%s\\n' "$wb_seen"; }`).join(' | ')}`,
  ].join('\n');
}

/** By id; one whose end is missing is missing here. */
export function takenApart(output: string, mark: string): Map<string, PartSeen> {
  const seen = new Map<string, PartSeen>();
  let open: { id: string; lines: string[] } | null = null;
  for (const line of output.split('\n')) {
    const [own, word, id = '', status = ''] = line.trim().split(' ');
    if (own === mark && word === 'begin') open = { id, lines: [] };
    else if (own === mark && open?.id === id && (word === 'end' || word === 'close')) {
      const exitStatus = word === 'end' ? Number(status) : 141;
      // timeout(1) says 124, or 137 where it had to kill; so does the other way.
      const ended = word === 'close' ? 'cut' : exitStatus === 124 || exitStatus === 137 ? 'late' : 'itself';
      seen.set(id, { output: open.lines.join('\n').trim(), exitStatus, ended });
      open = null;
    } else open?.lines.push(line);
  }
  return seen;
}
