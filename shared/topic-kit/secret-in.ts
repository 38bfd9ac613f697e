/** A secret parameter within a text that an edit step writes. */

/** Stands for the value of a secret parameter in what `edit` returns; the step names it in `secrets`. The value itself never gets to a topic. */
export const secretIn = (field: string): string => `‹secret:${field}›`;

const marks = /‹secret:(\w{1,64})›/g;

/** The text with the values in it; or the first field whose value is not known. */
export function withSecrets(text: string, value: (field: string) => string | undefined): { text: string } | { missing: string } {
  const missing = [...text.matchAll(marks)].map(([, field = '']) => field).find((field) => value(field) === undefined);
  return missing === undefined ? { text: text.replace(marks, (_, field: string) => value(field) ?? '') } : { missing };
}
