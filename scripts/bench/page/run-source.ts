/** A run's terminal over a client of the contract, as the window's own source has it over the preload. */
import type { TerminalSource } from '../../../renderer/components/terminal/terminal-source.ts';
import { type Client, makeApi } from '../../../shared/wire/client.ts';

export function sourceOfRun(client: Client, runId: string): TerminalSource {
  const { terminal } = makeApi(client.call);
  const tell = (what: string) => (thrown: unknown) => console.error(`${what}: ${(thrown as Error).message}`);
  return {
    attach: () => terminal.attach({ runId }),
    onData: (listener) =>
      client.on('terminal.data', (frame) => {
        if (frame.runId === runId) listener(frame);
      }),
    write: (data) => void terminal.write({ runId, data }).catch(tell('write')),
    resize: (cols, rows) => void terminal.resize({ runId, cols, rows }).catch(tell('resize')),
    acknowledge: (offset) => void terminal.acknowledge({ runId, offset }).catch(tell('acknowledge')),
  };
}
