/** Batches and when it stops, as somebody wants them now, in the place of those in a playbook. Pure. */
import { isMap, isSeq, parseDocument } from 'yaml';
import { WrenchbookError } from '../../../../shared/api/error.ts';
import type { FleetRollout } from '../../../../shared/api/fleet.ts';
import { stopVariable } from '../compile/stop-at.ts';
import type { PlaybookFile } from './playbook-folder.ts';

/**
 * In plays that have batches; a play that only reads goes over all hosts at once. Other files, comments and order stay. Throws `bad-parameters` where
 * the playbook can't count failed hosts.
 */
export function withRollout(files: readonly PlaybookFile[], rollout: FleetRollout): PlaybookFile[] {
  const stop = rollout.stopAt === undefined ? null : { variable: stopVariableIn(files), at: rollout.stopAt };
  return files.map(({ path, text }) => (path === 'site.yml' || path === 'undo.yml' ? { path, text: rewritten(text, rollout, stop) } : { path, text }));
}

function rewritten(text: string, { serial, maxFail }: FleetRollout, stop: { variable: string; at: number } | null): string {
  const document = parseDocument(text);
  if (!isSeq(document.contents)) return text;
  for (const [at, play] of document.contents.items.entries()) {
    if (!isMap(play)) continue;
    if (stop) document.setIn([at, 'vars', stop.variable], stop.at);
    if (!play.has('serial')) continue;
    if (serial !== undefined) document.setIn([at, 'serial'], document.createNode([...serial]));
    if (maxFail !== undefined) document.setIn([at, 'max_fail_percentage'], maxFail);
    else if (stop) document.deleteIn([at, 'max_fail_percentage']);
  }
  return document.toString({ lineWidth: 0 });
}

/** The variable of the role that counts failed hosts. */
function stopVariableIn(files: readonly PlaybookFile[]): string {
  for (const { path, text } of files) {
    const [, role = ''] = /^roles\/([^/]+)\/defaults\/main\.yml$/.exec(path) ?? [];
    const variable = stopVariable(role);
    if (role !== '' && text.split('\n').some((line) => line.startsWith(`${variable}:`))) return variable;
  }
  throw new WrenchbookError(
    'bad-parameters',
    'This playbook does not count failed hosts, so it cannot stop at a number of them.',
    'Compile the procedure again, or leave out --stop-at.',
  );
}
