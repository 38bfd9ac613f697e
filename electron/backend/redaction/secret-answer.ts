/** Where the values of secret parameters are used: as answers to questions, and given again after a restart. */
import { WrenchbookError } from '../../../shared/api/error.ts';
import { asSentence, fieldIssueWords, type Issue } from '../../../shared/api/issue-words.ts';
import { secretMark } from '../../../shared/api/secret-mark.ts';
import { type Prompt, secretFields, type Topic } from '../../../shared/topic-kit/index.ts';
import type { RunSecrets } from './run-secrets.ts';

/** What is typed for a secret answer; null where the answer is none. Throws `wrong-state` when the value is not known. */
export function secretAnswer(prompt: Prompt, answer: string, secrets: RunSecrets): string | null {
  if (!prompt.secret || !prompt.answerFrom || answer !== secretMark) return null;
  const value = secrets.value(prompt.answerFrom);
  if (value !== undefined) return value;
  throw new WrenchbookError('wrong-state', 'Wrenchbook does not have the answer to this question.', 'Type it into the terminal: it is not recorded.');
}

/** Values as they may be given to a run. Throws `bad-parameters`, without the value. */
export function checkSecrets(topic: Topic, values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const known = new Map(secretFields(topic.parameters).map(({ name, label }) => [name, label]));
  for (const [name, value] of Object.entries(values)) {
    const label = known.get(name);
    if (label === undefined)
      throw new WrenchbookError('bad-parameters', `There is no secret parameter "${name}".`, `There are: ${[...known.keys()].join(', ') || 'none'}.`);
    const issue = topic.parameters.shape[name]
      ?.safeParse(value, { error: (each: Issue) => fieldIssueWords(each, { label }) })
      .error?.issues[0]?.message.replaceAll(value, secretMark);
    if (value === secretMark || issue)
      throw new WrenchbookError('bad-parameters', `${label}: ${issue ? asSentence(issue) : 'this is only the mark that stands for it.'}`, 'Type it again.');
  }
  return values;
}
