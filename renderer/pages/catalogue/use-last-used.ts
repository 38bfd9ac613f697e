import { useEffect, useState } from 'react';
import { useRunHistory } from '../../stores/run-history.ts';
import { api } from '../../window-api.ts';

export interface UsedTopic {
  topicId: string;
  /** When its last run began. */
  at: string;
}

const shown = 4;
/** Runs that are looked at: enough for four procedures, also where one was run often. */
const looked = 40;

/** The procedures of the latest runs, last one first. */
export function useLastUsed(): readonly UsedTopic[] {
  const changes = useRunHistory((state) => state.changes);
  const [used, setUsed] = useState<readonly UsedTopic[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when runs have changed
  useEffect(() => {
    let wanted = true;
    api.runs
      .search({ text: '', limit: looked, offset: 0 })
      .then(({ hits }) => {
        const last = new Map<string, UsedTopic>();
        for (const { run } of hits) if (!last.has(run.topicId)) last.set(run.topicId, { topicId: run.topicId, at: run.createdAt });
        if (wanted) setUsed([...last.values()].slice(0, shown));
      })
      .catch(() => undefined); // the Runs page says what is wrong
    return () => {
      wanted = false;
    };
  }, [changes]);
  return used;
}
