/** A transcript as plain text: what the screen showed, cursor movement resolved. */
import { machineTitle } from '../../../shared/api/machine.ts';
import type { RunState } from '../../../shared/api/run.ts';
import { parseSize } from '../terminal-size.ts';
import { editedWords } from './edited-words.ts';
import type { Reading } from './recording-blocks.ts';
import { castEvents, castHead } from './recording-reader.ts';
import { ScreenText } from './screen-text.ts';
import { TextGatherer } from './text-gatherer.ts';

/** `replace` makes of a text what may be seen outside. */
export async function* toText(run: RunState, runFolder: string, reading: Reading, replace: (text: string) => string): AsyncGenerator<string | Buffer> {
  yield replace(
    `${run.topicTitle}\nRun ${run.runId} on ${run.targetLabel}, started ${run.createdAt}\n${run.rehearsal ? 'Rehearsal: no real machine was touched.\n' : ''}${run.says}\n`,
  );
  const lines = new TextGatherer();
  const take = (line: string) => lines.line(replace(line));
  let size: { cols: number; rows: number } = await castHead(runFolder);
  let screen = new ScreenText(size, take);
  for await (const event of castEvents(runFolder, reading)) {
    if (event.code === 'm') {
      await screen.end();
      yield* lines.take();
      yield `\n==== ${replace(event.data)} ====\n`;
      screen = new ScreenText(size, take);
    } else if (event.code === 'r') {
      size = parseSize(event.data) ?? size;
      await screen.resize(size.cols, size.rows);
    } else if (event.code === 'o') {
      await screen.write(event.data);
      yield* lines.take();
    }
  }
  await screen.end();
  yield* lines.take();
  for (const step of run.plan) {
    const edit = run.steps.find((state) => state.id === step.id)?.edit;
    if (step.edit && edit)
      yield replace(
        `\n==== ${step.number}. ${step.title}${on(run, step)} ====\n${editedWords(step.edit.file, edit)}\n${edit.diff}\n${step.afterwardsScript ? `Then runs: ${step.afterwardsScript}\n` : ''}`,
      );
  }
}

const on = (run: RunState, step: RunState['plan'][number]) => {
  const machine = machineTitle(run, step);
  return machine === null ? '' : `, on ${machine}`;
};
