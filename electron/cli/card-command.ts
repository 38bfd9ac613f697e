/** `wrenchbook cards`: the cards of a procedure, to print or to save, without a run. */
import path from 'node:path';
import { cardFileText, cardLines } from '../../shared/api/card-text.ts';
import { WrenchbookError } from '../../shared/api/error.ts';
import { makeApi } from '../../shared/wire/client.ts';
import { findTopic, topicDetail } from '../backend/topics/topic-registry.ts';
import { saveNamedFile } from '../named-files.ts';
import { type GivenParameters, givenParameters } from './assignments.ts';
import type { Surroundings } from './commands.ts';
import { type ExitStatus, exitStatus } from './exit-status.ts';
import { parametersLike } from './like-run.ts';
import { parseTargets, type TargetTexts } from './machine-targets.ts';
import { print, tell } from './output.ts';

export interface CardOptions extends GivenParameters {
  target?: TargetTexts;
  /** A run. */
  like?: string;
  /** A folder; the cards that are files are saved there. */
  out?: string;
  json?: boolean;
}

/** Status 2 for parameters that are wrong, each named. Throws WrenchbookError `bad-parameters` where there are no cards, or none to save. */
export async function showCards(surroundings: Surroundings, topicId: string, options: CardOptions): Promise<ExitStatus> {
  const topic = topicDetail(findTopic(topicId));
  const like = await parametersLike(surroundings, topic, options.like);
  const request = { topicId, ...parseTargets(options.target, topic, { usual: 'hand' }), parameters: { ...like, ...givenParameters(options) } };
  const { issues, plan } = await makeApi(surroundings.client.call).topics.check(request);
  for (const { field, message, next } of issues) tell(`${field}: ${message} ${next}`);
  if (!plan) return exitStatus.usage;
  const all = plan.steps.flatMap(({ id, title, cards }) => cards.map((card) => ({ stepId: id, step: title, ...card })));
  if (all.length === 0)
    throw new WrenchbookError(
      'bad-parameters',
      `${topicId} has no cards with these parameters.`,
      'Some variants of a procedure have none: see its parameters with "wrenchbook run … --print-answers".',
    );
  const files = all.filter(({ file }) => file !== undefined);
  if (options.out !== undefined && files.length === 0)
    throw new WrenchbookError('bad-parameters', 'None of these cards is a file.', 'Leave out --out to print them.');
  if (options.json) print(JSON.stringify({ topicId, cards: all }, null, 2));
  else if (options.out === undefined) print(all.flatMap(({ step, ...card }) => [step, ...cardLines(card), '']).join('\n'));
  if (options.out !== undefined)
    for (const { file = '', lines } of files) tell(`Saved to ${await saveNamedFile(path.join(options.out, file), cardFileText(lines))}`);
  return exitStatus.done;
}
