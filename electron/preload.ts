/** Runs in the window's isolated world and puts exactly one thing into the page: `window.wrenchbook`. */
import '../shared/wire/zod-without-eval.ts';

import { contextBridge, ipcRenderer } from 'electron';
import { toWireError, WrenchbookError } from '../shared/api/error.ts';
import { type MethodName, methods, type WrenchbookApi } from '../shared/api.ts';
import { encodeBridgeError } from '../shared/wire/bridge-error.ts';
import { makeApi } from '../shared/wire/client.ts';
import { makeBackendConnection } from './backend-connection.ts';
import { carrierOverPagePort } from './carrier-port.ts';
import { CALL_CHANNEL, callAnswer, PORT_CHANNEL } from './window-channels.ts';

const backend = makeBackendConnection();

ipcRenderer.on(PORT_CHANNEL, (event) => {
  const port = event.ports[0];
  if (port) backend.connect(carrierOverPagePort(port));
});

async function callMain(method: MethodName, input: unknown): Promise<unknown> {
  const answer = callAnswer.parse(await ipcRenderer.invoke(CALL_CHANNEL, method, input));
  if (!answer.ok) throw new WrenchbookError(answer.error.code, answer.error.message, answer.error.next);
  return methods[method].output.parse(answer.value);
}

async function call(method: MethodName, input: unknown): Promise<unknown> {
  try {
    return await (methods[method].servedBy === 'main' ? callMain(method, input) : backend.call(method, input));
  } catch (thrown) {
    throw encodeBridgeError(toWireError(thrown));
  }
}

contextBridge.exposeInMainWorld('wrenchbook', {
  ...makeApi(call),
  on: (event, listener) => backend.on(event, listener),
  onMisfit: (listener) => backend.onMisfit((error) => listener(toWireError(error))),
  onConnection: (listener) => backend.onConnection(listener),
} satisfies WrenchbookApi);
