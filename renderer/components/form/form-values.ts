/** What a topic's form holds, from its defaults to what is sent. */
import type { FormField, ParameterValues } from '../../../shared/api/topic.ts';

export type FormValues = Record<string, string | boolean>;

export function initialValues(fields: readonly FormField[], rehearsal: boolean): FormValues {
  return Object.fromEntries(fields.map((field) => [field.name, initialValue(field, rehearsal)]));
}
const initialValue = (field: FormField, rehearsal: boolean) =>
  (rehearsal ? field.labDefault : undefined) ?? field.default ?? (field.control === 'switch' ? false : '');

/** What an earlier run was given, as far as the form has those fields still; it took what else is there from the defaults. Secrets were not kept. */
export const valuesOfRun = (fields: readonly FormField[], given: ParameterValues): FormValues =>
  Object.fromEntries(
    fields.flatMap(({ name, secret }) => {
      const value = given[name];
      return secret || value === undefined ? [] : [[name, typeof value === 'boolean' ? value : String(value)]];
    }),
  );

/** From the lab to a real machine or back: what nobody has changed becomes what it is there. */
export function valuesElsewhere(fields: readonly FormField[], values: FormValues, rehearsal: boolean): FormValues {
  const [before, after] = [initialValues(fields, !rehearsal), initialValues(fields, rehearsal)];
  return Object.fromEntries(fields.map(({ name }) => [name, values[name] === before[name] ? (after[name] ?? '') : (values[name] ?? '')]));
}

/** Whether it matters, by what the others say. */
export const isWanted = ({ when = {} }: FormField, values: FormValues): boolean => Object.entries(when).every(([name, value]) => values[name] === value);

/** Optional fields that were left empty are not sent: absent and empty are different things to a schema. */
export function parametersFrom(fields: readonly FormField[], values: FormValues): ParameterValues {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const value = values[field.name] ?? '';
      return field.optional && value === '' ? [] : [[field.name, value]];
    }),
  );
}
