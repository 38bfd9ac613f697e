/** The rehearsal that the catalogue shows to newcomers, performed anew: it fails in the middle and leads out. Only its pauses are made. */
import type { Offer, RunState, StepState } from '../../../shared/api/run.ts';
import { offerOf, Rehearsal } from './rehearsal.test-kit.ts';

export const watched = { topicId: 'perc-h200-crossflash', failure: 'it-over-ir' };

export interface WatchedScene {
  /** Seconds from the beginning. */
  at: number;
  /** The step, or the remedy. */
  id: string;
  title: string;
  /** What runs; empty where nothing does. */
  command: string;
  tone: 'good' | 'harmless' | 'bad' | 'remedy';
  says: string;
  /** What to do, where it failed. */
  next: string;
}
export interface WatchedRun {
  topicId: string;
  failure: string;
  title: string;
  seconds: number;
  scenes: WatchedScene[];
  cast: string;
}

const secondsOf = { good: 1.4, harmless: 3.6, bad: 9, remedy: 3 };
const lastSeconds = 4;

export async function performWatchedRun(): Promise<WatchedRun> {
  const rehearsal = new Rehearsal();
  try {
    let run = await rehearsal.start(watched.topicId, watched.failure);
    const scenes: Omit<WatchedScene, 'at'>[] = [];
    const take = async (offer: Offer) => {
      run = await rehearsal.take(run, offer);
      scenes.push(offer.action === 'remedy' ? remedyScene(offer) : stepScene(run, offer.id));
    };
    while (run.status === 'waiting' || run.status === 'failed') {
      const failed = run.status === 'failed';
      if (failed && scenes.some(({ tone }) => tone === 'remedy')) throw new Error(`The remedy did not lead out: ${run.says}`);
      await take(offerOf(run, failed ? 'remedy' : 'advance'));
    }
    if (run.status !== 'done') throw new Error(`The rehearsal ended as ${run.status}: ${run.says}`);
    const { cast } = await rehearsal.api.transcripts.recording({ runId: run.runId });
    return { ...watched, title: run.topicTitle, ...paced(scenes, cast) };
  } finally {
    await rehearsal.end();
  }
}

const remedyScene = ({ id, title, explanation }: Offer): Omit<WatchedScene, 'at'> => ({ id, title, command: '', tone: 'remedy', says: explanation, next: '' });

function stepScene(run: RunState, id: string): Omit<WatchedScene, 'at'> {
  const step = run.plan.find((each) => each.id === id);
  const verdicts = (run.steps.find((each) => each.id === id) as StepState).verdicts;
  const failure = verdicts.find(({ kind }) => kind === 'failure');
  const alarming = verdicts.find(({ kind, line }) => kind === 'harmless' && /error|fail/i.test(line ?? ''));
  // The first time an alarming line turns out to be harmless is worth a look; the erase shows it best.
  const tone = failure ? 'bad' : alarming && id === 'erase' ? 'harmless' : 'good';
  const shown = failure ?? (tone === 'harmless' ? alarming : verdicts.find(({ kind }) => kind === 'expected'));
  return {
    id,
    title: `${step?.number} ${step?.title}`,
    command: step?.script && step.script.split('\n').length === 1 && !step.script.startsWith('lab-') ? step.script : '',
    tone,
    says: shown ? `${tone === 'harmless' ? `“${shown.line}” is harmless. ` : ''}${shown.means}` : '',
    next: failure?.next ?? '',
  };
}

/** What the terminal printed between two markers comes line by line at the beginning of its scene. */
function paced(scenes: readonly Omit<WatchedScene, 'at'>[], cast: string): Pick<WatchedRun, 'seconds' | 'scenes' | 'cast'> {
  const [head, ...events] = cast
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  const printed: string[] = [];
  for (const [, code, text] of events as [number, string, string][]) {
    if (code === 'm') printed.push('');
    else if (code === 'o') printed[printed.length - 1] += text;
  }
  if (printed.length !== scenes.length) throw new Error(`${scenes.length} scenes, and ${printed.length} in the recording.`);
  const lines: string[] = [JSON.stringify({ ...(head as object), timestamp: 0, title: '' })];
  const lasting = scenes.map(({ tone }, at) => (at === scenes.length - 1 ? lastSeconds : secondsOf[tone]));
  const timed = scenes.map((scene, at) => ({ at: seconds(lasting.slice(0, at).reduce((sum, each) => sum + each, 0)), ...scene }));
  let pause = 0;
  scenes.forEach(({ title }, at) => {
    const rows = (printed[at] ?? '').match(/[^\n]*\n|[^\n]+$/g) ?? [];
    const step = Math.min(0.05, 1 / rows.length);
    lines.push(JSON.stringify([seconds(pause), 'm', title]), ...rows.map((row) => JSON.stringify([seconds(step), 'o', row])));
    pause = (lasting[at] ?? 0) - rows.length * step;
  });
  // The end stays in sight for its while.
  lines.push(JSON.stringify([seconds(pause), 'o', '']));
  return { seconds: Math.round(lasting.reduce((sum, each) => sum + each, 0)), scenes: timed, cast: `${lines.join('\n')}\n` };
}
const seconds = (value: number) => Math.round(value * 1000) / 1000;
