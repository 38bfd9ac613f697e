/** Asks the person at the terminal, one plain question at a time. */
import { on } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { cardLines } from '../../shared/api/card-text.ts';
import { stepDanger } from '../../shared/api/danger.ts';
import { machineTitle } from '../../shared/api/machine.ts';
import type { Offer, RunState, Verdict } from '../../shared/api/run.ts';
import { secretMark } from '../../shared/api/secret-mark.ts';
import { shownText } from '../../shared/api/shown-text.ts';
import { atEnd, type Decider, type Decision } from './decider.ts';

const signs: Record<Verdict['kind'], string> = { expected: '✓ as expected', harmless: '✓ harmless', warning: '▲ warning', failure: '✗ failure' };

/** Throws Error with name `AbortError` when the person presses Ctrl-C or Ctrl-D at a question. */
export function personDecider(say: (text: string) => void): Decider {
  let judged = '';
  return {
    ended: atEnd,
    async next(state) {
      const verdicts = lastVerdicts(state);
      if (verdicts && verdicts.key !== judged) {
        judged = verdicts.key;
        for (const verdict of verdicts.list)
          say(`  ${signs[verdict.kind]}: ${verdict.line ? `"${verdict.line}" ` : ''}${verdict.means}${verdict.next ? ` Next: ${verdict.next}` : ''}`);
      }
      introduce(state, say);
      const step = state.plan.find((planned) => planned.id === state.current);
      const offers = state.offers.filter((offer) => !(offer.action === 'undo' && state.status === 'waiting'));
      offers.forEach((offer, index) => {
        say(`  [${index + 1}] ${offer.title}${offer.explanation === step?.intro ? '' : `: ${offer.explanation}`}`);
      });
      say(`  [q] Leave; continue later with: wrenchbook resume ${state.runId}`);
      for (;;) {
        const typed = await ask(`Choose${offers[0]?.action === 'advance' ? ' [1]' : ''}: `);
        if (typed === 'q') return { do: 'leave', because: 'You left the run.' };
        const offer = offers[typed === '' && offers[0]?.action === 'advance' ? 0 : Number(typed) - 1];
        if (offer) return decide(offer, state);
        say('Type one of the numbers, or q.');
      }
    },
    // The secret was typed once already, when the run was started or taken up again.
    answer: async (prompt) => (prompt.recommended === secretMark ? secretMark : null),
  };
}

async function decide(offer: Offer, state: RunState): Promise<Decision> {
  const confirmation = offer.confirm ? { confirmation: await ask(`This affects: ${offer.confirm.object}\n${offer.confirm.ask} `) } : {};
  switch (offer.action) {
    case 'advance':
    case 'retry':
    case 'rejoin':
      return { do: 'advance', stepId: offer.id, shown: offer.change?.shown, ...confirmation, ...(offer.wantsOutput && { output: await askLines() }) };
    case 'remedy':
      return { do: 'remedy', remedyId: offer.id, ...confirmation };
    case 'skip':
      return { do: 'skip', stepId: state.current ?? offer.id, reason: await ask('Reason (kept in the transcript): ') };
    case 'undo':
      return { do: 'undo', from: offer.id };
    case 'stop':
      return { do: 'stop' };
  }
}

function introduce(state: RunState, say: (text: string) => void): void {
  const step = state.plan.find((planned) => planned.id === state.current);
  say('');
  if (state.rehearsal) say('— rehearsal —');
  if (!step) {
    say(state.says);
    return;
  }
  say(`Step ${step.number} of ${state.plan.length}: ${step.title}   [${stepDanger(step)}]`);
  const machine = machineTitle(state, step);
  if (machine !== null) say(`On: ${machine}`);
  say(step.intro);
  for (const instruction of step.instructions) say(`  • ${instruction}`);
  for (const card of step.cards) {
    say(cardLines(card).join('\n'));
    if (card.file !== undefined) say(`  As ${card.file} onto a stick: wrenchbook cards ${state.topicId} --out FOLDER, in another window.`);
  }
  if (step.irreversible) say(`Cannot be undone: ${step.irreversible}`);
  if (state.hold) say(`!! ${state.hold}`);
  if (step.edit) say(`Edits: ${step.edit.file}`);
  const finds = state.offers.find(({ id, change }) => id === step.id && change === null)?.script;
  if (step.edit?.find !== undefined && finds) say(`Finds them with: ${step.edit.find}`);
  if (step.beforeScript) say(`Reads first: ${step.beforeScript}`);
  const typed = state.offers.find(({ wantsOutput }) => wantsOutput)?.script;
  if (typed) say(`Type on that machine:\n${typed}`);
  else if (step.script) say(`Will run: ${step.script}`);
  for (const { change } of state.offers) if (change) say(`Will be written:\n${change.diff}`);
  if (step.afterwardsScript) say(`Then runs: ${step.afterwardsScript}`);
  for (const line of step.mayShow) say(`You may see "${line.text}": ${line.means}`);
  for (const prompt of step.prompts) say(`It may ask "${prompt.question}": ${prompt.explanation} Recommended: ${prompt.recommended}`);
  if (state.trouble) say(`✗ ${state.trouble.message} ${state.trouble.next}`);
  if (state.status !== 'waiting') say(state.says);
}

/** Verdicts of the step that ended last. */
function lastVerdicts(state: RunState): { key: string; list: Verdict[] } | null {
  const ended = state.steps
    .filter((step) => step.endedAt !== null && step.verdicts.length > 0)
    .sort((a, b) => (a.endedAt ?? '').localeCompare(b.endedAt ?? ''));
  const last = ended.at(-1);
  return last ? { key: `${last.id} ${last.endedAt}`, list: last.verdicts } : null;
}

/** Lines up to one with a single dot; they come from the clipboard, at once. */
async function askLines(): Promise<string> {
  const lines: string[] = [];
  const input = createInterface({ input: process.stdin, output: process.stderr });
  const abort = new AbortController();
  input.once('SIGINT', () => abort.abort());
  input.setPrompt('Paste what it printed, then a line with a single dot:\n');
  input.prompt();
  try {
    for await (const [line] of on(input, 'line', { signal: abort.signal, close: ['close'] })) {
      if (line.trim() === '.') break;
      lines.push(line);
    }
  } finally {
    input.close();
  }
  return lines.join('\n');
}

export async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const abort = new AbortController();
  const leave = () => abort.abort();
  lines.once('SIGINT', leave);
  lines.once('close', leave);
  try {
    return (await lines.question(shownText(question), { signal: abort.signal })).trim();
  } finally {
    lines.off('close', leave);
    lines.close();
  }
}
