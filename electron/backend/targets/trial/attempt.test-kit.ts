/** A trial that is answered as a person would. */
import path from 'node:path';
import { expect } from 'vitest';
import type { Target, TrialState } from '../../../../shared/api/target.ts';
import { hopPrompts } from '../../sessions/hops/hop-prompts.ts';
import { localSession } from './local-session.ts';
import { Trial, type TrialLimits } from './trial.ts';

const assets = path.resolve('assets');

interface Tried {
  state: TrialState;
  text: string;
  /** Whether each question that was answered is one that a run would tell as asking for a secret. */
  secret: boolean[];
}
export interface Answer {
  /** What the terminal asks, and what is typed then; each once, in this order. */
  at: RegExp;
  type: string;
}

/** Runs a trial to its end, answering as a person would; `keys` begins what types beside that. */
export async function attempt(
  target: Partial<Target>,
  sshConfig: string | undefined,
  answers: Answer[] = [],
  limits?: TrialLimits,
  keys?: (type: (data: string) => void) => NodeJS.Timeout,
): Promise<Tried> {
  let text = '';
  let from = 0;
  const secret: boolean[] = [];
  const waiting = [...answers];
  const trial = new Trial({
    trialId: 't',
    target: { id: 't', name: 'A target', connection: { kind: 'ssh', host: 'machine' }, root: 'none', group: '', tags: [], note: '', ...target },
    sshConfig,
    session: (size) => localSession(assets, size),
    ...(limits ? { limits } : {}),
    onChange: () => undefined,
    onFacts: () => undefined,
  });
  trial.feed.attach({}, (_offset, bytes) => {
    text += Buffer.from(bytes).toString();
    const [next] = waiting;
    if (!next?.at.test(text.slice(from))) return;
    waiting.shift();
    from = text.length;
    const line = text.slice(text.lastIndexOf('\n') + 1);
    secret.push(hopPrompts.some((prompt) => prompt.secret && prompt.pattern.test(line)));
    trial.type(next.type);
  });
  const typing = keys?.((data) => trial.type(data));
  await trial.run();
  clearInterval(typing);
  expect(waiting, text).toEqual([]);
  return { state: trial.state, text, secret };
}

export const stagesOf = ({ stages }: TrialState) => Object.fromEntries(stages.map(({ name, status }) => [name, status]));
export const failure = ({ stages }: TrialState) => stages.find(({ status }) => status === 'failed');
