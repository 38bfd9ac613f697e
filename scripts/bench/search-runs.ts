/** Ten thousand finished runs to search: the real plan, journals and recordings in their real form. Made once. */
import { existsSync, readdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { createBackend } from '../../electron/backend/backend.ts';
import { castBytes, type SyntheticRun, stepDone, writeRun } from '../../electron/backend/history/synthetic-run.test-kit.ts';
import type { PlannedStep } from '../../shared/api/plan.ts';
import { carrierPair } from '../../shared/wire/carrier.ts';
import { makeApi, makeClient } from '../../shared/wire/client.ts';
import { folder, root } from './workspace.ts';

const topicId = 'perc-h200-crossflash';
const hosts = ['Rehearsal lab', 'web1.example', 'db2.example', 'storage-münchen', 'backup.example'];
const words = [
  'mptsas2',
  'fault',
  'firmware',
  'reset',
  'adapter',
  'Lüfter',
  'timeout',
  'sector',
  'retry',
  'phy',
  'enclosure',
  'expander',
  'link',
  'down',
  'up',
  'ok',
];

/** The data folder. `count` runs are below it. */
export async function searchRuns(count: number): Promise<string> {
  const data = path.join(folder('search'), String(count));
  if (existsSync(path.join(data, 'runs')) && readdirSync(path.join(data, 'runs')).length === count) return data;
  const draft = `${data}.new`;
  const plan = await realPlan(draft);
  for (let index = 0; index < count; index++) writeRun(draft, syntheticRun(index, plan));
  renameSync(draft, data);
  return data;
}

async function realPlan(dataFolder: string): Promise<PlannedStep[]> {
  const backend = createBackend({ dataFolder, assetsFolder: path.join(root, 'assets'), version: 'bench', log: console.error });
  const [here, there] = carrierPair();
  backend.serve(there, 'cli');
  const { plan } = await makeApi(makeClient(here).call).topics.check({ topicId, target: { kind: 'lab' }, parameters: {} });
  await backend.close();
  if (!plan) throw new Error(`The rehearsal defaults of ${topicId} make no plan.`);
  return plan.steps;
}

/** The same for the same number, so that figures can be compared. */
function syntheticRun(index: number, plan: PlannedStep[]): SyntheticRun {
  const at = new Date(Date.UTC(2024, 0, 1) + index * 37 * 60_000).toISOString();
  const serial = `5782bcb-0-${(index * 7919).toString(16).padStart(6, '0')}`;
  const output = plan.map((step, number) => `${step.title}\r\n${lines(index * 31 + number, 12)}SAS address ${serial}\r\n`);
  const events = plan.flatMap((step, number) => {
    const bytes = castBytes(output.slice(0, number + 1));
    const verdict = {
      kind: 'harmless' as const,
      rule: `rule-${number}`,
      line: lines(index + number, 1).trim(),
      means: 'Known noise.',
      next: '',
      remedies: [],
      noWayBack: false,
    };
    return stepDone(step.id, bytes, { verdicts: [verdict], ok: index % 9 !== 0 || number < plan.length - 1 });
  });
  return {
    runId: `${at.replace(/[-:]/g, '').replace('T', '-').slice(0, 15)}-${topicId}-${(index % 65_536).toString(16).padStart(4, '0')}`,
    topicId,
    topicTitle: 'Crossflash a Dell PERC H200',
    host: hosts[index % hosts.length] ?? '',
    at,
    parameters: { serial },
    plan,
    output,
    events: [...events, { type: 'fact-saved', stepId: plan[0]?.id ?? '', id: 'sas', title: 'SAS address', value: serial }],
  };
}

function lines(seed: number, count: number): string {
  let state = seed + 1;
  const word = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state % 5 === 0 ? `0x${(state % 65_536).toString(16)}` : words[state % words.length];
  };
  return Array.from({ length: count }, () => `[${(state % 10_000) / 100}] ${word()}: ${word()} ${word()} ${word()} ${word()}\r\n`).join('');
}
