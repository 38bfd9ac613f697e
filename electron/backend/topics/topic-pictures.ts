/** What a topic draws: of the procedure, and of what is known of a run so far. */
import { type Picture, picture } from '../../../shared/api/picture.ts';
import type { ParameterValues } from '../../../shared/api/topic.ts';
import type { Topic } from '../../../shared/topic-kit/index.ts';
import { resolveLabFiles } from '../targets/lab-target.ts';

interface Known {
  parameters: ParameterValues;
  rehearsal: boolean;
  /** By id. */
  facts: Readonly<Record<string, string>>;
  /** Ids of the steps that are done. */
  done: readonly string[];
}

/** Nothing where a form is not complete, or a record comes from another version of the procedure. */
export function topicPictures(topic: Topic | undefined, { parameters, rehearsal, facts, done }: Known): Picture[] {
  if (!topic?.pictures) return [];
  const parsed = topic.parameters.safeParse(rehearsal ? { ...topic.labDefaults, ...resolveLabFiles(parameters) } : parameters);
  return parsed.success ? topic.pictures(parsed.data, { facts, done: new Set(done) }).map((each) => picture.parse(each)) : [];
}
