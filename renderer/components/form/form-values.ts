/** What a topic's form holds, from its defaults to what is sent. */
import type { FormField, ParameterValues } from '../../../shared/api/topic.ts';

export type FormValues = Record<string, string | boolean>;

export function initialValues(fields: readonly FormField[]): FormValues {
  return Object.fromEntries(fields.map((field) => [field.name, field.default ?? (field.control === 'switch' ? false : '')]));
}

/** Optional fields that were left empty are not sent: absent and empty are different things to a schema. */
export function parametersFrom(fields: readonly FormField[], values: FormValues): ParameterValues {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const value = values[field.name] ?? '';
      return field.optional && value === '' ? [] : [[field.name, value]];
    }),
  );
}
