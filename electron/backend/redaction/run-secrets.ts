/** The secrets of one run: their values, in memory only, and the masking of everything that is written of the run. */
import { secretMark } from '../../../shared/api/secret-mark.ts';
import type { ParameterValues } from '../../../shared/api/topic.ts';
import { secretFields, type Topic } from '../../../shared/topic-kit/index.ts';
import { redactEvent } from './redact-event.ts';
import { Redactor, type StreamRedactor } from './redactor.ts';

export class RunSecrets {
  private readonly redactor: Redactor;
  private readonly values = new Map<string, string>();
  /** Null where none was. */
  brought: string | null = null;

  constructor(topic: Pick<Topic, 'secretPatterns'>) {
    this.redactor = new Redactor(topic.secretPatterns ?? []);
  }

  /** Keeps values by field name. A value that replaces another is masked as well as that one. */
  give(values: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(values)) {
      this.values.set(name, value);
      this.redactor.add(value);
    }
  }

  /** A password that was brought for the way to the target; masked from here on, before it is used. */
  bring(password: string): void {
    this.brought = password;
    this.redactor.add(password);
  }

  value(name: string): string | undefined {
    return this.values.get(name);
  }

  /** Fields that the run was started with and whose values are gone with the process that had them. */
  missing(topic: Topic, parameters: ParameterValues): { name: string; label: string }[] {
    return secretFields(topic.parameters).filter(({ name }) => parameters[name] === secretMark && !this.values.has(name));
  }

  stream(): StreamRedactor {
    return this.redactor.stream();
  }
  readonly text = (text: string): string => this.redactor.redactText(text).text;
  /** An event for the journal, with how many secrets were masked in it. */
  readonly event = <E extends object>(event: E): E & { masked?: number } => redactEvent(event, this.redactor);
}

/** The form's values without the secret ones: `parameters` may be written, `secrets` may not. */
export function partSecrets(topic: Topic, values: ParameterValues): { parameters: ParameterValues; secrets: Record<string, string> } {
  const names = new Set(secretFields(topic.parameters).map(({ name }) => name));
  const secrets = Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (names.has(name) && value !== secretMark ? [[name, String(value)]] : [])),
  );
  const parameters = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, names.has(name) ? secretMark : value]));
  return { parameters, secrets };
}
