/** A trial, or a look whether a procedure applies, followed in the terminal. */
import type { TrialState } from '../../shared/api/target.ts';
import { makeApi } from '../../shared/wire/client.ts';
import type { Surroundings } from './commands.ts';
import { tell } from './output.ts';
import { passKeys, showBytes } from './terminal-keys.ts';

/** Follows a trial, or a look, to its end. Its questions are answered in this terminal, if there is somebody at it. */
export async function followTrial({ client, signal }: Surroundings, begin: () => Promise<TrialState>, doing: string): Promise<TrialState> {
  const { trials } = makeApi(client.call);
  const person = process.stdin.isTTY === true && process.stderr.isTTY === true;
  let trialId = '';
  let endKeys: (() => void) | undefined;
  const stops: (() => void)[] = [];
  try {
    return await new Promise<TrialState>((resolve, reject) => {
      stops.push(
        client.onMisfit((error) => void trials.cancel({ trialId }).then(() => reject(error), reject)),
        client.on('trials.changed', (state) => {
          if (state.trialId === trialId && state.status !== 'running') resolve(state);
        }),
        // The result is for standard output; what the way there shows is for the person.
        client.on('trials.data', ({ offset, bytes, ...data }) => {
          const shown = person ? showBytes(process.stderr, bytes) : Promise.resolve();
          void shown.then(() => trials.acknowledge({ trialId: data.trialId, offset: offset + bytes.length })).catch(() => undefined);
        }),
      );
      signal.addEventListener('abort', () => void trials.cancel({ trialId }).then(() => reject(signal.reason), reject));
      void begin()
        .then(async (started) => {
          trialId = started.trialId;
          if (person) {
            tell(`${doing} ${started.targetName}. Answer what is asked; Ctrl-C is passed on, Ctrl-\\ cancels.`);
            const { columns, rows } = process.stderr;
            await trials.resize({ trialId, cols: columns, rows });
            endKeys = passKeys((data) => void (data.includes('\x1c') ? trials.cancel({ trialId }) : trials.write({ trialId, data })));
          }
          const { bytes, offset } = await trials.attach({ trialId });
          if (person) await showBytes(process.stderr, bytes);
          await trials.acknowledge({ trialId, offset });
          const state = await trials.get({ trialId });
          if (state.status !== 'running') resolve(state);
        })
        .catch(reject);
    });
  } finally {
    endKeys?.();
    for (const stop of stops) stop();
  }
}
