/** A small topic about two machines: each writes and edits files of its own, and what is on one is not on the other. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { OtherMachines, TargetRef } from '../../../shared/api/topic.ts';
import { file, type Machine, type Remedy, type Step, sh } from '../../../shared/topic-kit/index.ts';
import { SmallRun } from './small-run.test-kit.ts';

export const twoMachines: readonly Machine[] = [
  { id: 'client', title: 'Client', purpose: 'asks' },
  { id: 'proxy', title: 'Proxy', purpose: 'answers', optional: true },
];
const base = { intro: '', danger: 'changes' as const };

/** Puts a line into a file of the machine, in the folder, which is there. */
export const writeOn = (on: string, id: string, folder = '/etc'): Step => ({
  ...base,
  kind: 'command',
  id,
  on,
  title: `Write ${id}`,
  script: sh`printf '%s\n' ${id} >>${file(`${folder}/log`)}`,
  matchers: [],
  verify: {
    script: sh`tail -n 1 ${file(`${folder}/log`)}; echo "tool on \${WRENCHBOOK_MACHINE-none}"`,
    matchers: [{ kind: 'expected', id: 'there', pattern: new RegExp(`^${id}$`), means: 'It is there.', missing: 'It is not there.' }],
  },
  undo: sh`sed '$d' ${file(`${folder}/log`)} >${file(`${folder}/log.new`)} && mv ${file(`${folder}/log.new`)} ${file(`${folder}/log`)}`,
});
export const editOn = (on: string, id: string, folder = '/etc'): Step => ({
  ...base,
  kind: 'edit',
  id,
  on,
  title: `Edit ${id}`,
  file: `${folder}/conf`,
  edit: (old) => old.replace('old', 'new'),
});

export const steps = (folder?: string): Step[] => [
  writeOn('client', 'ask', folder),
  writeOn('proxy', 'answer', folder),
  editOn('proxy', 'tell', folder),
  editOn('client', 'hear', folder),
];

/** Begins a run, or goes on with the one that is in the folder. */
export function twoMachineRun(
  own: readonly Step[] = steps(),
  {
    folder = mkdtempSync(path.join(tmpdir(), 'wb-two-')),
    target = { kind: 'lab' },
    others,
    sshConfig,
    remedies = [],
  }: { folder?: string; target?: TargetRef; others?: OtherMachines; sshConfig?: string; remedies?: readonly Remedy[] } = {},
): SmallRun {
  return new SmallRun(own, folder, target, {
    topic: { machines: twoMachines, remedies },
    ...(others && { others }),
    ...(sshConfig !== undefined && { sshConfig }),
  });
}
