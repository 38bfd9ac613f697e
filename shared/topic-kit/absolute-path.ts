import { z } from 'zod';

/** A path on the target, as a field of a form: of letters, digits and a few signs, so that it stays readable in a command. */
export const absolutePath = z
  .string()
  .trim()
  .max(200)
  .regex(/^\/[A-Za-z0-9_./@+-]*[A-Za-z0-9_@+-]$/, 'Give an absolute path');
