/** Batches and the share that may fail, as somebody wants them now, in the place of those in a playbook. Pure. */
import { isMap, isSeq, parseDocument } from 'yaml';
import type { FleetRollout } from '../../../../shared/api/fleet.ts';
import type { PlaybookFile } from './playbook-folder.ts';

/** In plays that have batches; a play that only reads goes over all hosts at once. Other files, comments and order stay. */
export function withRollout(files: readonly PlaybookFile[], { serial, maxFail }: FleetRollout): PlaybookFile[] {
  return files.map(({ path, text }) => (path === 'site.yml' || path === 'undo.yml' ? { path, text: rewritten(text, serial, maxFail) } : { path, text }));
}

function rewritten(text: string, serial: FleetRollout['serial'], maxFail: number | undefined): string {
  const document = parseDocument(text);
  if (!isSeq(document.contents)) return text;
  for (const [at, play] of document.contents.items.entries()) {
    if (!isMap(play) || !play.has('serial')) continue;
    if (serial !== undefined) document.setIn([at, 'serial'], document.createNode([...serial]));
    if (maxFail !== undefined) document.setIn([at, 'max_fail_percentage'], maxFail);
  }
  return document.toString({ lineWidth: 0 });
}
