/** Entry of the backend's own process: a utilityProcess started, watched and restarted by main. */
import path from 'node:path';
import type { MessagePortMain, ParentPort } from 'electron';
import type { Carrier } from '../shared/wire/carrier.ts';
import { type Backend, createBackend } from './backend/backend.ts';
import { hostMessage } from './backend-host-messages.ts';
import { carrierOverMainPort } from './carrier-port.ts';

/** The window opens first; old runs have waited for days. */
const cleanAfterMs = 15_000;
const log = (line: string) => console.error(`backend: ${line}`);

function host(parent: ParentPort): void {
  let backend: Backend | null = null;
  let windowCarrier: Carrier | null = null;

  function serve(audience: 'window' | 'main', port: MessagePortMain | undefined): void {
    if (!backend || !port) {
      log(`refused to serve ${audience}: ${backend ? 'no port came with the message' : 'not started'}`);
      return;
    }
    const carrier = carrierOverMainPort(port);
    if (audience === 'window') {
      // There is one window: a second port means that its page was loaded again, and the old page must not go on receiving.
      windowCarrier?.close();
      windowCarrier = carrier;
    }
    backend.serve(carrier, audience);
  }

  parent.on('message', ({ data, ports }) => {
    const parsed = hostMessage.safeParse(data);
    if (!parsed.success) return log(`refused a message from main: ${parsed.error.message}`);
    const message = parsed.data;
    if (message.kind === 'start') {
      const { dataFolder, assetsFolder, version, signingKeyPem } = message;
      const historyWorker = path.join(import.meta.dirname, 'history-worker.cjs');
      const symptomWorker = path.join(import.meta.dirname, 'symptom-worker.cjs');
      const sshConfig = process.env.WRENCHBOOK_SSH_CONFIG;
      const rulesFolder = path.join(import.meta.dirname, '../fleet');
      backend ??= createBackend({ dataFolder, assetsFolder, rulesFolder, version, signingKeyPem, historyWorker, symptomWorker, cleanAfterMs, sshConfig, log });
    } else if (message.kind === 'serve') {
      serve(message.audience, ports[0]);
    } else {
      void Promise.resolve(backend?.close()).then(
        () => process.exit(0),
        (thrown: unknown) => {
          log(`closing failed: ${thrown instanceof Error ? thrown.stack : String(thrown)}`);
          process.exit(1);
        },
      );
    }
  });
}

// Ctrl-C in the terminal Wrenchbook was started from reaches all its processes; main decides what it means and says 'stop'.
process.on('SIGINT', () => undefined);
host(process.parentPort);
