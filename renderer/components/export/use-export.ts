/** One export from the choice of a format to the file: where it stands, and what can be done now. */
import { useState } from 'react';
import type { WireError } from '../../../shared/api/error.ts';
import type { ExportFormat } from '../../../shared/api/transcript.ts';
import { readError } from '../../../shared/wire/bridge-error.ts';
import { announce } from '../../stores/announce.ts';
import { api } from '../../window-api.ts';

export type ExportState =
  /** `again`: an attempt was made, so that what had the focus may be gone. */
  | { phase: 'choosing'; trouble: WireError | null; again: boolean }
  /** The save dialog is open as long as nothing is known about progress. */
  | { phase: 'saving'; exportId: string; progress: { done: number; total: number } | null; cancelling: boolean }
  | { phase: 'saved'; path: string };

const choosing: ExportState = { phase: 'choosing', trouble: null, again: false };
const choosingAgain = (trouble: WireError | null): ExportState => ({ phase: 'choosing', trouble, again: true });

export function useExport(runId: string) {
  const [state, setState] = useState<ExportState>(choosing);

  async function save(format: ExportFormat, outside: boolean): Promise<void> {
    const exportId = crypto.randomUUID();
    setState({ phase: 'saving', exportId, progress: null, cancelling: false });
    const stop = api.on('transcripts.exportProgress', ({ exportId: told, done, total }) => {
      if (told === exportId) setState((now) => (now.phase === 'saving' ? { ...now, progress: { done, total } } : now));
    });
    try {
      const { path } = await api.window.exportTranscript({ runId, format, exportId, outside });
      setState(path === null ? choosingAgain(null) : { phase: 'saved', path });
      if (path !== null) announce(`Saved to ${path}.`);
    } catch (thrown) {
      setState(choosingAgain(readError(thrown)));
    } finally {
      stop();
    }
  }

  async function cancel(): Promise<void> {
    if (state.phase !== 'saving') return;
    setState({ ...state, cancelling: true });
    // The export itself tells how it ended.
    await api.transcripts.cancelExport({ exportId: state.exportId }).catch((thrown: unknown) => setState(choosingAgain(readError(thrown))));
  }

  return { state, save, cancel, saveAgain: () => setState(choosingAgain(null)), startOver: () => setState(choosing) };
}
