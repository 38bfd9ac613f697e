/** The topics for a search text, asked of the backend once typing pauses. */
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useMemo, useState } from 'react';
import { api } from '../window-api.ts';
import { type Found, matchWords, mergeFound } from './symptom-search.ts';
import { useTopics } from './topics.ts';

/** Longest text the backend takes. A pasted log is cut at its end: the first error is usually the cause. */
const textLimit = 65_536;

export function useFoundTopics(text: string): Found[] | null {
  const topics = useTopics((state) => state.list);
  const [settled] = useDebouncedValue(text.trim(), 200);
  const [answer, setAnswer] = useState<{ text: string; found: { topicId: string; because: string }[] }>({ text: '', found: [] });

  useEffect(() => {
    let wanted = true;
    if (!settled) return;
    api.topics
      .search({ text: settled.slice(0, textLimit) })
      .then((found) => wanted && setAnswer({ text: settled, found }))
      // The words still match: a search that fails takes only the patterns away, and the banner tells of a lost backend.
      .catch(() => wanted && setAnswer({ text: settled, found: [] }));
    return () => {
      wanted = false;
    };
  }, [settled]);

  return useMemo(() => {
    if (!topics) return null;
    const current = text.trim();
    return mergeFound(topics, current && answer.text === current ? answer.found : [], matchWords(topics, current));
  }, [topics, text, answer]);
}
