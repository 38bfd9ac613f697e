import type { LineMatcher } from '../../topic-kit/index.ts';

export const failure = (id: string, pattern: RegExp, means: string, next: string, remedies: readonly string[] = []): LineMatcher => ({
  kind: 'failure',
  id,
  pattern,
  means,
  next,
  remedies,
});
