/** Masks every string of an event that holds what people or programs wrote. */
import type { Redactor } from './redactor.ts';

/** Names, kinds and digests that readers go by. They come from the topic's own text; a secret that is such a word is none. */
const structural = new Set([
  'type',
  'runId',
  'topicId',
  'stepId',
  'promptId',
  'remedyId',
  'id',
  'kind',
  'danger',
  'how',
  'outcome',
  'again',
  'rule',
  'sha256',
  'field',
  'fact',
]);

export function redactEvent<E extends object>(event: E, redactor: Redactor): E & { masked?: number } {
  if (redactor.idle) return event;
  let masked = 0;
  const redact = (value: unknown): unknown => {
    if (typeof value === 'string') {
      const { text, masked: marks } = redactor.redactText(value);
      masked += marks;
      return text;
    }
    if (Array.isArray(value)) return value.map(redact);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, structural.has(key) ? inner : redact(inner)]));
  };
  const redacted = redact(event) as E;
  return masked > 0 ? { masked, ...redacted } : event;
}
