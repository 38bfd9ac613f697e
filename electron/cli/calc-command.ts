/** `wrenchbook calc`: a calculator with its parameters from the command line or an answers file; nothing is run. */
import type { Calculation } from '../../shared/api/calculation.ts';
import { WrenchbookError } from '../../shared/api/error.ts';
import type { Picture } from '../../shared/api/picture.ts';
import type { CalculatorDetail, ParameterValues } from '../../shared/api/topic.ts';
import { draw } from '../../shared/pictures/draw.ts';
import { svgText } from '../../shared/pictures/svg-text.ts';
import { csvOf, pictureTable } from '../../shared/pictures/table.ts';
import { makeApi } from '../../shared/wire/client.ts';
import { calculatorDetail, findCalculator } from '../backend/topics/topic-registry.ts';
import { readNamedText, saveNamedFile } from '../named-files.ts';
import { type GivenParameters, givenParameters } from './assignments.ts';
import type { Surroundings } from './commands.ts';
import { type ExitStatus, exitStatus } from './exit-status.ts';
import { print, tell } from './output.ts';

export interface CalcOptions extends GivenParameters {
  /** A file. */
  data?: string;
  json?: boolean;
  svg?: string;
  csv?: string;
  /** Which one is saved; the first where none is named. */
  picture?: string;
}

/** Status 2 for a parameter or a line of the data that is wrong: each is named, and nothing is printed or saved. */
export async function calculateTopic({ client }: Surroundings, topicId: string, options: CalcOptions): Promise<ExitStatus> {
  const topic = calculatorDetail(findCalculator(topicId));
  const asked = givenParameters(options);
  const data = options.data === undefined ? undefined : await readNamedText(options.data);
  const { parameters, issues, dataIssues, calculation } = await makeApi(client.call).calculators.calculate({ topicId, parameters: asked, data });
  for (const { field, message, next } of issues) tell(`${field}: ${message} ${next}`);
  for (const { line, message } of dataIssues) tell(`${options.data}${line > 0 ? `:${line}` : ''}: ${message}`);
  if (!calculation || dataIssues.length > 0) return exitStatus.usage;
  const saved = options.svg !== undefined || options.csv !== undefined ? pictureNamed(calculation, options.picture) : null;
  if (options.json) print(JSON.stringify({ topicId, parameters, ...calculation }, null, 2));
  else print(asText(topic, parameters, calculation).join('\n'));
  if (saved && options.svg !== undefined) tell(`Saved to ${await saveNamedFile(options.svg, svgText(draw(saved), saved.title))}`);
  if (saved && options.csv !== undefined) tell(`Saved to ${await saveNamedFile(options.csv, csvOf(pictureTable(saved)))}`);
  return exitStatus.done;
}

function pictureNamed({ pictures }: Calculation, id: string | undefined): Picture {
  const picture = id === undefined ? pictures[0] : pictures.find((each) => each.id === id);
  if (picture) return picture;
  const there = pictures.map((each) => each.id).join(', ');
  throw new WrenchbookError(
    'bad-parameters',
    id === undefined ? 'This calculator has no picture.' : `There is no picture "${id}".`,
    `Pictures here: ${there || 'none'}.`,
  );
}

function asText({ title, fields }: CalculatorDetail, parameters: ParameterValues, { results, tables, warnings, pictures }: Calculation): string[] {
  const names = Math.max(...fields.map(({ name }) => name.length));
  return [
    title,
    ...fields.map(({ name, label, slider }) => `  ${name.padEnd(names)} = ${parameters[name]}${slider?.unit ? ` ${slider.unit}` : ''}   ${label}`),
    '',
    ...results.flatMap(({ label, text, how }) => [`${label}: ${text}`, `    ${how}`]),
    ...tables.flatMap((table) => ['', table.title, ...columns([table.heads, ...table.rows])]),
    ...(warnings.length > 0 ? ['', ...warnings.map((warning) => `Careful: ${warning}`)] : []),
    ...pictures.flatMap(({ caption }) => ['', caption]),
  ];
}

function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, index) => Math.max(...rows.map((row) => (row[index] ?? '').length)));
  return rows.map((row) => `  ${row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  ')}`.trimEnd());
}
