/** Looking through a run for what an export for outside replaces: how far it is, and what it found. */
import { useEffect, useState } from 'react';
import type { OutsideReplacement } from '../../../shared/api/transcript.ts';
import { readError } from '../../../shared/wire/bridge-error.ts';
import { api } from '../../window-api.ts';

export type OutsideLook =
  | { phase: 'looking'; exportId: string; progress: { done: number; total: number } | null }
  | { phase: 'cancelled' }
  | { phase: 'failed'; trouble: string }
  | { phase: 'found'; replacements: readonly OutsideReplacement[] };

/** Ends by itself when what shows it goes. */
export function useOutsidePreview(runId: string) {
  const [round, setRound] = useState(0);
  const [look, setLook] = useState<OutsideLook>({ phase: 'cancelled' });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round looks again
  useEffect(() => {
    const exportId = crypto.randomUUID();
    let current = true;
    const show = (next: OutsideLook) => current && setLook(next);
    show({ phase: 'looking', exportId, progress: null });
    const stop = api.on('transcripts.exportProgress', ({ exportId: told, ...progress }) => {
      if (told === exportId) show({ phase: 'looking', exportId, progress });
    });
    api.transcripts
      .outsidePreview({ runId, exportId })
      .then(({ replacements }) => show({ phase: 'found', replacements }))
      .catch((thrown: unknown) => {
        const { code, message, next } = readError(thrown);
        show(code === 'cancelled' ? { phase: 'cancelled' } : { phase: 'failed', trouble: `${message} ${next}` });
      })
      .finally(stop);
    return () => {
      current = false;
      stop();
      void api.transcripts.cancelExport({ exportId }).catch(() => undefined);
    };
  }, [runId, round]);
  return {
    look,
    cancel: () => {
      if (look.phase === 'looking') void api.transcripts.cancelExport({ exportId: look.exportId }).catch(() => undefined);
    },
    again: () => setRound((before) => before + 1),
  };
}
