/** A text that an edit wants, with the values of the secrets in it, which the topic never sees. Pure. */
import { type EditRefusal, withSecrets } from '../../../shared/topic-kit/index.ts';

/** `secret`: the value of a secret parameter; undefined where the process that had it has ended. */
export function filledSecrets(
  wanted: string | EditRefusal,
  secrets: readonly string[] | undefined,
  secret: ((field: string) => string | undefined) | undefined,
): string | EditRefusal {
  if (typeof wanted !== 'string' || !secrets) return wanted;
  const filled = withSecrets(wanted, (field) => (secrets.includes(field) ? secret?.(field) : undefined));
  if ('text' in filled) return filled.text;
  const means = `The secret "${filled.missing}" is not known here: it is kept in memory only, and the process that had it has ended.`;
  return { rule: 'secret-missing', means, next: 'Enter it again, then run the step again.' };
}
