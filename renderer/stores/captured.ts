/** Values in a line that was searched for: the form of the topic that it led to begins with them. */
import type { FormField } from '../../shared/api/topic.ts';

let captured: { topicId: string; values: Readonly<Record<string, string>> } = { topicId: '', values: {} };

/** The topic that was opened from what was found; with nothing, what was noted before is over. */
export function noteCaptured(topicId: string, values: Readonly<Record<string, string>>): void {
  captured = { topicId, values };
}

/** Of the fields that there are; secrets are never among them. */
export function capturedFor(topicId: string, fields: readonly Pick<FormField, 'name' | 'secret' | 'control'>[]): Record<string, string> {
  if (captured.topicId !== topicId) return {};
  return Object.fromEntries(
    fields.flatMap(({ name, secret, control }) => {
      const value = captured.values[name];
      return !secret && control !== 'switch' && value !== undefined ? [[name, value]] : [];
    }),
  );
}
