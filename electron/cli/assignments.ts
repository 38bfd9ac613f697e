/** Parameters as words of a command line. */
import { Option } from 'commander';
import { WrenchbookError } from '../../shared/api/error.ts';
import type { ParameterValues } from '../../shared/api/topic.ts';
import { readAnswers } from './answers.ts';

export interface GivenParameters {
  answers?: string;
  /** Each `name=value`; they count more than the answers file. */
  set: readonly string[];
}

export const setOption = () =>
  new Option('--set <name=value>', 'one parameter; may be repeated, and overrides --answers')
    .argParser((text: string, before: readonly string[]) => [...before, text])
    .default([], 'none');

/** Throws WrenchbookError `bad-parameters` for a file that can't be read, and for what has no name or no value. */
export const givenParameters = ({ answers, set }: GivenParameters): ParameterValues => ({
  ...(answers === undefined ? {} : readAnswers(answers).parameters),
  ...assignments(set),
});

function assignments(texts: readonly string[]): ParameterValues {
  return Object.fromEntries(
    texts.map((text) => {
      const at = text.indexOf('=');
      if (at > 0) return [text.slice(0, at).trim(), switched(text.slice(at + 1))];
      throw new WrenchbookError('bad-parameters', `--set ${text}: this is not name=value.`, 'Write it as in --set R=36000.');
    }),
  );
}
const switched = (text: string) => (text === 'true' || text === 'false' ? text === 'true' : text);
