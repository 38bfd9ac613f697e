/** Starts the backend's process, starts it again when it dies, and connects windows to whichever is running. */
import { MessageChannelMain, type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron';
import { WrenchbookError } from '../shared/api/error.ts';
import { type Client, makeClient } from '../shared/wire/client.ts';
import type { HostMessage } from './backend-host-messages.ts';
import { carrierOverMainPort } from './carrier-port.ts';
import { watchHeartbeat } from './heartbeat.ts';
import { makeRestartPolicy } from './restart-policy.ts';

interface BackendProcessOptions {
  /** out/main/backend-host.cjs */
  modulePath: string;
  dataFolder: string;
  assetsFolder: string;
  version: string;
  /** Asked at each start: the signing key from the system's key store, or null. */
  signingKeyPem(): string | null;
  /** Called after each start, the first included: windows need a new port. `client` has the rights of main. */
  onStarted(client: Client): void;
  /** It has ended, and all that ran in it. */
  onEnded?(): void;
  /** Called when it did not answer for so long that it was ended; it is started again as after any other death. */
  onHung(): void;
  /** How often it is asked for a sign of life, in ms. */
  beatMs?: number;
  /** Called once, when it has died so often that it is not started again. */
  onGivenUp(): void;
}

export interface BackendProcess {
  /** A port on which the backend answers the window; null while there is no backend. */
  openWindowPort(): MessagePortMain | null;
  /** Calls with the rights of main. Throws `disconnected` while there is no backend. */
  client(): Client;
  /** Lets the backend end its sessions and exit; resolves at the latest after `STOP_WITHIN_MS`. */
  stop(): Promise<void>;
}

const STOP_WITHIN_MS = 5_000;
/** A minute in all: no step of the backend's own keeps it that long, also on a slow and busy machine. */
const BEAT_MS = 5_000;
const SILENT_BEATS = 12;

export function startBackend(options: BackendProcessOptions): BackendProcess {
  const policy = makeRestartPolicy();
  let running: { child: UtilityProcess; client: Client } | null = null;
  let restart: NodeJS.Timeout | undefined;
  let stopping = false;

  const tell = (child: UtilityProcess, message: HostMessage, ports: MessagePortMain[] = []) => child.postMessage(message, ports);

  function openPort(child: UtilityProcess, audience: 'window' | 'main'): MessagePortMain {
    const { port1, port2 } = new MessageChannelMain();
    tell(child, { kind: 'serve', audience }, [port1]);
    return port2;
  }

  function start(): void {
    const child = utilityProcess.fork(options.modulePath, [], { serviceName: 'Wrenchbook backend', stdio: 'inherit' });
    const { dataFolder, assetsFolder, version } = options;
    tell(child, { kind: 'start', dataFolder, assetsFolder, version, signingKeyPem: options.signingKeyPem() });
    const client = makeClient(carrierOverMainPort(openPort(child, 'main')));
    running = { child, client };
    const stopWatching = watchHeartbeat({
      beat: () => client.call('app.info', {}),
      everyMs: options.beatMs ?? BEAT_MS,
      silentBeats: SILENT_BEATS,
      onSilent() {
        console.error('the backend no longer answers and was killed');
        child.kill();
        options.onHung();
      },
    });
    child.once('exit', (code) => {
      stopWatching();
      running?.client.close();
      running = null;
      options.onEnded?.();
      if (!stopping) died(code);
    });
    options.onStarted(client);
  }

  function died(code: number): void {
    const wait = policy.died(Date.now());
    console.error(`the backend ended with code ${code}; ${wait === null ? 'it is not started again' : `it is started again in ${wait} ms`}`);
    if (wait === null) options.onGivenUp();
    else restart = setTimeout(start, wait);
  }

  start();
  return {
    openWindowPort: () => running && openPort(running.child, 'window'),
    client() {
      if (running) return running.client;
      throw new WrenchbookError('disconnected', 'The part of Wrenchbook that runs procedures is not running.', 'Wait a moment and try again.');
    },
    async stop() {
      stopping = true;
      clearTimeout(restart);
      const child = running?.child;
      if (!child) return;
      await new Promise<void>((resolve) => {
        const late = setTimeout(() => {
          console.error('the backend did not end in time and was killed');
          child.kill();
          resolve();
        }, STOP_WITHIN_MS);
        child.once('exit', () => {
          clearTimeout(late);
          resolve();
        });
        tell(child, { kind: 'stop' });
      });
    },
  };
}
