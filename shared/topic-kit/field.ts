/** How a parameter is drawn in a form: attached to its zod schema with `.meta(field({…}))`, read back by `formFields`. */
import { z } from 'zod';
import { fieldIssueWords } from '../api/issue-words.ts';
import { secretMark, shortestSecret } from '../api/secret-mark.ts';
import type { FormField, SliderRange } from '../api/topic.ts';

export interface FieldMeta {
  label: string;
  help: string;
  control: FormField['control'];
  /** Of a value that would be right, where the lab has none that says it. */
  example?: string;
  choices?: readonly { value: string; label: string; disabledBecause?: string }[];
  secret?: boolean;
  /** Of a slider. */
  slider?: SliderRange;
  /** Of a device: the field that takes the size of one that is too large to be chosen without a word. */
  liftedBy?: string;
  /** It matters only where other fields have these values; elsewhere it is not shown. */
  when?: Readonly<Record<string, string>>;
}
const fieldOf = new WeakMap<z.ZodType, FieldMeta>();

/** Attaches the drawing of a form field to a schema. */
export function field<S extends z.ZodType>(schema: S, meta: FieldMeta): S {
  // A copy: the same schema may serve several fields.
  const own = schema.clone() as S;
  fieldOf.set(own, meta);
  return own;
}

/**
 * A parameter that is nowhere written down: a masked input, and `‹secret›` wherever the parameters are kept or shown. Its
 * value goes to the questions that name it (`answerFrom`) and nowhere else: `steps` sees `‹secret›` too.
 */
export function secretField(meta: { label: string; help: string }, schema: z.ZodType<string> = z.string()): z.ZodString {
  const checked = z
    .string()
    .max(1024, 'It is longer than 1024 characters.')
    .superRefine((value, context) => {
      if (value === secretMark) return;
      if ([...value].length < shortestSecret)
        context.addIssue({
          code: 'custom',
          message: `It is shorter than ${shortestSecret} characters, so it can't be told from ordinary words and masked.`,
        });
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that no terminal line can carry
      if (/[\u0000-\u001f\u007f]/.test(value)) context.addIssue({ code: 'custom', message: 'It contains a control character.' });
      if (secretMark.includes(value)) context.addIssue({ code: 'custom', message: 'It is part of the mark that stands for secrets. Choose another.' });
      for (const { message } of schema.safeParse(value, { error: (issue) => fieldIssueWords(issue, meta) }).error?.issues ?? [])
        context.addIssue({ code: 'custom', message });
    });
  return field(checked, { ...meta, control: 'text', secret: true });
}

/** The secret parameters, in their order. */
export const secretFields = (parameters: z.ZodObject): { name: string; label: string }[] =>
  Object.entries(parameters.shape).flatMap(([name, schema]) => {
    const meta = fieldOf.get(schema as z.ZodType);
    return meta?.secret ? [{ name, label: meta.label }] : [];
  });

/** How each field is called and what it wants, for what is said where a value is wrong. */
export const fieldWords = (parameters: z.ZodObject, labDefaults: Readonly<Record<string, string | boolean>> = {}) =>
  new Map(
    Object.entries(parameters.shape).flatMap(([name, schema]) => {
      const meta = fieldOf.get(schema as z.ZodType);
      return meta ? [[name, { label: meta.label, help: meta.help, example: meta.example ?? labExample(meta, labDefaults[name]) }] as const] : [];
    }),
  );

/** Its files are where no other machine has any. */
function labExample({ control, secret }: FieldMeta, value: string | boolean | undefined): string | undefined {
  if (secret || control === 'device' || typeof value !== 'string' || value.startsWith('lab:')) return undefined;
  return value.split('\n')[0];
}

/** The form of a topic's parameters, in their order. Throws TypeError for a parameter without `field`. */
export function formFields(parameters: z.ZodObject, labDefaults: Readonly<Record<string, string | boolean>> = {}): FormField[] {
  return Object.entries(parameters.shape).map(([name, schema]) => {
    const meta = fieldOf.get(schema as z.ZodType);
    if (!meta) throw new TypeError(`Parameter ${name} has no field description`);
    const own = (schema as z.ZodType).safeParse(undefined);
    // A number is typed as text.
    const fallback = own.success && own.data !== undefined ? (typeof own.data === 'boolean' ? own.data : String(own.data)) : undefined;
    const inLab = labDefaults[name];
    return {
      name,
      label: meta.label,
      help: meta.help,
      control: meta.control,
      choices: (meta.choices ?? []).map((choice) => ({ ...choice })),
      ...(meta.slider && { slider: { ...meta.slider } }),
      ...(meta.liftedBy !== undefined && { liftedBy: meta.liftedBy }),
      ...(meta.when && { when: { ...meta.when } }),
      ...(fallback === undefined ? {} : { default: fallback }),
      ...(inLab === undefined ? {} : { labDefault: inLab }),
      optional: own.success,
      secret: meta.secret ?? false,
    };
  });
}
