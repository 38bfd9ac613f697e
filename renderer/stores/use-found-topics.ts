/** The topics for a search text: words at once, patterns asked of the backend once typing pauses. */
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useMemo, useState } from 'react';
import type { Recognised } from '../../shared/topic-search/topic-search.ts';
import { topicSearch } from '../../shared/topic-search/topic-search.ts';
import { api } from '../window-api.ts';
import { type FoundTopics, foundTopics } from './found-topics.ts';
import { useTopics } from './topics.ts';

/** Longest text the backend takes. A pasted log is cut at its end: the first error is usually the cause. */
const textLimit = 65_536;

export function useFoundTopics(text: string): FoundTopics | null {
  const topics = useTopics((state) => state.list);
  const find = useMemo(() => (topics ? topicSearch(topics) : null), [topics]);
  const [settled] = useDebouncedValue(text.trim(), 200);
  const [answer, setAnswer] = useState<{ text: string; recognised: Recognised }>({ text: '', recognised: [] });

  useEffect(() => {
    let wanted = true;
    if (!settled) return;
    api.topics
      .search({ text: settled.slice(0, textLimit) })
      .then((recognised) => wanted && setAnswer({ text: settled, recognised }))
      // The words still match: a search that fails takes only the patterns away, and the banner tells of a lost backend.
      .catch(() => wanted && setAnswer({ text: settled, recognised: [] }));
    return () => {
      wanted = false;
    };
  }, [settled]);

  return useMemo(() => {
    if (!topics || !find) return null;
    const asked = text.trim().slice(0, textLimit);
    return foundTopics(topics, asked ? find(asked, answer.text === text.trim() ? answer.recognised : []) : null);
  }, [topics, find, text, answer]);
}
