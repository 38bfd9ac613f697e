/** Where the terminal command gets secret values: environment variables that the answers file names, or the keyboard. */
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { WrenchbookError } from '../../shared/api/error.ts';
import { secretMark } from '../../shared/api/secret-mark.ts';
import type { Answers } from './answers.ts';
import { prompt, tell } from './output.ts';

interface SecretField {
  name: string;
  label: string;
}

/**
 * Values by field name; the variables are taken out of the environment, so that no program that is started has them. Throws
 * `bad-parameters` for a value in the file, and for a variable that is not set.
 */
export function secretsFromAnswers(answers: Answers, fields: readonly SecretField[], environment: NodeJS.ProcessEnv): Record<string, string> {
  const values = Object.fromEntries(
    fields.flatMap(({ name, label }) => {
      const written = answers.parameters[name];
      if (written !== undefined && written !== secretMark)
        throw new WrenchbookError(
          'bad-parameters',
          `The value of "${label}" is written in the answers file.`,
          `Put the name of an environment variable at secrets.${name} instead.`,
        );
      const variable = answers.secrets[name];
      if (variable === undefined) return [];
      const value = environment[variable];
      if (value) return [[name, value]];
      throw new WrenchbookError(
        'bad-parameters',
        `The environment variable ${variable}, which the answers file names for "${label}", is not set.`,
        'Set it for this command.',
      );
    }),
  );
  for (const { name } of fields) delete environment[answers.secrets[name] ?? ''];
  return values;
}

/** Asks for each, without echo. Throws Error with name `AbortError` at Ctrl-C or Ctrl-D. */
export async function askSecrets(fields: readonly SecretField[]): Promise<Record<string, string>> {
  const values: Record<string, string> = {};
  if (fields.length === 0) return values;
  // The terminal is in raw mode from here to the end, also between two questions; what would be echoed goes nowhere.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  lines.once('SIGINT', () => lines.close());
  const typed = lines[Symbol.asyncIterator]();
  try {
    for (const { name, label } of fields) {
      prompt(`${label} (not shown): `);
      const line = await typed.next();
      tell('');
      if (line.done) throw Object.assign(new Error('Nothing was typed.'), { name: 'AbortError' });
      values[name] = line.value;
    }
    return values;
  } finally {
    lines.close();
  }
}
