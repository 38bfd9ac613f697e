/** A procedure of tests about two machines: each writes and edits files of its own, and what is on one is not on the other. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { OtherMachines, TargetRef } from '../../../shared/api/topic.ts';
import { file, type Machine, type Probe, type Remedy, readings, type Step, sh, type Topic } from '../../../shared/topic-kit/index.ts';
import { SmallRun, smallTopic } from './small-run.test-kit.ts';

export const twoMachines: readonly Machine[] = [
  { id: 'client', title: 'Client', purpose: 'asks' },
  { id: 'proxy', title: 'Proxy', purpose: 'answers', optional: true },
];
const base = { intro: '', danger: 'changes' as const };

/** Puts a line into a file of the machine, in the folder, which is there. */
export function writeOn(on: string, id: string, folder = '/etc'): Step {
  const log = file(`${folder}/log`);
  const show = sh`cat ${log}; echo "tool on \${WRENCHBOOK_MACHINE-none}"`;
  return {
    ...base,
    kind: 'command',
    id,
    on,
    title: `Write ${id}`,
    script: sh`grep -q -x -e ${id} ${log} || printf '%s\n' ${id} >>${log}`,
    matchers: [],
    verify: {
      script: show,
      matchers: [
        { kind: 'expected', id: 'there', pattern: new RegExp(`^${id}$`), means: 'It is there.', missing: 'It is not there.' },
        { kind: 'failure', id: 'locked', pattern: /^locked$/, means: 'The log is locked.', next: 'Unlock it.', remedies: ['unlock'] },
      ],
    },
    undo: sh`sed /^${id}\$/d ${log} >${file(`${folder}/log.new`)} && mv ${file(`${folder}/log.new`)} ${log}`,
    undone: {
      script: sh`grep -c -x -e ${id} ${log} || true`,
      matchers: [{ kind: 'expected', id: 'gone', pattern: /^0$/, means: 'It is gone.', missing: 'It is still there.' }],
    },
  };
}
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

const probe: Probe = {
  looksAt: ['the files of both'],
  uses: [],
  machines: ['client', 'proxy'],
  script: () => sh`sed 's/^/conf=/' ${file('/etc/conf')}`,
  judge: ({ machines = {} }) => {
    const texts = Object.values(machines).map(({ output }) => readings(output).get('conf') ?? '');
    const isNew = texts.length > 0 && texts.every((text) => text.endsWith('new'));
    return { verdict: isNew ? 'already-fixed' : 'affected', because: texts.join(', '), next: '', findings: [] };
  },
};

/** The whole of it, with a rehearsal: of both, and without the proxy. */
export const twoMachineTopic: Topic = {
  ...smallTopic([]),
  id: 'two-machines',
  minutes: 4,
  targets: ['local', 'ssh'],
  machines: twoMachines,
  steps: () => steps(),
  remedies: [
    {
      id: 'unlock',
      title: 'Unlock the log of the proxy',
      explanation: '',
      danger: 'changes',
      on: 'proxy',
      script: () => sh`sed /^locked\$/d ${file('/etc/log')} >${file('/etc/log.new')} && mv ${file('/etc/log.new')} ${file('/etc/log')}`,
      afterwards: 'retry',
    },
  ],
  probe,
  lab: {
    scenario: 'Two machines',
    failures: [
      { id: 'locked', title: 'The log of the proxy is locked', story: 'It is.', stopsAt: { step: 'answer', rule: 'locked' }, wayOut: 'remedy', inWay: null },
      { id: 'client-locked', title: 'The log of the client is locked', story: 'It is.', stopsAt: { step: 'ask', rule: 'locked' }, wayOut: 'undo' },
    ],
    facts: {},
    ways: { alone: {} },
    without: { alone: ['proxy'] },
    files: (failure) => [
      { path: 'root/etc/conf', content: 'client old\n' },
      { path: 'root/etc/log', content: failure === 'client-locked' ? 'locked\n' : 'first\n' },
      { machine: 'proxy', path: 'root/etc/conf', content: 'proxy old\n' },
      { machine: 'proxy', path: 'root/etc/log', content: failure === 'locked' ? 'locked\n' : 'first\n' },
    ],
  },
};

interface TwoMachineOptions {
  folder?: string;
  target?: TargetRef;
  others?: OtherMachines;
  sshConfig?: string;
  remedies?: readonly Remedy[];
}

/** Begins a run, or goes on with the one that is in the folder. */
export function twoMachineRun(
  own: readonly Step[] = steps(),
  { folder = mkdtempSync(path.join(tmpdir(), 'wb-two-')), target = { kind: 'lab' }, others, sshConfig, remedies = [] }: TwoMachineOptions = {},
): SmallRun {
  return new SmallRun(own, folder, target, {
    topic: { machines: twoMachines, remedies },
    ...(others && { others }),
    ...(sshConfig !== undefined && { sshConfig }),
  });
}
