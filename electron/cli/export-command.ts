/** `wrenchbook transcripts export`: with a progress line where a person watches; Ctrl-C calls the export off. */
import type { ExportFormat } from '../../shared/api/transcript.ts';
import type { EventPayload } from '../../shared/api.ts';
import { type Client, makeApi } from '../../shared/wire/client.ts';
import { type ExitStatus, exitStatus } from './exit-status.ts';
import { progress, tell } from './output.ts';

export interface ExportOptions {
  format: ExportFormat;
  out: string;
  /** Names and addresses replaced. */
  forOutside?: boolean;
}
/** One process exports one thing. */
const exportId = 'terminal command';

export async function exportTranscript(
  { client, signal }: { client: Client; signal: AbortSignal },
  runId: string,
  options: ExportOptions,
): Promise<ExitStatus> {
  const { transcripts } = makeApi(client.call);
  const watched = process.stderr.isTTY;
  const stop = watched ? client.on('transcripts.exportProgress', (far) => progress(progressLine(far))) : () => undefined;
  const callOff = () => void transcripts.cancelExport({ exportId });
  signal.addEventListener('abort', callOff);
  try {
    const { path, bytes } = await transcripts.export({ runId, format: options.format, out: options.out, exportId, outside: options.forOutside });
    if (watched) progress('');
    tell(`${path}: ${bytes} bytes`);
    return exitStatus.done;
  } catch (thrown) {
    if (watched) progress('');
    throw thrown;
  } finally {
    stop();
    signal.removeEventListener('abort', callOff);
  }
}

export function progressLine({ done, total }: Pick<EventPayload<'transcripts.exportProgress'>, 'done' | 'total'>): string {
  const share = total === 0 ? 1 : done / total;
  return `Exporting: ${Math.floor(share * 100)}% (${(done / 1e6).toFixed(1)} of ${(total / 1e6).toFixed(1)} MB of the recording read). Ctrl-C cancels.`;
}
