import { useEffect, useState } from 'react';
import type { RunState } from '../../../shared/api/run.ts';
import { errorText } from '../../stores/report-error.ts';
import { api } from '../../window-api.ts';

interface EarlierRun {
  run: RunState | null;
  /** Why it can't be had; empty where it can. */
  trouble: string;
  isComing: boolean;
}

/** The run of that id, or none. */
export function useEarlierRun(runId: string | null): EarlierRun {
  const [answer, setAnswer] = useState<Omit<EarlierRun, 'isComing'>>({ run: null, trouble: '' });
  useEffect(() => {
    if (runId === null) return;
    let wanted = true;
    api.runs
      .get({ runId })
      .then((run) => wanted && setAnswer({ run, trouble: '' }))
      .catch((thrown: unknown) => wanted && setAnswer({ run: null, trouble: errorText(thrown) }));
    return () => {
      wanted = false;
    };
  }, [runId]);
  return { ...answer, isComing: runId !== null && answer.run === null && answer.trouble === '' };
}
