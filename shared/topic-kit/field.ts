/** How a parameter is drawn in a form: attached to its zod schema with `.meta(field({…}))`, read back by `formFields`. */
import type { z } from 'zod';
import type { FormField } from '../api/topic.ts';

export interface FieldMeta {
  label: string;
  help: string;
  control: FormField['control'];
  choices?: readonly { value: string; label: string; disabledBecause?: string }[];
  secret?: boolean;
}
const fieldOf = new WeakMap<z.ZodType, FieldMeta>();

/** Attaches the drawing of a form field to a schema. */
export function field<S extends z.ZodType>(schema: S, meta: FieldMeta): S {
  // A copy: the same schema may serve several fields.
  const own = schema.clone() as S;
  fieldOf.set(own, meta);
  return own;
}

/** The form of a topic's parameters, in their order. Throws TypeError for a parameter without `field`. */
export function formFields(parameters: z.ZodObject, labDefaults: Readonly<Record<string, string | boolean>>): FormField[] {
  return Object.entries(parameters.shape).map(([name, schema]) => {
    const meta = fieldOf.get(schema as z.ZodType);
    if (!meta) throw new TypeError(`Parameter ${name} has no field description`);
    const own = (schema as z.ZodType).safeParse(undefined);
    const fallback = labDefaults[name] ?? (own.success && own.data !== undefined ? (own.data as string | boolean) : undefined);
    return {
      name,
      label: meta.label,
      help: meta.help,
      control: meta.control,
      choices: (meta.choices ?? []).map((choice) => ({ ...choice })),
      ...(fallback === undefined ? {} : { default: fallback }),
      optional: own.success,
      secret: meta.secret ?? false,
    };
  });
}
