/** Asks a calculator: its schema applied to the parameters, its data read, and what it makes of them. Pure but for the registry. */

import { type CalculationAnswer, calculation, type DataIssue, dataLimit } from '../../../shared/api/calculation.ts';
import type { ParameterIssue, ParameterValues } from '../../../shared/api/topic.ts';
import { type Calculator, formFields } from '../../../shared/topic-kit/index.ts';
import { checkParameters } from './topic-registry.ts';

/** `data` is the text as it was brought. What is wrong is said, field by field and line by line; nothing is thrown for it. */
export function calculate(calculator: Calculator, values: ParameterValues, data?: string): CalculationAnswer {
  const read = readData(calculator, data);
  const issues = [...emptyFields(calculator, values), ...checkParameters(calculator, values).issues];
  const parsed = calculator.parameters.safeParse(values);
  if (issues.length > 0 || !parsed.success) return { parameters: values, issues, dataIssues: read.issues, calculation: null };
  const made = calculation.parse(calculator.calculate(parsed.data, read.data));
  return { parameters: parsed.data as ParameterValues, issues: [], dataIssues: read.issues, calculation: made };
}

/** A field that was emptied is not one that was never touched: numbers for its usual value would be numbers for something else. */
const emptyFields = ({ parameters }: Calculator, values: ParameterValues): ParameterIssue[] =>
  formFields(parameters).flatMap(({ name, default: usual = '' }) =>
    usual !== '' && typeof values[name] === 'string' && values[name].trim() === ''
      ? [{ field: name, message: 'It is empty.', next: `Fill it in; the usual value is ${usual}.` }]
      : [],
  );

function readData({ data: wanted }: Calculator, text: string | undefined): { data: unknown; issues: DataIssue[] } {
  const refused = (message: string) => ({ data: null, issues: [{ line: 0, message }] });
  if (text === undefined) return { data: null, issues: [] };
  if (!wanted) return refused('This takes no data.');
  if (text.length > dataLimit) return refused(`The data has ${text.length} characters; at most ${dataLimit} are allowed. Use fewer lines.`);
  const read = wanted.parse(text);
  if ('data' in read) return { data: read.data, issues: [] };
  const more = read.issues.length - shownIssues;
  const rest = more > 0 ? [{ line: 0, message: `${more} more ${more === 1 ? 'line' : 'lines'} can’t be read either.` }] : [];
  return { data: null, issues: [...read.issues.slice(0, shownIssues), ...rest] };
}
const shownIssues = 20;
